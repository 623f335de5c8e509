"""Another plan of today, before it is saved: people taken off it go home, people put on it begin, and the day is simulated to
its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.forecast.ahead import Basis, horizon
from server.forecast.promise import Pace
from server.forecast.what_if import Difference, moved, what_if
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from server.office.state import State
from tests.forecast.test_what_if import SEED, steady

if TYPE_CHECKING:
    from tests.office.room import Room

TODAY = "2026-11-23"


def plan(**spans: tuple[str, str]) -> c.SetRoster:
    duty = tuple(c.DutySpan(counter=name[1:], from_=start, to=end) for name, (start, end) in spans.items())
    return c.SetRoster(date=TODAY, duty=duty)


DAY = ("08:00", "16:00")


@pytest.fixture
def planned(room: Room) -> Room:
    """Counters 1 and 2 are on duty and open; counter 3 is open although nobody planned it."""
    room.does(plan(c1=DAY, c2=DAY), room.supervisor)
    return room.open("1", "2", "3")


def after(room: Room, *moves: c.AnyCommand) -> State:
    found = moved(room.state, room.now, moves)
    assert isinstance(found, State)
    return found


def stands(state: State) -> dict[str, str]:
    return {name: one.state for name, one in state.counters.items() if name in "1234"}


def test_whoever_is_taken_off_the_plan_goes_home_and_whoever_is_put_on_it_begins(planned: Room) -> None:
    state = after(planned, plan(c1=DAY, c4=DAY))
    assert stands(state) == {"1": "open", "2": "paused", "3": "open", "4": "open"}
    assert state.counters["2"].back_at is not None
    assert state.counters["2"].back_at > planned.now + 12 * HOUR
    assert stands(planned.state)["2"] == "open", "nothing was changed"


def test_somebody_who_is_being_served_is_served_first(planned: Room) -> None:
    planned.ticket("pass")
    planned.serve("2")
    state = after(planned, plan(c1=DAY))

    assert (state.counters["2"].state, state.counters["2"].coming_pause) == ("open", True)


def test_a_plan_that_says_what_the_old_one_said_or_speaks_of_another_day_changes_nobody(planned: Room) -> None:
    for same in (plan(c1=DAY, c2=DAY), c.SetRoster(weekday="tue", duty=())):
        assert stands(after(planned, same)) == stands(planned.state)


def test_without_a_plan_whoever_is_not_in_the_first_one_goes_home(room: Room) -> None:
    room.open("1", "2")

    assert stands(after(room, plan(c1=DAY))) == {"1": "open", "2": "paused", "3": "closed", "4": "closed"}


def test_the_day_without_somebody_who_is_sick(planned: Room) -> None:
    """Forty people, ten minutes each, seven hours: two counters are done by half past twelve, one is not by four."""
    for _ in range(44):
        planned.ticket("pass")
    minutes = horizon(planned.state, planned.now, 12 * 60)
    basis = Basis(planned.state, steady(planned), Pace(), planned.now, SEED, rows=32, minutes=minutes)
    found = what_if(basis, (plan(c1=DAY),))
    assert isinstance(found, Difference)
    assert found.minutes == pytest.approx((16 - 9) * 60, abs=1)
    assert found.longest.levels == pytest.approx((210, 430), abs=15)
    assert found.unserved is not None
    assert found.unserved.levels == pytest.approx((0, 2), abs=1.5)


@pytest.mark.parametrize("late", [True, False])
def test_a_day_that_becomes_longer_or_shorter_is_looked_at_to_the_end_of_each(room: Room, late: bool) -> None:
    """Two counters take about twenty-four people until eleven, ten minutes each, and all of the forty-five until six."""
    short, long = plan(c1=("08:00", "11:00"), c2=("08:00", "11:00")), plan(c1=("08:00", "18:00"), c2=("08:00", "18:00"))
    before, after = (short, long) if late else (long, short)
    room.does(before, room.supervisor)
    room.open("1", "2")
    for _ in range(45):
        room.ticket("pass")
    minutes = horizon(room.state, room.now, 12 * 60)
    basis = Basis(room.state, steady(room), Pace(), room.now, SEED, rows=16, minutes=minutes)
    found = what_if(basis, (after,))

    assert isinstance(found, Difference)
    assert found.minutes == pytest.approx(9 * 60, abs=1)
    assert found.unserved is not None
    assert found.unserved.levels == pytest.approx((20, 0) if late else (0, 20), abs=3)
    assert found.longest.range == pytest.approx((0, 0, 0), abs=0.1)


def test_a_look_of_an_hour_stays_one_when_the_day_becomes_longer(planned: Room) -> None:
    basis = Basis(planned.state, steady(planned), Pace(), planned.now, SEED, rows=8, minutes=60.0)
    found = what_if(basis, (plan(c1=("08:00", "18:00"), c2=DAY),))

    assert isinstance(found, Difference)
    assert (found.minutes, found.unserved) == (60.0, None)


def test_before_the_office_closes_nobody_counts_as_not_served(planned: Room) -> None:
    found = what_if(Basis(planned.state, steady(planned), Pace(), planned.now, SEED, rows=8), (plan(c1=DAY),))

    assert isinstance(found, Difference)
    assert found.unserved is None


def test_a_plan_can_be_asked_about_with_moves_that_end(planned: Room) -> None:
    """The plan is no part of the set and stays."""
    found = moved(planned.state, planned.now, (plan(c1=DAY), c.CloseService(service="reg")), planned.now + 30 * MINUTE)

    assert isinstance(found, State)
    assert stands(found)["2"] == "paused"
