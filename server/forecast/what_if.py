"""`what_if(basis, moves)`: what a supervisor's moves would change, before they are made. Pure.

The moves are decided and folded by the rules of production, on a copy. The simulation of the office with them is then
compared with the one without, future by future (`ahead`). For many candidates hand in the same `Basis`: it simulates the
office as it is once, and draws everybody's random numbers once. `Gap.diffs` has the difference in each future, for means and
standard errors.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from msgspec import convert

from server.forecast.ahead import Basis, Look
from server.forecast.people import Array
from server.forecast.phases import NONCE, decided, fold
from server.forecast.staffing import follows
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.events import Event
from server.messages.instants import rfc3339
from server.messages.problems import FaultyField, Refusal
from server.office.decide import Press, decide
from server.office.roster import shifts
from server.office.state import State

WHO = Actor(role="supervisor", principal="what-if")
KEY = "what-if"
QUANTILES = (0.1, 0.5, 0.9)
"""The quantiles of the differences that are told as their range."""


@dataclass(slots=True)
class Gap:
    """Minutes in each future (R), as it is and with the moves. Futures in which nothing can be compared are left out."""

    now: Array
    then: Array

    @property
    def diffs(self) -> Array:
        return self.then - self.now

    @property
    def range(self) -> tuple[float, float, float]:
        """Low, median and high of the difference; negative: shorter waits."""
        low, median, high = np.quantile(self.diffs, QUANTILES)
        return float(low), float(median), float(high)

    @property
    def levels(self) -> tuple[float, float]:
        """About how long the wait is now, and how long it would be with the moves."""
        return float(np.median(self.now)), float(np.median(self.then))

    @property
    def chance(self) -> float:
        """The chance that the wait becomes shorter."""
        return float((self.diffs < 0).mean())

    @property
    def mean(self) -> float:
        """The mean of the differences."""
        return float(self.diffs.mean())

    @property
    def error(self) -> float:
        """The standard error of that mean."""
        return float(self.diffs.std(ddof=1) / len(self.diffs) ** 0.5)


@dataclass(slots=True)
class Difference:
    """`minutes`: how far ahead was looked. `services`: the mean wait of those who come for it. `turned`: how many more
    people find the intake closed, on average. `unserved`: people who were not called before the office closed; None if the
    look ends before that."""

    minutes: float
    longest: Gap
    p95: Gap
    mean: Gap
    services: dict[str, Gap]
    turned: float
    unserved: Gap | None = None


def what_if(basis: Basis, moves: Sequence[c.AnyCommand], until: int | None = None) -> Difference | Refusal:
    """`until`: the moves end then, as a set of moves does (ms). A refusal names the move in its field: `moves[0].services`."""
    state = moved(basis.state, basis.now, moves, until)
    return state if isinstance(state, Refusal) else compared(basis.reaching(state), state)


def compared(basis: Basis, state: State) -> Difference:
    """The difference between the basis and a state that moves have made of it at the same instant."""
    return compared_all(basis, [state])[0]


def compared_all(basis: Basis, states: Sequence[State]) -> list[Difference]:
    """The differences of several such states."""
    before, *after = basis.with_as_is(states)
    return [_between(basis, before, one) for one in after]


def _between(basis: Basis, before: Look, after: Look) -> Difference:
    names = [name for name in before.services if name in after.services]
    services = {name: _gap(before.services[name], after.services[name]) for name in names}
    return Difference(
        minutes=basis.minutes,
        longest=Gap(before.longest, after.longest),
        p95=Gap(before.p95, after.p95),
        mean=Gap(before.mean, after.mean),
        services={name: gap for name, gap in services.items() if len(gap.now)},
        turned=_turned(before, after),
        unserved=None if before.unserved is None or after.unserved is None else _gap(before.unserved, after.unserved),
    )


def _gap(before: Array, after: Array) -> Gap:
    both = np.isfinite(before) & np.isfinite(after)
    return Gap(before[both], after[both])


def _turned(before: Look, after: Look) -> float:
    return float((after.turned - before.turned).mean())


def moved(state: State, now: int, moves: Sequence[c.AnyCommand], until: int | None = None) -> State | Refusal:
    """The state after these moves, all or none; without moves the same state. It does not change `state`."""
    trial = state
    for nth, move in enumerate(moves):
        trial = trial.copy()
        events = _decided(trial, now, move)
        if isinstance(events, Refusal):
            return _of_move(events, nth)
        _make(trial, now, events)
    if until is None or not moves:
        return trial
    # the same again as one set that ends: now its moves are known to be possible. A roster is no part of a set and stays
    trial = state.copy()
    for move in moves:
        if not isinstance(move, c.Move):
            _make(trial, now, decided(trial, move, now, KEY, WHO))
    timed = tuple(one for one in moves if isinstance(one, c.Move))
    if timed:
        events = _decided(trial, now, c.ApplyMoves(moves=timed, until=convert(rfc3339(until), datetime)))
        if isinstance(events, Refusal):
            return events
        fold(trial, events)
    return trial


def _make(state: State, now: int, events: list[Event]) -> None:
    planned = shifts(state, now)
    fold(state, events)
    fold(state, list(follows(state, planned, now)))


def _decided(state: State, now: int, command: c.AnyCommand) -> list[Event] | Refusal:
    return decide(state, command, Press(actor=WHO, key=KEY, now=now, nonce=NONCE))


def _of_move(refusal: Refusal, nth: int) -> Refusal:
    errors = tuple(FaultyField(field=f"moves[{nth}].{one.field}", reason=one.reason) for one in refusal.errors)
    more = {**refusal.more, "move": nth}
    return Refusal(code=refusal.code, detail=refusal.detail, more=more, errors=errors)
