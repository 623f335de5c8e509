"""Where the simulation's random numbers come from: from one stream for everybody, or from a stream for each person. Pure.

The forecast draws from one stream. A comparison of two states (`ahead`) needs the same person to have the same length,
patience and arrival in both, whatever else differs. There each key (a ticket, a counter, a service) has random numbers of its
own.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from server.forecast.model import Model
from server.messages.instants import MINUTE

Array = NDArray[Any]
Luck = Callable[[str], Generator]
"""The generator from which the numbers of this key are drawn."""


class Fates(NamedTuple):
    """The random numbers of each person, by row: how long (standard normal), whether they have left (uniform), the pause
    after them (ms)."""

    length: Array
    leaves: Array
    rests: Array


def shared(rng: Generator) -> Luck:
    """One stream: what somebody gets depends on everybody who drew before."""
    return lambda key: rng


def drawn(model: Model, shape: tuple[int, int], rng: Generator) -> Fates:
    """Fates from one stream; `shape`: (rows, people)."""
    length, leaves = rng.standard_normal(shape), rng.random(shape)
    pauses = rng.exponential(model.pause.minutes * MINUTE, shape)
    return Fates(length, leaves, np.where(rng.random(shape) < model.pause.chance, pauses, 0.0))


class Own:
    """Numbers that belong to keys: the same seed and key always give the same numbers. Fates are drawn once and kept."""

    def __init__(self, seed: int, model: Model, rows: int) -> None:
        self._seed, self._model, self._rows = seed, model, rows
        self._known: dict[str, Fates] = {}

    def __call__(self, key: str) -> Generator:
        return Generator(PCG64(int.from_bytes(blake2b(f"{self._seed}/{key}".encode(), digest_size=8).digest(), "big")))

    def fates(self, keys: Sequence[str]) -> Fates:
        """The fates of these people, in this order."""
        found = [self._fate(key) for key in keys]
        length, leaves, rests = (np.stack([one[part] for one in found], axis=1) for part in range(3))
        return Fates(length, leaves, rests)

    def _fate(self, key: str) -> Fates:
        if key not in self._known:
            whole = drawn(self._model, (self._rows, 1), self(f"fate:{key}"))
            self._known[key] = Fates(*(part[:, 0] for part in whole))
        return self._known[key]
