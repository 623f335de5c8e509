"""A time today instead of waiting: the phone offers it where the wait is long."""

import re

import pytest
from playwright.sync_api import expect

from tests.displays.boards import Boards
from tests.displays.phones import open_phone
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser


def test_a_long_wait_can_be_a_time_today(stage: Stage, boards: Boards, browser: Visitor) -> None:
    """The number is away until then, and keeps its place."""
    page = open_phone(stage, browser, boards.ticket(expected=boards.expected(60, 90)))
    page.get_by_role("button", name=re.compile(r"^Erst um \d\d:\d\d bis \d\d:\d\d aufgerufen werden$")).click()
    stage.until(lambda: len(stage.commands()) == 1)
    (pause,) = stage.commands()

    assert pause["command"]["type"] == "pause_ticket"
    assert 50 <= pause["command"]["minutes"] <= 55
    stage.show(boards.ticket(expected=boards.expected(15, 25)))
    expect(page.get_by_role("button", name=re.compile("^Erst um"))).to_have_count(0)
