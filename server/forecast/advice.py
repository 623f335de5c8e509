"""`advise(state, model, pace, now, seed, recent, came)`: the one move worth making now, or None. Pure; asked by the
second worker, and by the rehearsal.

Every candidate is simulated with the same random numbers (`what_if`); the best three once more with fresh ones, because the best
of many has been lucky too. What is worth a look is in `candidates`.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from msgspec.json import encode

from server.forecast.ahead import Basis, closing, horizon
from server.forecast.candidates import KINDS, Candidate, Kind, candidates, covered, leaves_none_alone
from server.forecast.demand import Came
from server.forecast.model import Model
from server.forecast.promise import Pace
from server.forecast.what_if import Difference, compared_all, moved
from server.messages import commands as c
from server.messages.instants import MINUTE
from server.messages.problems import Refusal
from server.messages.value import Value
from server.office.state import State

LASTS_MS = 60 * MINUTE
"""An advised move takes itself back after this time, but another profile of a counter when the office closes. Profiles that fell
back after an hour made the line that they had ended: the longest wait of simulated days fell by a seventh instead of a third."""
LEAST_MIN, SURE = 4.0, 2.0
"""An advice is shown only if it shortens the longest wait by more than so many minutes, and than so many standard errors."""
QUIET_MIN = 2 * LEAST_MIN
"""Where nobody is expected to wait longer, nothing is looked for."""
SCREENED, CONFIRMED, BEST = 12, 64, 3
"""Futures in which candidates are compared, and in which the best of them are confirmed. Few are enough: the random numbers are
the same for all candidates, and a lucky one does not pass the second time."""
AHEAD_MIN = 60.0
"""Everybody counts who is here or comes in so many minutes: what a move of half an hour does to later people is mostly noise."""
FRESH = 1 << 32
"""Between the seeds of screening and of confirming."""


class Advice(Value):
    """Minutes by which the longest wait becomes shorter: from the 10 % to the 90 % quantile, with the chance that it does at all.

    `mean`: of the same, as the judge of many advices needs it. `turned`: how many people more find the intake closed, on average;
    `minutes`: how far was looked.
    """

    id: str
    kind: Kind
    moves: tuple[c.Move, ...]
    until: int
    low: float
    median: float
    high: float
    mean: float
    chance: float
    turned: float
    minutes: float


class _Tried(NamedTuple):
    score: float
    candidate: Candidate
    state: State


class _Confirmed(NamedTuple):
    score: float
    candidate: Candidate
    found: Difference


def advise(
    state: State,
    model: Model,
    pace: Pace,
    now: int,
    seed: int,
    recent: Mapping[str, int],
    came: Sequence[Came] = (),
    kinds: Sequence[Kind] = KINDS,
) -> Advice | None:
    """A later kind is tried only if nothing of an earlier one helps. `recent`: when somebody last changed the services of a
    counter; `came`: who drew a ticket today."""
    if state.day is None:
        return None
    minutes = min(AHEAD_MIN, horizon(state, now))
    first = Basis(state, model, pace, now, seed, came, SCREENED, minutes)
    if float(first.as_is.longest.mean()) <= QUIET_MIN:
        return None
    sure = Basis(state, model, pace, now, seed ^ FRESH, came, CONFIRMED, minutes)
    trouble = _trouble(first)
    for kind in kinds:
        found = _best(first, sure, candidates(state, kind, trouble, now, _until(state, now, kind), recent))
        if found is not None:
            return found
    return None


def _until(state: State, now: int, kind: Kind) -> int:
    """Who opens a counter, helps out or turns people away does so for an hour; a profile costs nobody anything."""
    return max(closing(state, now), now + LASTS_MS) if kind == "counter" else now + LASTS_MS


def _trouble(basis: Basis) -> list[str]:
    """Services that people wait for, the longest mean wait first."""
    waits = {name: float(np.nanmean(found)) for name, found in basis.as_is.services.items()}
    return sorted(waits, key=lambda name: (-waits[name], name))


def _best(first: Basis, sure: Basis, wanted: Sequence[Candidate]) -> Advice | None:
    best = _screened(first, wanted)
    confirmed = zip(best, compared_all(sure, [one.state for one in best]), strict=True)
    good = [_Confirmed(_score(found), one.candidate, found) for one, found in confirmed if _worth(found)]
    if not good:
        return None
    chosen = min(good, key=_order)
    return _advice(sure.state, chosen.candidate, chosen.found)


def _screened(basis: Basis, wanted: Sequence[Candidate]) -> list[_Tried]:
    """The best of those that are possible and shorten anything."""
    now, end = basis.now, max((one.until for one in wanted), default=basis.now)
    without = covered(basis.state, now, end)
    made = [(one, moved(basis.state, now, one.moves, one.until)) for one in wanted]
    possible = [
        (one, state)
        for one, state in made
        if not isinstance(state, Refusal) and leaves_none_alone(without, covered(state, now, end))
    ]
    found = compared_all(basis, [state for _, state in possible])
    tried = [_Tried(_score(gap), one, state) for (one, state), gap in zip(possible, found, strict=True)]
    return [one for one in sorted(tried, key=_order) if one.score < 0][:BEST]


def _order(one: _Tried | _Confirmed) -> float:
    return one.score


def _score(found: Difference) -> float:
    """The longest wait and half the mean: the longest alone would buy a minute of one with an hour of all others."""
    return found.longest.mean + found.mean.mean / 2


def _worth(found: Difference) -> bool:
    cut = -found.longest.mean
    _, median, _ = found.longest.range
    return min(cut, -median) > LEAST_MIN and cut > SURE * found.longest.error


def _advice(state: State, candidate: Candidate, found: Difference) -> Advice:
    low, median, high = found.longest.range
    return Advice(
        id=_id(state, candidate),
        kind=candidate.kind,
        moves=candidate.moves,
        until=candidate.until,
        low=-high,
        median=-median,
        high=-low,
        mean=-found.longest.mean,
        chance=found.longest.chance,
        turned=found.turned,
        minutes=found.minutes,
    )


def _id(state: State, candidate: Candidate) -> str:
    """Equal on all nodes, and as long as the same moves are advised on the same day."""
    what = encode((state.office.id, state.epoch, state.day, candidate.moves))
    return blake2b(what, digest_size=8).hexdigest()
