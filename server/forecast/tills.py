"""The counters as the simulation sees them: when each is free, its coming breaks, when it goes home. Times in ms after now."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from server.forecast.luck import Luck
from server.forecast.model import Model
from server.messages.facts import Counter, Ticket
from server.messages.instants import MINUTE
from server.messages.office import StationPlan
from server.office.equipped import in_hand, times
from server.office.roster import Shift, Span, shifts
from server.office.state import State
from server.office.who_next import who_next

Array = NDArray[Any]
NEVER = float("inf")
UNKNOWN_MIN = 12.0
"""The mean minutes (exponential) of a pause that was begun without saying when it ends."""
SOON_MS = 5_000
"""A clerk who is not pausing calls the next ticket within this time."""


@dataclass(slots=True)
class Tills:
    """`free` (R, C): from when each is free; `breaks`, `lasts` (C, B): begin and length of its breaks, in order, padded
    with inf; `home` (C): when it ends."""

    counters: list[Counter]
    free: Array
    breaks: Array
    lasts: Array
    home: Array


def tills(
    state: State, model: Model, now: int, rows: int, pace: Array, luck: Luck, also: Mapping[str, float] = {}
) -> Tills:
    """The counters that call people today: those that are open or paused, those that the roster opens later, and those in
    `also`, from the instant given there (ms after now) or earlier."""
    planned = shifts(state, now)
    counters = [one for one in state.counters.values() if one.id in also or _works(state, one, planned, now)]
    free = np.zeros((rows, len(counters)))
    home = np.full(len(counters), NEVER)
    todo: list[list[tuple[float, float]]] = []
    last = max((end for shift in (planned or {}).values() for _, end in shift.open), default=0)
    for at, counter in enumerate(counters):
        shift = (planned or {}).get(counter.id, Shift())
        free[:, at] = also.get(counter.id, NEVER)
        if _works(state, counter, planned, now):
            free[:, at] = np.minimum(free[:, at], _free(state, model, counter, shift, now, pace, luck))
        ends = max((end for _, end in shift.open), default=0)
        # the last counter stays until everybody inside is served
        home[at] = ends - now if now < ends < last else NEVER
        todo.append(_breaks(state, counter, shift, now))
    width = max((len(one) for one in todo), default=0) + 1
    breaks, lasts = np.full((len(counters), width), NEVER), np.zeros((len(counters), width))
    for at, spans in enumerate(todo):
        for place, (start, length) in enumerate(spans):
            breaks[at, place], lasts[at, place] = start, length
    return Tills(counters, free, breaks, lasts, home)


def _works(state: State, counter: Counter, planned: dict[str, Shift] | None, now: int) -> bool:
    """Whether this counter or station calls people today."""
    if isinstance(state.places.get(counter.id), StationPlan):
        # a station that gives no service and to which nobody was sent calls nobody
        return counter.state != "closed" and bool(counter.services or state.lines.bound.get(counter.id))
    if counter.state != "closed":
        return True
    shift = (planned or {}).get(counter.id, Shift())
    return any(start > now for start, _ in shift.open)


def _free(
    state: State, model: Model, counter: Counter, shift: Shift, now: int, pace: Array, luck: Luck
) -> Array | float:
    if counter.state == "closed":
        return float(min(start for start, _ in shift.open if start > now) - now)
    ticket = state.ticket_at(counter)
    if ticket is not None:
        return _remaining(state, model, counter, ticket, now, pace, luck)
    if counter.state in ("paused", "wrap_up"):
        if counter.back_at is not None and counter.back_at > now:
            return float(counter.back_at - now)
        planned = [end for start, end in _away(shift) if start <= now < end]
        return float(max(planned) - now) if planned else _some(UNKNOWN_MIN, counter, pace, luck)
    if _rests(state, counter, now):
        return _some(model.pause.minutes, counter, pace, luck)
    return 0.0


def _some(minutes: float, counter: Counter, pace: Array, luck: Luck) -> Array:
    return np.asarray(luck(f"pause:{counter.id}").exponential(minutes * MINUTE, len(pace)))


def _rests(state: State, counter: Counter, now: int) -> bool:
    """Whether the clerk is pausing: the counter is open and free, somebody waits for it, and it did not call. The rest of
    an exponential pause does not depend on when it began."""
    found = who_next(state, counter, now) if now - counter.since > SOON_MS else None
    return found is not None and now - found[0].issued_at > SOON_MS


def _remaining(
    state: State, model: Model, counter: Counter, ticket: Ticket, now: int, pace: Array, luck: Luck
) -> Array:
    """The remaining time of a service that has been running for a while: the log-normal, given that it lasts longer than
    that."""
    hand = in_hand(counter, ticket) or ticket.services
    length = model.together(hand, hand, times(state, ticket))
    mu, sigma = length.mu + pace, length.sigma
    since = ticket.called_at if ticket.called_at is not None else now
    elapsed = max((now - since) / MINUTE, 1e-3)
    passed = ndtr((np.log(elapsed) - mu) / sigma)
    drawn = luck(f"serving:{ticket.id}").random(len(pace))
    whole = np.exp(mu + sigma * ndtri(np.clip(passed + (1 - passed) * drawn, 1e-9, 1 - 1e-7)))
    rest = np.maximum(whole - elapsed, 0.02) * MINUTE
    if counter.coming_pause:
        back_in = (counter.back_at or 0) - now
        rest = np.maximum(rest, back_in) if back_in > 0 else rest + _some(UNKNOWN_MIN, counter, pace, luck)
    return np.asarray(rest)


def _breaks(state: State, counter: Counter, shift: Shift, now: int) -> list[tuple[float, float]]:
    """The breaks that have not begun. A break begins when the service before it ends, and lasts its whole length."""
    found = []
    ticket = state.ticket_at(counter)
    for start, end in _away(shift):
        running = ticket is not None and ticket.called_at is not None and ticket.called_at < start
        if start > now or (running and now < end):
            found.append((float(start - now), float(end - start)))
    return found


def _away(shift: Shift) -> list[Span]:
    """The times between begin and end of the day in which nobody is there: breaks, and the time between two spans on duty."""
    between = [(end, start) for (_, end), (start, _) in pairwise(shift.open) if end < start]
    return sorted((*shift.breaks, *between))
