"""What a citizen sees before the call: kiosk, printed job, and the ticket on the phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import MINUTE, SECOND
from server.messages.office import Printer
from server.office.boards import Sight
from tests.office.shown import shown

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.office.room import Room


Make = Callable[..., "Room"]


def test_who_asks_at_a_kiosk_that_staff_have_opened_asks_there(room: Room) -> None:
    admin = Actor(role="admin", principal="page:boss", holder="day-boss", page=True)
    assert room.code(c.RequestHelp(kiosk="nowhere"), admin) == "unknown_device"
    room.does(c.RequestHelp(kiosk="entrance"), admin)
    asked = shown(room, "counter", "1").help[0]
    assert (asked.device, asked.accepted_by, shown(room, "kiosk", "entrance").help.id) == ("entrance", None, asked.id)
    assert asked.name == next(kiosk.name for kiosk in room.state.office.kiosks)


def test_who_asks_at_a_station_that_staff_have_opened_asks_there(room: Room) -> None:
    """Without a place it would be a call that nobody can follow: also by a clerk, whose own device is a counter."""
    assert room.code(c.RequestHelp(station="nowhere"), room.supervisor) == "unknown_device"
    assert room.code(c.RequestHelp(), room.supervisor) == "unknown_device"
    assert room.code(c.RequestHelp(), room.clerk) == "unknown_device"
    station = room.state.office.stations[0].id
    before = shown(room, "station", station, Sight(actor=room.supervisor))
    room.does(c.RequestHelp(station=station), room.supervisor)

    after = shown(room, "station", station, Sight(actor=room.supervisor))
    assert ("request_help" in before.may, "request_help" in after.may) == (True, False)
    assert (after.help.device, shown(room, "desk", "").help[0].device) == (station, station)
    assert "request_help" not in shown(room, "station", station, Sight(actor=room.observer)).may


def test_a_kiosk_says_that_somebody_comes_and_not_which_account(room: Room) -> None:
    room.does(c.RequestHelp(), room.kiosk)
    room.does(c.AcceptHelp(help=shown(room, "counter", "1").help[0].id), room.supervisor)

    assert shown(room, "kiosk", "entrance").help.accepted_by == "supervisor"


def test_a_kiosk_says_what_is_open_and_when(make_room: Make, iso: Callable[[int], str]) -> None:
    room = make_room()
    room.does(c.CloseService(service="reg", reason="technik"), room.supervisor)
    room.open("1", "3")
    room.ticket("pass")
    kiosk = shown(room, "kiosk", "entrance")
    services = {service.id: service for service in kiosk.services}

    assert (services["pass"].open, services["pass"].waiting, services["pass"].step_free) == (True, 1, True)
    assert (services["car"].step_free, services["small"].step_free) == (False, False)
    assert (services["reg"].open, services["reg"].reason) == (False, "technik")
    assert [service.id for service in shown(room, "kiosk", "side").services] == ["pass"]
    room.does(c.CloseDay(), room.supervisor)
    assert {service.reason for service in shown(room, "kiosk", "entrance").services} == {"day_closed"}
    room.does(c.OpenDay(), room.supervisor)
    room.sleep(10 * 60 * MINUTE)
    closed = shown(room, "kiosk", "entrance")
    assert not closed.open
    assert closed.services[0].reason == "hours"


def test_a_kiosk_knows_its_printer_and_its_help(room: Room) -> None:
    room.does(c.RequestHelp(), room.kiosk)
    seen = {"printer:paper": {"at": room.now, "state": "paper_low"}}

    kiosk = shown(room, "kiosk", "entrance", Sight(seen=seen))
    assert (kiosk.printer, kiosk.help.accepted_by) == ("paper_low", None)
    room.sleep(2 * MINUTE)
    late = shown(room, "kiosk", "entrance", Sight(seen=seen))
    assert (late.printer, late.help) == ("offline", None)
    assert shown(room, "kiosk", "side").printer is None
    fresh = {"printer:paper": {"at": room.now}}
    assert shown(room, "kiosk", "entrance", Sight(seen=fresh)).printer == "ok"


def test_nobody_knows_how_the_printer_of_a_browser_is(make_room: Make) -> None:
    room = make_room(printers=(Printer(id="paper", name="Drucker", kind="browser"),))

    assert shown(room, "kiosk", "entrance").printer == "no_status"


def test_a_printer_has_open_jobs_for_two_minutes(room: Room) -> None:
    """It has everything for the paper: number, words, papers to bring, the link; in the ticket's language if known."""
    ticket = room.ticket("pass", "reg", printer="paper", language="en", by=room.desk)
    sight = Sight(link=lambda ticket: f"https://x/t/{ticket}")
    (job,) = shown(room, "printer", "paper", sight).jobs

    assert job.ticket["number"] == "A001"
    assert job.ticket["services"] == ["pass", "reg"]
    assert job.ticket["url"] == f"https://x/t/{ticket}"
    assert job.ticket["papers"] == ["alter Pass"]
    assert job.ticket["ahead"] == 0
    room.sleep(2 * MINUTE)
    assert shown(room, "printer", "paper").jobs == ()
    room.ticket("pass", printer="paper")
    (second,) = shown(room, "printer", "paper").jobs
    room.does(c.ReportPrint(job=second.job, state="sent"), room.printer)
    assert shown(room, "printer", "paper").jobs == ()


