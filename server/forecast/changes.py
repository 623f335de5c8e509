"""How counters and people change during a simulation: a supervisor's timed moves end, helpers come and go. Pure. `phases`
says which states the office goes through; here each step from one to the next becomes a `Change` of the simulation."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from server.forecast.model import Model
from server.forecast.people import Array, People, changed
from server.forecast.phases import Phase
from server.forecast.simulate import Change
from server.forecast.tills import NEVER, Tills
from server.messages.facts import Counter
from server.messages.instants import MINUTE
from server.office.roster import Shift, shifts
from server.office.state import State

HELP_MIN = 5.0
"""Minutes from the call of a helper until their counter calls somebody."""


def later(steps: Sequence[Phase], now: int) -> dict[str, float]:
    """The counters that call people at some time, and when those begin to which a helper was called (ms after now)."""
    desks = {one.id for one in steps[0].state.office.counters}
    found = {one: NEVER for step in steps for one in desks if step.state.counters[one].state != "closed"}
    return found | {one: at for one, at in _helped(steps[0].state, now).items() if one in desks}


def changes(
    steps: Sequence[Phase],
    crowd: People,
    staffed: Tills,
    model: Model,
    now: int,
    alone: Callable[[State], Tills],
) -> list[Change]:
    """What changes at each step. `alone`: the counters of a state by themselves, needed for a counter that is still serving
    somebody when it begins to call again."""
    found, planned = [], shifts(steps[0].state, now) or {}
    for before, step in pairwise(steps):
        at = float(step.at - now)
        counters = [step.state.counters[one.id] for one in staffed.counters]
        then = partial(changed, crowd, step.state, counters, model, now, step.at)
        begun = [_begun(planned.get(one.id, Shift()), now, step.at) for one in counters]
        works, was = (_working(one.state, counters, begun) for one in (step, before))
        back = [_next(planned.get(one.id, Shift()), step.at) - now for one in counters]
        free = np.full(staffed.free.shape, NEVER)
        for place, one in enumerate(counters):
            if works[place] and not was[place]:
                free[:, place] = np.maximum(_rest(step.state, one, alone), at)
        found.append(Change(at, then, free, works & ~was, was & ~works, np.array(back)))
    return found


def _rest(state: State, counter: Counter, alone: Callable[[State], Tills]) -> Array | float:
    """When a counter that begins to call again will have finished the person it serves now, ms after now."""
    if counter.ticket is None:
        return 0.0
    found = alone(state)
    return next(found.free[:, at] for at, other in enumerate(found.counters) if other.id == counter.id)


def _helped(state: State, now: int) -> dict[str, float]:
    """Closed counters to which a helper was called, and when they begin (ms after now)."""
    return {
        one.counter: max((one.since or now) + HELP_MIN * MINUTE - now, 0.0)
        for one in state.helpers.values()
        if one.counter in state.counters and state.counters[one.counter].state == "closed"
    }


def _working(state: State, counters: Sequence[Counter], begun: Sequence[bool]) -> Array:
    """Which of these counters call people. `counters`: those of any phase; `begun`: those at which a later shift has begun
    by then."""
    helped, now = _helped(state, 0), [state.counters[one.id] for one in counters]
    return np.array(
        [
            (one.state == "open" and not one.coming_pause) or (one.state == "closed" and (one.id in helped or here))
            for one, here in zip(now, begun, strict=True)
        ],
        bool,
    )


def _begun(shift: Shift, now: int, at: int) -> bool:
    """Whether somebody will be there by then, by a shift that has not begun yet."""
    return any(now < start <= at < end for start, end in shift.open)


def _next(shift: Shift, at: int) -> float:
    return min((start for start, _ in shift.open if start > at), default=NEVER)
