"""How many appointments the office can take: judged beside a matching by SciPy, hour by hour and counter by counter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.facts import TakenUp
from server.messages.instants import HOUR, MINUTE, rfc3339
from server.messages.office import Appointments, Hours, Release, WalkIns, planned
from server.messages.problems import Refusal
from server.office.capacity import PIECE_MS, length, walk_in_percent
from server.office.hours import clock, local, spans
from server.office.roster import shift
from server.office.slots import MOST_KINDS, Slots, Visitors
from server.office.state import State
from tests.office.room import NINE, WEEK, Room, instant, small_office

if TYPE_CHECKING:
    from tests.office.room import Make

At = Callable[[int], Any]
TUESDAY = date(2026, 11, 24)
ALONE = Appointments(walk_in_percent=0)
"""Nothing is kept for walk-ins: only counters count."""


def of(*services: str, **more: Any) -> Visitors:
    return Visitors(services, **more)


def times(room: Room, who: Visitors, day: date = TUESDAY) -> list[str]:
    """The free beginnings of a day by the office's clock."""
    return [f"{local(room.state.office, at):%H:%M}" for at in Slots(room.state, room.now).free(who, day)]


def tuesday(room: Room, text: str) -> int:
    return clock(room.state.office, TUESDAY, text)


def test_how_long_a_visit_takes(make_room: Make) -> None:
    """What the services take one by one, less what they share; more for each further person; in whole pieces."""
    plain = make_room().state.office
    rules = Appointments(shared_minutes=4, person_percent=30)
    shared = replace(plain, appointments=rules)

    assert length(plain, ("pass",)) == 10 * MINUTE
    assert length(plain, ("pass", "reg")) == 20 * MINUTE
    assert length(plain, ("pass",), 3) == 20 * MINUTE
    assert length(shared, ("pass", "reg")) == 20 * MINUTE
    assert length(shared, ("pass", "reg", "car")) == 25 * MINUTE
    assert length(shared, ("pass",), 2) == 15 * MINUTE
    assert length(replace(shared, appointments=replace(rules, shared_minutes=30)), ("pass", "reg")) == 10 * MINUTE


def test_a_slot_is_sold_as_often_as_counters_can_serve_it(make_room: Make) -> None:
    """Three counters can issue passports, one of them registers too, and one serves cars; a fourth booking finds nobody."""
    room = make_room(appointments=ALONE)
    at = tuesday(room, "10:00")
    for _ in range(3):
        room.book(at)

    refusal = room.refuses(c.BookAppointment(services=("pass",), start=instant(at)), room.booking)
    assert (refusal.code, refusal.more["next"]) == (
        "slot_taken",
        [rfc3339(at + more * 10 * MINUTE) for more in (1, 2, 3)],
    )
    assert room.code(c.BookAppointment(services=("car",), start=instant(at)), room.booking) == "slot_taken"
    assert "10:00" not in times(room, of("pass"))
    assert "09:50" in times(room, of("pass"))
    assert {"09:50", "10:00"}.isdisjoint(times(room, of("pass", persons=3)))


def test_who_is_booked_moves_over_if_that_makes_room(make_room: Make) -> None:
    """Nobody is bound to a counter: two passports do not take the counters that registering needs."""
    room = make_room(appointments=ALONE)
    at = tuesday(room, "10:00")
    for services in (("pass",), ("reg",), ("reg",)):
        room.book(at, *services)

    assert room.code(c.BookAppointment(services=("reg",), start=instant(at)), room.booking) == "slot_taken"


def test_without_a_counter_that_can_serve_it_nothing_is_sold(make_room: Make) -> None:
    room = make_room(appointments=ALONE)

    assert times(room, of("photo")) == []
    refusal = room.refuses(c.BookAppointment(services=("photo",), start=instant(tuesday(room, "10:00"))), room.booking)
    assert (refusal.code, refusal.more["next"]) == ("slot_taken", [])


def test_a_visit_lies_within_the_hours_of_office_and_service(make_room: Make) -> None:
    office = small_office()
    early = replace(office.services[0], hours=Hours(week={"tue": (("09:00", "10:05"),)}))
    room = make_room(services=(early, *office.services[1:]), appointments=ALONE)

    assert times(room, of("pass"))[-1] == "09:50"
    assert times(room, of("pass", "reg"))[-1] == "09:40"
    assert times(room, of("reg"))[-1] == "17:50"
    assert times(room, of("pass"), date(2026, 12, 24)) == []


