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
_BLOCK = round(BLOCK_S / STEP_S)
SILENCE = -70.0
"""LUFS: blocks below it do not count."""
QUIET = -10.0
"""LU below the mean of the blocks above `SILENCE`: blocks that are quieter do not count either."""
WORD_STEP_S = 0.02
"""Seconds: a syllable has several such steps, and a pause inside a word at least one."""


def loudness(samples: Samples, rate: int = RATE) -> float:
    """Integrated loudness in LUFS of one channel; -inf for silence and for sounds that are too short to measure."""
    return _gated(_powers(samples, rate, STEP_S))


def of_word(samples: Samples, rate: int = RATE) -> float:
    """Loudness in LUFS of the loud parts of a sound that may be shorter than a gating block: a single word."""
    powers = _powers(samples, rate, WORD_STEP_S)
    return _lufs(powers[powers >= powers.max() * 10 ** (QUIET / 10)].mean())


def _powers(samples: Samples, rate: int, step_s: float) -> NDArray[np.float64]:
    """The power of each whole step, as the ear hears it ("K-weighting").

    Each step is weighted in its own spectrum, as if it were repeated for ever: within 0.1 LU of filters that run through the
    whole sound (as exact as meters must be, EBU Tech 3341), in a quarter of the time.
    """
    step = round(step_s * rate)
    steps = samples[: len(samples) // step * step].reshape(-1, step)
    # "ortho" is a factor; without one, NumPy computes in 64 bits whatever it is given
    parts = np.fft.rfft(steps, norm="ortho").view(samples.dtype)
    return np.asarray(np.square(parts) @ _weights(rate, step).astype(samples.dtype), dtype=np.float64)


def _gated(steps: NDArray[np.float64]) -> float:
    if len(steps) < _BLOCK:
        return float("-inf")
    blocks = np.convolve(steps, np.ones(_BLOCK) / _BLOCK, "valid")
    loud = blocks[blocks > _power(SILENCE)]
    if not loud.size:
        return float("-inf")
    return _lufs(loud[loud > loud.mean() * 10 ** (QUIET / 10)].mean())


def _lufs(power: float) -> float:
    return -0.691 + 10 * float(np.log10(power))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


@lru_cache(8)
def _weights(rate: int, step: int) -> NDArray[np.float64]:
    """By how much the square of each part, real and imaginary, of a step's spectrum counts in its power."""
    delay = np.exp(-2j * np.pi * np.arange(step // 2 + 1) / step)
    made = np.full(len(delay), 2 / step)
    made[0] = 1 / step
    if step % 2 == 0:
        made[-1] = 1 / step
    for before, after in (_head(rate), _low_cut(rate)):
        polyval = np.polynomial.polynomial.polyval
        made *= np.abs(polyval(delay, before) / polyval(delay, after)) ** 2
    return np.repeat(made, 2)


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
