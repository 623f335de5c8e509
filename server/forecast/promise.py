"""`forecast(state, model, pace, now, seed)`: waits of everybody here, and of a ticket drawn now, as quantiles in minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from math import inf
from typing import TypeVar

import numpy as np
from numpy.random import Generator, default_rng

from server.forecast.changes import changes, later
from server.forecast.learn import band
from server.forecast.luck import drawn, shared
from server.forecast.model import BANDS, SIDE, SURE, Length, Model, Stretch
from server.forecast.people import Array, checked_in, coming, people, still
from server.forecast.phases import Phase, phases
from server.forecast.simulate import Drawn, simulate
from server.forecast.tills import tills
from server.messages.facts import Counter, Fact
from server.messages.instants import HOUR, MINUTE, SECOND
from server.messages.terms import Category
from server.office import hours
from server.office.hours import local
from server.office.roster import Shift, shifts
from server.office.state import State
from server.office.waits import Combined, Kind, kind_of, rounded

QUANTILES = (0.05, 0.10, 0.50, 0.90)
AHEAD_MS = 8 * HOUR
"""A supervisor's timed move is simulated to its end if it ends within this time."""
CATEGORIES: tuple[Category, ...] = ("walk_in", "priority")
"""Categories of tickets that people draw without a booking."""
K = TypeVar("K", str, Kind, Combined)


class Wait(Fact):
    """Remaining minutes. `p10`, `p90`: recalibrated; `low`, `high`: as shown, rounded outward; `raw`: as simulated."""

    p05: float
    p10: float
    p50: float
    p90: float
    low: int
    high: int
    raw: tuple[float, float]


class Forecast(Fact):
    """The waits by ticket, and by (service, category) for a ticket drawn now; `others`: for a ticket for several services, or
    with needs. One that is missing cannot be served by anybody. `booked`: by appointment, the wait of somebody who checks in
    now. `reached`: by service, the chance that a ticket drawn now is called before the last counter that gives the service goes
    off duty; missing if there is no plan: then open counters stay until everybody inside is served. `late`: tickets that may
    not be called any more; without a plan, those that may not be called before closing."""

    tickets: dict[str, Wait]
    drawn: dict[Kind, Wait]
    others: dict[Combined, Wait] = {}
    booked: dict[str, Wait] = {}
    reached: dict[str, float] = {}
    late: tuple[str, ...] = ()


class Pace(Fact):
    """Today's services compared with the model: the sum of residuals over their variance, and the sum of 1 over the
    variance."""

    pull: float = 0.0
    weight: float = 0.0

    def after(self, minutes: float, length: Length) -> "Pace":
        """The pace after one more finished service. An outlier counts as three standard deviations at most."""
        off = float(np.clip(np.log(max(minutes, 0.1)) - length.mu, -3 * length.sigma, 3 * length.sigma))
        return Pace(pull=self.pull + off / length.sigma**2, weight=self.weight + 1 / length.sigma**2)

    def draw(self, model: Model, rows: int, rng: Generator) -> Array:
        """Log factors from the normal posterior of the day's pace, one per row: in reality, too, all waits of a day have
        this error in common."""
        return np.asarray(rng.normal(self.mean(model), self._precision(model) ** -0.5, rows))

    def mean(self, model: Model) -> float:
        """The expected log factor."""
        return self.pull / self._precision(model)

    def _precision(self, model: Model) -> float:
        return 1 / model.day_sd**2 + self.weight


def rows_for(waiting: int) -> int:
    """How many rows to simulate. With more people waiting, fewer are enough, because waits then vary less from row to row."""
    return 200 if waiting <= 100 else 100 if waiting <= 300 else 50


def forecast(
    state: State,
    model: Model,
    pace: Pace,
    now: int,
    seed: int,
    rows: int | None = None,
    others: Sequence[Combined] = (),
    booked: Sequence[str] = (),
) -> Forecast:
    """Pure: equal arguments give equal values. `booked`: appointments that are still to come today."""
    rows = rows or rows_for(len(state.lines.where))
    rng = default_rng(seed)
    paces = pace.draw(model, rows, rng)
    luck = shared(rng)
    steps = phases(state, now, now + AHEAD_MS)
    staffed = tills(state, model, now, rows, paces, luck, later(steps, now))
    crowd = people(state, staffed, model, now, rows, luck)
    kinds: list[Kind] = [(one, category) for one in state.services for category in CATEGORIES]
    wanted: list[Combined] = [*(Combined((service,), category, ()) for service, category in kinds), *others]
    (ghosts, *then), column = _drawn(steps, staffed.counters, model, now, wanted, booked, crowd.here)
    alone = partial(tills, model=model, now=now, rows=rows, pace=paces, luck=luck)
    moved = [
        replace(change, drawn=drawn)
        for change, drawn in zip(changes(steps, crowd, staffed, model, now, alone), then, strict=True)
    ]
    within = state.office.policy.language_within * SECOND
    fates = drawn(model, crowd.comes.shape, rng)
    called, at = simulate(crowd, staffed, ghosts, model, paces, float(within), fates, moved)
    shown_at, tickets = at[:, column], _waits(model, crowd.ids, called)
    ends = _ends(state, now)
    return Forecast(
        tickets=tickets,
        drawn=_waits(model, kinds, shown_at),
        others=_waits(model, others, shown_at[:, len(kinds) : len(wanted)]),
        booked=_waits(model, booked, shown_at[:, len(wanted) :]),
        reached=_reached(state, now, ends, kinds, shown_at),
        late=_late(state, now, ends or _closings(state, now), crowd.ids, called),
    )