def test_the_roster_says_who_is_there(make_room: Make) -> None:
    """Only counters on duty count; a break is no time for visits; an office without a plan has all its counters."""
    room = make_room(appointments=ALONE)
    duty = (
        c.DutySpan(counter="1", from_="09:00", to="12:00"),
        c.DutySpan(counter="1", from_="10:00", to="10:30", kind="break"),
    )
    room.does(c.SetRoster(day=TUESDAY.isoformat(), duty=duty), room.supervisor)

    free = times(room, of("pass"))
    assert (free[0], free[-1]) == ("09:00", "11:50")
    assert [at for at in free if "09:40" <= at <= "10:40"] == ["09:40", "09:50", "10:30", "10:40"]
    assert times(room, of("car"), date(2026, 11, 25)) != []


def test_what_is_kept_for_walk_ins(make_room: Make) -> None:
    """The first row that fits says how much of an hour is kept: of all counters together, and of those of each service."""
    rows = (
        WalkIns(percent=100, begins="09:00", ends="10:00", weekdays=("tue",)),
        WalkIns(percent=80, services=("car",)),
        WalkIns(percent=0, begins="15:00"),
    )
    room = make_room(appointments=Appointments(walk_in_percent=50, walk_ins=rows))

    assert not [at for at in times(room, of("pass")) if "08:50" < at < "10:00"]
    assert [at for at in times(room, of("pass"), date(2026, 11, 25)) if "08:50" < at < "10:00"]
    for _ in range(2):
        room.book(tuesday(room, "11:00"), "car")
    assert [at for at in times(room, of("car")) if "10:50" < at < "12:00"] == []
    sold = [room.press(c.BookAppointment(services=("pass",), start=instant(tuesday(room, at))), room.desk)
            for at in ("13:00", "13:10", "13:20", "13:30") * 3]  # fmt: skip
    taken = sum(not isinstance(one, Refusal) for one in sold)
    assert taken * 10 <= 3 * 60 // 2 < (taken + 1) * 10 + 10
    assert sum("14:50" < at < "16:00" for at in times(room, of("pass"))) == 6


def test_the_share_of_all_counters_counts_too(make_room: Make) -> None:
    """Each service leaves its own walk-ins enough, but all of them together would not."""
    room = make_room(appointments=Appointments(walk_in_percent=50))
    sold = 0
    for service in ("pass", "reg", "car", "small", "social") * 12:
        for at in range(6):
            command = c.BookAppointment(services=(service,), start=instant(tuesday(room, "11:00") + at * 10 * MINUTE))
            sold += not isinstance(room.press(command, room.booking), Refusal)

    assert sold == 4 * 60 * 50 // 100 // 10


def test_slots_are_released_little_by_little(make_room: Make) -> None:
    """Six in ten of them three days before, the rest on the day before at seven."""
    releases = (Release(percent=60, days=3), Release(percent=40, days=1, at="07:00"))
    room = make_room(appointments=Appointments(walk_in_percent=0, releases=releases), now=NINE - 2 * HOUR)
    far = date(2026, 11, 27)

    def sold(day: date) -> int:
        start = clock(room.state.office, day, "10:00")
        asked = [c.BookAppointment(services=("car",), start=instant(start + at * 5 * MINUTE)) for at in range(0, 12, 2)]
        return sum(not isinstance(room.press(one, room.booking), Refusal) for one in asked * 3)

    assert times(room, of("car"), far) == []
    assert sold(TUESDAY) == 6 * 2  # the day before, at seven
    assert sold(date(2026, 11, 25)) == 7  # 24 pieces of two counters, of which 14 may be sold


def test_a_desk_has_slots_of_its_own(make_room: Make) -> None:
    """For people without internet: what a desk books from its share takes nothing from the others."""
    room = make_room(appointments=Appointments(walk_in_percent=0, desk_percent=50))
    at = tuesday(room, "10:00")

    def sold(by: Actor) -> int:
        asked = [c.BookAppointment(services=("car",), start=instant(at + more * 10 * MINUTE)) for more in range(6)]
        return sum(not isinstance(room.press(one, by), Refusal) for one in asked * 3)

    for more in range(2):
        room.does(c.BookAppointment(services=("car",), start=instant(at + more * 10 * MINUTE)), room.desk)
    assert times(room, of("car"))[12:13] == ["10:00"]
    assert sold(room.booking) == 6
    assert "10:30" not in times(room, of("car"))
    assert "10:30" in times(room, of("car", public=False))
    assert sold(room.desk) == 4


