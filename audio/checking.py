"""Checks whether a sound can be the spoken text. The sound of a voice is used only after this. Pure; in the sound process."""

import numpy as np

from audio.samples import Samples

SHORTEST_S = 0.5
"""Seconds. No call is shorter; voices that fail often give empty files."""

QUICKEST_S = 0.045
SLOWEST_S = 0.25
"""Seconds per letter. Pico takes 0.08, espeak-ng at 140 words a minute 0.085, a fast system voice 0.055."""

SILENCE = 10 ** (-45 / 20)
"""RMS. The quietest voice speaks at -23 dBFS; a voice that is not installed gives digital silence."""

LEAST_VOICED = 0.4
"""The least share of a file in which something is heard: with more silence the voice has stopped halfway."""

ENDING_S = 0.01
LOUDEST_ENDING = 0.5
"""The last 10 ms of a complete sentence are far quieter than the sentence; in one that was cut off they are not."""

_WINDOW_S = 0.05


def complaint(samples: Samples, rate: int, text: str) -> str:
    """Why these samples cannot be this text, in a few words; "" if they can."""
    seconds = len(samples) / rate
    if seconds < SHORTEST_S:
        return f"too short: {seconds:.2f} s"
    loud = _rms(samples)
    if not np.isfinite(loud):
        return "not a number among the samples"
    if loud < SILENCE:
        return "silent"
    if seconds < QUICKEST_S * len(text):
        return f"truncated: {seconds:.1f} s for {len(text)} letters"
    if seconds > SLOWEST_S * len(text) + 2.0:
        return f"too long: {seconds:.1f} s for {len(text)} letters"
    if _voiced(samples, rate) < LEAST_VOICED:
        return "mostly silent"
    if _rms(samples[-int(ENDING_S * rate) :]) > LOUDEST_ENDING * loud:
        return "truncated: it ends in the middle of a sound"
    return ""


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.einsum("i,i->", samples, samples) / len(samples)))


def _voiced(samples: Samples, rate: int) -> float:
    window = int(_WINDOW_S * rate)
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    return float(np.mean(np.einsum("ij,ij->i", whole, whole) > window * SILENCE**2))
