"""A visit with several steps: services in a row, stations, transfers to another line or counter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from server.messages import commands as c
from server.messages.instants import MINUTE, SECOND

if TYPE_CHECKING:
    from tests.office.room import Room


def test_several_services_in_a_row(room: Room) -> None:
    """A counter that can do all of them does; otherwise the ticket waits for the next step and keeps its seniority."""
    room.open("1", "3")
    both, visit = room.ticket("pass", "reg"), room.ticket("pass", "car")
    room.serve("1")
    assert room.finish("1") == ["service_finished"]
    assert room.of(both).state == "finished"
    assert room.of(both).done == ("pass", "reg")

    room.serve("1")
    room.finish("1")
    waiting = room.of(visit)
    younger = room.ticket("car")
    assert (waiting.state, waiting.services, waiting.done) == ("waiting", ("car",), ("pass",))
    assert room.call("3") == visit
    assert room.of(visit).reference == waiting.reference
    assert room.of(younger).state == "waiting"


def test_outcomes_that_end_a_visit(room: Room) -> None:
    for outcome in ("not_possible", "left"):
        room.open("1")
        ticket = room.ticket("pass", "car")
        room.serve("1")
        room.finish("1", outcome=outcome)
        assert (room.of(ticket).state, room.of(ticket).outcome, room.of(ticket).done) == ("finished", outcome, ())


def test_some_services_done(room: Room) -> None:
    room.open("1")
    ticket = room.ticket("pass", "reg")
    room.serve("1")
    assert room.code(c.FinishService(counter="1", services_done=("nothing",))) == "unknown_service"
    room.finish("1", services_done=("pass",))

    assert room.of(ticket).services == ("reg",)


def test_a_ticket_picked_regardless_is_done_with_all(room: Room) -> None:
    """Called by a counter that offers none of its services: what that counter finishes is finished."""
    room.open("3")
    ticket = room.ticket("pass")
    room.does(c.TransferTicket(ticket=ticket, to_counter="3"))
    room.serve("3")
    room.finish("3")

    assert room.of(ticket).state == "finished"


def test_to_a_station_and_back_to_the_head_of_ones_own_list(room: Room) -> None:
    """It is first in the list, only at this counter, until the station's limit is over."""
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.serve("1")
    assert room.does(c.SendToStation(counter="1", station="booth")) == ["ticket_sent_to_station"]
    other = room.ticket("pass", category="priority")
    assert room.code(c.SendToStation(counter="1", station="moon")) == "unknown_device"

    assert room.call("booth", room.booth) == ticket
    room.does(c.StartService(counter="booth"), room.booth)
    assert room.does(c.FinishService(counter="booth"), room.booth) == ["service_finished"]

    assert room.call("2") == other
    assert room.call("1") == ticket
    why = room.of(ticket).why
    assert why is not None
    assert why.code == "returned"
    room.does(c.StartService(counter="1"))
    room.finish("1")
    assert room.of(ticket).state == "finished"


def test_after_the_limit_anybody_may_take_it(room: Room) -> None:
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))
    room.call("booth", room.booth)
    room.does(c.StartService(counter="booth"), room.booth)
    room.does(c.FinishService(counter="booth"), room.booth)

    assert room.sleep(899 * SECOND).call("2") is None
    assert room.sleep(1 * SECOND).call("2") == ticket


def test_nobody_waits_for_ever_at_a_station_that_calls_nobody(room: Room) -> None:
    """The limit counts from the sending on: then any counter may take the ticket, and the station still may too."""
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))

    assert room.sleep(899 * SECOND).call("2") is None
    assert room.sleep(1 * SECOND).call("2") == ticket
    room.does(c.WithdrawCall(counter="2"))
    assert room.call("booth", room.booth) == ticket


def test_back_from_a_station_with_a_new_need(room: Room) -> None:
    """Even the first in the own list is called only if the counter has what the ticket needs."""
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.through_the_booth("2")
    room.does(c.SetNeeds(ticket=ticket, needs=("hearing_loop",)))

    assert room.call("2") is None
    assert room.sleep(900 * SECOND).call("1") == ticket


def test_an_appointment_called_early_does_not_wait_for_its_slot_again(room: Room, at: Callable[[int], Any]) -> None:
    room.open("1")
    code = room.book(room.now + 20 * MINUTE, "pass")
    room.does(c.CheckIn(code=code), room.desk)
    booked = room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))

    assert room.call("booth", room.booth) == booked


def test_a_stations_own_service_ends_there(room: Room) -> None:
    ticket = room.ticket("photo")

    assert room.call("cash", room.cash) == ticket
    room.does(c.StartService(counter="cash"), room.cash)
    room.does(c.FinishService(counter="cash"), room.cash)
    assert room.of(ticket).state == "finished"


def test_a_transfer_keeps_the_whole_wait(room: Room) -> None:
    """It does not come after ordinary walk-ins; if a counter held it, the counter is free again."""
    room.open("1", "3")
    ticket = room.ticket("pass")
    room.sleep(10 * MINUTE)
    walk_in = room.ticket("car")
    room.serve("1")
    issued_at, reference = room.of(ticket).issued_at, room.of(ticket).reference

    room.does(c.TransferTicket(ticket=ticket, to_service="car"))

    assert room.at("1").ticket is None
    assert (room.of(ticket).issued_at, room.of(ticket).reference) == (issued_at, reference)
    assert room.call("3") == ticket
    assert room.of(walk_in).state == "waiting"


def test_a_transfer_says_where_to(room: Room) -> None:
    ticket = room.ticket("pass", "car")

    assert room.code(c.TransferTicket(ticket=ticket)) == "invalid"
    assert room.code(c.TransferTicket(ticket=ticket, to_service="nothing")) == "unknown_service"
    assert room.code(c.TransferTicket(ticket=ticket, to_counter="nothing")) == "unknown_counter"
    room.does(c.TransferTicket(ticket=ticket, to_service="reg"))
    assert room.of(ticket).services == ("reg", "car")
