"""Appointments: held, booked, moved and cancelled within opening hours; after check-in they are tickets like any other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import HOUR, MINUTE, SECOND
from server.messages.office import ServicePlan
from server.office.due import ticks
from server.office.snapshot import freeze, thaw

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.office.room import Room

At = Callable[[int], Any]


def test_booked_with_a_code_of_its_own(room: Room, at: At) -> None:
    """Six characters that cannot be confused; another system's reference is used once."""
    codes = {room.book(room.now + (day * 24 + at) * HOUR, language="en") for day in (1, 2, 3) for at in range(8)}

    assert len(codes) == 24
    assert all(len(code) == 6 and not set(code) & set("IO01") for code in codes)
    room.book(room.now + HOUR, reference="ext-1")
    again = c.BookAppointment(services=("pass",), start=at(room.now + HOUR), reference="ext-1")
    assert room.code(again, room.booking) == "wrong_state"


def test_a_reference_is_free_again_once_its_appointment_is_gone(room: Room, at: At) -> None:
    """It is looked up by an index, which a new day and a snapshot have too."""
    code = room.book(room.now + 30 * HOUR, reference="ext-1")
    name = room.state.codes[code]
    assert room.state.references == {"ext-1": name}
    room.does(c.CloseDay(), room.supervisor)
    room.after(24 * HOUR)
    kept = thaw(freeze(room.state))
    assert kept is not None
    assert room.state.references == kept.references == {"ext-1": name}

    room.does(c.CancelAppointment(appointment=name), room.booking)
    assert room.state.references == {}
    room.book(room.now + 6 * HOUR, reference="ext-1")


def test_a_code_that_is_taken_is_not_given_again(room: Room) -> None:
    code = room.book(room.now + HOUR)
    appointment = room.state.codes[code]
    room._presses -= 1

    again = room.book(room.now + HOUR)

    assert again != code
    assert room.state.codes[again] == appointment


@pytest.mark.parametrize("after", [-1, 0, 11 * HOUR, 40 * 24 * HOUR * 30])
def test_only_within_opening_hours(room: Room, at: At, after: int) -> None:
    """Not in the past, not at night, not in a year that does not exist."""
    start = at(room.now + after)

    assert room.code(c.HoldSlot(services=("pass",), start=start), room.booking) == "slot_invalid"
    assert room.code(c.BookAppointment(services=("pass",), start=start), room.booking) == "slot_invalid"


def test_not_every_service_is_booked(make_room: Callable[..., Room], office: Office, at: At) -> None:
    closed = ServicePlan(id="walk", letter="W", names={"de": "x"}, bookable=False)
    room = make_room(services=(*office.services, closed))

    command = c.BookAppointment(services=("walk",), start=at(room.now + HOUR))
    assert room.code(command, room.booking) == "slot_invalid"


def test_a_slot_held_is_booked_or_released(room: Room, at: At) -> None:
    """By the person who fills in the form, for ten minutes."""
    start = at(room.now + HOUR)
    room.does(c.HoldSlot(services=("pass",), start=start), room.booking)
    hold = next(iter(room.state.holds))
    wrong = c.BookAppointment(services=("pass",), start=at(room.now + 2 * HOUR), hold=hold)
    assert room.code(wrong, room.booking) == "slot_invalid"
    room.does(c.BookAppointment(services=("pass",), start=start, hold=hold), room.booking)
    assert not room.state.holds

    room.does(c.HoldSlot(services=("pass",), start=start), room.booking)
    hold = next(iter(room.state.holds))
    assert room.does(c.ReleaseSlot(hold=hold), room.booking) == ["slot_released"]
    assert room.does(c.ReleaseSlot(hold=hold), room.booking) == []
    room.does(c.HoldSlot(services=("pass",), start=start), room.booking)
    hold = next(iter(room.state.holds))
    room.sleep(600 * SECOND)
    late = c.BookAppointment(services=("pass",), start=start, hold=hold)
    assert room.code(late, room.booking) == "slot_invalid"


def test_moved_and_cancelled_until_it_begins(room: Room, at: At) -> None:
    code = room.book(room.now + HOUR)
    name = room.state.codes[code]
    holder = Actor(role="holder", principal="a", device=name)
    other = Actor(role="holder", principal="b", device="other")

    assert room.code(c.CancelAppointment(appointment=name), other) == "not_yours"
    move = c.MoveAppointment(appointment=name, start=at(room.now + 2 * HOUR))
    assert room.does(move, holder) == ["appointment_moved"]
    assert room.does(move, holder) == []
    room.sleep(2 * HOUR)
    assert room.code(c.CancelAppointment(appointment=name), holder) == "too_late_to_change"
    second = room.state.codes[room.book(room.now + HOUR)]
    assert room.does(c.CancelAppointment(appointment=second), room.desk) == ["appointment_cancelled"]
    assert room.code(c.CancelAppointment(appointment=second), room.desk) == "unknown_appointment"
    assert len(room.state.codes) == 1


