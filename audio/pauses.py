"""Finds where one phrase of a sentence ends and the next begins: at the pauses of commas. Pure; used in the sound process.

A cut in the wrong place would call the wrong citizen, so a sound is left whole if there is any doubt.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from audio.samples import Samples

SHORTEST_S = 0.15
"""Seconds. Pico pauses 0.24 to 0.43 s at a comma, and mostly less than 0.1 s inside a phrase; but inside some German numbers
("null drei eins") as long as at a comma: these are left whole."""
DISTINCT = 0.7
"""The longest pause inside a phrase may be at most this share of the shortest pause at a comma; else there is doubt."""
UNEVEN = 2.0
"""A phrase may be at most this many times slower or faster per letter than the whole sentence ("W" is a long letter)."""

_SILENCE = 10 ** (-50 / 20)
_WINDOW_S = 0.01


class Stillness(NamedTuple):
    """First and last sample of a silence."""

    first: int
    last: int


def divided(samples: Samples, rate: int, phrases: Sequence[str]) -> list[Samples]:
    """One sound per phrase, cut in the middle of the pauses; or all in one if there is doubt where they are."""
    rests = sorted(_rests(samples, rate), key=_length, reverse=True)
    wanted = len(phrases) - 1
    if not _plain(rests, wanted, rate):
        return [samples]
    cuts = sorted((first + last) // 2 for first, last in rests[:wanted])
    parts = np.split(samples, cuts)
    return parts if _even(parts, phrases) else [samples]


def _plain(rests: Sequence[Stillness], wanted: int, rate: int) -> bool:
    if not wanted or len(rests) < wanted:
        return not wanted
    least = _length(rests[wanted - 1])
    next_longest = _length(rests[wanted]) if len(rests) > wanted else 0
    return least >= SHORTEST_S * rate and next_longest <= DISTINCT * least


def _even(parts: Sequence[Samples], phrases: Sequence[str]) -> bool:
    usual = sum(map(len, parts)) / sum(map(len, phrases))
    return all(
        1 / UNEVEN <= len(part) / (len(phrase) * usual) <= UNEVEN for part, phrase in zip(parts, phrases, strict=True)
    )


def _rests(samples: Samples, rate: int) -> Iterator[Stillness]:
    """The silences between the first and the last sound."""
    window = int(_WINDOW_S * rate)
    windows = np.abs(samples[: len(samples) // window * window]).reshape(-1, window)
    loud = np.flatnonzero(windows.max(axis=1) > _SILENCE) if windows.size else np.zeros(0, dtype=int)
    for before in np.flatnonzero(np.diff(loud) > 1):
        yield Stillness((int(loud[before]) + 1) * window, int(loud[before + 1]) * window)


def _length(rest: Stillness) -> int:
    return rest.last - rest.first
