"""Joins sounds to one announcement: gong, a short pause, each language, all equally loud. Pure; in the sound process.

The peak between samples is measured with four times oversampling.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from audio.gong import gong
from audio.levels import BREATH_S, CEILING, RATE, SPEECH
from audio.loudness import loudness
from audio.samples import Pcm, Samples, pcm, resampled

_OVERSAMPLING = 4


def announcement(gong_name: str, sentences: Sequence[Sequence[Pcm]]) -> Pcm:
    """One mono sound at `RATE`: the gong, then each sentence after a short pause. A sentence is a list of parts (see
    `speech`)."""
    parts = [_gong(gong_name)]
    for sentence in sentences:
        parts += [np.zeros(int(BREATH_S * RATE), dtype=np.int16), *sentence]
    return np.concatenate(parts)


def speech(samples: Samples, rate: int) -> Samples:
    """The sound of a voice, without silence around it, as loud as every other voice, at `RATE`.

    It is measured at the voice's own rate, which contains everything: a third of the work at 48,000.
    """
    return resampled(levelled(trimmed(samples, rate), SPEECH, rate), rate, RATE)


@cache
def _gong(name: str) -> Pcm:
    """A gong, cached: there are three, and making one is half the work of a call."""
    return pcm(gong(name, RATE))


def true_peak(samples: Samples, rate: int = RATE) -> float:
    """The highest level in dBTP, also between samples; -inf for silence."""
    if not samples.size:
        return float("-inf")
    highest = float(np.abs(resampled(samples, rate, rate * _OVERSAMPLING)).max())
    return 20 * float(np.log10(highest)) if highest > 0 else float("-inf")


def levelled(samples: Samples, target: float, rate: int = RATE) -> Samples:
    """The same sound at `target` LUFS, with peaks limited to the ceiling. A sound that cannot be measured is only limited."""
    measured = loudness(samples, rate)
    if np.isfinite(measured):
        samples = _louder(samples, target - measured)
    if true_peak(samples, rate) <= CEILING:
        return samples
    samples = limited(samples, rate)
    return _louder(samples, min(0.0, CEILING - true_peak(samples, rate)))


def limited(samples: Samples, rate: int = RATE) -> Samples:
    """Makes only the 5 ms before and after each peak quieter, not the whole call."""
    loudest_allowed = 10 ** ((CEILING - _BETWEEN_SAMPLES) / 20)
    window = int(_LOOK_AHEAD_S * rate)
    gain: Samples = np.minimum(1.0, loudest_allowed / np.maximum(np.abs(samples), 1e-9))
    return samples * _smooth(_lowest(gain, window), window)


def _lowest(gain: Samples, reach: int) -> Samples:
    """The lowest of the gains up to `reach` samples before and after each. Its span doubles with each step: eight steps are
    enough for 5 ms."""
    width, span, found = 2 * reach + 1, 1, np.pad(gain, reach, constant_values=1.0)
    while 2 * span <= width:
        found, span = np.minimum(found[:-span], found[span:]), 2 * span
    rest = width - span
    return np.minimum(found[: len(found) - rest], found[rest:])


def _smooth(gain: Samples, width: int) -> Samples:
    """The mean of the gains around each: a gain that changed at once would click."""
    sums = np.cumsum(np.pad(gain, (width // 2 + 1, width - 1 - width // 2), mode="edge"))
    return (sums[width:] - sums[:-width]) / width


def trimmed(samples: Samples, rate: int = RATE) -> Samples:
    """The sound without the silence before and after it: espeak-ng appends up to a third of a second."""
    heard = np.flatnonzero(np.abs(samples) > _JUST_AUDIBLE)
    if not heard.size:
        return samples
    margin = int(_MARGIN * rate)
    return samples[max(0, int(heard[0]) - margin) : int(heard[-1]) + margin]


_LOOK_AHEAD_S = 0.005
_BETWEEN_SAMPLES = 0.2
"""By how many dB a peak between two samples of speech may be higher."""
_JUST_AUDIBLE = 10 ** (-60 / 20)
_MARGIN = 0.05


def _louder(samples: Samples, decibels: float) -> Samples:
    return samples * float(10 ** (decibels / 20))
