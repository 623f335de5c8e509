"""A time today instead of waiting: where the wait is long, the kiosk offers it, and the number keeps its place until then."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.kiosk.test_kiosk_page import TICKET, opened
from tests.live_sockets import Frame
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser
OFFER = re.compile(r"Lieber heute (\d\d):(\d\d) bis (\d\d):(\d\d)")


def minutes(hours: str, rest: str) -> int:
    return 60 * int(hours) + int(rest)


def chosen(page: Page, service: str) -> None:
    page.locator(f"[data-service={service}]").click()


def test_a_long_wait_is_offered_as_a_time_and_the_number_is_away_until_then(stage: Stage, visitor: Visitor) -> None:
    def answer(frame: Frame) -> Frame:
        return {"result": {"ticket": TICKET} if frame["command"]["type"] == "issue_ticket" else {}}

    page = opened(stage, visitor)
    stage.answer = answer
    chosen(page, "kfz")  # 60 to 90 minutes
    offer = page.locator("[data-act=later]")
    expect(offer).to_contain_text("Ihr Platz bleibt.")
    said = OFFER.search(offer.inner_text())
    assert said is not None
    first, last = minutes(said[1], said[2]), minutes(said[3], said[4])
    assert (first % 5, last % 5) == (0, 0)
    assert 30 <= (last - first) % (24 * 60) <= 45
    stage.heard.clear()
    offer.click()
    expect(page.locator("#number")).to_have_text("A019")
    expect(page.get_by_text(re.compile(r"Bitte seien Sie um \d\d:\d\d hier\."))).to_be_visible()
    stage.until(lambda: len(stage.pressed) == 2)
    issue, pause = stage.pressed
    assert issue["type"] == "issue_ticket"
    assert pause["type"] == "pause_ticket"
    assert pause["ticket"] == TICKET["id"]
    assert 50 <= pause["minutes"] <= 55


def test_a_short_wait_or_one_that_nobody_knows_is_not(stage: Stage, visitor: Visitor) -> None:
    board = o.kiosk(services=(o.offered("kfz", expected=o.expected(20, 90)), o.offered("melden", most=3)))
    page = opened(stage, visitor, board)
    for service in ("kfz", "melden"):
        chosen(page, service)
        expect(page.locator("[data-act=have]")).to_be_visible()
        expect(page.locator("[data-act=later]")).to_have_count(0)
        page.locator("[data-act=back]").click()
