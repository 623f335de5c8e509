"""The voices: one module each, with the interface in `voice.py`, most in their own process. Asked by `audio.booth`."""
