"""Phone and wall in every language: `lang` and `dir` of page and phrase, the order of mixed lines, no word too long."""

import re
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from config.words import Words, direction, languages
from tests.axe import findings
from tests.displays.boards import Boards
from tests.displays.phones import OVERFLOW, open_phone, states
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor
from tests.staff_pages.visitor import picture

pytestmark = pytest.mark.browser
CITIZENS = [name for name in languages() if name not in ("de", "en")]
CUT_OFF = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(one => getComputedStyle(one).display !== 'inline' && !one.matches('.visually-hidden, option'))
  .filter(one => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth + 1
    || one.getBoundingClientRect().left < -1)
  .map(one => one.className + ': ' + one.textContent.trim())"""
"""Texts that are wider than their place, or partly beside the screen."""
LINES_OF_SQUARES = """() => new Set([...document.querySelectorAll('.squares i')]
  .map(one => Math.round(one.getBoundingClientRect().bottom))).size"""


def kept(page: Page, name: str) -> None:
    picture(page, name)


def marked(page: Page, text: str) -> tuple[str, str]:
    """The language and the direction that a text has in the page, its own or its parents'."""
    found: list[str] = page.get_by_text(text).first.evaluate(
        "(one) => [one.closest('[lang]').lang, getComputedStyle(one).direction]"
    )
    return found[0], found[1]


@pytest.mark.parametrize("language", CITIZENS)
def test_every_state_of_the_phone_fits_in_every_language(
    stage: Stage, boards: Boards, browser: Visitor, language: str
) -> None:
    by_state = {
        name: replace(board, language=language, languages=("de", language)) for name, board in states(boards).items()
    }
    page = open_phone(stage, browser, by_state["waiting"], query=f"?lang={language}")
    page.set_viewport_size({"width": 320, "height": 844})
    expect(page.locator("html")).to_have_attribute("dir", str(direction(language)))
    for name, board in by_state.items():
        seq = stage.show(board)
        stage.wait_for(lambda frame, seq=seq: frame["type"] == "report" and frame["seq"] == seq)  # type: ignore[misc]
        kept(page, f"phone-{language}-{name}")
        assert page.evaluate(CUT_OFF) == [], name
        assert not page.evaluate(OVERFLOW), name
        assert page.evaluate(LINES_OF_SQUARES) <= 1, name
        assert page.evaluate("document.body.innerText").count("phone-") == 0, name
        assert name not in ("waiting", "called") or findings(page) == [], name