def test_checked_in_it_is_a_ticket(room: Room) -> None:
    """Its place is that of its slot; once; only with its own link; however the code is written."""
    code = room.book(room.now + HOUR, "reg", persons=3, language="tr")
    name = room.state.codes[code]
    other = Actor(role="holder", principal="b", device="other")
    assert room.code(c.CheckIn(code=code), other) == "not_yours"
    assert room.code(c.CheckIn(code="XXXXXX"), room.kiosk) == "unknown_code"

    as_typed = f" {code[:3].lower()}-{code[3:]}\u200b\u00a0"
    assert room.does(c.CheckIn(code=as_typed), room.kiosk) == ["ticket_issued", "appointment_checked_in"]

    ticket = next(iter(room.state.tickets.values()))
    start = room.state.appointments[name].start
    assert (ticket.category, ticket.slot, ticket.reference, ticket.issued_at) == ("appointment", start, start, room.now)
    assert (ticket.persons, ticket.language, ticket.number, ticket.services) == (3, "tr", "B001", ("reg",))
    refusal = room.refuses(c.CheckIn(code=code), room.kiosk)
    assert (refusal.code, refusal.more["ticket"]) == ("wrong_state", ticket.id)
    assert room.code(c.CancelAppointment(appointment=name), room.desk) == "too_late_to_change"


def test_late_by_more_than_ten_minutes_counts_from_the_check_in(room: Room) -> None:
    start = room.now + HOUR
    on_time, late = room.book(start), room.book(start)
    room.now = start + 10 * MINUTE
    room.does(c.CheckIn(code=on_time), room.kiosk)
    room.now += 1
    room.does(c.CheckIn(code=late), room.kiosk)

    found = list(room.state.tickets.values())
    assert [ticket.reference for ticket in found] == [start, start + 10 * MINUTE + 1]
    assert [ticket.issued_at for ticket in found] == [start + 10 * MINUTE, start + 10 * MINUTE + 1], (
        "nobody waits before they are here"
    )


def test_of_thousands_only_those_due_next_are_looked_at(room: Room, at: At) -> None:
    """And none is forgotten: not one that was moved, not after hours without a check."""
    slots = (HOUR, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR)
    booked = [room.state.codes[room.book(room.now + slot)] for slot in slots]
    first, second, third, moved, last = booked
    room.does(c.MoveAppointment(appointment=moved, start=at(room.now + 5 * HOUR)), room.booking)

    assert {tick.id for tick in ticks(room.state) if tick.kind == "no_show"} == {first, second}
    assert [name for _, name in room.state.coming] == [*sorted((first, second)), third, last, moved]
    room.sleep(8 * HOUR).tick()

    assert all(room.state.appointments[name].missed for name in booked)
    assert room.state.coming == []


def test_a_no_show_is_told_and_comes_too_late(room: Room, at: At) -> None:
    """Half an hour after its slot; if it is moved before that, the citizen may still come."""
    code = room.book(room.now + HOUR)
    tomorrow = room.book(room.now + 25 * HOUR)
    room.after(HOUR + 30 * MINUTE)

    assert room.state.appointments[room.state.codes[code]].missed
    assert room.code(c.CheckIn(code=code), room.kiosk) == "wrong_state"
    assert room.code(c.CheckIn(code=tomorrow), room.kiosk) == "not_today"


def test_a_check_in_wants_an_open_day(room: Room) -> None:
    code = room.book(room.now + HOUR)
    room.does(c.CloseDay(), room.supervisor)

    assert room.code(c.CheckIn(code=code), room.kiosk) == "day_closed"


def test_a_booked_service_that_leaves_the_office_file_is_still_served(room: Room, office: Office) -> None:
    """Retired, not removed: nobody can draw it any more, but the citizen who booked it gets a ticket."""
    code = room.book(room.now + HOUR, "car")
    left = tuple(service for service in office.services if service.id != "car")
    counters = tuple(desk for desk in office.counters if desk.id != "3")
    room.does(
        c.ConfigureOffice(office=replace(office, services=left, counters=counters, revision=2)), room.system, key="o"
    )

    assert room.code(c.IssueTicket(services=("car",)), room.desk) == "unknown_service"
    room.does(c.CheckIn(code=code), room.kiosk)
    assert room.number(next(iter(room.state.tickets))) == "K001"