def test_a_held_slot_is_taken_and_binds_what_it_was_held_for(make_room: Make) -> None:
    room = make_room(appointments=ALONE)
    at = tuesday(room, "10:00")
    for _ in range(2):
        room.does(c.HoldSlot(services=("car",), start=instant(at), persons=2), room.booking)
    hold = next(iter(room.state.holds))

    assert {"10:00", "10:10"}.isdisjoint(times(room, of("car")))
    other = c.BookAppointment(services=("pass",), start=instant(at), hold=hold)
    assert room.code(other, room.booking) == "slot_invalid"
    room.does(c.BookAppointment(services=("car",), start=instant(at), hold=hold), room.booking)
    room.after(10 * MINUTE)
    assert "10:00" in times(room, of("car"))


def test_a_hold_that_ran_out_takes_nothing_although_nobody_noticed_yet(make_room: Make) -> None:
    room = make_room(appointments=ALONE)
    at = tuesday(room, "10:00")
    for _ in range(2):
        room.does(c.HoldSlot(services=("car",), start=instant(at)), room.booking)
    assert "10:00" not in times(room, of("car"))
    room.sleep(10 * MINUTE)

    assert len(room.state.holds) == 2
    assert "10:00" in times(room, of("car"))
    room.book(at, "car")


def test_a_counter_that_left_the_office_file_sells_nothing(make_room: Make) -> None:
    """Also while it still serves somebody."""
    room = make_room(appointments=ALONE).open("3")
    room.ticket("car")
    room.serve("3")
    office = room.state.office
    left = tuple(one for one in office.counters if one.id != "3")
    room.does(c.ConfigureOffice(office=replace(office, revision=2, counters=left)), room.system)

    assert any(one.retired for one in room.state.office.counters)
    room.book(tuesday(room, "10:00"), "car")
    assert "10:00" not in times(room, of("car"))


def test_moved_it_leaves_its_slot_and_may_stay_where_it_overlaps_itself(make_room: Make) -> None:
    office = small_office()
    room = make_room(counters=office.counters[2:], appointments=ALONE)
    at = tuesday(room, "10:00")
    name = room.state.codes[room.book(at, "car", persons=3)]
    taken = room.state.codes[room.book(at + 30 * MINUTE, "car")]

    assert room.code(c.MoveAppointment(appointment=name, start=instant(at + 20 * MINUTE)), room.desk) == "slot_taken"
    room.does(c.MoveAppointment(appointment=name, start=instant(at + 10 * MINUTE)), room.desk)
    assert {*times(room, of("car"))} & {"10:00", "10:10", "10:20", "10:30"} == {"10:00"}
    room.does(c.CancelAppointment(appointment=taken), room.desk)
    assert "10:30" in times(room, of("car"))


def test_who_is_here_takes_time_and_who_did_not_come_takes_none(make_room: Make) -> None:
    """The appointment of somebody who is checked in still needs its counter; that of a no-show does not."""
    office = small_office()
    room = make_room(counters=office.counters[2:3], appointments=ALONE)
    here = room.book(room.now + 20 * MINUTE, "car")
    room.book(room.now + 40 * MINUTE, "car")
    room.after(10 * MINUTE)
    room.does(c.CheckIn(code=here), room.kiosk)

    assert {"09:20", "09:40"}.isdisjoint(times(room, of("car"), date(2026, 11, 23)))
    assert Slots(room.state, room.now).fits(of("car"), NINE + 40 * MINUTE) is False
    room.after(61 * MINUTE)
    assert Slots(room.state, room.now).fits(of("car"), NINE + 40 * MINUTE)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28", "2026-12-31", "2028-02-29"])
def test_odd_days_have_their_slots_by_the_office_s_clock(make_room: Make, zone: str, day: str) -> None:
    """Each beginning that the clock shows in the hours is offered, also where an hour is missing or comes twice."""
    every = Hours(week=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), (("00:00", "06:00"),)))
    room = make_room(hours=every, time_zone=zone, appointments=Appointments(walk_in_percent=0, every=30))
    on = date.fromisoformat(day)
    begin, end = spans(room.state.office, every, on)[0]

    found = Slots(room.state, begin - 1).free(of("pass"), on)

    assert found == list(range(begin, end - 10 * MINUTE + 1, 30 * MINUTE))


class Moment(NamedTuple):
    """A state, and the time; like a room."""

    state: State
    now: int


