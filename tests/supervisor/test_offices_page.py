"""The table of a city in a real Chromium: the worst office first, one row each, a card each where the screen is narrow."""

from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from server.messages.boards import OfficeRow, Offices
from server.office.boards.offices import offices
from tests.axe import findings
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, overflow, picture

pytestmark = pytest.mark.browser
SIZES = {"1920x1080": (1920, 1080), "1280x720": (1280, 720), "820x1180": (820, 1180), "390x844": (390, 844)}


def row(name: str, state: str, **changes: Any) -> OfficeRow:
    plain = OfficeRow(
        office=name.lower(), name=f"Bürgerbüro {name}", state=state, counters_open=7, counters=8, waiting=38,
        longest_wait=instant(minutes=52), service="kfz", names=o.names("kfz"), expected=o.expected(60, 90), target=30, alerts=2,
        alert="over_target",
    )  # fmt: skip
    return replace(plain, **changes)


def city() -> Offices:
    calm: dict[str, Any] = {"alerts": 0, "alert": None}
    closed: dict[str, Any] = {"service": None, "names": {}, "expected": None, "target": None, "longest_wait": None}
    rows = (
        row("Hafen", "closed", counters_open=0, waiting=0, **calm, **closed),
        row("West", "on_target", waiting=2, expected=o.expected(5, 10), **calm),
        row("Ost", "tight", waiting=9, expected=o.expected(20, 40), **calm),
        row("Nord", "over_target"),
        row("Mitte", "no_counter", expected=None),
        row("Süd", "away", alerts=1, alert="durability"),
    )
    return replace(offices(rows), languages=("de", "en"))


def opened(stage: Stage, visitor: Visitor, size: str) -> Page:
    width, height = SIZES[size]
    stage.show(city())
    page = visitor.open("offices/-", width=width, height=height)
    expect(page.locator("tr[data-office]")).to_have_count(6)
    return page


@pytest.mark.parametrize("size", SIZES)
def test_the_worst_office_is_first_and_axe_finds_nothing_in_either_light(
    stage: Stage, visitor: Visitor, size: str
) -> None:
    page = opened(stage, visitor, size)

    names = [f"Bürgerbüro {name}" for name in ("Süd", "Mitte", "Nord", "Ost", "West", "Hafen")]
    expect(page.get_by_role("link", name="Bürgerbüro")).to_have_text(names)
    expect(page.locator("[data-office=nord] .word").first).to_have_text("über dem Ziel")
    for theme in ("paper", "night"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        picture(page, f"offices-{size}-{theme}")
        assert findings(page) == []
    assert overflow(page) <= 0


def test_an_office_that_becomes_worse_is_said_and_a_key_opens_it(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, "1280x720")
    worse = [replace(one, state="over_target") if one.office == "west" else one for one in city().offices]
    stage.show(replace(city(), offices=tuple(worse)))

    expect(page.locator("#said")).to_have_text("Bürgerbüro West: über dem Ziel")
    link = page.get_by_role("link", name="Bürgerbüro West")
    expect(link).to_have_attribute("href", "/supervisor/west")
    for _ in range(20):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("Tab never reaches the office")
