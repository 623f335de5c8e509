"""Care for the panel: the picture moves a little each minute, and outside its hours it is dark until somebody is called."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from server.messages.instants import MINUTE
from server.web.plain_board import told
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_wall import INSIDE, many
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser

PLAY = """async (board) => {
  const { asleep } = await import('/static/displays/care.js');
  const at = (clock) => asleep(board, Date.parse(`2026-12-01T${clock}:00+01:00`));
  return ["00:00", "06:59", "07:00", "12:00", "18:59", "19:00", "23:59"].filter(at);
}"""
DARK: list[tuple[dict[str, Any], list[str]]] = [
    ({"wakes": "07:00", "sleeps": "19:00"}, ["00:00", "06:59", "19:00", "23:59"]),
    ({"wakes": "07:00"}, ["00:00", "06:59"]),
    ({"sleeps": "19:00"}, ["19:00", "23:59"]),
    ({"wakes": "19:00", "sleeps": "07:00"}, ["07:00", "12:00", "18:59"]),
    ({}, []),
]


def place(page: Page) -> tuple[float, float]:
    box = page.locator("#head").bounding_box()
    assert box is not None
    return box["x"], box["y"]


def test_the_picture_moves_a_few_pixels_each_minute_and_nothing_leaves_the_screen(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    stage.board = msgspec.to_builtins(many(boards, 6))
    page = browser.open("wall", clock=True)
    expect(page.locator(".row")).to_have_count(6)
    seen = set()
    for _ in range(12):
        seen.add(place(page))
        assert page.evaluate(INSIDE) == []
        page.clock.run_for(MINUTE)

    assert len(seen) >= 8
    assert all(abs(x) <= 4 and abs(y) <= 4 for x, y in seen)


@pytest.mark.parametrize(("hours", "dark"), DARK)
def test_the_panel_is_dark_outside_its_hours_on_both_walls(
    stage: Stage, boards: Boards, browser: Visitor, hours: dict[str, Any], dark: list[str]
) -> None:
    board = boards.display(**hours)
    stage.board = msgspec.to_builtins(board)
    page = browser.open("wall")
    assert page.evaluate(PLAY, msgspec.to_builtins(board)) == dark
    assert page.evaluate(PLAY, msgspec.to_builtins(replace(board, calls=(boards.call(),)))) == []

    day = 1_796_079_600_000  # 2026-12-01, midnight in Berlin
    for clock in ("00:00", "06:59", "07:00", "12:00", "18:59", "19:00", "23:59"):
        minutes = int(clock[:2]) * 60 + int(clock[3:])
        assert told(board, ("de",), day + minutes * MINUTE, 1)["asleep"] == (clock in dark), clock


def test_a_call_lights_the_panel_and_it_is_dark_again_when_it_is_gone(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    always = {"wakes": "00:00", "sleeps": "00:00"}
    stage.board = msgspec.to_builtins(boards.display(**always))
    page = browser.open("wall")
    expect(page.locator("#room")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    stage.show(boards.display(boards.call("A017"), **always))
    expect(page.get_by_text("A017", exact=True)).to_be_visible()
    expect(page.locator("#room")).to_be_visible()
    stage.show(boards.display(**always))
    expect(page.locator("#room")).to_be_hidden()
