"""The answer to a press is a pure function of the events of this press."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.events import AppointmentCheckedIn, TicketIssued
from server.messages.facts import Told
from server.messages.instants import HOUR, MINUTE
from server.messages.short_code import is_code_of, short_code
from server.office.decide import Press, decide
from server.office.evolve import evolve
from server.office.result import result

if TYPE_CHECKING:
    from tests.office.room import Room


def answered(room: Room, command: c.Command, by: Actor | None = None) -> dict[str, Any]:
    """The answer, which is the same when it is made again later, whatever the state is by then."""
    events = room.press(command, by)
    assert isinstance(events, list), events

    def secret(kind: str, id: str) -> str:
        return f"{kind}.{id}"

    first = result(command, events, secret)
    room.sleep(1_000)
    assert result(command, events, secret) == first
    return first


def test_an_issue(room: Room) -> None:
    room.ticket("pass")
    answer = answered(room, c.IssueTicket(services=("pass",), printer="paper"), room.desk)

    ticket = answer["ticket"]
    assert ticket == {
        "id": ticket["id"],
        "number": "A002",
        "secret": f"ticket.{ticket['id']}",
        "code": short_code(f"ticket.{ticket['id']}"),
        "services": ["pass"],
        "category": "walk_in",
        "ahead": 1,
        "expected": None,
        "expected_reason": "no_counter",
    }
    assert answer["job"] in room.state.prints
    assert answered(room, c.PrintTicket(ticket=ticket["id"], printer="paper")).keys() == {"job"}


@pytest.mark.parametrize("checks_in", [False, True])
def test_a_promise_is_kept_in_the_event_and_told_from_it(
    room: Room, iso: Callable[[int], str], checks_in: bool
) -> None:
    """It comes with the press. If nobody serves, nothing is promised, and the reason is in the answer."""
    told = Told(low=5, median=8, high=14, model="m3", learning=True)
    code = room.book(room.now + MINUTE)
    command = c.CheckIn(code=code) if checks_in else c.IssueTicket(services=("pass",))
    press = Press(actor=room.desk, key="k", now=room.now, nonce="n", promise=lambda *of: told)

    def answer() -> dict[str, Any]:
        events = decide(room.state, command, press)
        assert isinstance(events, list)
        kept = [event.told for event in events if isinstance(event, TicketIssued | AppointmentCheckedIn)]
        found: dict[str, Any] = result(command, events, lambda kind, id: id)["ticket"]
        assert set(kept) == {told if found["expected"] else None}
        return found

    assert (answer()["expected"], answer()["expected_reason"]) == (None, "no_counter")
    room.open("1")
    assert answer()["expected_reason"] is None
    assert answer()["expected"] == {"low": 5, "median": 8, "high": 14, "at": iso(room.now), "learning": True}
    for event in decide(room.state, command, press):  # type: ignore[union-attr]
        evolve(room.state, event, room.state.seq + 1, "m")
    assert [ticket.told for ticket in room.state.tickets.values()] == [told]


def test_calls_and_their_why(room: Room, iso: Callable[[int], str]) -> None:
    """If nobody can be called it is `ticket: null`; with a finish, the finished ticket is in the answer too."""
    room.open("1")
    assert answered(room, c.CallNext(counter="1")) == {"ticket": None}
    ticket = room.ticket("pass")
    issued, called_at = room.of(ticket).issued_at, room.now
    answer = answered(room, c.CallNext(counter="1"))

    assert answer["ticket"] == {
        "id": ticket,
        "number": "A001",
        "services": ["pass"],
        "counter": "1",
        "called_at": iso(called_at),
    }
    assert answer["why"] == {"code": "only", "waited": (called_at - issued) // 1000, "slot": None}
    room.does(c.StartService(counter="1"))
    finished = answered(room, c.CallNext(counter="1", finish_current=True))
    assert finished == {"finished": {"id": ticket, "number": "A001", "next": []}, "ticket": None}


def test_picking_into_a_pause_finishes_and_calls_nobody(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    other = room.ticket("pass")
    room.serve("1")
    room.does(c.PauseCounter(counter="1"))

    answer = answered(room, c.CallTicket(counter="1", ticket=other, finish_current=True))

    assert answer["ticket"] is None
    assert room.at("1").state == "paused"


def test_the_rest(room: Room, at: Callable[[int], Any], iso: Callable[[int], str]) -> None:
    start = room.now + HOUR
    room.open("1", "4")
    direct = answered(room, c.ServeDirect(counter="4", services=("post",)))["ticket"]
    assert (direct["number"], direct["services"]) == ("P001", ["post"])
    room.ticket("pass")
    room.call("1")
    assert answered(room, c.MarkMissed(counter="1")) == {"again_at": iso(room.now - 1_000 + 300_000)}
    lease = answered(room, c.LeaseNumbers(services=("pass",), count=2), room.kiosk)
    assert lease["blocks"] == [{"service": "pass", "letter": "A", "from": 1000, "to": 1001}]
    held = answered(room, c.HoldSlot(services=("pass",), start=at(start)), room.booking)
    assert held["until"] == iso(room.now - 1_000 + 600_000)
    booked = answered(room, c.BookAppointment(services=("pass",), start=at(start), hold=held["hold"]), room.booking)
    appointment = booked["appointment"]
    assert appointment["secret"] == f"appointment.{appointment['id']}"
    assert (len(appointment["code"]), appointment["start"], appointment["services"]) == (6, iso(start), ["pass"])
    moved = answered(room, c.MoveAppointment(appointment=appointment["id"], start=at(start + HOUR)), room.booking)
    assert moved["appointment"]["start"] == iso(start + HOUR)
    assert answered(room, c.CheckIn(code=appointment["code"]), room.kiosk)["ticket"]["category"] == "appointment"
    posted = answered(room, c.PostMessage(text={"de": "x"}), room.supervisor)
    assert posted["message"] in room.state.messages
    moves = answered(room, c.ApplyMoves(moves=(c.CloseService(service="car"),)), room.supervisor)
    assert moves["moves"] in room.state.moves
    assert answered(room, c.RequestHelp(), room.kiosk)["help"] in room.state.help
    assert answered(room, c.OpenCounter(counter="2")) == {}


def test_the_short_code_of_a_secret_is_told_however_it_is_typed() -> None:
    code = short_code("ticket.1")

    assert is_code_of(f" {code.lower()} ", "ticket.1")
    assert not is_code_of(code, "ticket.2")
