"""A gong of the office's own: a short sound file. Read by the sound process, which makes it as loud as others, and by `check`."""

from pathlib import Path

import numpy as np

from audio.gong import LAST_MOMENT_S
from audio.loudness import BLOCK_S
from audio.samples import Garbled, Samples, decoded

SHORTEST_S, LONGEST_S = BLOCK_S, 4.0
"""Seconds: a shorter one cannot be measured, and during a longer one nobody is called."""
LEAST_PEAK = 10 ** (-40 / 20)
"""What is quieter would be made louder by so much that its noise is heard."""
LARGEST = 4 * 1024 * 1024
"""Bytes: four seconds of stereo at 96,000 with 32 bits are 3 MB."""


class Unfit(Exception):
    """A file that is not played as a gong; the message says why."""


def own_gong(path: str) -> tuple[Samples, int]:
    """The gong in this file, and its rate; Unfit if it cannot be played."""
    try:
        with Path(path).open("rb") as file:
            samples, rate = decoded(file.read(LARGEST))
    except OSError as fault:
        raise Unfit(f"cannot be read ({fault.strerror})") from fault
    except Garbled as fault:
        raise Unfit(f"is {fault}") from fault
    if wrong := complaint(samples, rate):
        raise Unfit(wrong)
    fade = int(LAST_MOMENT_S * rate)
    return np.concatenate((samples[:-fade], samples[-fade:] * np.linspace(1.0, 0.0, fade))), rate


def complaint(samples: Samples, rate: int) -> str:
    """Why these samples are no gong, in a few words; "" if they are one."""
    seconds, peak = len(samples) / rate, float(np.abs(samples).max(initial=0.0))
    if not SHORTEST_S <= seconds <= LONGEST_S:
        return f"is {seconds:.1f} s long; a gong has {SHORTEST_S:g} to {LONGEST_S:g} s"
    if peak < LEAST_PEAK:
        return "is silent" if not peak else f"is too quiet: its peak is {20 * np.log10(peak):.0f} dBFS"
    return ""