def judged(room: Room | Moment, day: date, without: Collection[str] = (), *, held: bool = True) -> Iterator[str]:
    """What is wrong with what was sold: a visit without a counter (by SciPy's matching), or walk-ins without their share.
    `without`: as if these appointments were not there; `held`: whether holds count."""
    office, state = room.state.office, room.state
    duty = planned(office.roster, state.roster, day)
    coming = [one for one in state.appointments.values() if not one.missed and one.id not in without]
    sold = [(one.services, one.start, one.persons) for one in coming]
    if held:
        sold += [(one.services, one.start, one.persons) for one in state.holds.values() if one.until > room.now]
    mine = [(services, start, start + length(office, services, persons)) for services, start, persons in sold]
    hours: dict[int, list[int]] = {}
    for begin, end in spans(office, office.hours, day):
        for piece in range(begin, end, PIECE_MS):
            here = [
                one for one in office.counters
                if duty is None or shift(office, day, one.id, duty).covers(piece)
            ]  # fmt: skip
            visits = [services for services, start, stop in mine if start < piece + PIECE_MS and piece < stop]
            able = np.array([[set(wanted) <= {*one.services, *one.skills} for one in here] for wanted in visits])
            if visits and (not here or (maximum_bipartite_matching(csr_array(able), perm_type="column") < 0).any()):
                yield f"{len(visits)} visits at {rfc3339(piece)} have no counter each"
            counts = hours.setdefault(local(office, piece).hour, [0, 0])
            counts[0] += len(here)
            counts[1] += len(visits)
    for hour, (time, used) in hours.items():
        kept = walk_in_percent(office, state.walk_ins.get(day.isoformat(), ()), day, hour, "")
        share = time * (100 - kept) / 100
        lately = state.taken_up if office.appointments.overbook_percent else None
        trusted = lately is not None and lately.in_time >= 0.86 * lately.came
        # overbooked, those who are expected to come still fill no more than the share
        expected = used * lately.came / lately.booked if lately and trusted else used
        if used > time or expected > share:
            yield f"{used} of {time} pieces are sold in the hour from {hour}"


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_is_booked_moved_and_cancelled_capacity_is_never_exceeded(
    make_room: Make, data: st.DataObject
) -> None:
    """No capacity is wasted either: whoever is told "taken" could really not have been given a counter."""
    percent, more = data.draw(st.sampled_from([0, 25, 50])), data.draw(st.sampled_from([0, 10, 30]))
    room = make_room(appointments=Appointments(walk_in_percent=percent, overbook_percent=more), hours=WEEK)
    came = data.draw(st.integers(300, 1_000))
    lately = TakenUp(booked=1_000, came=came, in_time=came - data.draw(st.integers(0, came // 6)))
    room.does(c.SetModel(version="m", taken_up=lately), room.system)
    if data.draw(st.booleans()):
        duty = tuple(
            c.DutySpan(counter=one, from_="08:00", to=data.draw(st.sampled_from(["10:00", "12:00"])))
            for one in ("1", "2", "3")
        )
        room.does(c.SetRoster(day=TUESDAY.isoformat(), duty=duty), room.supervisor)
    services = st.sampled_from([("pass",), ("reg",), ("car",), ("pass", "reg"), ("pass", "car")])
    for _ in range(data.draw(st.integers(1, 40))):
        start = instant(tuesday(room, "08:00") + data.draw(st.integers(0, 50)) * PIECE_MS)
        known, held = [*room.state.appointments], [*room.state.holds]
        press: list[c.Command] = [
            c.BookAppointment(services=data.draw(services), start=start, persons=data.draw(st.integers(1, 3))),
            c.HoldSlot(services=data.draw(services), start=start),
        ]
        if known:
            one = data.draw(st.sampled_from(known))
            press += [c.MoveAppointment(appointment=one, start=start), c.CancelAppointment(appointment=one)]
        if held:
            hold = room.state.holds[data.draw(st.sampled_from(held))]
            press.append(c.BookAppointment(services=hold.services, start=instant(hold.start), hold=hold.id))
        command, before = data.draw(st.sampled_from(press)), {**room.state.appointments}
        answer = room.press(command, room.booking)
        room.now += 1_000

        if isinstance(answer, Refusal):
            assert before == room.state.appointments
            assert answer.code in ("slot_taken", "slot_invalid")
        else:
            assert [*judged(room, TUESDAY)] == []
    table = Slots(room.state, room.now)
    for who in (of("pass"), of("reg"), of("car", persons=2)):
        offered = table.free(who, TUESDAY)
        assert offered == [at for at in offered if table.fits(who, at)]
        for at in offered[:2]:
            assert room.does(c.HoldSlot(services=who.services, start=instant(at), persons=who.persons), room.booking)
            room.does(c.ReleaseSlot(hold=[*room.state.holds][-1]), room.booking)


def test_a_day_remembers_the_questions_asked_last(make_room: Make) -> None:
    """However many kinds of visits are asked for, it answers each as before."""
    room = make_room(appointments=ALONE)
    kinds = [of("pass", persons=many) for many in range(1, MOST_KINDS + 4)]
    first = [times(room, who) for who in kinds]

    assert [times(room, who) for who in kinds] == first
    assert len(first[0]) > len(first[-1])
