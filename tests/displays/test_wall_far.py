"""EN 301 549 5.1.4: a called number is seen under at least 0.7 degree from the farthest seat, on any screen."""

from math import atan, degrees, hypot
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Page, expect

from server.messages.boards import Note
from server.messages.legible import INCH_MM, fit
from server.messages.office import Display
from server.web.plain_board import told
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_wall import INSIDE, many
from tests.displays.visitor import Visitor
from tests.staff_pages.drawn import say

pytestmark = pytest.mark.browser

DIGITS = """() => [...document.querySelectorAll('.row .number')].map((number) => {
  const pen = document.createElement('canvas').getContext('2d');
  const style = getComputedStyle(number);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { actualBoundingBoxAscent, actualBoundingBoxDescent } = pen.measureText('7');
  const [box, row] = [number.getBoundingClientRect(), number.closest('.row').getBoundingClientRect()];
  const middle = box.top + box.height / 2;
  const high = actualBoundingBoxAscent + actualBoundingBoxDescent;
  return middle - high / 2 >= row.top && middle + high / 2 <= row.bottom ? high : 0;
})"""
"""Height of the drawn digits of each number in px; 0 where they leave their row."""

SCREENS = [
    ((1920, 1080), "16:9", 55, 5, 6),
    ((1920, 1080), "16:9", 55, 10, 6),
    ((3840, 2160), "16:9", 75, 10, 8),
    ((1080, 1920), "9:16", 49, 6, 6),
    ((1024, 768), "4:3", 19, 2, 4),
    ((1920, 1080), "16:9", 32, 1, 12),
]


def angles(page: Page, view: tuple[int, int], diagonal: float, distance: float) -> list[float]:
    """The angle in degrees under which each number's digits are seen from the farthest seat."""
    mm = diagonal * INCH_MM / hypot(*view)
    return [2 * degrees(atan(high * mm / 2 / (distance * 1000))) for high in page.evaluate(DIGITS)]


@pytest.mark.parametrize(("view", "aspect", "diagonal", "distance", "lines"), SCREENS)
def test_r17_a_called_number_subtends_0_7_degree_at_the_farthest_seat(
    stage: Stage, boards: Boards, browser: Visitor, view: Any, aspect: str, diagonal: float, distance: float, lines: int
) -> None:
    screen: dict[str, Any] = {"diagonal": diagonal, "distance": distance, "aspect": aspect, "lines": lines}
    stage.board = msgspec.to_builtins(many(boards, 1, **screen))
    page = browser.open("wall", width=view[0], height=view[1])
    readable = fit(Display(id="hall", name="Halle", zones=(), **screen)).lines
    for count in dict.fromkeys((1, 2, 5, 8, 12)):
        stage.show(many(boards, count, **screen))
        expect(page.locator(".row")).to_have_count(min(count, readable))

        assert min(angles(page, view, diagonal, distance)) >= 0.7
        assert page.evaluate(INSIDE) == []


def test_lines_that_fit_are_all_shown_and_others_take_turns(stage: Stage, boards: Boards, browser: Visitor) -> None:
    """A 55 inch screen: six lines from 5 m, fewer from 10 m; the others are counted."""
    stage.board = msgspec.to_builtins(many(boards, 6, distance=5))
    page = browser.open("wall")
    expect(page.locator(".row")).to_have_count(6)
    stage.show(many(boards, 6, distance=10))
    expect(page.locator(".row")).to_have_count(3)
    expect(page.locator(".more")).to_contain_text("3 weitere Nummern")


def test_a_message_of_two_lines_moves_no_number(stage: Stage, boards: Boards, browser: Visitor) -> None:
    text = {"de": "Bitte halten Sie Ihren Ausweis bereit. " * 6}
    note = Note(id="m", text=text, at="2026-10-05T08:00:00.000Z", until=None, speak=False)
    stage.board = msgspec.to_builtins(many(boards, 6, distance=6, messages=(note,)))
    page = browser.open("wall")
    expect(page.locator(".row").first).to_be_visible()
    before = page.locator(".row").count()
    stage.show(many(boards, 6, distance=6))
    expect(page.locator("#foot")).to_contain_text("Buchstabe")

    assert page.locator(".row").count() == before


def test_a_screen_on_which_nothing_can_be_read_from_there_shows_one_number_as_large_as_it_can(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    stage.board = msgspec.to_builtins(many(boards, 5, diagonal=19, distance=40))
    page = browser.open("wall")
    expect(page.locator(".row")).to_have_count(1)

    assert page.evaluate(INSIDE) == []


@pytest.mark.parametrize(("view", "aspect", "diagonal", "distance", "lines"), SCREENS)
def test_r17_the_plain_wall_shows_only_as_many_as_can_be_read(
    stage: Stage, boards: Boards, browser: Visitor, view: Any, aspect: str, diagonal: float, distance: float, lines: int
) -> None:
    screen: dict[str, Any] = {"diagonal": diagonal, "distance": distance, "aspect": aspect, "lines": lines}
    page = None
    for count in range(1, lines + 1):
        board = many(boards, count, **screen)
        about = told(board, ("de", "en"), 0, 1)
        stage.context = {**about, "say": say, "languages": ("de", "en")}
        page = page or browser.open("plain", width=view[0], height=view[1], java_script_enabled=False)
        page.goto(page.url)
        expect(page.locator(".row")).to_have_count(len(about["calls"]))

        assert min(angles(page, view, diagonal, distance)) >= 0.7, f"{count} calls"
    assert page is not None
