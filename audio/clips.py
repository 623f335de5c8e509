"""Joins recorded clips to a sentence: equally loud, without the silence around each, and with a pause only between phrases. Pure.

Used by the process of the clips, and by `check`.
"""

from collections.abc import Sequence

import numpy as np

from audio.levels import RATE, SPEECH
from audio.loudness import of_word
from audio.samples import Samples, overdriven, resampled

SHORTEST_S, LONGEST_S = 0.08, 10.0
"""Seconds of a clip."""
WORD_S = 0.03
"""Seconds between two clips of a phrase; with their margins 0.07. A speaker pauses less than 0.1 s inside a phrase."""
PHRASE_S = 0.3
"""Seconds between two phrases, as the voices of the house make them at a comma (0.24 to 0.43 s)."""

_SILENT = 10 ** (-50 / 20)
_AUDIBLE = 10 ** (-40 / 20)
"""Of a clip's own peak: what is lower before its beginning and after its end is the room, not the speaker."""
_MARGIN_S, _EDGE_S = 0.02, 0.01
_ROOM = 0.97
"""The highest peak of a joined sentence: its loudness is set later, together with that of all other voices."""


def complaint(samples: Samples, rate: int) -> str:
    """Why a recording cannot be used, in a few words; "" if it can."""
    seconds, height = len(samples) / rate, np.abs(samples)
    if not SHORTEST_S <= seconds <= LONGEST_S:
        return f"{seconds:.2f} s long, not {SHORTEST_S:g} to {LONGEST_S:g} s"
    if height.max() < _SILENT:
        return "silent"
    return "overdriven: record it again, more quietly" if overdriven(samples) else ""


def prepared(samples: Samples, rate: int) -> Samples:
    """A clip at `RATE` as it is joined: as loud as all others, with soft edges."""
    heard = np.flatnonzero(np.abs(samples) > _AUDIBLE * np.abs(samples).max())
    margin = int(_MARGIN_S * rate)
    cut = samples[max(0, int(heard[0]) - margin) : int(heard[-1]) + margin]
    made = resampled(cut * 10 ** ((SPEECH - of_word(cut, rate)) / 20), rate, RATE)
    edge = int(_EDGE_S * RATE)
    fade = np.minimum(1.0, np.minimum(np.arange(len(made)), np.arange(len(made))[::-1]) / edge)
    return np.asarray(made * fade)


def joined(phrases: Sequence[Sequence[Samples]]) -> Samples:
    """One sentence of prepared clips."""
    parts: list[Samples] = []
    for phrase in phrases:
        for place, clip in enumerate(phrase):
            if parts:
                parts.append(np.zeros(int((WORD_S if place else PHRASE_S) * RATE)))
            parts.append(clip)
    sentence = np.concatenate(parts)
    return sentence * min(1.0, _ROOM / float(np.abs(sentence).max()))
