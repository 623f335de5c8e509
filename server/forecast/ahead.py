"""Simulates the next hours with everybody who is still to come: how long do people wait if the office stays as it is, and if
it is changed? Pure. Asked by `what_if`, by the advice, and for the part of the curve that is still to come; the forecast does
not need it.

Two states are compared with the same random numbers. `Basis` holds what both have in common (the day's pace, and everybody's
length, patience and arrival), and draws each person once. To compare many candidates, make one `Basis` and ask for all
`looks` at once: they are simulated side by side (`abreast`).

Time grows with rows x people x (people + counters). `rows=32` is enough to choose among candidates; confirm the best with
another `seed` and more rows.
"""

import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from server.forecast.abreast import Rises, Scene, called
from server.forecast.changes import changes, later
from server.forecast.demand import Came, expected
from server.forecast.luck import Own
from server.forecast.model import Model
from server.forecast.people import AHEAD_MIN, Array, People, changed, people
from server.forecast.phases import Phase, phases
from server.forecast.promise import Pace
from server.forecast.tills import NEVER, Tills, tills
from server.messages.facts import Counter, Ticket
from server.messages.instants import MINUTE, SECOND
from server.office import hours
from server.office.hours import local
from server.office.roster import shifts
from server.office.shown import hidden
from server.office.state import State

LEAST_MIN = 30.0
"""A look is never shorter than LEAST_MIN, because people are still inside after closing. It is never longer than AHEAD_MIN:
what comes later depends on moves that nobody has made yet, and three hours of arrivals limit the cost."""
LONGEST_MIN = 480.0
"""Minutes. Somebody who is never called counts as waiting this long from now, or for half of the look if that is longer."""


def rows_for(people: int) -> int:
    """How many futures are simulated. Few are enough: both offices have the same random numbers, so their difference varies
    little."""
    return 128 if people <= 250 else 64 if people <= 600 else 32


@dataclass(slots=True)
class Look:
    """One simulated office, by row (R), in minutes: the waits of everybody who is here or comes before the end of the look,
    of all people, and the mean by the service they came for (NaN in rows where nobody comes for it). `turned`: people who
    found the intake closed. `unserved`: people who were not called before the office closed; None if it does not close
    within the look. `comes`, `waits` (R, people to come): when each comes, in minutes after now (inf: does not come), and
    how long they then wait."""

    longest: Array
    p95: Array
    mean: Array
    services: dict[str, Array]
    turned: Array
    comes: Array
    waits: Array
    unserved: Array | None = None


class _Met(NamedTuple):
    """The people of the office as it is, and its counters."""

    crowd: People
    counters: list[str]

    def fits(self, before: State, after: State, staffed: Tills) -> bool:
        """Whether the two states differ only in what counters serve: no ticket, no plan and nothing else of a counter
        differs, and nobody wants two services one after the other."""
        desks = ([_desk(one) for one in state.counters.values()] for state in (before, after))
        return (
            self.counters == [one.id for one in staffed.counters]
            and len({len(one.services) for one in before.living()} | {1}) == 1
            and operator.eq(*desks)
            and (before.tickets, before.appointments, before.roster)
            == (after.tickets, after.appointments, after.roster)
        )


def _desk(one: Counter) -> tuple[object, ...]:
    return one.id, one.state, one.ticket, one.coming_pause, one.back_at, one.since


