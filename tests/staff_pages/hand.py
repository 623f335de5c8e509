"""A hand at a page of staff, once with the mouse and once with the keyboard alone: the same story is lived with both."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

MOST_TABS = 150
HERE = "element => element === document.activeElement"


class Mouse:
    """What a hand does: presses buttons, presses cells of the grid, chooses from lists."""

    def press(self, button: Locator) -> None:
        button.click()

    def press_cell(self, cell: Locator) -> None:
        cell.click()

    def choose(self, field: Locator, text: str) -> None:
        field.select_option(label=text)


class Keyboard(Mouse):
    """It starts from wherever the focus is, and goes on with Tab, as a person must."""

    def press(self, button: Locator) -> None:
        self._tab(button.page, lambda: bool(button.evaluate(HERE)))
        button.page.keyboard.press("Enter")

    def press_cell(self, cell: Locator) -> None:
        """The grid is one stop of Tab; arrows go from cell to cell."""
        page = cell.page
        self._tab(page, lambda: bool(page.evaluate("'cell' in document.activeElement.dataset")))
        wanted, at = cell.get_attribute("data-cell") or "", page.evaluate("document.activeElement.dataset.cell")
        (row_to, column_to), (row_at, column_at) = (map(int, place.split("/")) for place in (wanted, at))
        for key, steps in (("ArrowDown", row_to - row_at), ("ArrowRight", column_to - column_at)):
            for _ in range(steps):
                page.keyboard.press(key)
        assert cell.evaluate(HERE)
        page.keyboard.press("Enter")

    def choose(self, field: Locator, text: str) -> None:
        """Types the first letters of what should be chosen."""
        self._tab(field.page, lambda: bool(field.evaluate(HERE)))
        field.page.keyboard.type(text)

    def _tab(self, page: Page, there: Callable[[], bool]) -> None:
        for _ in range(MOST_TABS):
            if there():
                return
            page.keyboard.press("Tab")
        raise AssertionError("Tab never comes there")


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def hand(request: pytest.FixtureRequest) -> Mouse:
    found: Mouse = request.param()
    return found
