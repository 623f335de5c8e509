"""A wall without colour: what is new is shown by brightness, size and words too."""

import io

import msgspec
import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Locator, expect

from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_wall import many
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser


def brightness(row: Locator) -> float:
    """0 to 255, of the middle shade of its picture without colours."""
    picture = Image.open(io.BytesIO(row.screenshot(animations="disabled"))).convert("L")
    return ImageStat.Stat(picture).median[0]


def test_r5_without_colour_the_newest_call_still_stands_out(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(many(boards, 3))
    page = browser.open("wall")
    expect(page.locator(".row")).to_have_count(3)
    newest, other = page.locator(".row.fresh"), page.locator(".row:not(.fresh)").first

    assert brightness(newest) > brightness(other) + 100
