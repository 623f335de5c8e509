"""Every move of the table can say why and end by itself, if need be as a set of one; a search reaches all numbers."""

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from server.messages import boards as wire
from tests.axe import findings
from tests.live_sockets import Frame
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor
from tests.supervisor.full_room import row
from tests.supervisor.test_supervisor_table import opened, timed
from tests.supervisor.test_supervisor_what_if import FOUND, answers

pytestmark = pytest.mark.browser


def service(page: Page) -> None:
    page.get_by_role("button", name="Führungszeugnis: Ändern").click()


def ticket(page: Page) -> None:
    page.locator("[data-ticket='t-B043']").click()


def counter(name: str) -> str:
    return f"[data-counter='{name}']"


MOVES: dict[str, tuple[str, str, str, Frame]] = {
    "limit": ("service", "Grund", "limit", {"type": "limit_service", "service": "zeugnis", "tickets": None}),
    "boost": ("service", "Grund", "boost-20", {"type": "boost_service", "service": "zeugnis", "minutes": 20}),
    "ticket": ("ticket", "Grund", "boost20", {"type": "boost_ticket", "ticket": "t-B043", "minutes": 20}),
    "open": ("8", "Warum", "open", {"type": "open_counter", "counter": "8"}),
    "close": ("4", "Warum", "close", {"type": "close_counter", "counter": "4"}),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_reason_and_an_end_make_a_set_of_one_move(stage: Stage, visitor: Visitor, name: str) -> None:
    page = opened(stage, visitor)
    where, label, offer, command = MOVES[name]
    {"service": service, "ticket": ticket}.get(where, lambda it: it.locator(counter(where)).click())(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(label, exact=True).select_option("stoerung")
    dialog.get_by_label("Endet von selbst").select_option("30")
    dialog.locator(f"[data-offer={offer}]").click()

    assert timed(stage, "until", 29, 31) == {"type": "apply_moves", "moves": [command], "reason": "stoerung"}


def test_an_order_of_call_has_a_reason_too(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_role("button", name="Reihenfolge:").click()
    page.get_by_role("radio").last.check()
    preset = page.get_by_role("radio").last.get_attribute("value")
    page.get_by_role("dialog").get_by_label("Grund").select_option("stoerung")
    page.get_by_role("dialog").get_by_role("button").first.click()

    stage.expect({"type": "apply_moves", "moves": [{"type": "set_policy", "preset": preset}], "reason": "stoerung"})


def test_chosen_tickets_move_with_a_reason(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_role("checkbox", name="Auswählen A018").check()
    bar = page.locator(".together")
    bar.locator("[name=to]").select_option("zeugnis")
    bar.get_by_label("Warum").select_option("stoerung")
    bar.get_by_role("button", name="Verschieben").click()

    move = {"type": "move_tickets", "tickets": ["t-A018"], "to_service": "zeugnis"}
    stage.expect({"type": "apply_moves", "moves": [move], "reason": "stoerung"})


def test_while_moves_are_gathered_the_set_has_the_reason_and_the_end(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    answers(page, FOUND)
    page.get_by_role("button", name="Was wäre wenn …").click()
    service(page)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Grund")).to_have_count(0)
    dialog.locator("[data-offer=boost-20]").click()

    expect(page.get_by_role("region", name="Was wäre wenn …").get_by_role("listitem")).to_contain_text("20 Minuten")
    assert stage.pressed == []


def test_what_is_set_on_a_service_stands_below_it_and_is_taken_back_there(stage: Stage, visitor: Visitor) -> None:
    ends = "2026-11-23T10:30:00.000Z"
    boosted = wire.Did(type="service_boosted", service="zeugnis", minutes=20)
    limited = wire.Did(type="service_limited", service="zeugnis")
    book = (
        row("s~4", did=(boosted,), until=ends),
        row("s~5", did=(limited,), reason=None, until="2026-11-23T12:00:00.000Z"),
    )
    plain = o.service_line("zeugnis", 6, 28)
    both = (replace(plain, boost=20, boost_until=ends, limit=80, drawn=71),)
    page = opened(stage, visitor, o.supervisor(services=both, shift_book=book))
    rows = page.locator("[data-set=zeugnis]")

    expect(rows.nth(0)).to_contain_text("um 20 min vorgezogen, bis 11:30, Fachverfahren gestört")
    expect(rows.nth(1)).to_contain_text("höchstens 80 Nummern heute, 71 gezogen, bis 13:00")
    assert findings(page) == []
    for at, what in enumerate(("um 20 Minuten vorgezogen", "Annahme begrenzt")):
        rows.nth(at).get_by_role("button", name=f"Zurücknehmen: Führungszeugnis: {what}").press("Enter")
        stage.expect({"type": "revert_moves", "key": f"s~{4 + at}"})
    # moves that the book has forgotten still hold; only the button is not there
    stage.show(o.supervisor(services=both))
    expect(rows).to_have_text(["um 20 min vorgezogen, bis 11:30", "höchstens 80 Nummern heute, 71 gezogen"])
    expect(rows.get_by_role("button")).to_have_count(0)
    stage.show(o.supervisor(services=(plain,)))
    expect(rows).to_have_count(0)


@pytest.mark.parametrize("typed", ["a 012", "A12", "Standesamt", "geparkt"])
def test_what_the_board_does_not_list_is_looked_for_on_the_server(stage: Stage, visitor: Visitor, typed: str) -> None:
    found = o.line("A512", waited=61)
    stage.found = wire.Found(tickets=(found,), total=77, offset=0, not_here=(), not_printed=())
    page = opened(stage, visitor, o.supervisor(tickets_total=240))
    page.get_by_label("Suchen").fill(typed)

    expect(page.locator(".tickets tbody tr")).to_have_count(1)
    expect(page.locator(".tickets tbody th")).to_have_text("A512")
    assert stage.asked[-1] == {"query": typed, "limit": "50"}
    page.get_by_label("Suchen").fill("")
    expect(page.locator("[data-ticket='t-B043']")).to_be_visible()
