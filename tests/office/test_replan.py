"""Where a day's appointments go when all are moved at once: a plan of which each move is then accepted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import DAY, HOUR, MINUTE
from server.messages.office import Appointments, Hours
from server.office.boards import Replan, booked_days, booked_on
from server.office.hours import clock, local
from tests.office.room import NINE, instant, small_office

if TYPE_CHECKING:
    from tests.office.room import Make, Room

ALL_FREE = Appointments(walk_in_percent=0)
TOMORROW, DAY_AFTER = date(2026, 11, 24), date(2026, 11, 25)


def planned(room: Room, day: date, first: date) -> dict[str, int | None]:
    plan = Replan(room.state, room.now)
    return {row.one.id: plan.place(row.one, first) for row in booked_on(room.state, room.now, day)}


def test_each_goes_to_its_own_time_of_day_and_two_never_to_one_place(make_room: Make) -> None:
    """Three had the same time; two counters can serve them: two keep it on the next day, the third gets the time beside it."""
    room = make_room(appointments=ALL_FREE)
    for _ in range(2):
        room.book(NINE + DAY, "car")
    room.book(NINE + DAY + HOUR, "car")
    room.book(NINE + 2 * DAY, "car")

    found = planned(room, TOMORROW, DAY_AFTER)
    times = sorted(at - NINE - 2 * DAY for at in found.values() if at is not None)
    assert [times[-2], times[-1]] == [0, HOUR]
    assert len(times) == 3
    assert abs(times[0]) == 10 * MINUTE
    for name, at in found.items():
        assert at is not None
        assert room.does(c.MoveAppointment(appointment=name, start=instant(at)), room.supervisor) == [
            "appointment_moved"
        ]
    assert booked_on(room.state, room.now, TOMORROW) == ()
    assert [*booked_days(room.state, room.now)] == [DAY_AFTER]


def test_nobody_is_planned_on_a_day_without_room(make_room: Make) -> None:
    """An office that has closed for good moves nobody; on the day itself nobody gets the very time they have."""
    room = make_room(appointments=ALL_FREE)
    room.book(NINE + DAY, "car")
    (here,) = planned(room, TOMORROW, TOMORROW).values()
    assert here is not None
    assert (here != NINE + DAY, local(room.state.office, here).date()) == (True, TOMORROW)

    plain = c.SetRoster(day="2026-11-25", duty=())
    room.does(plain, room.supervisor)
    (later,) = planned(room, TOMORROW, DAY_AFTER).values()
    assert later is not None
    assert local(room.state.office, later).date() > DAY_AFTER


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_move_of_a_plan_is_accepted(make_room: Make, data: st.DataObject) -> None:
    room = make_room(appointments=Appointments(walk_in_percent=data.draw(st.sampled_from((0, 50, 80)))))
    for _ in range(data.draw(st.integers(1, 12))):
        start = NINE + DAY + data.draw(st.integers(0, 20)) * 15 * MINUTE
        service = data.draw(st.sampled_from(("car", "pass")))
        room.press(c.BookAppointment(services=(service,), start=instant(start)), room.desk)
    days = st.sampled_from((TOMORROW, DAY_AFTER))
    for name, at in planned(room, TOMORROW, data.draw(days)).items():
        if at is not None:
            done = room.does(c.MoveAppointment(appointment=name, start=instant(at)), room.supervisor)
            assert done == ["appointment_moved"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28", "2026-12-31", "2028-02-29"])
def test_a_plan_goes_by_the_office_s_clock_on_odd_days(make_room: Make, zone: str, day: str) -> None:
    """The day when clocks change, the last of the year, a leap day: the time of day is kept where it exists."""
    every = Hours(week=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), (("08:00", "18:00"),)))
    on = date.fromisoformat(day)
    before = on - timedelta(days=1)
    office = replace(small_office(), hours=every, time_zone=zone, appointments=ALL_FREE)
    room = make_room(now=clock(office, before - timedelta(days=1), "09:00"), office=office)
    room.book(clock(office, before, "15:00"), "car")

    (at,) = planned(room, before, on).values()
    assert at == clock(office, on, "15:00")
    (name,) = room.state.appointments
    assert room.does(c.MoveAppointment(appointment=name, start=instant(at)), room.supervisor) == ["appointment_moved"]
    assert [row.one.id for row in booked_on(room.state, room.now, on)] == [name]
    assert [*booked_days(room.state, room.now)] == [on]


def test_an_office_that_closes_moves_nobody(make_room: Make) -> None:
    """Its appointments are listed as without room, and no day takes one."""
    room = make_room(appointments=ALL_FREE)
    for _ in range(2):
        room.book(NINE + DAY, "car")
    shut = replace(room.state.office, revision=2, hours=Hours(week={"sun": (("08:00", "08:05"),)}))
    room.does(c.ConfigureOffice(office=shut), room.system)

    rows = booked_on(room.state, room.now, TOMORROW)
    assert [row.lacks for row in rows] == ["closed", "closed"]
    assert [*planned(room, TOMORROW, DAY_AFTER).values()] == [None, None]
