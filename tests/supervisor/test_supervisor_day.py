"""The day on the supervisor's table: waits and arrivals with the hours ahead, and a full office that fits the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.visitor import complaints, overflow, picture
from tests.supervisor.test_supervisor_table import opened

if TYPE_CHECKING:
    from tests.live_sockets import Frame
    from tests.staff_pages.stage import Stage
    from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser


CURVE: Frame = {
    "past": [
        {"at": instant(minutes=30 * n), "arrivals": 5 + n, "waits": 30.0 - 3 * n if n < 6 else None}
        for n in range(7, -1, -1)
    ],
    "ahead": [
        {
            "at": instant(minutes=-30 * n),
            "low": 20.0 - 2 * n,
            "median": 32.0 - 3 * n,
            "high": 44.0 - 3 * n,
            "arrivals": 6,
        }
        for n in range(1, 7)
    ],
}


def test_the_day_is_a_plot_a_sentence_and_a_table(stage: Stage, visitor: Visitor) -> None:
    fair = {"longest_wait": 52.0, "over_60": 0.04, "overtakings": 3, "called": 80}
    page = opened(stage, visitor, o.supervisor(curve=CURVE, fairness=fair), width=1920, height=1080)
    card = page.get_by_role("region", name="Wartezeit heute, und wie es weitergeht")

    expect(card.locator("canvas")).to_have_count(1)
    expect(card).to_contain_text("Am längsten wird es gegen")
    expect(card).to_contain_text("Längste Wartezeit heute 52 min · über 60 min: 4 % · überholt: 3 von 80 Aufrufen")
    card.locator("summary").press("Enter")
    expect(card.get_by_role("row")).to_have_count(1 + 8 + 6)
    assert complaints(page) == []
    stage.show(o.supervisor())
    expect(card).to_contain_text("Noch keine Kurve")


LOOKS = {
    "1920x1080": (1920, 1080, "paper"), "1280x720": (1280, 720, "paper"), "820x1180": (820, 1180, "night"),
    "390x844": (390, 844, "paper"), "320x700": (320, 700, "paper"), "1920x1080-night": (1920, 1080, "night"),
}  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_a_full_table_of_twelve_counters_and_a_hundred_waiting_fits(stage: Stage, visitor: Visitor, name: str) -> None:
    width, height, theme = LOOKS[name]
    counters = tuple(o.face(str(n), skills=("ausweis", "melden", "kfz")) for n in range(1, 13))
    alert = wire.Alert(id="no_counter:trauung", code="no_counter", place="trauung", since=instant(minutes=4), count=2)
    board = o.supervisor(
        counters=counters, tickets=tuple(o.line(f"A{n:03}", waited=n / 3) for n in range(20)), waiting_total=100,
        tickets_total=112, curve=CURVE,
        alerts=(alert,), alerts_total=1,
        roster=wire.OnDuty(day="2026-11-23", counts=(0,) * 16 + (8,) * 20 + (0,) * 12),
    )  # fmt: skip
    page = opened(stage, visitor, board, width=width, height=height)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    expect(page.locator("canvas")).to_have_count(1)

    picture(page, f"table-{name}")
    assert overflow(page) <= 0
    assert complaints(page) == []
    if width >= 1920:
        for part in ("services", "curve", "grid", "tickets", "roster", "messages", "devices"):
            expect(page.locator(f"#{part}")).to_be_in_viewport()
        expect(page.get_by_role("grid").get_by_role("row").last).to_be_in_viewport(ratio=0.99)
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    if width == 820:
        grid, first = (page.locator(one).bounding_box() for one in ("#grid", "#services"))
        assert grid is not None
        assert first is not None
        assert grid["y"] < first["y"]
