"""Who waits longer than told, and whether that is because fewer counters are open: the state, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.forecast import delay
from server.forecast.promise import Pace, forecast
from server.forecast.today import Today
from server.messages import commands as c
from server.messages.facts import Duty, Told
from server.messages.instants import MINUTE
from server.messages.office import Roster
from server.office.evolve import evolve
from server.office.state import State
from tests.forecast.test_waits import steady
from tests.office.test_roster import configured

if TYPE_CHECKING:
    from tests.office.room import Room

SEED = 7


def told(low: int, median: int, high: int) -> Told:
    return Told(low=low, median=median, high=high)


def fewer(room: Room) -> list[str]:
    """The tickets that wait longer because of missing counters, after all these events.

    The log is folded as the worker folds it.
    """
    state, today = State(), Today()
    for seq, mark, event in room.entries:
        today.note(state, event)
        evolve(state, event, seq, mark)
    model = steady(room)
    found = forecast(state, model, Pace(), room.now, SEED, rows=100)
    return delay.fewer(state, today.issued, model, Pace(), room.now, SEED, found)


def full(room: Room, promise: Told | None, people: int = 8) -> list[str]:
    """This many wait for counters 1 and 2, ten minutes each; one more, the last, gets this promise."""
    room.open("1", "2")
    for counter in ("1", "2"):
        room.ticket("pass")
        room.serve(counter)
    tickets = [room.ticket("pass") for _ in range(people)]
    if promise is not None:
        room.promise = lambda *of: promise
        tickets.append(room.ticket("pass"))
    return tickets


def closes(room: Room, counter: str) -> None:
    room.finish(counter)
    room.press(c.CloseCounter(counter=counter), room.clerk)


def test_who_waits_longer_because_a_counter_closed_is_told_so(room: Room) -> None:
    last = full(room, told(35, 45, 50))[-1]
    assert fewer(room) == []

    closes(room, "2")

    assert fewer(room) == [last]


def test_while_the_call_is_expected_within_what_was_told_nothing_is_said(room: Room) -> None:
    full(room, told(35, 45, 120))
    closes(room, "2")

    assert fewer(room) == []


def test_who_was_promised_nothing_is_told_nothing(room: Room) -> None:
    full(room, None)
    closes(room, "2")

    assert fewer(room) == []


def test_a_delay_that_comes_from_long_services_is_not_put_down_to_counters(room: Room) -> None:
    """Told 10 minutes with eight people ahead: even with both counters it would take over 40."""
    full(room, told(5, 10, 15), people=20)
    room.after(60 * MINUTE)
    closes(room, "2")

    assert fewer(room) == []


def test_a_counter_that_serves_something_else_explains_nothing(room: Room) -> None:
    room.open("1", "3")
    for _ in range(8):
        room.ticket("pass")
    room.promise = lambda *of: told(20, 30, 40)
    room.ticket("pass")
    room.press(c.CloseCounter(counter="3"), room.clerk)

    assert "pass" not in room.state.counters["3"].services
    assert fewer(room) == []


def test_a_counter_that_opened_after_the_issue_was_never_relied_on(room: Room) -> None:
    room.open("1")
    for _ in range(8):
        room.ticket("pass")
    room.promise = lambda *of: told(20, 30, 40)
    room.ticket("pass")
    room.open("2")
    room.press(c.CloseCounter(counter="2"), room.clerk)

    assert fewer(room) == []


def test_a_counter_that_left_as_planned_is_no_change(room: Room) -> None:
    """It is Monday, 09:00. The promise knew the plan, so something else is late."""
    spans = (Duty(counter="1", from_="08:00", to="16:00"), Duty(counter="2", from_="08:00", to="09:30"))
    configured(room, Roster(week={"mon": spans}))
    full(room, told(35, 45, 50))
    room.after(31 * MINUTE)
    closes(room, "2")

    assert fewer(room) == []


def test_a_counter_that_should_have_come_by_the_plan_and_did_not_is_one(room: Room) -> None:
    spans = (Duty(counter="1", from_="08:00", to="16:00"), Duty(counter="2", from_="09:05", to="16:00"))
    configured(room, Roster(week={"mon": spans}))
    room.open("1")
    for _ in range(8):
        room.ticket("pass")
    room.promise = lambda *of: told(30, 40, 50)
    last = room.ticket("pass")
    room.after(6 * MINUTE)

    assert fewer(room) == [last]


def test_a_plan_that_was_shortened_after_the_issue_is_one(room: Room) -> None:
    """The roster that counts is the one that was known at the issue."""
    span = c.DutySpan(counter="1", from_="08:00", to="16:00")
    room.does(c.SetRoster(weekday="mon", duty=(span, replace(span, counter="2"))), room.supervisor)
    last = full(room, told(35, 45, 50))[-1]
    room.does(c.SetRoster(weekday="mon", duty=(span,)), room.supervisor)
    closes(room, "2")

    assert fewer(room) == [last]


def test_one_more_simulation_at_most_and_it_serves_as_many_as_it_can() -> None:
    """Of the sets of missing counters it takes the one that is a part of most others."""
    one, two, three = frozenset({"1"}), frozenset({"1", "2"}), frozenset({"3"})

    assert delay._most([two, one, two, three]) == one
    assert delay._most([two, two, three]) == two


def test_a_new_day_forgets_what_was_issued_on_the_old_one(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    state, today = State(), Today()
    for seq, mark, event in room.entries:
        today.note(state, event)
        evolve(state, event, seq, mark)
    assert len(today.issued) == 1

    today.note(state, next(event for _, _, event in room.entries if type(event).__name__ == "DayOpened"))

    assert today.issued == {}
