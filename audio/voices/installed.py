"""The voices of this machine, and the order in which they are asked if the office file names none."""

import sys
from collections.abc import Callable
from pathlib import Path

from audio.voices import clips, espeak, pico, piper, system
from audio.voices.voice import Voice
from server.messages.addresses import CHECKSUM

Maker = Callable[[], Voice]

_KNOWN: dict[str, tuple[Callable[[], bool], Maker]] = {
    "pico": (pico.installed, pico.PicoVoice),
    "espeak": (espeak.installed, espeak.EspeakVoice),
    "pyttsx3": (system.installed, system.SystemVoice),
}

KNOWN = tuple(_KNOWN)
"""Every name that an office file may use."""


def default_order() -> tuple[str, ...]:
    """The default order. Windows and macOS have better voices than Pico; elsewhere pyttsx3 is espeak-ng, used less carefully."""
    if sys.platform in ("win32", "darwin"):
        return ("pyttsx3", "pico", "espeak")
    return ("pico", "espeak", "pyttsx3")


def installed_voices() -> list[Voice]:
    """One voice of each kind that is installed, in the default order. It reads no office file, and starts no process
    that stays."""
    return [make() for name in default_order() for there, make in (_KNOWN[name],) if there()]


def brought(entry: str, language: str) -> Voice:
    """The voice that an office brings along, by the path in its file: a voice file of piper, or a folder of recorded clips."""
    path, _, checksum = entry.partition(CHECKSUM)
    if path.endswith(piper.SUFFIX):
        return piper.PiperVoice(Path(path), checksum, language)
    return clips.ClipsVoice(Path(path), language)
