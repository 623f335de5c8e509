"""Loudness, rate and pauses that all announcements share. They are part of each file's name."""

RATE = 24_000
"""Samples per second: enough for every voice here (Pico has 16,000, espeak-ng 22,050), with half the bytes of 48,000."""
CARD_RATE = 48_000
"""Samples per second that an agent gives to its sound card: the one rate that every card accepts."""
SPEECH = -20.0
"""LUFS. The same for every voice and language: left alone, engines differ by 10 LU."""
GONG = SPEECH - 3.0
"""LUFS. The gong calls attention, but the words matter more."""
CEILING = -1.5
"""dBTP: room for what an encoder or a cheap loudspeaker adds."""
BREATH_S = 0.3
"""Seconds between gong and speech, and between two languages."""

TARGET = (RATE, SPEECH, GONG, CEILING, BREATH_S)
