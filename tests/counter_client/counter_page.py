"""The counter page as tests see it: opened with a board, settled after a press, shown the next board."""

from typing import Any

from playwright.sync_api import Page, expect

from server.messages import boards as wire
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor


def opened(stage: Stage, visitor: Visitor, board: wire.Counter, **options: Any) -> Page:
    """The counter page with this board; its big button can be pressed."""
    stage.show(board)
    page = visitor.open("counter/3", **options)
    expect(page.locator(".acts[data-settled=true]")).to_be_visible()
    stage.heard.clear()
    return page


def settled(page: Page) -> None:
    """Waits until the last press is answered and the big button can be pressed again."""
    expect(page.locator(".acts[data-settled=true]")).to_be_visible()


def show(stage: Stage, page: Page, board: wire.Counter) -> None:
    """Shows a new board and waits until the page is ready."""
    stage.show(board)
    stage.until(lambda: any(f.get("kind") == "shown" and f["seq"] == stage.seq for f in stage.heard))
    expect(page.locator(".acts[data-settled=true]")).to_be_visible()
    stage.heard.clear()
