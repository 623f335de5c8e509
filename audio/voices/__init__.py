"""The voices: one module each behind the seam of `voice.py`, most in a process of its own. Chosen by `audio.booth`."""
