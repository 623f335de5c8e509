"""How loud a sound is, by ITU-R BS.1770-5, in NumPy alone: SciPy would double the memory of the sound process. Pure."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audio.levels import RATE
from audio.samples import Samples

BLOCK_S = 0.4
"""Seconds: a gating block. What is shorter cannot be measured."""
STEP_S = 0.1
"""Seconds between the beginnings of two blocks: they overlap by three quarters."""
SILENCE = -70.0
"""LUFS: blocks below it do not count."""
QUIET = -10.0
"""LU below the mean of the blocks above `SILENCE`: blocks that are quieter do not count either."""
WORD_STEP_S = 0.02
"""Seconds: a syllable has several such steps, and a pause inside a word at least one."""
SETTLED_S = 0.1
"""Seconds of silence after the sound in which the slower filter (38 Hz) comes to rest, to exp(-24)."""


def loudness(samples: Samples, rate: int = RATE) -> float:
    """Integrated loudness in LUFS of one channel; -inf for silence and for sounds that are too short to measure."""
    block, step = round(BLOCK_S * rate), round(STEP_S * rate)
    if len(samples) < block:
        return float("-inf")
    heard = _weighted(samples, rate)
    power = np.zeros(len(heard) + 1)
    np.cumsum(np.square(heard, out=heard), out=power[1:])
    starts = np.arange(0, len(samples) - block + 1, step)
    means = (power[starts + block] - power[starts]) / block
    loud = means[means > _power(SILENCE)]
    if not loud.size:
        return float("-inf")
    return _lufs(loud[loud > loud.mean() * 10 ** (QUIET / 10)].mean())


def of_word(samples: Samples, rate: int = RATE) -> float:
    """Loudness in LUFS of the loud parts of a sound that may be shorter than a gating block: a single word."""
    step = round(WORD_STEP_S * rate)
    power = _weighted(samples, rate)[: len(samples) // step * step].reshape(-1, step) ** 2
    means = power.mean(axis=1)
    return _lufs(means[means >= means.max() * 10 ** (QUIET / 10)].mean())


def _lufs(power: float) -> float:
    return -0.691 + 10 * float(np.log10(power))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _weighted(samples: Samples, rate: int) -> Samples:
    """The sound as the ear hears it ("K-weighting").

    The filters never end, but they die out, so they can be multiplied in the spectrum.
    """
    size = -(-(len(samples) + round(SETTLED_S * rate)) // _STEP) * _STEP
    spectrum = np.fft.rfft(samples, size)
    spectrum *= _response(rate, size)
    return np.fft.irfft(spectrum, size)[: len(samples)]


_STEP = 1 << 13
"""Sizes of spectra are multiples of this: quick to compute, and few, so that the responses of the filters are kept."""


@lru_cache(32)  # two voices with a rate of their own, sentences up to eight seconds: a third of a megabyte each
def _response(rate: int, size: int) -> NDArray[np.complex64]:
    """The response of both filters at the frequencies of a spectrum of `size` samples."""
    delay = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    made = np.ones(len(delay), dtype=np.complex128)
    for before, after in (_head(rate), _low_cut(rate)):
        made *= np.polynomial.polynomial.polyval(delay, before) / np.polynomial.polynomial.polyval(delay, after)
    return made.astype(np.complex64)


class Filter(NamedTuple):
    """Three coefficients of the sound that comes in, and three of the sound that went out."""

    before: NDArray[np.float64]
    after: NDArray[np.float64]


def _head(rate: int) -> Filter:
    """The effect of the head: high sounds are louder.

    The standard has its coefficients at 48 kHz; the formulas that give them at any rate are those of libebur128 (MIT).
    """
    k, gain, q = float(np.tan(np.pi * 1681.974450955533 / rate)), 10 ** (3.999843853973347 / 20), 0.7071752369554196
    middle = gain**0.4996667741545416
    before = np.array([gain + middle * k / q + k * k, 2 * (k * k - gain), gain - middle * k / q + k * k])
    return Filter(before / (1 + k / q + k * k), _after(k, q))


def _low_cut(rate: int) -> Filter:
    """Deep sounds count little."""
    k, q = float(np.tan(np.pi * 38.13547087602444 / rate)), 0.5003270373238773
    return Filter(np.array([1.0, -2.0, 1.0]), _after(k, q))


def _after(k: float, q: float) -> NDArray[np.float64]:
    return np.array([1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k]) / (1 + k / q + k * k)
