"""Every text that a page uses exists in every language, and pages write figures as the rest of the product does."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from config.words import DRAFT, languages, source
from server.web.routes.pages import PAGES
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

ROOT = Path(__file__).parents[2]
OWN = ("common-", "start-", "wall-", "phone-")
ASKED = re.compile(r"""["'`]((?:common|start|wall|phone)-[a-z0-9-]+[a-z0-9])["'`]""")
FILES = [
    path
    for folder in ("displays/pages", "server/web/static", "server/web/pages", "server/web", "server/web/routes")
    for path in sorted((ROOT / folder).glob("*"))
    if path.suffix in {".js", ".html", ".py"}
]


def messages(language: str) -> set[str]:
    body = FluentParser().parse(source(language)).body
    return {entry.id.name for entry in body if isinstance(entry, ast.Message)}


def asked() -> set[str]:
    return {name for path in FILES for name in ASKED.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_text_a_page_asks_for_is_there(language: str) -> None:
    assert sorted(asked() - messages(language) - {DRAFT}) == []


def test_no_text_of_the_citizens_is_left_unused() -> None:
    """For names built from a code (phone-state-…) the beginning counts."""
    composed = (
        "wall-phrase-",
        "phone-state-",
        "phone-longer-",
        "phone-passed-",
        "phone-return-",
        "start-oidc-",
        "start-problem-",
        "start-step-",
    )
    doors = {f"start-{door}{end}" for door in PAGES for end in ("", "-what")}
    ours = {name for name in messages("de") if name.startswith(("start-", "wall-", "phone-"))}

    assert sorted(name for name in ours - asked() - doors if not name.startswith(composed)) == []


def test_nobody_is_shouted_at() -> None:
    for language in languages():
        texts = [line for line in source(language).splitlines() if line.startswith(OWN)]
        assert [line for line in texts if line.rstrip().endswith("!")] == []


LENGTH = re.compile(
    r"\b([2-9]|[1-9]\d+|zehn|zwanzig|ten|twenty) ?(Sekunden?|Minuten?|Stunden?|seconds?|minutes?|hours?)\b"
)


def test_no_text_says_a_length_that_the_office_sets() -> None:
    """How long a pause, an undo or an alarm lasts comes from the board or the refusal, never from a page or its words."""
    assert [line for language in languages() for line in source(language).splitlines() if LENGTH.search(line)] == []


FIGURES = {
    "wait(words, {low: 20, high: 30})": "20–30 min",
    "wait(words, {low: 20, high: 20})": "etwa 20 min",
    "wait(words, {low: 0, high: 0})": "keine Wartezeit",
    "wait(words, null)": None,
    "span(words, 40400)": "40 s",
    "span(words, 12 * 60000)": "12 min",
    "span(words, 65 * 60000)": "1 h 05 min",
    "running(102000)": "1:42",
    "running(3909000)": "1:05:09",
    "timeOfDay(words, '2026-07-01T08:42:00.000Z', 'Europe/Berlin')": "10:42",
    "timeOfDay(words, '2026-01-01T23:05:00.000Z', 'Europe/Berlin')": "00:05",
    "named({de: 'Amt', en: 'Office'}, 'tr')": "Amt",
    "named({}, 'de')": "",
}
LOAD = """async () => {
  const { wait, span, running, timeOfDay, named } = await import('/static/say.js');
  const { loadWords } = await import('/static/words.js');
  const words = await loadWords('de');
  return [%s];
}"""


@pytest.mark.browser
def test_figures_are_said_as_the_house_says_them(stage: Stage, browser: Visitor) -> None:
    stage.context = {"offices": []}
    page = browser.open("launch")

    assert dict(zip(FIGURES, page.evaluate(LOAD % ", ".join(FIGURES)), strict=True)) == FIGURES
