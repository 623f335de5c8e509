"""One function says what can be sold: what `decide` takes, what the slot list offers, and what the advice of the page of
evaluation counts on are the same, whatever is set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.messages import commands as c
from server.messages.facts import TakenUp
from server.messages.instants import MINUTE, rfc3339
from server.messages.office import Appointments, Hours, Release, WalkIns
from server.messages.problems import Refusal
from server.messages.slot_study import SlotsAsked
from server.office.boards import Visitors, free_slots
from server.office.hours import clock, local
from server.office.state import State
from server.rehearsal.slot_study import Selling, selling, study
from tests.office.room import instant

if TYPE_CHECKING:
    from tests.office.room import Make, Room

TUESDAY = date(2026, 11, 24)
MORNING = Hours(week=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:00", "11:00"),)))
AT_THE_DESK = Visitors(("pass",), public=False)
OFTEN = TakenUp(booked=1_000, came=700, in_time=700)


def with_roster(room: Room) -> None:
    duty = (
        c.DutySpan(counter="2", from_="08:00", to="11:00"),
        c.DutySpan(counter="2", from_="09:00", to="09:30", kind="break"),
        c.DutySpan(counter="3", from_="09:30", to="10:30"),
    )
    room.does(c.SetRoster(day=TUESDAY.isoformat(), duty=duty), room.supervisor)
    room.does(c.SetRoster(day="thu", duty=duty[:1]), room.supervisor)


def with_share(room: Room) -> None:
    rows = (c.WalkInShare(percent=75, from_="08:00", to="10:00"), c.WalkInShare(percent=0))
    room.does(c.SetWalkIns(date=TUESDAY.isoformat(), shares=rows), room.supervisor)


def with_model(room: Room) -> None:
    room.does(c.SetModel(version="learned", taken_up=OFTEN), room.system)


def sold_by_decide(room: Room, day: date) -> Counter[int]:
    """By hour: how many get an appointment if everybody asks for every slot. The list offers each that is given, and no other."""
    office, found = room.state.office, Counter[int]()
    for start in range(clock(office, day, "07:00"), clock(office, day, "16:00"), 10 * MINUTE):
        taken = True
        while taken:
            days = free_slots(room.state, room.now, AT_THE_DESK, day, range(1)).days
            offered = rfc3339(start) in {slot for one in days for slot in one.starts}
            answer = room.press(c.BookAppointment(services=("pass",), start=instant(start)), room.desk)
            taken = not isinstance(answer, Refusal)
            assert offered == taken, f"{rfc3339(start)}: offered {offered}, taken {taken}"
            found[local(office, start).hour] += taken
    return +found


def asked(state: State, booked: float = 200.0) -> SlotsAsked:
    """Far more than any of these offices can sell."""
    return SlotsAsked(
        walk_ins=10,
        booked=booked,
        mix={"pass": 1},
        no_show=0.1,
        after="2026-11-23",
        roster=state.roster,
        shares=state.walk_ins,
        taken_up=state.taken_up,
    )


def sold_by_advice(state: State, day: date) -> Counter[int]:
    one, found = Selling(selling(state.office, asked(state)), day), Counter[int]()
    while (start := one.sell("pass", clock(state.office, day, "09:00"))) is not None:
        found[local(state.office, start).hour] += 1
    assert one.sold == found.total()
    return found


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_decide_the_slot_list_and_the_advice_sell_the_same(make_room: Make, data: st.DataObject) -> None:
    percents = st.sampled_from([0, 20, 50, 75, 100])
    rows = st.builds(WalkIns, percent=percents, begins=st.sampled_from(["00:00", "09:00"]), weekdays=st.just(("tue",)))
    room = make_room(
        hours=data.draw(st.sampled_from([MORNING, Hours(week={"tue": (("09:00", "10:00"), ("13:30", "15:00"))})])),
        holidays=data.draw(st.sampled_from([(), (TUESDAY.isoformat(),)])),
        public_holidays=data.draw(st.sampled_from([(), (), ("2026-11-24",)])),
        appointments=Appointments(
            walk_in_percent=data.draw(percents),
            desk_percent=data.draw(percents),
            overbook_percent=data.draw(st.sampled_from([0, 30])),
            walk_ins=data.draw(st.lists(rows, max_size=1).map(tuple)),
            releases=data.draw(st.sampled_from([(), (Release(percent=60, days=30),)])),
        ),
    )
    for change in data.draw(st.sets(st.sampled_from([with_roster, with_share, with_model]))):
        change(room)

    advised = sold_by_advice(room.state, TUESDAY)
    assert advised == sold_by_decide(room, TUESDAY)


Change = Callable[["Room"], None]


@pytest.fixture(scope="module")
def usual(make_room: Make) -> dict[date, int]:
    """What is sold if nothing is changed."""
    plain = make_room(hours=MORNING)
    return {day: sold_by_decide(plain, day).total() for day in days(plain)}


@pytest.mark.parametrize(
    ("office", "change"),
    [
        pytest.param({"hours": Hours(week={"tue": (("08:00", "09:00"),)})}, None, id="hours"),
        pytest.param({"holidays": ("2026-11-25", "2026-11-26")}, None, id="holidays"),
        pytest.param({"appointments": Appointments(walk_in_percent=75)}, None, id="share"),
        pytest.param({"appointments": Appointments(releases=(Release(percent=40, days=60),))}, None, id="releases"),
        pytest.param({"appointments": Appointments(overbook_percent=30)}, with_model, id="overbooking"),
        pytest.param({}, with_roster, id="roster and breaks"),
        pytest.param({}, with_share, id="share of a supervisor"),
    ],
)
def test_the_study_books_as_many_as_decide_gives_on_the_next_open_days(
    make_room: Make, usual: dict[date, int], office: dict[str, object], change: Change | None
) -> None:
    room = make_room(**{"hours": MORNING, **office})
    if change is not None:
        change(room)
    found = study(room.state.office, asked(room.state))
    given = {day: sold_by_decide(room, day).total() for day in days(room)}

    assert given != usual
    assert found is not None
    assert found.full
    assert found.steps[found.now].booked == round(sum(given.values()) / len(given), 1)


def days(room: Room) -> list[date]:
    """The next eight days on which the office opens."""
    hours, found, day = room.state.office.hours, list[date](), TUESDAY
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    while len(found) < 8:
        if names[day.weekday()] in hours.week and day.isoformat() not in room.state.office.holidays:
            found.append(day)
        day += timedelta(days=1)
    return found
