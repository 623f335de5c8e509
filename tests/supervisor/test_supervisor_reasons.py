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
    expect(page.get_by_role("heading", name="Nummern (1 von 77)")).to_be_visible()
    assert stage.asked[-1] == {"query": typed, "limit": "500", "offset": "0"}
    page.get_by_label("Suchen").fill("")
    expect(page.locator("[data-ticket='t-B043']")).to_be_visible()


def everybody(*lines: wire.Line) -> wire.Found:
    return wire.Found(tickets=lines, total=len(lines), offset=0, not_here=(), not_printed=())


def test_the_rest_of_the_numbers_is_there_on_request_the_longest_wait_first(stage: Stage, visitor: Visitor) -> None:
    listed = (o.line("A031", waited=50), o.line("A032", waited=40))
    rest = tuple(o.line(f"K{number:03}", waited=number) for number in range(1, 31))
    stage.found = everybody(*rest, *listed)
    page = opened(stage, visitor, o.supervisor(tickets=listed, tickets_total=32, waiting_total=32))
    expect(page.get_by_role("heading", name="Nummern (2 von 32)")).to_be_visible()
    assert stage.asked == []

    page.get_by_role("button", name="alle 32 zeigen").click()

    expect(page.get_by_role("heading", name="Nummern (32)")).to_be_visible()
    numbers = page.locator(".tickets .number").all_inner_texts()
    assert numbers[:3] == ["A031", "A032", "K030"]
    assert len(numbers) == 32


def test_a_number_that_the_board_does_not_list_can_be_moved(stage: Stage, visitor: Visitor) -> None:
    stage.found = everybody(o.line("A512", waited=61))
    page = opened(stage, visitor, o.supervisor(tickets_total=240))
    page.get_by_label("Suchen").fill("a512")
    page.get_by_role("checkbox", name="Auswählen A512").check()
    page.get_by_label("Eine Nummer verschieben nach").select_option("zeugnis")
    page.get_by_role("button", name="Verschieben").click()

    stage.expect({"type": "move_tickets", "tickets": ["t-A512"], "to_service": "zeugnis"})


def test_a_chosen_number_is_kept_while_it_waits_and_what_left_is_said(stage: Stage, visitor: Visitor) -> None:
    """Also when it is no longer among those that the board lists: then the server knows whether it still waits."""
    slid, called, other = o.line("A018"), o.line("A019"), o.line("B050", "melden")
    stage.found = everybody(slid, other)
    page = opened(stage, visitor, o.supervisor(tickets=(slid, called), tickets_total=240))
    for number in ("A018", "A019"):
        page.get_by_role("checkbox", name=f"Auswählen {number}").check()

    stage.show(o.supervisor(tickets=(other,), tickets_total=239))

    card = page.get_by_role("region", name="Nummern")
    expect(card.get_by_role("status")).to_have_text("A019 wartet nicht mehr und wird nicht verschoben.")
    page.get_by_role("button", name="Verschieben").click()
    stage.until(lambda: bool(stage.pressed))
    assert stage.pressed[0]["tickets"] == ["t-A018"]
