"""Three gongs, computed from decaying partials: no recording, no licence. Pure; for the sound process and the agent.

Beside them what is played to set a loudspeaker: noise as loud as speech.
"""

import numpy as np

from audio.levels import SPEECH
from audio.loudness import loudness
from audio.samples import Samples

LENGTH_S = 1.25
LAST_MOMENT_S = 0.06
"""Seconds of fade at the end, so that nothing clicks."""

GONGS: dict[str, tuple[tuple[float, float], ...]] = {
    "calm": ((0.0, 659.26), (0.30, 523.25)),
    "bright": ((0.0, 523.25), (0.22, 659.26), (0.44, 783.99)),
    "deep": ((0.0, 440.00), (0.34, 349.23)),
}
"""(start in seconds, frequency in Hz). Falling and rising thirds sound friendly, a single high tone like an alarm."""

USUAL = "calm"
"""The gong if an office names none, or one that cannot be played."""
PEAKS = {"calm": 0.2746, "bright": 0.3000, "deep": 0.2738}
"""The peak at which each gong has the loudness `levels.GONG`. Measured once, so that a device that only plays needs no meter."""

_PARTIALS = ((1.0, 1.0, 0.42), (2.0, 0.32, 0.26), (3.01, 0.12, 0.14), (4.2, 0.06, 0.07))
"""(multiple of the tone, strength, seconds until a third is left): like a struck bar, whose overtones end first."""
_ATTACK_S = 0.006


SILENT, LEVEL = "none", "level"
"""Names besides those of gongs: nothing at all, and the noise."""
LEVEL_S = 8.0
"""Seconds of noise: long enough to walk up to a dial."""
_LOW, _HIGH = 100.0, 8_000.0
"""Hz: between them lies speech."""


def gong(name: str, rate: int) -> Samples:
    """The gong `name` as mono samples, at the loudness of all gongs; LookupError lists the gongs."""
    if name == SILENT:
        return np.zeros(0)
    if name == LEVEL:
        return noise(rate)
    if name not in GONGS:
        raise LookupError(f"no gong {name!r}; there are {', '.join(GONGS)}")
    sound = np.zeros(int(LENGTH_S * rate))
    for start, pitch in GONGS[name]:
        first = int(start * rate)
        sound[first:] += _strike(pitch, len(sound) - first, rate)
    fade = int(LAST_MOMENT_S * rate)
    sound[-fade:] *= np.linspace(1.0, 0.0, fade)
    return sound * (PEAKS[name] / float(np.abs(sound).max()))


def noise(rate: int) -> Samples:
    """Pink noise, as loud as speech, each time the same."""
    count = int(LEVEL_S * rate)
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(count))
    pitch = np.fft.rfftfreq(count, 1 / rate)
    heard = (pitch >= _LOW) & (pitch <= _HIGH)
    spectrum[heard] /= np.sqrt(pitch[heard])
    spectrum[~heard] = 0
    sound = np.fft.irfft(spectrum, count)
    sound /= float(np.abs(sound).max())
    fade = np.minimum(1.0, np.minimum(np.arange(count), np.arange(count)[::-1]) / (LAST_MOMENT_S * rate))
    return sound * fade * float(10 ** ((SPEECH - loudness(sound, rate)) / 20))


def _strike(pitch: float, length: int, rate: int) -> Samples:
    moment = np.arange(length) / rate
    struck = np.zeros(length)
    for multiple, strength, decay in _PARTIALS:
        struck += strength * np.exp(-moment / decay) * np.sin(2 * np.pi * pitch * multiple * moment)
    return struck * np.minimum(1.0, moment / _ATTACK_S)
