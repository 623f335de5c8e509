"""The place on the page of a called ticket: its number stays beside its word, however large the text is."""

from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from server.web.templates import fits, together
from tests.displays.boards import Boards
from tests.displays.phones import open_phone
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

LABELS = ("Schalter 3", "Schalter 12", "Zimmer 2.01", "Anmeldung B")
PLACE = """() => {
  const it = [...document.querySelectorAll(".state .big")].at(-1);
  const range = document.createRange();
  const text = document.createTreeWalker(it, NodeFilter.SHOW_TEXT);
  const boxes = [];
  while (text.nextNode()) {
    if (!text.currentNode.data.trim()) continue;
    range.selectNodeContents(text.currentNode);
    boxes.push(...range.getClientRects());
  }
  return { rows: new Set(boxes.map((box) => Math.round(box.bottom))).size,
    inside: boxes.every(({ left, right }) => left >= 0 && right <= innerWidth) };
}"""
WHOLE = {"rows": 1, "inside": True}


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "en", "tr", "uk", "ar", "ru", "fr", "pl", "de-simple"])
def test_a_place_and_its_number_stay_on_one_line_at_twice_the_text_size(
    stage: Stage, boards: Boards, browser: Visitor, language: str
) -> None:
    page = open_phone(stage, browser, _called(boards, LABELS[0], language), query=f"?lang={language}")
    found: dict[tuple[str, int, str], Any] = {}
    for label in LABELS:
        stage.show(_called(boards, label, language))
        expect(page.locator(".place > span")).to_have_text(label)
        found |= _measured(page, label)

    assert {what: place for what, place in found.items() if place != WHOLE} == {}


@pytest.mark.browser
@pytest.mark.parametrize("label", LABELS)
def test_a_place_and_its_number_stay_on_one_line_without_scripts(
    stage: Stage, boards: Boards, browser: Visitor, label: str
) -> None:
    page = open_phone(stage, browser, _called(boards, label, "de"), java_script_enabled=False)
    expect(page.locator(".state .big").last).to_have_text(label)

    assert {what: place for what, place in _measured(page, label).items() if place != WHOLE} == {}


@pytest.mark.parametrize(
    ("label", "kept", "look"),
    [
        ("Schalter 3", "Schalter\u00a03", "fits-8"),
        ("شباك ٣", "شباك\u00a0٣", "fits-6"),
        ("Haus B Zimmer 2.01", "Haus\u00a0B Zimmer\u00a02.01", "fits-10"),
        ("Kraftfahrzeugzulassung 3", "Kraftfahrzeugzulassung\u00a03", ""),
        ("Am Empfang links", "Am Empfang links", ""),
    ],
)
def test_only_a_short_number_is_kept_beside_its_word(label: str, kept: str, look: str) -> None:
    assert (together(label), fits(label)) == (kept, look)


def _measured(page: Page, label: str) -> dict[tuple[str, int, str], Any]:
    found: dict[tuple[str, int, str], Any] = {}
    page.evaluate("document.fonts.ready.then(() => null)")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for size in ("100%", "200%"):
            page.evaluate("(size) => document.documentElement.style.fontSize = size", size)
            found[label, width, size] = page.evaluate(PLACE)
    return found


def _called(boards: Boards, label: str, language: str) -> Any:
    place = msgspec.structs.replace(boards.place(), label=label)
    return boards.ticket(
        state="called", counter=place, language=language, languages=tuple(dict.fromkeys(("de", language))), may=()
    )