class Basis:
    """What all looks at an office at the same instant share.

    `came`: who drew a ticket today, None if that is not known; `minutes`: how far to look. They are fixed here, like everything
    random.
    """

    def __init__(
        self,
        state: State,
        model: Model,
        pace: Pace,
        now: int,
        seed: int,
        came: Sequence[Came] | None = None,
        rows: int | None = None,
        minutes: float | None = None,
    ) -> None:
        self.state, self.model, self.now, self.seed = state, model, now, seed
        self.minutes = horizon(state, now) if minutes is None else minutes
        self._end = max(LONGEST_MIN, self.minutes + LONGEST_MIN / 2) * MINUTE
        self.coming = expected(state, model, came, now, self.minutes)
        self.rows = rows or rows_for(len(state.alive) + _many(self))
        self.luck = Own(seed, model, self.rows)
        self.paces = pace.draw(model, self.rows, self.luck("pace"))
        self._until = partial(Basis, state, model, pace, now, seed, came, rows)
        self._as_is: Look | None = None
        self._met: _Met | None = None

    def reaching(self, state: State) -> "Basis":
        """The basis for another plan of the day, which is looked at until its own end: if this basis ends with the day and the
        office closes later in `state`, a new basis that looks that far."""
        day, longer = (closing(one, self.now) - self.now for one in (self.state, state))
        reach = round(self.minutes * MINUTE)
        return self._until(longer / MINUTE) if day <= reach < longer else self

    @property
    def as_is(self) -> Look:
        """The look if nobody changes anything."""
        return self.with_as_is([])[0]

    def with_as_is(self, states: Sequence[State]) -> list[Look]:
        """The look if nobody changes anything, and the looks at other states. A state that nobody changed is not simulated
        again."""
        new = [one for one in states if one is not self.state]
        if self._as_is is None:
            self._as_is, *found = self.looks([self.state, *new])
        else:
            found = self.looks(new)
        others = iter(found)
        return [self._as_is, *(self._as_is if one is self.state else next(others) for one in states)]

    def look(self, state: State) -> Look:
        """The look at a state that moves have made of this one at the same instant."""
        return self.looks([state])[0]

    def looks(self, states: Sequence[State]) -> list[Look]:
        """The looks at several such states: much cheaper than one after another."""
        scenes = [self._scene(one) for one in states]
        within = float(self.state.office.policy.language_within * SECOND)
        times = called(scenes, self.model, self.paces, within, self.luck)
        closes = [closing(one, self.now) - self.now for one in states]
        return [self._measured(*one) for one in zip(scenes, times, closes, strict=True)]

    def _scene(self, state: State) -> Scene:
        steps = phases(state, self.now, self.now + round(self._end))
        staffed = tills(state, self.model, self.now, self.rows, self.paces, self.luck, later(steps, self.now))
        crowd = self._people(state, staffed)
        turned = _turn_away(crowd, steps, self.now)
        found = changes(steps, crowd, staffed, self.model, self.now, self._alone)
        return Scene(staffed, crowd, found, self._counted(crowd), turned, _rises(steps, self.now))

    def _people(self, state: State, staffed: Tills) -> People:
        """If the moves changed only what counters serve, and everybody wants one service, the same people come: they need
        not be made again."""
        if state is not self.state and self._met is not None and self._met.fits(self.state, state, staffed):
            found = changed(self._met.crowd, state, staffed.counters, self.model, self.now, self.now)
        else:
            found = people(state, staffed, self.model, self.now, self.rows, self.luck, self.coming)
        if state is self.state:
            self._met = _Met(found, [one.id for one in staffed.counters])
        return replace(found, comes=found.comes.copy())

    def _counted(self, crowd: People) -> Array:
        """Who is here, or comes before the end of the look. People who are booked for later are not among them: they only
        delay the others. Files of the back office are not either: nobody waits in the hall for them."""
        slots = [one.slot or 0.0 for one in crowd.columns]
        soon = np.array(slots) <= self.minutes * MINUTE
        column = np.arange(len(slots))
        waits = np.array([not hidden(self.state, self._as_came(one.ticket)) for one in crowd.columns])
        return np.asarray(((column < crowd.known) | (column >= crowd.drawn_from)) & soon & waits)

    def _alone(self, state: State) -> Tills:
        return tills(state, self.model, self.now, self.rows, self.paces, self.luck)

    def _measured(self, scene: Scene, called: Array, closes: int) -> Look:
        crowd, columns = scene.crowd, np.flatnonzero(scene.counted)
        end = self._end
        comes = np.where(np.arange(crowd.comes.shape[1]) < crowd.here, 0.0, crowd.comes)[:, columns]
        there = np.isfinite(comes)
        from_ = np.where(there, comes, 0.0)
        waited = crowd.waited[columns]
        waits = np.maximum(np.minimum(called[:, columns], end) - from_, 0.0) / MINUTE + waited
        services = np.array([self._as_came(crowd.columns[at].ticket).services[0] for at in columns.tolist()])
        ahead = columns >= crowd.drawn_from
        return Look(
            longest=np.where(there, waits, 0.0).max(1, initial=0.0),
            p95=_quantile(waits, there, 0.95),
            mean=_mean(waits, there, 0.0),
            services={
                name: _mean(waits[:, mine], there[:, mine], np.nan)
                for name in self.state.services
                if (mine := services == name).any() and there[:, mine].any()
            },
            turned=scene.turned,
            comes=comes[:, ahead] / MINUTE,
            waits=waits[:, ahead],
            unserved=self._unserved(called[:, columns], there, closes),
        )

    def _unserved(self, called: Array, there: Array, closes: int) -> Array | None:
        if not 0 < closes <= round(self.minutes * MINUTE):
            return None
        return np.asarray((there & (called > closes)).sum(1), float)

    def _as_came(self, ticket: Ticket) -> Ticket:
        """The ticket as it was before any move, because a move may have sent it to another service."""
        return self.state.tickets.get(ticket.id, ticket)