def test_the_way_without_steps_is_on_the_ticket_of_who_did_not_ask_for_it(make_room: Make, office: Office) -> None:
    """Who did has it as the way itself."""
    counters = (replace(office.counters[0], way_step_free={"de": "Aufzug"}), *office.counters[1:])
    room = make_room(office=replace(office, counters=counters)).open("1")
    for needs, ways in (((), ({"de": "links"}, {"de": "Aufzug"})), (("step_free",), ({"de": "Aufzug"}, {}))):
        ticket = room.ticket("pass", needs=needs)
        room.call("1")
        place = shown(room, "ticket", ticket).counter
        assert (place.way, place.way_step_free) == ways
        room.does(c.StartService(counter="1"))
        room.finish("1")


def test_a_ticket_in_ones_hand(make_room: Make, iso: Callable[[int], str]) -> None:
    """What its holder may do depends on its state; who called it, where to go, and until when it is away."""
    room = make_room(recall_limit=1).open("1")
    room.ticket("pass")
    ticket = room.ticket("pass", language="en")
    assert shown(room, "ticket", ticket).ahead == 1
    assert shown(room, "ticket", ticket).may == ("cancel_ticket", "pause_ticket")
    room.does(c.PauseTicket(ticket=ticket, minutes=5))
    away = shown(room, "ticket", ticket)
    assert (away.may, away.away_until) == (
        ("cancel_ticket", "pause_ticket", "return_ticket"),
        iso(room.now + 5 * MINUTE),
    )
    room.does(c.ReturnTicket(ticket=ticket))
    room.does(c.CallTicket(counter="1", ticket=ticket))
    called = shown(room, "ticket", ticket)
    assert (called.state, called.counter.id, called.way, called.called_at) == (
        "called",
        "1",
        {"de": "links"},
        iso(room.now),
    )
    assert (called.may, called.ahead, called.passed_by) == (("cancel_ticket",), None, {})
    first = next(iter(room.state.tickets))
    assert shown(room, "ticket", first).passed_by == {"walk_in": 1}
    room.does(c.MarkMissed(counter="1"))
    missed = shown(room, "ticket", ticket)
    assert (missed.counter, missed.not_before) == (None, iso(room.now + 300 * SECOND))
    room.does(c.CloseDay(), room.supervisor)
    assert shown(room, "ticket", ticket).may == ()


def test_who_did_not_come_is_told_when_he_was_called(make_room: Make, iso: Callable[[int], str]) -> None:
    """The ticket is back in line at once, so its holder must know; once they have come, it is no longer shown."""
    room = make_room(recall_limit=1).open("1")
    ticket = room.ticket("pass")
    room.call("1")
    called_at = room.now
    room.sleep(MINUTE)
    room.does(c.MarkMissed(counter="1"))
    missed = shown(room, "ticket", ticket)
    assert (missed.state, missed.called_at, missed.missed_at) == ("waiting", iso(called_at), iso(room.now))
    room.sleep(10 * MINUTE)
    assert room.serve("1") == ticket
    room.does(c.ParkTicket(counter="1"))
    parked = shown(room, "ticket", ticket)
    assert (parked.state, parked.called_at, parked.missed_at) == ("parked", None, None)
