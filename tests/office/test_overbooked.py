"""Bookings that find no room any more: roster, hours, shares or the office file were changed after they were sold. None is lost,
each is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.facts import TakenUp
from server.messages.instants import DAY, HOUR, MINUTE
from server.messages.office import Appointments, Hours, Weekday
from server.office.boards.alerts import LISTED, Condition, conditions
from server.office.boards.sight import BLIND
from server.office.overbooked import LOOKED_AT, overbooked
from server.office.slots import Slots, Visitors
from tests.office.room import NINE, instant
from tests.office.shown import shown as board
from tests.office.test_slots import judged

if TYPE_CHECKING:
    from tests.office.room import Make, Room

TOMORROW = "2026-11-24"
ALL_FREE = Appointments(walk_in_percent=0)


def told(room: Room) -> Condition | None:
    """What staff are told once every day was looked at."""
    found = None
    for _ in range(10):
        found = conditions(room.state, room.now, BLIND).get("overbooked")
    return found


def codes(room: Room) -> list[tuple[str, str]]:
    """Code and reason of each that is listed."""
    found = told(room)
    return [] if found is None else [(one.code, one.reason) for one in found.visits]


def plan(*counters: str, to: str = "18:00") -> c.SetRoster:
    duty = tuple(c.DutySpan(counter=one, from_="08:00", to=to) for one in counters)
    return c.SetRoster(day=TOMORROW, duty=duty)


def test_fewer_counters_leave_the_last_without_room(make_room: Make) -> None:
    """Two counters serve cars; when one of them stays at home, one of the two bookings of a slot stands without a counter. It
    stays booked, and finds room again when the counter is back, when it is moved or cancelled."""
    room = make_room(appointments=ALL_FREE)
    both = sorted(room.book(NINE + DAY, "car") for _ in range(2))
    later = room.book(NINE + DAY + HOUR, "car")
    assert told(room) is None

    room.does(plan("1", "2"), room.supervisor)
    lacking = codes(room)
    assert [reason for _, reason in lacking] == ["counters"]
    assert lacking[0][0] in both
    assert len(room.state.appointments) == 3
    room.does(plan("1", to="09:30"), room.supervisor)
    assert {code for code, _ in codes(room)} == {lacking[0][0], later}

    room.does(c.CancelAppointment(appointment=room.state.codes[later]), room.desk)
    assert codes(room) == lacking
    start = room.state.appointments[room.state.codes[lacking[0][0]]].start
    room.does(plan("1", "3"), room.supervisor)
    assert (start, codes(room)) == (NINE + DAY, [])


def test_a_booking_whose_slot_has_begun_is_not_listed_any_more(make_room: Make) -> None:
    """Whoever came is served or not; there is nothing left to move."""
    room = make_room(appointments=ALL_FREE)
    for start in (NINE + DAY, NINE + DAY, NINE + DAY + HOUR):
        room.book(start, "car")
    room.does(plan("1", "2"), room.supervisor)
    assert len(codes(room)) == 1

    assert [*overbooked(room.state, NINE + DAY + MINUTE)] == []


def test_a_closed_day_and_a_higher_share_are_told_with_their_reason(make_room: Make) -> None:
    room = make_room(appointments=ALL_FREE)
    booked = [room.book(NINE + DAY + at * 10 * MINUTE, "car") for at in range(6) for _ in range(2)]

    room.does(c.SetWalkIns(date=TOMORROW, shares=(c.WalkInShare(percent=50),)), room.supervisor)
    assert [reason for _, reason in codes(room)] == ["walk_ins"] * 6
    room.does(c.SetWalkIns(date=TOMORROW, shares=None), room.supervisor)
    assert codes(room) == []

    closed = replace(room.state.office, hours=Hours(week={"mon": (("08:00", "18:00"),)}), revision=9)
    room.does(c.ConfigureOffice(office=closed), room.system)
    assert sorted(codes(room)) == sorted((code, "closed") for code in booked)
    found = told(room)
    assert found is not None
    assert found.people == len(booked)


def test_who_is_here_keeps_their_place_and_who_was_due_is_told_no_more(make_room: Make) -> None:
    room = make_room(appointments=ALL_FREE)
    here, coming = (room.book(NINE + 20 * MINUTE, "car") for _ in range(2))
    room.does(c.CheckIn(code=here), room.kiosk)
    duty = (c.DutySpan(counter="3", from_="08:00", to="18:00"),)
    room.does(c.SetRoster(day="2026-11-23", duty=duty), room.supervisor)

    assert codes(room) == [(coming, "counters")]
    room.after(21 * MINUTE)
    assert codes(room) == []


def test_a_few_days_are_looked_at_each_time_the_next_ones_first(make_room: Make) -> None:
    room = make_room(appointments=ALL_FREE)
    for day in (1, 2, 3, 4):
        room.book(NINE + day * DAY, "car")
    told(room)
    weekdays: tuple[Weekday, ...] = ("tue", "wed", "thu", "fri")
    for name in weekdays:
        room.does(c.SetRoster(weekday=name, duty=()), room.supervisor)

    def looked() -> int:
        found = conditions(room.state, room.now, BLIND).get("overbooked")
        return 0 if found is None else int(found.people or 0)

    assert [looked() for _ in range(6)] == [min(4, LOOKED_AT * times) for times in (1, 2, 3, 4, 5, 6)]


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_however_plans_change_each_booking_fits_or_is_told(make_room: Make, data: st.DataObject) -> None:
    """Booked, moved, cancelled; then roster and hours change. None is lost; without those that are told, the rest lies within the
    hours and has a counter each (judged by SciPy's matching), also where the office overbooks."""
    room = make_room(appointments=replace(ALL_FREE, overbook_percent=data.draw(st.sampled_from([0, 30]))))
    room.does(c.SetModel(version="m", taken_up=TakenUp(booked=1_000, came=700, in_time=650)), room.system)
    times, services = st.integers(0, 50), st.sampled_from([("pass",), ("reg",), ("car",), ("pass", "car")])
    for _ in range(data.draw(st.integers(1, 30))):
        start = instant(NINE + DAY + data.draw(times) * 5 * MINUTE)
        room.press(
            c.BookAppointment(services=data.draw(services), start=start, persons=data.draw(st.integers(1, 2))),
            room.booking,
        )
        moves = data.draw(st.booleans())
        if moves and room.state.appointments:
            one = data.draw(st.sampled_from(sorted(room.state.appointments)))
            room.press(c.MoveAppointment(appointment=one, start=instant(NINE + DAY)), room.desk)
            if data.draw(st.booleans()):
                room.press(c.CancelAppointment(appointment=one), room.desk)
    booked = {*room.state.appointments}
    for _ in range(data.draw(st.integers(1, 3))):
        if data.draw(st.booleans()):
            closes = Hours(week={"tue": (("08:00", f"{data.draw(st.integers(9, 18)):02}:00"),)})
            file = replace(room.state.office, hours=closes, revision=room.state.office.revision + 1)
            room.does(c.ConfigureOffice(office=file), room.system)
        spans = [
            c.DutySpan(counter=one, from_="08:00", to=f"{data.draw(st.integers(9, 18)):02}:00")
            for one in data.draw(st.sets(st.sampled_from("123")))
        ]
        room.does(c.SetRoster(day=TOMORROW, duty=tuple(spans)), room.supervisor)
    found = told(room)

    assert {*room.state.appointments} == booked
    assert found is None or found.people == len(found.visits) or len(found.visits) == LISTED
    while (found := told(room)) is not None:
        for visit in found.visits:
            room.does(c.CancelAppointment(appointment=visit.appointment), room.desk)
    assert [*judged(room, date.fromisoformat(TOMORROW))] == []
    rest, slots = room.state.appointments.values(), Slots(room.state, room.now)
    assert all(slots.open(Visitors(one.services, one.persons), one.start) for one in rest)


def test_what_is_kept_for_walk_ins_is_set_for_a_day_and_forgotten_after_it(make_room: Make) -> None:
    room = make_room(appointments=ALL_FREE)
    share = c.WalkInShare(percent=100, from_="10:00", to="12:00", services=("car",))
    set_ = c.SetWalkIns(date=TOMORROW, shares=(share,))
    assert room.does(set_, room.supervisor) == ["walk_ins_set"]
    assert room.does(set_, room.supervisor) == []

    at_ten = NINE + DAY + HOUR
    start = c.BookAppointment(services=("car",), start=instant(at_ten))
    assert room.code(start, room.desk) == "slot_taken"
    room.book(at_ten, "pass")
    room.book(at_ten + DAY, "car")
    shown = board(room, "roster").walk_ins
    assert [(one.day, [(line.percent, line.from_, line.to) for line in one.shares]) for one in shown] == [
        (TOMORROW, [(100, "10:00", "12:00")])
    ]
    for _ in range(2):
        room.after(DAY)
    assert room.state.walk_ins == {}


def test_a_share_that_cannot_be_is_refused_by_its_field(make_room: Make) -> None:
    room = make_room()

    def fields(command: c.SetWalkIns) -> list[str]:
        return [one.field for one in room.refuses(command, room.supervisor).errors]

    half = c.WalkInShare(percent=50)
    assert fields(c.SetWalkIns(date="2026-02-30", shares=(half,))) == ["date"]
    assert fields(c.SetWalkIns(date="2026-11-22", shares=None)) == ["date"]
    assert fields(c.SetWalkIns(date=TOMORROW, shares=(replace(half, from_="12:00", to="12:00"),))) == ["shares.to"]
    for day in range(10, 30):
        room.does(c.SetWalkIns(date=f"2027-01-{day}", shares=(half,) * 48), room.supervisor)
    assert room.code(c.SetWalkIns(date=TOMORROW, shares=(half,) * 48), room.supervisor) == "too_many"
    assert room.does(c.SetWalkIns(date=TOMORROW, shares=(half,) * 40), room.supervisor) == ["walk_ins_set"]
