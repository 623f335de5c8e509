"""The table of a city in a real Chromium: the wait of each office's hardest service, or why nobody can say it."""

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, picture

pytestmark = pytest.mark.browser


def row(office: str, state: str = "on_target", **changes: object) -> wire.OfficeRow:
    plain = wire.OfficeRow(
        office=office, name=f"Bürgeramt {office.title()}", state=state, counters_open=4, counters=8, waiting=17,
        longest_wait=instant(minutes=31), service="ausweis", names=o.names("ausweis"), expected=None, target=30, alerts=0,
        alert=None,
    )  # fmt: skip
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            {
                "mitte": "20–30 min Ziel 30 min",
                "nord": "20–30 min Schätzung, lernt noch",
                "ost": "Zurzeit ist kein Schalter dafür offen",
                "west": "noch keine Schätzung",
                "insel": "–",
            },
        ),
        ("en", {"mitte": "20–30 min target 30 min", "ost": "No counter is open for this at the moment"}),
    ],
)
def test_a_row_says_the_wait_or_why_there_is_none(
    stage: Stage, visitor: Visitor, language: str, said: dict[str, str]
) -> None:
    wait = o.expected(20, 30)
    rows = (
        row("ost", "no_counter", expected_reason="no_counter"),
        row("west", "unknown", alerts=2, alert="printer"),
        row("mitte", expected=wait),
        row("nord", expected=replace(wait, learning=True)),
        row("insel", "closed", service=None, names={}, target=None, longest_wait=None, waiting=0, counters_open=0),
    )
    stage.show(wire.Offices(offices=rows, offices_total=len(rows), languages=("de", "en"), time_zone="Europe/Berlin"))
    page = visitor.open(f"offices/-?lang={language}", 1280, 720)

    for office, text in said.items():
        expect(page.locator(f"tr[data-office={office}] .expected")).to_contain_text(text)
    picture(page, f"offices-{language}-1280")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, f"offices-{language}-390")
