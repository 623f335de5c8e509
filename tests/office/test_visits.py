"""Visits of several services: none is lost on the way, and the ticket being served stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.messages import boards as b
from server.messages import commands as c
from server.messages.events import Event
from server.messages.instants import MINUTE
from server.office.boards import board
from server.office.state import ALIVE

if TYPE_CHECKING:
    from server.messages.actor import Actor
    from tests.office.room import Room


@pytest.mark.parametrize("services", [("car",), ("car", "reg")])
def test_a_move_never_takes_what_is_on_the_desk(room: Room, services: tuple[str, ...]) -> None:
    """Board and server agree: a finish ends the services that the counter served when the ticket came."""
    room.open("1")
    ticket = room.ticket("pass", "small")
    assert room.serve("1") == ticket
    room.does(c.AssignCounter(counter="1", services=services), room.supervisor)
    assert in_hand(room) == ("pass",)
    room.does(c.SetServices(ticket=ticket, services=("small", "pass", "car")))
    assert in_hand(room) == ("pass", "car")
    room.finish("1")
    assert (room.of(ticket).done, room.of(ticket).services) == (("pass", "car"), ("small",))
    assert room.of(ticket).hand == ()


def in_hand(room: Room) -> tuple[str, ...] | None:
    shown = board(room.state, "counter", "1", room.now)
    assert isinstance(shown, b.Counter)
    return shown.current.in_hand if shown.current else None


# services: transfer, move, finish


@pytest.mark.parametrize(
    ("wants", "named", "left"),
    [
        (("pass", "car"), None, ("pass", "post")),
        (("pass", "car"), "pass", ("post", "car")),
        (("car", "pass"), None, ("post", "pass")),
        (("pass", "post", "car"), None, ("pass", "post")),
        (("car",), None, ("post",)),
    ],
)
def test_a_transfer_replaces_what_the_counter_dealt_with(
    room: Room, wants: tuple[str, ...], named: str | None, left: tuple[str, ...]
) -> None:
    """Counter 3 serves cars; whatever else the ticket wants, it still wants afterwards."""
    room.open("3")
    ticket = room.ticket(*wants)
    room.serve("3")
    room.does(c.TransferTicket(ticket=ticket, to_service="post", from_service=named))
    assert room.of(ticket).services == left


def test_a_transfer_after_a_move_is_still_of_what_is_on_the_desk(room: Room) -> None:
    room.open("3")
    ticket = room.ticket("pass", "car")
    room.serve("3")
    room.does(c.AssignCounter(counter="3", services=("pass",)), room.supervisor)
    room.does(c.TransferTicket(ticket=ticket, to_service="post"))
    assert room.of(ticket).services == ("pass", "post")


def test_who_waits_is_moved_from_the_first_or_the_service_named(room: Room) -> None:
    one, two = room.ticket("pass", "car"), room.ticket("car", "pass")
    room.does(c.MoveTickets(tickets=(one, two), to_service="reg"), room.supervisor)
    assert (room.of(one).services, room.of(two).services) == (("reg", "car"), ("reg", "pass"))
    room.does(c.MoveTickets(tickets=(one,), to_service="small", from_service="car"), room.supervisor)
    room.does(c.TransferTicket(ticket=two, to_service="small", from_service="pass"))
    assert (room.of(one).services, room.of(two).services) == (("reg", "small"), ("reg", "small"))
    for command in (
        c.MoveTickets(tickets=(one,), to_service="pass", from_service="car"),
        c.TransferTicket(ticket=one, to_service="pass", from_service="car"),
    ):
        assert faulty(room, command, room.supervisor) == "from_service"


def test_one_moved_away_from_a_station_is_no_longer_sent_there(room: Room) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))
    room.does(c.MoveTickets(tickets=(ticket,), to_service="reg"), room.supervisor)
    assert (room.of(ticket).station, room.of(ticket).station_counter) == (None, None)
    assert room.call("1") == ticket
    room.does(c.StartService(counter="1"))
    room.finish("1")
    assert room.of(ticket).state == "finished"


FINISHES = ("finish", "finish and next")


def finish(how: str, **fields: Any) -> c.Command:
    if how == "finish":
        return c.FinishService(counter="1", **fields)
    return c.CallNext(counter="1", finish_current=True, **fields)


@pytest.mark.parametrize("how", FINISHES)
@pytest.mark.parametrize(
    ("fields", "done", "left"),
    [
        ({}, ("pass", "reg"), ("car",)),
        ({"services_done": None}, ("pass", "reg"), ("car",)),
        ({"services_done": ()}, (), ("pass", "car", "reg")),
        ({"services_done": ("car", "pass", "pass")}, ("pass", "car"), ("reg",)),
        ({"outcome": "left"}, (), ()),
        ({"outcome": "not_possible", "services_done": ()}, (), ()),
    ],
)
def test_what_is_done_and_what_is_left(
    room: Room, how: str, fields: dict[str, object], done: tuple[str, ...], left: tuple[str, ...]
) -> None:
    """One press with the next call gives the same as a finish alone; each can be taken back as one press."""
    room.open("1")
    ticket, other = room.ticket("pass", "car", "reg"), room.ticket("reg")
    room.serve("1")
    before = (room.of(ticket).services, room.of(ticket).done, room.of(other).state)
    room.does(c.AssignCounter(counter="1", services=("reg",)), room.supervisor)
    room.after(30_000)

    said = room.does(finish(how, **fields))

    assert said == (["service_finished", "ticket_called"] if how == "finish and next" else ["service_finished"])
    assert room.at("1").ticket == (other if how == "finish and next" else None)
    assert (room.of(ticket).done, room.of(ticket).services) == (done, left)
    assert room.of(ticket).state == ("waiting" if left else "finished")
    assert room.of(ticket).outcome == (None if left else fields.get("outcome", "done"))
    room.undo()
    assert (room.of(ticket).services, room.of(ticket).done, room.of(other).state) == before
    assert room.at("1").ticket == ticket


@pytest.mark.parametrize("how", FINISHES)
def test_nobody_is_done_with_what_they_did_not_want(room: Room, how: str) -> None:
    room.open("1")
    room.ticket("pass", "car")
    room.serve("1")
    assert faulty(room, finish(how, services_done=("pass", "reg"))) == "services_done"
    assert room.code(finish(how, services_done=("nothing",))) == "unknown_service"


def test_after_the_day_too(room: Room) -> None:
    room.open("1")
    ticket = room.ticket("pass", "car")
    room.serve("1")
    room.does(c.CloseDay(force=True), room.supervisor)
    assert faulty(room, c.FinishService(counter="1", services_done=("reg",))) == "services_done"
    room.does(c.FinishService(counter="1", services_done=("car",)))
    assert room.of(ticket).done == ("car",)


@pytest.mark.parametrize("fields", [{"services_done": ()}, {"outcome": "done"}])
def test_what_was_done_is_said_of_somebody_who_is_finished(room: Room, fields: dict[str, object]) -> None:
    room.open("1")
    room.ticket("pass")
    assert faulty(room, c.CallNext(counter="1", **fields)) == "finish_current"  # type: ignore[arg-type]


def faulty(room: Room, command: c.Command, by: Actor | None = None) -> str:
    refusal = room.refuses(command, by)
    assert refusal.code == "invalid"
    return refusal.errors[0].field


# whatever people press


def kind(event: Event) -> str:
    return str(event.__struct_config__.tag)


@pytest.mark.no_cover
@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_no_service_is_ever_lost(live: Callable[..., Room], seed: int) -> None:
    """A service that somebody wanted is still wanted, or done, or replaced by name one at a time, or the visit is over."""
    kept: dict[str, tuple[str, ...]] = {}
    read = 0

    def look(room: Room) -> None:
        nonlocal read
        events = [event for _, _, event in room.entries[read:]]
        read = len(room.entries)
        exact = {kind(event) for event in events} & {"services_set", "undone", "moves_reverted", "day_opened"}
        replaced = {kind(event) for event in events} & {"ticket_transferred", "tickets_moved"}
        for name, wanted in kept.items():
            ticket = room.state.tickets.get(name)
            if ticket is not None and ticket.state in ALIVE and not exact:
                assert len(set(wanted) - {*ticket.services, *ticket.done}) <= len(replaced)
        kept.clear()
        kept.update((name, one.services) for name, one in room.state.tickets.items())

    live(seed, 150, look)


@pytest.mark.parametrize("second", ["service", "time", "counter"])
def test_what_a_second_transfer_does_not_name_stays(room: Room, at: Callable[[int], Any], second: str) -> None:
    """The time before which it is not called stays, and so does the named counter, unless that cannot do what is wanted now."""
    room.open("1", "2", "3")
    ticket = room.ticket("pass")
    first, then = at(room.now + 60 * MINUTE), at(room.now + 30 * MINUTE)
    room.does(c.TransferTicket(ticket=ticket, to_counter="2", not_before=first))
    room.does(
        {
            "service": c.TransferTicket(ticket=ticket, to_service="reg"),
            "time": c.TransferTicket(ticket=ticket, not_before=then),
            "counter": c.TransferTicket(ticket=ticket, to_counter="1"),
        }[second]
    )

    kept = room.of(ticket)
    assert kept.only_counter == ("1" if second == "counter" else "2")
    assert kept.not_before == room.now + (30 if second == "time" else 60) * MINUTE
    room.does(c.TransferTicket(ticket=ticket, to_service="car"))
    assert room.of(ticket).only_counter is None


def test_the_pause_after_a_miss_is_not_over_with_a_transfer(room: Room) -> None:
    room.open("1", "3")
    ticket = room.ticket("pass")
    room.call("1")
    room.does(c.MarkMissed(counter="1"))
    room.does(c.TransferTicket(ticket=ticket, to_service="car"))

    assert room.call("3") is None
    room.after(6 * MINUTE)
    assert room.call("3") == ticket
