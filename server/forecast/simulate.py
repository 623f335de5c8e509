"""Simulates R possible futures at once: the counter that is free first calls the next ticket, until everybody who is awaited
was called. One step of the loop is one event in every row.

Who may be called where, and how urgent it is, comes from the rules of production (`people`), so no rule is written twice. A
test compares `choose` with `who_next` on random histories.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from server.forecast.luck import Fates
from server.forecast.model import WAITS, Model
from server.forecast.people import RETURNED, Array, People, kept, places
from server.forecast.tills import NEVER, Tills
from server.messages.instants import MINUTE

TAKEN = -NEVER
STEPS = 20
"""A run is given up after this many events per row, person and counter: far more than ever happen."""


LOOKS = 64
"""After this many steps, the columns of people who were called in every row are left out: each step costs time for every
column."""
WORTH = 0.8
"""They are left out only if at most this share of the columns stays."""


@dataclass(slots=True)
class Drawn:
    """The people who would draw a ticket or check in now, as columns. Their calls are only noted, so they delay nobody.
    `comes`, `early`: as in `People`; `own`: the column of the same person in `People`, or -1."""

    able: Array
    base: Array
    ageing: Array
    comes: Array
    early: Array
    own: Array


@dataclass
class Change:
    """From `at` (ms after now) on the office is a different one. `makes`: its people, made only if the simulation comes so
    far. `free` (R, C): the counters that begin to call again, and from when; NEVER: no change. `begins`, `gone` (C): the
    counters that do so, and those that call nobody any more. `back` (C): when the next shift of a counter begins; NEVER:
    none does. `drawn`: who would draw a ticket then."""

    at: float
    makes: Callable[[], People]
    free: Array
    begins: Array
    gone: Array
    back: Array
    drawn: Drawn | None = None

    @cached_property
    def crowd(self) -> People:
        return self.makes()


def simulate(
    crowd: People,
    tills: Tills,
    drawn: Drawn,
    model: Model,
    pace: Array,
    within: float,
    fates: Fates,
    changes: Sequence[Change] = (),
) -> tuple[Array, Array]:
    """When each is called, ms after now (inf: never): arrays (R, here) and (R, drawn)."""
    run = _Run(crowd, tills, drawn, model, pace, within, fates, np.arange(crowd.comes.shape[1]) < crowd.here)
    run.through(changes)
    return run.called[:, : crowd.here], run.shown


def simulate_all(
    crowd: People,
    tills: Tills,
    awaited: Array,
    model: Model,
    pace: Array,
    within: float,
    fates: Fates,
    changes: Sequence[Change] = (),
    lane: Array | None = None,
) -> Array:
    """When each column is called, (R, N), until all who are `awaited` (N) were; the office changes as `changes` say. `lane`
    (R): several offices are in one run, and what is said of counters, (C, ...), is said of one office after the other; each
    row is a future of the office whose counters begin at `lane`. None: there is one office."""
    none = np.zeros(0)
    nobody = Drawn(np.zeros((len(crowd.able), 0), bool), none, none, none, none, none.astype(int))
    run = _Run(crowd, tills, nobody, model, pace, within, fates, awaited, lane)
    run.through(changes)
    return run.called


class _Run:
    """The state of all rows during a run: when each counter is free, who was called, and the random numbers for each of
    them."""

    def __init__(
        self,
        crowd: People,
        tills: Tills,
        drawn: Drawn,
        model: Model,
        pace: Array,
        within: float,
        fates: Fates,
        awaited: Array,
        lane: Array | None = None,
    ) -> None:
        self.crowd, self.tills, self.drawn, self.model, self.pace = crowd, tills, drawn, model, pace
        shape = crowd.comes.shape
        self.called, self.base, self.free = np.full(shape, NEVER), crowd.base.copy(), tills.free.copy()
        self.shown = np.full((shape[0], drawn.able.shape[1]), NEVER)
        self.length, self.leaves, self.rests = fates
        self.busy, self.home, self.end = self.free.copy(), tills.home.copy(), NEVER
        self.back, self.returns = np.full(tills.home.shape, NEVER), False
        self.gone, self.edges = np.array(model.absent), np.array(WAITS[: len(model.absent) - 1])
        self.turn, self.rows, self.left = (
            np.zeros(self.free.shape, int),
            np.arange(shape[0]),
            (np.isfinite(crowd.comes) & awaited).sum(1),
        )
        self.lane = np.zeros(shape[0], int) if lane is None else lane
        self.at = np.arange(shape[1])
        self.awaited, self.speaks = awaited, within
        self.within = None if crowd.spoken.all() else within
        self.later = bool((drawn.own >= 0).any())
        self._soonest()

    def _soonest(self) -> None:
        """While all scores rise at the same speed, nobody who would draw a ticket now can be called before this score is
        the best one left."""
        self.alike = self.crowd.alike and bool((self.drawn.ageing == self.crowd.ageing[:1]).all())
        self.soonest = self.drawn.base.max(initial=TAKEN)

    def through(self, changes: Sequence[Change]) -> None:
        """Runs until everybody awaited was called, while the office changes."""
        for change in changes:
            self.go(change.at)
            if not self.goes_on.any():
                return
            self.becomes(change)
        self.go()

    @property
    def goes_on(self) -> Array:
        """Rows (R) in which somebody awaited or somebody who would draw is still to be called."""
        return np.asarray((self.left > 0) | np.isinf(self.shown).any(1))

    def go(self, end: float = NEVER) -> None:
        """Runs until everybody awaited was called, but not beyond `end`."""
        self.end = end
        if self.tills.counters:
            for step in range(STEPS * (self.crowd.comes.shape[1] + 8 * len(self.tills.counters) + 10)):
                if not self.step():
                    break
                if step % LOOKS == LOOKS - 1:
                    self._leave_out()

    def _leave_out(self) -> None:
        stays: Array = np.asarray((self.base > TAKEN).any(0))
        if not stays.any() or stays.mean() > WORTH:
            return
        self.crowd, self.at, self.base = self.crowd.only(stays), self.at[stays], kept(self.base, stays)
        self.length, self.leaves, self.rests = (kept(one, stays) for one in (self.length, self.leaves, self.rests))
        self.awaited = self.awaited[stays]
        self.drawn = replace(self.drawn, own=places(stays)[self.drawn.own])

    def becomes(self, change: Change) -> None:
        """The office changes: counters that are idle look again, others begin or go home."""
        stays = np.isin(np.arange(change.crowd.comes.shape[1]), self.at)
        self.crowd = replace(change.crowd.only(stays), comes=self.crowd.comes)
        self.base = np.where(self.base > TAKEN, self.crowd.base, TAKEN)
        self.within = None if self.crowd.spoken.all() else self.speaks
        looks = (self.busy < change.at) & (self.free > change.at)
        self.free = np.minimum(np.where(looks, change.at, self.free), change.free)
        self.busy = np.minimum(self.busy, self.free)
        ends = np.where(self.tills.home > change.at, self.tills.home, NEVER)
        self.home = np.where(change.gone, change.at, np.where(change.begins, ends, self.home))
        self.back = np.where(change.gone, change.back, np.where(change.begins, NEVER, self.back))
        self.returns = bool(np.isfinite(self.back).any())
        if change.drawn is not None:
            self.drawn = replace(change.drawn, own=self.drawn.own)
            self._soonest()

    def step(self) -> bool:
        """In each row the counter that is free first takes a break, goes home, calls somebody or waits. False: the run
        is over."""
        c = self.free.argmin(1)
        t = self.free[self.rows, c]
        live = (t < self.end) & self.goes_on
        if not live.any():
            return False
        t = np.where(live, t, 0.0)  # rows that are over are computed too, and infinity less infinity is no number
        place = c + self.lane
        rest = self.tills.breaks[place, self.turn[self.rows, c]]
        breaks = live & (rest <= t)
        home = live & ~breaks & (t >= self.home[place])
        if self.returns:
            home &= (t < self.back[place]) | (t >= self.tills.home[place])
        if breaks.any():
            self._break(self.rows[breaks], c[breaks], t[breaks])
        if home.any():
            back = self.back[place[home]]
            self.free[self.rows[home], c[home]] = np.where(t[home] < back, back, NEVER)
        picks = live & ~breaks & ~home
        if picks.any():
            n, found, best = choose(self.crowd, self.base, place, t, self.within)
            self._show(picks, place, t, n, best)
            takes, idle = picks & found, picks & ~found
            self._call(self.rows[takes], n[takes], c[takes], t[takes])
            self._wait(self.rows[idle], c[idle], t[idle], rest[idle])
        return True

    def _break(self, r: Array, c: Array, t: Array) -> None:
        self.busy[r, c] = self.free[r, c] = t + self.tills.lasts[c + self.lane[r], self.turn[r, c]]
        self.turn[r, c] += 1

    def _show(self, picks: Array, c: Array, t: Array, n: Array, best: Array) -> None:
        """Notes the call of people who would draw or check in now, in rows where nobody is ahead of them."""
        if self.alike and not self.later and np.where(picks, best, NEVER).min() >= self.soonest:
            return
        t = np.where(picks, t, 0.0)  # rows that are over stand at infinity
        drawn = self.drawn
        if self.crowd.alike:
            best = best + self.crowd.ageing[0] * t
        first = drawn.base + drawn.ageing * t[:, None] > best[:, None]
        if self.later:
            nobody, when = best == TAKEN, t[:, None]
            # somebody is called before their time only if nobody else is there
            slack = nobody | (self.crowd.comes[self.rows, n] > t)
            mine = (drawn.own == n[:, None]) & ~nobody[:, None]
            first = (first | mine) & ((drawn.comes <= when) | (slack[:, None] & (drawn.early <= when)))
        hit = drawn.able[c] & first & picks[:, None] & np.isinf(self.shown)
        self.shown = np.where(hit, t[:, None], self.shown)

    def _call(self, r: Array, who: Array, where: Array, when: Array) -> None:
        crowd, place = self.crowd, where + self.lane[r]
        self.called[r, self.at[who]], self.base[r, who] = when, TAKEN
        self.left[r] -= self.awaited[who]
        own, there = (
            r * len(crowd.waited) + who,
            place * len(crowd.waited) + who,
        )  # places in arrays by row, and by counter
        waited = np.where(who < crowd.here, when, when - crowd.comes.take(own)) / MINUTE + crowd.waited[who]
        absent = self.leaves.take(own) < self.gone[np.searchsorted(self.edges, waited, side="right")]
        minutes = np.exp(crowd.mu.take(there) + crowd.sigma.take(there) * self.length.take(own) + self.pace[r])
        busy = np.where(absent, self.model.absent_minutes * MINUTE, minutes * MINUTE + self.rests.take(own))
        self.busy[r, where] = self.free[r, where] = when + busy
        after = crowd.then.take(there)
        if after.max(initial=-1) >= 0:
            goes_on = ~absent & (after >= 0)
            crowd.comes[r[goes_on], after[goes_on]] = (when + minutes * MINUTE)[goes_on]

    def _wait(self, r: Array, c: Array, t: Array, rest: Array) -> None:
        """The counter is idle until its break, or until somebody comes whom it may call."""
        if len(r):
            place = c + self.lane[r]
            comes = _next(self.crowd.able[place] & (self.base[r] > TAKEN), self.crowd.comes[r], self.crowd.early[r], t)
            if self.later:
                unseen = self.drawn.able[place] & np.isinf(self.shown[r])
                comes = np.minimum(comes, _next(unseen, self.drawn.comes, self.drawn.early, t))
            self.free[r, c] = np.minimum(comes, np.where(rest > t, rest, NEVER))


def choose(crowd: People, base: Array, c: Array, t: Array, within: float | None) -> tuple[Array, Array, Array]:
    """For each row: the column that counter `c` calls at `t`, whether there is one, and its score (-inf if none)."""
    rows = np.arange(len(c))
    able = crowd.able[c]
    ready = able & (crowd.comes <= t[:, None])
    score = _score(crowd, base, c, t)
    value = np.where(ready, score, TAKEN)
    n = value.argmax(1)
    best = value[rows, n]
    if within is not None:
        n, best = _speaks(crowd, value, c, n, best, within)
    found = best > TAKEN
    if not found.all():
        r = rows[~found]
        sooner = np.where(able[r] & (crowd.early[r] <= t[r, None]), score[r], TAKEN)
        if within is not None:
            m, b = _speaks(crowd, sooner, c[r], sooner.argmax(1), sooner.max(1), within)
        else:
            m, b = sooner.argmax(1), sooner.max(1)
        n[r], best[r], found[r] = m, b, b > TAKEN
    return n, found, best


def _score(crowd: People, base: Array, c: Array, t: Array) -> Array:
    score = base
    if not crowd.alike:
        score = base + crowd.ageing * t[:, None]
    if crowd.owned:
        score = np.where(crowd.own[c] & (base > TAKEN), RETURNED + base, score)
    return score


def _speaks(crowd: People, value: Array, c: Array, n: Array, best: Array, within: float) -> tuple[Array, Array]:
    """Among tickets with nearly the same score, one whose language the counter speaks goes first."""
    rows = np.arange(len(n))
    foreign = ~crowd.spoken[c, n] & (best > TAKEN) & (best < RETURNED / 2)
    if foreign.any():
        r = rows[foreign]
        known = np.where(crowd.spoken[c[r]] & (best[r, None] - value[r] <= within), value[r], TAKEN)
        m = known.argmax(1)
        ok = known[np.arange(len(r)), m] > TAKEN
        n[r[ok]], best[r[ok]] = m[ok], known[np.arange(len(r)), m][ok]
    return n, best


def _next(possible: Array, comes: Array, early: Array, t: Array) -> Array:
    """When the next person comes, among those who are possible."""
    after = t[:, None]
    later = np.where(possible & (comes > after), comes, NEVER)
    sooner = np.where(possible & (early > after), early, NEVER)
    return np.asarray(np.minimum(later, sooner).min(1, initial=NEVER))
