"""The day on the supervisor's table: waits and arrivals with the hours ahead, and a full office that fits the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.axe import findings
from tests.staff_pages import office as o
from tests.staff_pages.visitor import overflow, picture
from tests.supervisor.full_room import CURVE, full_room
from tests.supervisor.test_supervisor_table import opened

if TYPE_CHECKING:
    from tests.staff_pages.stage import Stage
    from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser


def test_the_day_is_a_plot_a_sentence_and_a_table(stage: Stage, visitor: Visitor) -> None:
    fair = {"longest_wait": 52.0, "over_60": 0.04, "overtakings": 3, "called": 80}
    page = opened(stage, visitor, o.supervisor(curve=CURVE, fairness=fair), width=1920, height=1080)
    card = page.get_by_role("region", name="Wartezeit heute, und wie es weitergeht")

    expect(card.locator("canvas")).to_have_count(1)
    expect(card).to_contain_text("Am längsten wird es gegen")
    expect(card).to_contain_text("Längste Wartezeit heute 52 min · über 60 min: 4 % · überholt: 3 von 80 Aufrufen")
    card.locator("summary").press("Enter")
    expect(card.get_by_role("row")).to_have_count(1 + 8 + 6)
    assert findings(page) == []
    stage.show(o.supervisor())
    expect(card).to_contain_text("Noch keine Kurve")


SIZES = {"1920x1080": (1920, 1080), "1280x720": (1280, 720), "820x1180": (820, 1180), "390x844": (390, 844)}
LOOKS = {
    **{f"{size}-{theme}": (*SIZES[size], theme) for size in SIZES for theme in ("paper", "night")},
    "1600x900": (1600, 900, "paper"), "320x700": (320, 700, "paper"),
    "960x540": (960, 540, "paper"),  # 1920x1080 at 200 % zoom
}  # fmt: skip


HIDDEN = """() => [".hurts", ".cells", ".cells .scroll", "main"].filter((place) => {
  const box = document.querySelector(place);
  return box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth;
})"""
"""The places of the table that would have to be scrolled to see all of them."""


CUT = """(box) => getComputedStyle(box).display !== "contents"
  && (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth)"""


@pytest.mark.parametrize("name", LOOKS)
def test_a_full_table_of_twelve_counters_and_a_hundred_waiting_fits(stage: Stage, visitor: Visitor, name: str) -> None:
    width, height, theme = LOOKS[name]
    board = full_room()
    page = opened(stage, visitor, board, width=width, height=height)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    expect(page.locator("canvas")).to_have_count(1)
    expect(page.get_by_role("banner")).to_contain_text("52 min längste Wartezeit K040")

    picture(page, f"table-{name}")
    assert overflow(page) <= 0
    assert findings(page) == []
    if width >= 1920:
        for part in ("services", "curve", "grid", "tickets", "roster", "situations", "book", "messages", "devices"):
            expect(page.locator(f"#{part}")).to_be_in_viewport()
        for last in (".services tr", ".plot canvas", ".fairness", ".roster-today tr", ".grid tr"):
            expect(page.locator(last).last).to_be_in_viewport(ratio=0.99)
        assert page.evaluate(HIDDEN) == []
        assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    elif width >= 640:  # the page is scrolled, and nothing in it is cut
        for place in (".hurts", ".cells", ".cells .scroll", ".acts", ".around"):
            assert page.locator(place).first.evaluate(CUT) is False, place
    if width == 820:
        grid, first = (page.locator(one).bounding_box() for one in ("#grid", "#services"))
        assert grid is not None
        assert first is not None
        assert grid["y"] < first["y"]