def seed_of(office: str, epoch: str, seq: int) -> int:
    """The seed for an entry: two nodes at the same entry draw the same numbers."""
    return int.from_bytes(blake2b(f"{office}/{epoch}/{seq}".encode(), digest_size=8).digest(), "big")


def _ends(state: State, now: int) -> dict[str, int]:
    """By service, when the last counter that gives it goes off duty; empty if there is no plan."""
    planned, ends = shifts(state, now) or {}, dict[str, int]()
    for counter in state.counters.values():
        for _, end in planned.get(counter.id, Shift()).open:
            ends.update((name, max(end, ends.get(name, 0))) for name in counter.services)
    return ends


def _closings(state: State, now: int) -> dict[str, float]:
    """By service, when it closes today by its hours, if nobody planned the day: who is inside by then is served all the same, but
    somebody must stay for it. Infinite once it is closed."""
    if shifts(state, now) is not None:
        return {}
    file, day = state.office, local(state.office, now).date()
    spans = {plan.id: hours.spans(file, plan.hours or file.hours, day) for plan in file.services}
    ends = {name: max((end for _, end in found), default=0) for name, found in spans.items()}
    return {name: end if end > now else inf for name, end in ends.items()}


def _late(state: State, now: int, ends: Mapping[str, float], tickets: Sequence[str], called: Array) -> tuple[str, ...]:
    if not ends:
        return ()
    until = [max(ends.get(name, 0) for name in state.tickets[one].services) - now for one in tickets]
    sure = (called <= np.array(until)).mean(0) >= SURE
    return tuple(one for one, in_time in zip(tickets, sure, strict=True) if not in_time)


def _reached(state: State, now: int, ends: dict[str, int], kinds: Sequence[Kind], called: Array) -> dict[str, float]:
    return {
        service: float((called[:, at] <= ends[service] - now).mean())
        for at, (service, category) in enumerate(kinds)
        if service in ends and (service, category) == kind_of(state.plans[service])
    }


def _drawn(
    steps: Sequence[Phase],
    counters: list[Counter],
    model: Model,
    now: int,
    wanted: list[Combined],
    booked: Sequence[str],
    here: int,
) -> tuple[list[Drawn], Array]:
    """Each different person who would draw a ticket or check in now, at each step of the office, and which of them stands
    for whom. Many wait for the same counters in the same way, so they are simulated once. A person with an appointment is
    also one of the people who may come."""
    state = steps[0].state
    own = np.full(len(wanted), -1)
    if booked:
        own = np.append(own, [here + at for at in map(coming(state, now).index, booked)])
    found = [_asking(one.state, counters, model, now, wanted, booked) for one in steps]
    alike = np.vstack((*(part for one in found for part in one), own))
    _, first, column = np.unique(alike, axis=1, return_index=True, return_inverse=True)
    drawn = []
    for able, rest in found:
        base, ageing, comes, early = rest[:, first]
        drawn.append(Drawn(able[:, first], base, ageing, comes, early, own[first]))
    return drawn, column.ravel()


def _asking(
    state: State, counters: list[Counter], model: Model, now: int, wanted: list[Combined], booked: Sequence[str]
) -> tuple[Array, Array]:
    """The people who would draw or check in, as columns: which counters may call each of them, the score, how fast it
    rises, and from when they may be called."""
    there = [state.counters[one.id] for one in counters]
    found = [still(state, there, model, wanted, now)]
    if booked:
        found.append(checked_in(state, there, model, booked, now))
    able = np.hstack([one.able for one in found])
    return able, np.hstack([(one.base[0], one.ageing, one.comes[0], one.early[0]) for one in found])


def _waits(model: Model, names: Sequence[K], called: Array) -> dict[K, Wait]:
    if not names:
        return {}
    finite = np.isfinite(called)
    served = finite.mean(0) > 0.9
    safe = np.where(finite, called, np.nanmax(np.where(finite, called, 0.0), initial=0.0))
    quantiles = np.quantile(safe, QUANTILES, axis=0) / MINUTE
    return {name: shown(model, *map(float, quantiles[:, at])) for at, name in enumerate(names) if served[at]}


def shown(model: Model, p05: float, p10: float, p50: float, p90: float) -> Wait:
    """A range as people see it: never empty, never below zero."""
    stretch: Stretch = model.bands[band(p50, BANDS)]
    low = max(p50 - max(p50 - p10, SIDE) * stretch.low, 0.0)
    high = p50 + max(p90 - p50, SIDE) * stretch.high
    first, last = rounded(low, high)
    soon = max(p50 - max(p50 - p05, SIDE) * max(stretch.low, 1.0), 0.0)
    return Wait(p05=min(soon, low), p10=low, p50=p50, p90=high, low=first, high=last, raw=(p10, p90))
