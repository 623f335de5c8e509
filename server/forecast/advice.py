"""`looked(state, model, pace, now, seed, recent, came)`: the one move that is worth making now, or that none helps, or that
nobody waits long enough to look for one. Pure; asked by the second worker and by the rehearsal.

All candidates are simulated with the same random numbers (`what_if`). The best three are simulated once more with new ones,
because the best of many was also lucky. `candidates` says which moves are tried at all.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from msgspec.json import encode

from server.forecast.ahead import Basis, closing, horizon
from server.forecast.candidates import KINDS, Candidate, Kind, candidates, covered, leaves_none_alone, rested
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
"""After this time an advised move ends by itself. Another profile of a counter is the exception: it lasts until the office
closes. When profiles ended after an hour, the line that they had ended came back: they shortened the longest wait of
simulated days by a seventh instead of a third."""
LEAST_MIN, SURE = 4.0, 2.0
"""An advice is shown only if it shortens the longest wait by more than this many minutes, and by more than this many
standard errors."""
QUIET_MIN = 2 * LEAST_MIN
"""Minutes. If nobody is expected to wait longer, no advice is looked for."""
SCREENED, CONFIRMED, BEST = 12, 64, 3
"""The number of futures for comparing candidates, and for confirming the best of them. Few are enough: all candidates have
the same random numbers, and one that was only lucky is not confirmed."""
AHEAD_MIN = 60.0
"""People count who are here or come within this many minutes.

What a move of half an hour does to people who come later is mostly noise.
"""
FRESH = 1 << 32
"""The distance between the seed for comparing and the seed for confirming."""


class Advice(Value):
    """Minutes by which the longest wait becomes shorter: the 10 % quantile, the median and the 90 % quantile, and the chance
    that it becomes shorter at all. `mean`: of the same minutes, to judge many pieces of advice. `turned`: how many more people
    find the intake closed, on average. `minutes`: how far ahead was looked."""

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


class Looked(NamedTuple):
    """`short`: nobody is expected to wait long, so no move was tried. Without that and without an advice, none of the moves that
    were `tried` helps; `rests`: from when on counters may be moved again that were left alone (ms)."""

    advice: Advice | None
    short: bool = False
    tried: bool = False
    rests: int | None = None


class _Tried(NamedTuple):
    score: float
    candidate: Candidate
    state: State


class _Confirmed(NamedTuple):
    score: float
    candidate: Candidate
    found: Difference


def looked(
    state: State,
    model: Model,
    pace: Pace,
    now: int,
    seed: int,
    recent: Mapping[str, int],
    came: Sequence[Came] = (),
    kinds: Sequence[Kind] = KINDS,
) -> Looked:
    """The kinds are tried in their order; a later kind is tried only if no move of an earlier one helps. `recent`: when
    somebody last changed the services of a counter; `came`: who drew a ticket today."""
    if state.day is None:
        return Looked(None, short=True)
    minutes = min(AHEAD_MIN, horizon(state, now))
    first = Basis(state, model, pace, now, seed, came, SCREENED, minutes)
    if float(first.as_is.longest.mean()) <= QUIET_MIN:
        return Looked(None, short=True)
    sure = Basis(state, model, pace, now, seed ^ FRESH, came, CONFIRMED, minutes)
    trouble, tried = _trouble(first), False
    for kind in kinds:
        wanted = candidates(state, kind, trouble, now, _until(state, now, kind), recent)
        tried = tried or bool(wanted)
        found = _best(first, sure, wanted)
        if found is not None:
            return Looked(found)
    rests = rested(state, trouble, now, _until(state, now, "counter"), recent) if "counter" in kinds else None
    return Looked(None, tried=tried, rests=rests)


def _until(state: State, now: int, kind: Kind) -> int:
    """To open a counter, to call a helper or to close an intake costs somebody something: such a move lasts an hour.
    Another profile costs nobody anything."""
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
    """The best of the candidates that are possible and shorten the longest wait."""
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
    """The change of the longest wait plus half the change of the mean wait. By the longest wait alone, one minute less for
    one person could cost all others an hour."""
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
    """The advice's id: the same on all nodes, and the same as long as the same moves are advised on the same day."""
    what = encode((state.office.id, state.epoch, state.day, candidate.moves))
    return blake2b(what, digest_size=8).hexdigest()
