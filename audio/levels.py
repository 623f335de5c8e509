"""How loud, how long, in which order: the few figures that every announcement shares. Part of each file's name."""

RATE = 24_000
"""Samples a second: all that any voice here has to say (Pico 16,000, espeak-ng 22,050), in half the bytes of 48,000."""
CARD_RATE = 48_000
"""What an agent hands to its sound card: the one rate that every card takes."""
SPEECH = -20.0
"""LUFS. The same for every voice and language: engines differ by 10 LU among themselves."""
GONG = SPEECH - 3.0
"""LUFS. The gong wakes, the words matter."""
CEILING = -1.5
"""dBTP: room for what an encoder or a cheap loudspeaker adds."""
BREATH_S = 0.3
"""Seconds between gong and speech, and between two languages."""

TARGET = (RATE, SPEECH, GONG, CEILING, BREATH_S)
