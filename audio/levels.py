"""How loud, how long, in which order: the few figures that every announcement shares. Part of each file's name."""

RATE = 48_000
"""Samples a second: what sound cards and browsers play without resampling."""
SPEECH = -20.0
"""LUFS. The same for every voice and language: engines differ by 10 LU among themselves."""
GONG = SPEECH - 3.0
"""LUFS. The gong wakes, the words matter."""
CEILING = -1.5
"""dBTP: room for what an encoder or a cheap loudspeaker adds."""
BREATH = 0.3
"""Seconds between gong and speech, and between two languages."""

TARGET = (RATE, SPEECH, GONG, CEILING, BREATH)