def test_r9_what_the_office_did_not_translate_is_marked_as_what_it_is(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    board = boards.ticket(
        language="ar", languages=("de", "ar"), state="called", counter=boards.place(), may=("cancel_ticket",)
    )
    page = open_phone(stage, browser, board, query="?lang=ar")

    expect(page.locator(".place span").first).to_have_text("Schalter 3")
    assert marked(page, "Schalter 3") == ("de", "ltr")
    assert marked(page, "links, 1. Tür") == ("de", "ltr")
    assert marked(page, Words("ar").text("phone-come")) == ("ar", "rtl")
    stage.show(replace(board, state="waiting", counter=None))
    expect(page.locator(".services")).to_have_text("Ausweis und Pass")
    assert marked(page, "Ausweis und Pass") == ("de", "ltr")
    assert marked(page, "37 Euro (Karte oder bar)") == ("de", "ltr")


def test_the_server_marks_them_too_before_any_script(stage: Stage, boards: Boards, browser: Visitor) -> None:
    board = boards.ticket(language="ar", languages=("de", "ar"))
    page = open_phone(stage, browser, board, query="?lang=ar", java_script_enabled=False)

    expect(page.locator(".services [lang=de][dir=ltr]")).to_have_text("Ausweis und Pass")
    expect(page.locator("header [lang=de][dir=ltr]").first).to_have_text("Bürgerbüro Mitte")


def test_arabic_counts_people_in_its_six_forms_and_in_western_figures(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    board = boards.ticket(language="ar", languages=("de", "ar"), expected=None)
    page = open_phone(stage, browser, board, query="?lang=ar")
    for ahead in (1, 2, 3, 11, 100):
        stage.show(replace(board, ahead=ahead))
        said = Words("ar").text("phone-ahead", count=ahead)
        isolated = re.sub(r"\d+", "\u2068\\g<0>\u2069", said)  # the page keeps a figure apart from the Arabic beside it
        expect(page.locator(".big")).to_have_text(isolated)


def boxes(page: Page, selector: str, *parts: str) -> list[float]:
    """Where parts of the text of an element begin on the screen, from the left."""
    found: list[float] = page.locator(selector).first.evaluate(
        """(element, parts) => parts.map((part) => {
          const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const at = node.data.indexOf(part);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + part.length);
            return range.getBoundingClientRect().left;
          }
          return NaN;
        })""",
        list(parts),
    )
    return found


def test_a_line_of_arabic_with_a_number_is_in_the_order_of_the_sentence(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    """ "A017" stays one piece, read from the left; the counter that comes after it in the sentence is left of it."""
    board = boards.ticket(language="ar", languages=("de", "ar"), state="called", counter=boards.place())
    page = open_phone(stage, browser, board, query="?lang=ar")
    text = page.evaluate(
        """async () => {
          const { loadWords } = await import('/static/words.js');
          const words = await loadWords('ar');
          const line = document.createElement('p');
          line.id = 'line';
          line.textContent = words.text('phone-spoken-called', { number: 'A 017', counter: 'Schalter 3' });
          document.body.append(line);
          return line.textContent;
        }"""
    )
    number, counter, word = boxes(page, "#line", "A 017", "Schalter", "رقم")
    letter, digits = boxes(page, "#line", "A", "017")

    assert "A 017" in text
    assert counter < number < word
    assert letter < digits


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1024, 768)])
@pytest.mark.parametrize("language", CITIZENS)
def test_the_wall_fits_in_every_language(
    stage: Stage, boards: Boards, browser: Visitor, language: str, size: tuple[int, int]
) -> None:
    calls = [boards.call(f"A{number:03}", str(number % 9), ago=number * 20, fresh=number < 2) for number in range(5)]
    stage.context = {"languages": [language, "de"], "spoken": ["de", language]}
    stage.board = msgspec.to_builtins(boards.display(*calls, languages=(language, "de")))
    page = browser.open(f"wall?lang={language}", width=size[0], height=size[1])
    expect(page.locator("#calls .number")).to_have_count(5)
    kept(page, f"wall-{language}-{size[0]}x{size[1]}")

    assert page.evaluate(CUT_OFF) == []
    assert size != (1024, 768) or findings(page) == []
    assert page.locator("html").get_attribute("dir") == direction(language)
    assert marked(page, "Schalter 3") == ("de", "ltr")
    assert marked(page, "Ausweis und Pass") == ("de", "ltr")


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1080, 1920), (1024, 768)])
@pytest.mark.parametrize("language", ["de", "ar", "uk", "de-simple"])
def test_the_wall_fits_with_every_count_of_calls(
    stage: Stage, boards: Boards, browser: Visitor, language: str, size: tuple[int, int]
) -> None:
    stage.context = {"languages": [language, "de"], "spoken": ["de", language]}
    calls = [boards.call(f"A{number:03}", str(number + 1), ago=number * 20, fresh=number < 2) for number in range(12)]
    stage.board = msgspec.to_builtins(boards.display(languages=(language, "de")))
    page = browser.open(f"wall?lang={language}", width=size[0], height=size[1])
    cut, rows = {}, {}
    for count in (0, 1, 5, 8, 12):
        seq = stage.show(boards.display(*calls[:count], languages=(language, "de"), lines=12))
        stage.wait_for(lambda frame, seq=seq: frame["type"] == "report" and frame["seq"] == seq)  # type: ignore[misc]
        kept(page, f"wall-{language}-{size[0]}x{size[1]}-{count}")
        rows[count] = page.locator("#calls .number").count()
        cut[count] = page.evaluate(CUT_OFF)

    assert (rows[0], rows[1], rows[5]) == (0, 1, 5)
    assert min(rows[8], rows[12]) >= 5  # where more do not fit, they take turns
    assert {count: what for count, what in cut.items() if what} == {}


def test_an_arabic_wall_is_mirrored_but_numbers_and_arrows_are_not(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    calls = [boards.call(number, "3", fresh=False) for number in ("A017", "A018", "A019", "A020")]
    calls = [replace(call, counter=replace(call.counter, arrow="left")) for call in calls]
    sides: dict[str, Any] = {}
    for language in ("de", "ar"):
        stage.context = {"languages": [language], "spoken": ["de", "ar"]}
        stage.board = msgspec.to_builtins(boards.display(*calls, languages=(language,)))
        page = browser.open(f"wall?lang={language}")
        expect(page.locator("#calls .number").first).to_have_text("A017")
        number, place = (page.locator(f"#calls {part}").first.bounding_box() for part in (".number", ".place"))
        assert number is not None
        assert place is not None
        letter, digits = boxes(page, "#calls .number", "A", "017")
        assert letter < digits
        sides[language] = (number["x"] < place["x"], page.locator(".arrow path").first.get_attribute("d"))

    assert sides["de"] == (True, sides["ar"][1])
    assert sides["ar"][0] is False
