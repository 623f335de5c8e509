"""The code at the door, on both walls: seen with its address, never while the line is down, and clear of everything else."""

import os
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Page, expect

from server.messages.boards import Door
from tests.axe import findings
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser

DOOR = Door(code="482913", address="aufruf.buergerbuero-mitte.example/draw/mitte")
OVER = """() => {
  const door = document.querySelector('.door').getBoundingClientRect();
  const within = door.left >= 0 && door.right <= innerWidth + 1 && door.bottom <= innerHeight + 1;
  const over = ['#calls', '#room', '#head'].filter((name) => {
    const box = document.querySelector(name).getBoundingClientRect();
    return box.bottom > door.top + 1 && box.top < door.bottom - 1 && box.right > door.left + 1;
  });
  return within ? over : ['outside'];
}"""


def kept(page: Page, name: str) -> None:
    if folder := os.environ.get("AUFRUF_PICTURES"):
        page.screenshot(path=Path(folder) / f"door-{name}.png")


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (1280, 720)])
def test_the_code_stands_below_everything_with_where_it_is_typed(
    stage: Stage, boards: Boards, browser: Visitor, width: int, height: int
) -> None:
    calls = [boards.call(f"A01{nth}", str(nth + 1)) for nth in range(4)]
    stage.board = msgspec.to_builtins(boards.display(*calls, door=DOOR))
    page = browser.open("wall", width=width, height=height)

    expect(page.locator(".door b")).to_have_text("482 913")
    expect(page.locator(".door .where")).to_have_text(str(DOOR.address))
    assert page.evaluate(OVER) == []
    assert findings(page) == []
    kept(page, str(width))
    stage.show(boards.display(*calls, door=Door(code="007008", address=None)))
    expect(page.locator(".door b")).to_have_text("007 008")
    expect(page.locator(".door img")).to_have_count(0)
    stage.show(boards.display(*calls))
    expect(page.locator(".door")).to_have_count(0)
