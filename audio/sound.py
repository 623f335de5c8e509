"""Joins sounds to one announcement: gong, a short pause, each language, all equally loud. In the sound process; pure but for the
file of an office's own gong.

A peak may lie between two samples: it is looked for at three points between any two of which one is at least half as high as
the highest. Sounds are long and their peaks are few, so that costs a tenth of oversampling all of it.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.gong import USUAL, gong
from audio.levels import BREATH_S, CEILING, GONG, RATE, SPEECH
from audio.loudness import loudness
from audio.own_gong import Unfit, own_gong
from audio.samples import Pcm, Samples, pcm, resampled
from server.messages.addresses import is_path

_BETWEEN = (0.25, 0.5, 0.75)
_REACH = 16
"""So many samples on each side tell how high a sound is between two samples."""
_CERTAIN = 10 ** ((CEILING - 3.0) / 20)
"""No sound whose samples are lower than this has a peak above the ceiling between them."""
_NEAR = 0.5
"""A sample lower than this share of the highest has no higher peak beside it, in speech and gongs."""


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


def _gong(name: str) -> Pcm:
    """A gong of the product by its name, or the office's own by its path; the usual one if that cannot be played."""
    if not is_path(name):
        return _of_the_house(name)
    with suppress(OSError, Unfit):
        return _own(name, Path(name).stat().st_mtime_ns)
    return _of_the_house(USUAL)


@cache
def _of_the_house(name: str) -> Pcm:
    """Kept: there are three, and making one is half the work of a call."""
    return pcm(gong(name, RATE))


@lru_cache(8)
def _own(path: str, changed: int) -> Pcm:
    samples, rate = own_gong(path)
    return pcm(resampled(levelled(samples, GONG, rate), rate, RATE))


def true_peak(samples: Samples) -> float:
    """The highest level in dBTP, also between samples; -inf for silence."""
    height = np.abs(samples)
    highest = float(height.max(initial=0.0))
    if not highest:
        return float("-inf")
    near = np.flatnonzero(height >= _NEAR * highest)
    last = near[np.diff(near, append=-1) != 1]
    gaps = np.concatenate((near, last + 1))  # before each of them, and after the last of each row
    silence = np.zeros(_REACH, dtype=samples.dtype)
    around = np.concatenate((silence, samples, silence))[gaps[:, None] + np.arange(2 * _REACH)]
    return 20 * float(np.log10(max(highest, float(np.abs(around @ _between()).max()))))


@cache
def _between() -> NDArray[np.float32]:
    """By how much each sample around a gap counts at the three points in it: a windowed sinc."""
    places = np.arange(1 - _REACH, _REACH + 1)[:, None] - np.array(_BETWEEN)[None, :]
    kernel = np.sinc(places) * np.i0(8.0 * np.sqrt(np.clip(1 - (places / _REACH) ** 2, 0, 1))) / np.i0(8.0)
    return np.asarray(kernel / kernel.sum(axis=0), dtype=np.float32)


def levelled(samples: Samples, target: float, rate: int = RATE) -> Samples:
    """The same sound at `target` LUFS, with peaks limited to the ceiling. A sound that cannot be measured is only limited."""
    measured = loudness(samples, rate)
    if np.isfinite(measured):
        samples = _louder(samples, target - measured)
    if float(np.abs(samples).max(initial=0.0)) <= _CERTAIN or true_peak(samples) <= CEILING:
        return samples
    samples = limited(samples, rate)
    return _louder(samples, min(0.0, CEILING - true_peak(samples)))


def limited(samples: Samples, rate: int = RATE) -> Samples:
    """Makes only the 5 ms before and after each peak quieter, not the whole call."""
    loudest_allowed = 10 ** ((CEILING - _BETWEEN_SAMPLES) / 20)
    window = int(_LOOK_AHEAD_S * rate)
    made = samples.copy()
    for first, last in _around(np.flatnonzero(np.abs(samples) > loudest_allowed), 2 * window):
        part = samples[first:last]
        gain: Samples = np.minimum(1.0, loudest_allowed / np.maximum(np.abs(part), 1e-9))
        made[first:last] = part * _smooth(_lowest(gain, window), window)
    return made


def _around(peaks: NDArray[np.intp], reach: int) -> Iterator[tuple[int, int]]:
    """The stretches up to `reach` samples before and after the peaks; those that touch are one."""
    if peaks.size:
        breaks = np.flatnonzero(np.diff(peaks) > 2 * reach)
        for first, last in zip((peaks[0], *peaks[breaks + 1]), (*peaks[breaks], peaks[-1]), strict=True):
            yield max(0, int(first) - reach), int(last) + reach + 1


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
