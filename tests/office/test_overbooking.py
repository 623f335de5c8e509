"""Overbooking: more of an hour is sold than its share, by as much as lately did not come, and only while slots are kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.facts import TakenUp
from server.messages.instants import HOUR, MINUTE
from server.messages.office import Appointments
from server.messages.problems import Refusal
from server.office.boards import Overbooking, offered, overbooked_by
from server.office.boards.alerts import conditions
from server.office.boards.sight import BLIND
from server.office.capacity import KEPT, KNOWN, overbooking
from server.office.snapshot import freeze, thaw
from tests.office.room import instant, small_office
from tests.office.test_slots import TUESDAY, judged, tuesday

if TYPE_CHECKING:
    from tests.office.room import Make, Room

OFTEN = TakenUp(booked=1_000, came=800, in_time=700)
"""One of five does not come, and those who come are called in time."""


def with_room(make_room: Make, most: int, lately: TakenUp | None = OFTEN, walk_ins: int = 50) -> Room:
    room = make_room(appointments=Appointments(walk_in_percent=walk_ins, overbook_percent=most))
    if lately is not None:
        room.does(c.SetModel(version="learned", taken_up=lately), room.system)
    return room


def sold(room: Room) -> int:
    """How many visits of ten minutes are sold between ten and eleven, if everybody asks for every slot."""
    found = 0
    for service in ("pass", "reg", "car") * 8:
        for at in range(6):
            command = c.BookAppointment(services=(service,), start=instant(tuesday(room, "10:00") + at * 10 * MINUTE))
            found += not isinstance(room.press(command, room.booking), Refusal)
    return found


def test_as_many_more_are_sold_as_do_not_come(make_room: Make) -> None:
    """Three counters for these services have 180 minutes and 60 for others: half of 240 is 12 visits of ten minutes. If at least
    17.5 % do not come (20 % less two standard errors), a fifth more is sold, or what the file allows."""
    assert sold(with_room(make_room, 0)) == 12
    assert sold(with_room(make_room, 10)) == 13
    every = with_room(make_room, 30)
    assert sold(every) == 14
    assert [*judged(every, TUESDAY)] == []
    assert overbooked_by(every.state) == Overbooking("sold", 21, OFTEN)


def test_time_that_nobody_keeps_free_is_not_sold_twice(make_room: Make) -> None:
    """Each visit has a counter of its own: an hour without a share for walk-ins takes no more than its counters."""
    room = with_room(make_room, 30, walk_ins=0)
    assert sold(room) == sold(with_room(make_room, 0, walk_ins=0))
    assert [*judged(room, TUESDAY)] == []


@pytest.mark.parametrize(
    ("lately", "how"),
    [
        (None, "few"),
        (replace(OFTEN, booked=KNOWN - 1, came=150, in_time=150), "few"),
        (replace(OFTEN, in_time=687), "late"),
        (replace(OFTEN, came=998, in_time=998), "reliable"),
        (replace(OFTEN, came=1_000, in_time=1_000), "reliable"),
    ],
)
def test_nothing_is_overbooked_on_weak_grounds(make_room: Make, lately: TakenUp | None, how: str) -> None:
    room = with_room(make_room, 30, lately)
    assert sold(room) == 12
    found = overbooked_by(room.state)
    assert found is not None
    assert (found.how, found.more, found.kept) == (how, 0, 86)


def test_an_office_that_does_not_overbook_says_nothing_of_it(make_room: Make) -> None:
    assert overbooked_by(with_room(make_room, 0).state) is None


def test_who_was_overbooked_keeps_the_slot_when_people_become_reliable(make_room: Make) -> None:
    """No booking is lost, and none is told to be without room: the rule of its day still holds for it. No more are sold."""
    room = with_room(make_room, 30)
    assert sold(room) == 14
    room.does(c.SetModel(version="later", taken_up=replace(OFTEN, came=990, in_time=980)), room.system)

    assert conditions(room.state, room.now, BLIND).get("overbooked") is None
    assert len(room.state.appointments) == 14
    assert sold(room) == 0

    strict = replace(room.state.office, revision=9, appointments=Appointments(walk_in_percent=50))
    room.does(c.ConfigureOffice(office=strict), room.system)
    told = conditions(room.state, room.now, BLIND)["overbooked"]
    assert [one.reason for one in told.visits] == ["walk_ins", "walk_ins"]


def test_what_is_offered_says_the_same(make_room: Make) -> None:
    plain, more = (offered(with_room(make_room, most).state, 0, TUESDAY) for most in (0, 30))
    assert (plain[10, ""], more[10, ""]) == (120, 145)
    assert more.keys() == plain.keys()


def test_it_lives_over_midnight_and_in_a_snapshot(make_room: Make) -> None:
    room = with_room(make_room, 30)
    room.does(c.SetModel(version="learned", taken_up=OFTEN), room.system)
    room.sleep(15 * HOUR)
    room.tick()
    kept = thaw(freeze(room.state))

    assert room.state.day == date(2026, 11, 24).isoformat()
    assert kept is not None
    assert kept.taken_up == room.state.taken_up == OFTEN
    assert room.refold().taken_up == OFTEN


@given(most=st.integers(0, 30), booked=st.integers(0, 3_000), came=st.floats(0, 1), in_time=st.floats(0, 1))
def test_whatever_was_learned_those_who_are_expected_fill_no_more_than_the_share(
    most: int, booked: int, came: float, in_time: float
) -> None:
    here = int(booked * came)
    lately = TakenUp(booked=booked, came=here, in_time=int(here * in_time))
    office = replace(small_office(), appointments=Appointments(overbook_percent=most))
    more = overbooking(office, lately)

    assert 0 <= more <= most
    if more:
        assert booked >= KNOWN
        assert lately.in_time >= KEPT * here
        assert (100 + more) / 100 * here / booked <= 1
