"""The ticket's page on a phone that is dark, or whose owner wants more contrast."""

import pytest
from playwright.sync_api import expect

from tests.axe import findings
from tests.displays.boards import Boards
from tests.displays.phones import open_phone, states
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor
from tests.staff_pages.visitor import picture

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("asks", "theme"), [({"color_scheme": "dark"}, "night"), ({"contrast": "more"}, "contrast")])
def test_a_phone_that_is_dark_or_wants_more_contrast_gets_it_in_every_state(
    stage: Stage, boards: Boards, browser: Visitor, asks: dict[str, str], theme: str
) -> None:
    by_state = states(boards)
    page = open_phone(stage, browser, by_state["waiting"], **asks)
    expect(page.locator("html")).to_have_attribute("data-theme", theme)
    found, grounds = {}, set()
    for name, board in by_state.items():
        seq = stage.show(board)
        stage.wait_for(lambda frame, seq=seq: frame["type"] == "report" and frame["seq"] == seq)  # type: ignore[misc]
        found[name] = findings(page)
        picture(page, f"phone-{theme}-{name}")
        if name != "called":
            grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    assert {name: what for name, what in found.items() if what} == {}
    assert len(grounds) == 1
    assert "rgb(247, 245, 240)" not in grounds
