"""Which voices this machine has, and in which order they are asked when the office file says nothing."""

import sys
from collections.abc import Callable

from audio.voices import espeak, pico, system
from audio.voices.voice import Voice

Maker = Callable[[], Voice]

_KNOWN: dict[str, tuple[Callable[[], bool], Maker]] = {
    "pico": (pico.installed, pico.PicoVoice),
    "espeak": (espeak.installed, espeak.EspeakVoice),
    "pyttsx3": (system.installed, system.SystemVoice),
}

KNOWN = tuple(_KNOWN)
"""Every name an office file may use."""


def default_order() -> tuple[str, ...]:
    """Windows and macOS bring better voices than Pico; elsewhere pyttsx3 is espeak-ng behind a less careful door."""
    if sys.platform in ("win32", "darwin"):
        return ("pyttsx3", "pico", "espeak")
    return ("pico", "espeak", "pyttsx3")


def installed_voices() -> list[Voice]:
    """One of each that is installed, in the default order. Reads no office file, starts no process that stays."""
    return [make() for name in default_order() for there, make in (_KNOWN[name],) if there()]
