"""Simulates several offices side by side, as more rows of one run: a step for thirty offices costs hardly more than for one.

Pure; used by `ahead` for offices that differ by moves only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from server.forecast.luck import Fates, Own
from server.forecast.model import Model
from server.forecast.people import Array, People
from server.forecast.simulate import Change, simulate_all
from server.forecast.tills import NEVER, Tills

CELLS = 1 << 17
"""The most rows times people in one run: more arrays than this do not stay in the processor's cache."""
BY_COUNTER = ("able", "mu", "sigma", "spoken", "own", "then")
BY_ROW = ("base", "comes", "early", "late")
"""The arrays of `People` whose first dimension is the counters, and those whose first dimension is the rows."""

Rises = tuple[tuple[float, tuple[int, ...]], ...]


@dataclass(slots=True)
class Scene:
    """An office that is simulated until everybody who is `counted` (N) was called.

    `turned` (R): how many people found its intake closed. `ageing`: when (ms after now) the speeds change at which scores rise,
    and the new speeds.
    """

    staffed: Tills
    crowd: People
    changes: list[Change]
    counted: Array
    turned: Array
    ageing: Rises = ()

    @property
    def sort(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], Rises]:
        """Scenes of one sort have the same counters and the same columns, and each column's score rises at the same speed in
        all of them."""
        crowd = self.crowd
        bounds = (str(crowd.known), str(crowd.drawn_from), crowd.ageing.tobytes().hex())
        counters, columns = tuple(one.id for one in self.staffed.counters), tuple(one.key for one in crowd.columns)
        return counters, columns, bounds, self.ageing


def called(scenes: Sequence[Scene], model: Model, paces: Array, within: float, luck: Own) -> list[Array]:
    """For each scene, when each column is called: (R, N) ms after now."""
    found: list[Array] = [np.zeros(0)] * len(scenes)
    for places in _runs(scenes):
        some = [scenes[at] for at in places]
        lanes, rows = len(some), len(paces)
        fates = luck.fates([one.key for one in some[0].crowd.columns])
        times = simulate_all(
            _crowd([one.crowd for one in some]),
            _staffed([one.staffed for one in some]),
            some[0].counted,
            model,
            np.tile(paces, lanes),
            within,
            Fates(*(np.tile(part, (lanes, 1)) for part in fates)),
            _changes(some),
            np.repeat(np.arange(lanes) * len(some[0].staffed.counters), rows),
        )
        for nth, at in enumerate(places):
            found[at] = times[nth * rows : (nth + 1) * rows]
    return found


def _runs(scenes: Sequence[Scene]) -> Iterator[list[int]]:
    """The indexes of scenes that are simulated together."""
    sorts = [one.sort for one in scenes]
    for _, group in groupby(sorted(range(len(scenes)), key=lambda at: sorts[at]), key=lambda at: sorts[at]):
        places = list(group)
        most = max(1, CELLS // max(1, scenes[places[0]].crowd.comes.size))
        yield from (places[at : at + most] for at in range(0, len(places), most))


def _crowd(crowds: Sequence[People]) -> People:
    if len(crowds) == 1:
        return crowds[0]
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(one, name) for one in crowds]) for name in (*BY_COUNTER, *BY_ROW)
    }
    return replace(crowds[0], owned=any(one.owned for one in crowds), **arrays)


def _staffed(all_: Sequence[Tills]) -> Tills:
    width = max(one.breaks.shape[1] for one in all_)
    return Tills(
        counters=all_[0].counters,
        free=np.concatenate([one.free for one in all_]),
        breaks=np.concatenate([_wide(one.breaks, width, NEVER) for one in all_]),
        lasts=np.concatenate([_wide(one.lasts, width, 0.0) for one in all_]),
        home=np.concatenate([one.home for one in all_]),
    )


def _wide(array: Array, width: int, fill: float) -> Array:
    return np.pad(array, ((0, 0), (0, width - array.shape[1])), constant_values=fill)


def _changes(scenes: Sequence[Scene]) -> list[Change]:
    """The changes of all these offices in the order of time. An office that does not change at that instant stays as it was."""
    times = sorted({change.at for one in scenes for change in one.changes})
    return [_together(at, [_at(one, at) for one in scenes]) for at in times]


def _at(scene: Scene, at: float) -> Change:
    last = next((one for one in reversed(scene.changes) if one.at <= at), None)
    if last is not None and last.at == at:
        return last
    none, never = np.zeros(scene.staffed.home.shape, bool), np.full(scene.staffed.home.shape, NEVER)
    stays = scene if last is None else last
    return Change(at, lambda: stays.crowd, np.full(scene.staffed.free.shape, NEVER), none, none, never)


def _together(at: float, changes: Sequence[Change]) -> Change:
    free, begins, gone, back = (
        np.concatenate([getattr(one, name) for one in changes]) for name in ("free", "begins", "gone", "back")
    )
    return Change(at, lambda: _crowd([one.crowd for one in changes]), free, begins, gone, back)