def horizon(state: State, now: int, most: float = AHEAD_MIN) -> float:
    """Minutes until the office closes; at least LEAST_MIN, at most `most`."""
    return min(max((closing(state, now) - now) / MINUTE, LEAST_MIN), most)


def closing(state: State, now: int) -> int:
    """When the office closes today, by its hours or by the plan of its counters; `now` if neither says so."""
    day = local(state.office, now).date()
    ends = [end for _, end in hours.spans(state.office, state.office.hours, day)]
    for plan in state.office.services:
        ends += [end for _, end in hours.spans(state.office, plan.hours, day)] if plan.hours else []
    closes = max(ends, default=now)
    staffed = [end for one in (shifts(state, now) or {}).values() for _, end in one.open]
    return min(closes, max(staffed)) if staffed else closes


def _many(basis: Basis) -> int:
    """About how many people come."""
    halves = basis.minutes / 30
    peaks = (max(rates, default=0.0) for of in basis.coming.rates.values() for rates in of.values())
    return round(halves * sum(peaks))


def _rises(steps: list[Phase], now: int) -> Rises:
    """When the order of call changes by itself, and how fast scores rise from then on."""
    pairs = ((step.at, before.state.rules.ageing, step.state.rules.ageing) for before, step in pairwise(steps))
    return tuple((float(at - now), tuple(after)) for at, before, after in pairs if before != after)


def _turn_away(crowd: People, steps: list[Phase], now: int) -> Array:
    """Removes everybody who finds the intake of their service closed: by a supervisor, by its hours, or by its limit. Returns how
    many, by row."""
    turned = np.zeros(len(crowd.comes))
    drawn = range(crowd.drawn_from, len(crowd.columns))
    first = steps[0].state
    for name in first.plans:
        mine = [at for at in drawn if crowd.columns[at].ticket.services == (name,)]
        if not mine:
            continue
        comes = crowd.comes[:, mine]
        rank = np.where(np.isfinite(comes), comes, NEVER).argsort(1).argsort(1)
        stays = np.isfinite(comes)
        starts = [*(float(step.at - now) for step in steps), NEVER]
        for step, begin, end in zip(steps, starts, starts[1:], strict=False):
            within = (comes >= begin) & (comes < end)
            service = step.state.services[name]
            if service.closed:
                stays &= ~within
            elif service.limit is not None:
                stays &= ~within | (rank < service.limit - service.issued)
        for begin, end in _shut(first, name, now):
            stays &= ~((comes >= begin) & (comes < end))
        turned += (np.isfinite(comes) & ~stays).sum(1)
        crowd.comes[:, mine] = np.where(stays, comes, NEVER)
    return turned


def _shut(state: State, service: str, now: int) -> list[tuple[float, float]]:
    """Spans outside the opening hours of today, ms after now."""
    plan = state.plans[service]
    day = local(state.office, now).date()
    open_ = hours.spans(state.office, plan.hours or state.office.hours, day)
    edges = [0.0, *(float(edge - now) for span in open_ for edge in span), NEVER]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _mean(waits: Array, there: Array, none: float) -> Array:
    count = there.sum(1)
    whole = np.where(there, waits, 0.0).sum(1)
    return np.where(count > 0, whole / np.maximum(count, 1), none)


def _quantile(waits: Array, there: Array, share: float) -> Array:
    """By row: the wait that the given share of those who are there does not exceed."""
    if not waits.shape[1]:
        return np.zeros(len(waits))
    count = there.sum(1)
    ordered = np.sort(np.where(there, waits, -1.0), axis=1)
    place = waits.shape[1] - count + np.maximum(np.ceil(share * count).astype(int), 1) - 1
    return np.where(count > 0, ordered[np.arange(len(waits)), np.minimum(place, waits.shape[1] - 1)], 0.0)
