"""Long names on the wall: never cut, never broken within a word without a hyphen, in every language and size."""

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from config.loader import load
from config.office_files import find
from config.words import languages
from server.messages.boards import Display
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_languages import CUT_OFF, kept
from tests.displays.test_wall import BROKEN, INSIDE
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser
SIZES = [(1920, 1080), (3840, 2160), (1080, 1920), (1024, 768), (1280, 720)]
WORDS = BROKEN.replace("'.label, .way'", "'.label, .way, .service, .other, .title, #foot p'")
PIECES = WORDS.replace("/\\S+/g", "/[^\\s\\u00AD-]+/g")
"""Pieces of words that are broken in two: a word may end a line where a hyphen stands, or a soft one."""
DOTS = """() => [...document.querySelectorAll('body *')].filter((it) => getComputedStyle(it).textOverflow === 'ellipsis')
  .map((it) => it.className)"""
NOTCHED = """() => [...document.querySelectorAll('.row')].filter((row) => {
  const outer = row.getBoundingClientRect();
  const far = 2.4 * Math.min(innerHeight / 100, innerWidth * 0.0062);
  return innerWidth > innerHeight && [...row.querySelectorAll('.number, .arrow')].map((it) => it.getBoundingClientRect())
    .some((box) => box.left < outer.left + far || box.right > outer.right - far);
}).map((row) => 'in the notch: ' + row.innerText)"""
TORN = """() => [...document.querySelectorAll('.row:not(.withdrawn) .label')].filter((label) => {
  const text = document.createRange();
  text.selectNodeContents(label);
  const lines = new Set([...text.getClientRects()].map((box) => Math.round(box.top)));
  return label.textContent.trim().length <= 12 && lines.size > 1;
}).map((label) => 'in two lines: ' + label.innerText)"""
"""Short labels, as "Schalter 5", of which half would stand alone."""
SHY = "\u00ad"
MITTE = load(find("mitte"))


def sample(boards: Boards, count: int, first: str, second: str) -> Display:
    """The sample office's own names, ways and arrows."""
    calls = []
    for at in range(count):
        plan = MITTE.counters[at % len(MITTE.counters)]
        call = boards.call(f"{'ABKUS'[at % 5]}{17 + at * 13:03}", plan.id, fresh=at < 3, ago=at * 7)
        place = replace(call.counter, label=plan.label, way=plan.way, arrow=plan.arrow)
        calls.append(replace(call, counter=place))
    waiting = [
        replace(
            boards.waiting(plan.letter, "", "", 3 * at, (10, 20 + at) if at != 3 else None, opened=at != 4),
            names=plan.names if plan.public_name else {},
        )
        for at, plan in enumerate(MITTE.services)
    ]
    return boards.display(
        *calls, lines=8, distance=1, languages=(first, second), waiting=tuple(waiting), room=MITTE.zones[0].names
    )


def wrong(page: Page) -> list[str]:
    """Texts that are cut off, broken within a word, shortened by dots, or outside their row or the screen; torn labels."""
    found: list[str] = [
        fault for script in (CUT_OFF, INSIDE, NOTCHED, PIECES, DOTS, TORN) for fault in page.evaluate(script)
    ]
    return found + ["the screen scrolls"] * page.evaluate("document.documentElement.scrollHeight > innerHeight")


@pytest.mark.parametrize("language", languages())
def test_no_name_of_the_sample_office_is_cut_or_broken(
    stage: Stage, boards: Boards, browser: Visitor, language: str
) -> None:
    second = "en" if language == "de" else "de"
    stage.context = {"languages": [language, second], "spoken": list(MITTE.languages)}
    stage.board = msgspec.to_builtins(sample(boards, 0, language, second))
    page = browser.open(f"wall?lang={language}")
    expect(page.locator(".quiet")).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for count in (0, 1, 5, 8, 12):
            seq = stage.show(sample(boards, count, language, second))
            stage.wait_for(lambda frame, seq=seq: frame["type"] == "report" and frame["seq"] == seq)  # type: ignore[misc]
            expect(page.locator(".row")).to_have_count(min(count, 8))
            kept(page, f"wall-{language}-{count}-{width}x{height}")

            assert wrong(page) == [], f"{count} calls at {width}x{height}"


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)], ids=["portrait", "landscape"])
@pytest.mark.parametrize(
    "label",
    ["Annahmestelle für Gewerbe und Gaststätten", f"Gewerbeanmeldungs{SHY}annahmestelle Süd Haus 2"],
)
def test_a_label_of_40_letters_is_whole_and_its_words_too(
    stage: Stage, boards: Boards, browser: Visitor, label: str, size: tuple[int, int]
) -> None:
    assert len(label.replace(SHY, "")) in (40, 41)
    place = replace(boards.place(), label=label, arrow="left")
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall", width=size[0], height=size[1])
    expect(page.locator(".quiet")).to_be_visible()
    for count in (1, 4, 6):
        stage.show(boards.display(*(replace(boards.call(f"KF99{i}"), counter=place) for i in range(count))))
        expect(page.locator(".row")).to_have_count(count)
        kept(page, f"wall-label-{len(label)}-{count}-{size[0]}")

        assert page.evaluate(INSIDE) == []
        assert page.evaluate(PIECES) == []


def test_a_long_word_breaks_only_where_a_soft_hyphen_allows_it(stage: Stage, boards: Boards, browser: Visitor) -> None:
    """Chromium has no list of hyphens of its own on Linux: `hyphens: auto` alone breaks nothing there."""
    name = f"Kraftfahrzeug{SHY}zulassungs{SHY}behörde und Führerscheine"
    stage.board = msgspec.to_builtins(boards.display(waiting=(boards.waiting("K", name, "Vehicles", 3, (10, 20)),)))
    page = browser.open("wall", width=1024, height=768)
    expect(page.locator(".waits li")).to_have_count(1)
    assert page.evaluate(WORDS) == [name.split(" ")[0]]
    assert page.evaluate(PIECES) == []

    plain = boards.waiting("K", name.replace(SHY, ""), "Vehicles", 3, (10, 20))
    seq = stage.show(boards.display(waiting=(plain,)))
    stage.wait_for(lambda frame: frame["type"] == "report" and frame["seq"] == seq)
    assert page.evaluate(WORDS) == []
    assert page.evaluate(CUT_OFF) == []
