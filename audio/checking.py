"""Is this really the text, spoken? What a voice gives is believed only after this. Pure; called in the sound process."""

import numpy as np

from audio.samples import Samples

SHORTEST_S = 0.5
"""Seconds. No call is shorter; voices that fail give files of nothing."""

QUICKEST_S = 0.045
SLOWEST_S = 0.25
"""Seconds a letter. Pico takes 0.08, espeak-ng at 140 words a minute 0.085, a fast system voice 0.055."""

SILENCE = 10 ** (-45 / 20)
"""As RMS. The quietest voice speaks at -23 dBFS; a voice that is not installed gives digital silence."""

LEAST_VOICED = 0.4
"""Share of the file in which something is heard; more silence is a voice that stopped half way."""

ENDING_S = 0.01
LOUDEST_ENDING = 0.5
"""The last 10 ms of a whole sentence are far below its own loudness; in a cut one they are not."""

_WINDOW_S = 0.05


def complaint(samples: Samples, rate: int, text: str) -> str:
    """Why these samples are not this text, in a few words; "" if they may be."""
    seconds = len(samples) / rate
    if seconds < SHORTEST_S:
        return f"too short: {seconds:.2f} s"
    if not np.isfinite(samples).all():
        return "not a number among the samples"
    loud = _rms(samples)
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
    return float(np.sqrt(np.mean(samples**2)))


def _voiced(samples: Samples, rate: int) -> float:
    window = int(_WINDOW_S * rate)
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    return float(np.mean(np.sqrt(np.mean(whole**2, axis=1)) > SILENCE))
