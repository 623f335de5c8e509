"""The supervisor's curve: waits and arrivals of today by half hour from the day's events, and those still to come from the
simulation; and the figures of fairness. Pure; equal arguments give equal values on every node."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from server.forecast.ahead import Basis
from server.forecast.demand import Came
from server.forecast.today import Called, Today
from server.messages.boards.curve import Curve, Fairness, HalfHour, HalfHourAhead
from server.messages.instants import MINUTE, rfc3339
from server.office.hours import local
from server.office.shown import hidden
from server.office.state import State

HALF_MS = 30 * MINUTE
FEW = 5
"""Shares and means of fewer people are not shown."""
LONG_MIN = 60.0
QUANTILES = (0.1, 0.5, 0.9)


def curve(basis: Basis, today: Today) -> Curve:
    """The half hours until now, and those as far as the basis looks ahead."""
    return Curve(past=past(basis.state, today.came, today.called, basis.now), ahead=ahead(basis))


def past(state: State, came: Sequence[Came], called: Sequence[Called], now: int) -> tuple[HalfHour, ...]:
    """Half hours by the office's clock, from the first ticket until now."""
    arrivals: dict[int, int] = defaultdict(int)
    waits: dict[int, list[float]] = defaultdict(list)
    for drew in came:
        if not _of_back_office(state, drew.service):
            arrivals[_half(state, drew.at)] += 1
    for one in called:
        waits[_half(state, one.at)].append(one.waited)
    first = min((*arrivals, *waits), default=None)
    if first is None:
        return ()
    return tuple(
        HalfHour(at=rfc3339(at), arrivals=arrivals[at], waits=_mean(waits[at])) for at in range(first, now + 1, HALF_MS)
    )


def _mean(waits: list[float]) -> float | None:
    return round(sum(waits) / len(waits), 1) if len(waits) >= FEW else None


def _of_back_office(state: State, service: str) -> bool:
    """Whether it is back-office work, for which nobody waits in the hall."""
    return service in state.plans and state.plans[service].back_office


def _half(state: State, at: int) -> int:
    """The instant at which this half hour of the office's clock began."""
    wall = local(state.office, at)
    return at - (wall.minute % 30 * 60 + wall.second) * 1000 - at % 1000


def ahead(basis: Basis) -> tuple[HalfHourAhead, ...]:
    """Whole half hours within the look."""
    look = basis.as_is
    begin = _half(basis.state, basis.now) + HALF_MS
    end = basis.now + round(basis.minutes * MINUTE)
    found = []
    for at in range(begin, end - HALF_MS + 1, HALF_MS):
        since = (at - basis.now) / MINUTE
        there = (look.comes >= since) & (look.comes < since + 30)
        waits = look.waits[there]
        low, median, high = np.quantile(waits, QUANTILES) if len(waits) >= FEW else (None, None, None)
        arrivals = round(float(there.sum(1).mean()), 1)
        found.append(
            HalfHourAhead(
                at=rfc3339(at), low=_minutes(low), median=_minutes(median), high=_minutes(high), arrivals=arrivals
            )
        )
    return tuple(found)


def _minutes(wait: float | None) -> float | None:
    return None if wait is None else round(float(wait), 1)


def fairness(state: State, called: Sequence[Called], now: int) -> Fairness:
    """The figures of fairness: over everybody called today, and everybody who waits now; `overtakings` over those called."""
    waits = [one.waited for one in called]
    waiting = [
        max(0, now - state.waits_since(one)) / MINUTE for one in state.waiting_tickets() if not hidden(state, one)
    ]
    everybody = (*waits, *waiting)
    return Fairness(
        longest_wait=int(max(everybody)) if everybody else None,
        over_60=round(sum(wait > LONG_MIN for wait in everybody) / len(everybody), 3)
        if len(everybody) >= FEW
        else None,
        overtakings=sum(one.passed for one in called),
        called=len(waits),
    )
