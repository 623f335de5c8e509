"""The two formulas that a promise is compared with, worked out by hand for small offices.

Position is that of Munich's ZMS: floor(m / c * (k + 1)). Queue length: (n + 1) * m / c, and 0 beside an idle counter.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from server.forecast.baselines import idle, position, queue_length
from server.messages import commands as c
from server.messages.terms import Category
from tests.office.room import Room, small_office


class Case(NamedTuple):
    """Counters 1 and 2 give "pass", 3 gives "car"; two stations are open too and call nobody. `waiting`: categories in the order
    of issue, of whom number `asked` is asked for; `m`: mean minutes of a service."""

    busy: str
    free: str
    paused: str
    waiting: tuple[Category, ...]
    asked: int
    m: float
    position: float
    queue_length: float
    idle: bool = False


W: Category = "walk_in"
P: Category = "priority"
CASES = {
    "nobody before": Case("12", "", "", (W,), 0, 10, 5, 5),
    "two before, one counter": Case("1", "", "", (W, W, W), 2, 10, 30, 30),
    "position is rounded down, queue length is not": Case("123", "", "", (W, W, W, W), 3, 10, 13, 40 / 3),
    "the mean need not be whole": Case("12", "", "", (W, W, W), 2, 7.5, 11, 11.25),
    "those behind count in the queue only": Case("12", "", "", (W, W, W, W), 0, 10, 5, 20),
    "a priority ticket is called before those that came first": Case("12", "", "", (W, W, W, P), 3, 10, 5, 20),
    "so it stands before a walk-in": Case("1", "", "", (W, P), 0, 12, 24, 24),
    "an idle counter that gives the service": Case("", "1", "", (W,), 0, 10, 10, 0, True),
    "an idle counter that does not": Case("1", "3", "", (W,), 0, 10, 5, 5),
    "a paused counter is on duty, and not idle": Case("1", "", "2", (W,), 0, 10, 5, 5),
    "no counter counts as one": Case("", "", "", (W, W), 1, 10, 20, 20),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_both_formulas_as_worked_out_by_hand(case: Case) -> None:
    office = small_office()
    room = Room(office).begin(office)
    for counter in case.busy:
        room.open(counter)
        room.ticket("car" if counter == "3" else "pass")
        room.call(counter)
    room.open(*case.free, *case.paused)
    for counter in case.paused:
        room.does(c.PauseCounter(counter=counter))
    tickets = [room.ticket("pass", category=category) for category in case.waiting]
    ticket = room.of(tickets[case.asked])

    assert position(room.state, ticket, case.m, room.now) == case.position
    assert queue_length(room.state, ticket, case.m, room.now) == pytest.approx(case.queue_length)
    assert idle(room.state, ticket, room.now) is case.idle
