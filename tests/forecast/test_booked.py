"""The wait of somebody who checks in now: until shortly before the slot, and what comes before them then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.forecast.offered import BOOKED, expected
from server.forecast.promise import Forecast, Pace, forecast
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from tests.forecast.test_waits import SEED, steady

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.room import Room


def looked(room: Room) -> Forecast:
    booked = expected(room.state, room.now)
    return forecast(room.state, steady(room), Pace(), room.now, SEED, rows=100, booked=booked)


def booked(room: Room, minutes: int) -> tuple[str, str]:
    """The appointment and its code."""
    code = room.book(room.now + minutes * MINUTE)
    return room.state.codes[code], code


def test_where_people_wait_nobody_is_called_before_the_slot_is_near(room: Room) -> None:
    room.open("1")
    for _ in range(9):
        room.ticket("pass")
    name, _ = booked(room, 30)

    assert looked(room).booked[name].p50 == pytest.approx(30, abs=1), "the first free counter after 25 minutes"


def test_where_nobody_waits_the_call_comes_earlier(room: Room) -> None:
    """20 minutes before the slot, as soon as a counter is free, though nothing else happens then."""
    room.open("1")
    name, _ = booked(room, 60)

    assert looked(room).booked[name].p50 == pytest.approx(40, abs=1)


def test_who_has_the_same_slot_and_is_here_goes_first(room: Room) -> None:
    room.open("1")
    (here, code), (comes, _) = booked(room, 5), booked(room, 5)
    room.does(c.CheckIn(code=code), room.kiosk)
    name = room.state.appointments[here].ticket
    assert name is not None

    found = looked(room)

    assert found.booked[comes].p50 - found.tickets[name].p50 == pytest.approx(10, abs=2)


@pytest.mark.parametrize("minutes", [40, 12, 0, -8, -14])
@pytest.mark.parametrize("others", [0, 3, 12])
def test_what_is_said_before_the_check_in_is_what_the_ticket_is_told_after_it(
    room: Room, minutes: int, others: int
) -> None:
    """Early, on time, late, and so late that its place counts from now."""
    room.open("1", "2")
    _, code = booked(room, 45)
    for _ in range(others):
        room.ticket("pass")
    room.serve("1") if others else None
    room.now += (45 - minutes) * MINUTE
    name = room.state.codes[code]

    before = looked(room).booked[name]
    room.does(c.CheckIn(code=code), room.kiosk)
    ticket = room.state.appointments[name].ticket
    assert ticket is not None
    after = looked(room).tickets[ticket]

    assert before.p50 == pytest.approx(after.p50, abs=2)
    assert before.p90 == pytest.approx(after.p90, abs=5)


def test_questions_about_bookings_change_no_other_answer(live: Callable[..., Room]) -> None:
    for seed in range(20):
        room = live(seed, 60)
        plain = forecast(room.state, steady(room), Pace(), room.now, SEED, rows=50)
        asked = looked(room)
        rooms = forecast(
            room.state, steady(room), Pace(), room.now, SEED, rows=50, booked=expected(room.state, room.now)
        )
        assert (rooms.tickets, rooms.drawn) == (plain.tickets, plain.drawn)
        assert set(asked.booked) <= set(expected(room.state, room.now))


def test_only_today_is_asked_for_and_no_more_than_so_many(room: Room) -> None:
    room.book(room.now + 24 * HOUR)
    soon = [room.state.codes[room.book(room.now + at * MINUTE)] for at in range(480, 60, -14)]

    assert expected(room.state, room.now) == soon[::-1][:BOOKED]
