"""The seam of voices: what every voice promises, and how it says that it could not."""

from collections.abc import Set
from typing import Protocol


class VoiceFault(Exception):
    """A text that was not spoken: which voice, and why, in a few words for the supervisor.

    `hung`: asking again is vain. `resting`: it was not even asked, its fault is known.
    """

    def __init__(self, voice: str, reason: str, *, hung: bool = False, resting: bool = False) -> None:
        super().__init__(f"{voice}: {reason}")
        self.voice = voice
        self.reason = reason
        self.hung = hung
        self.resting = resting


class Voice(Protocol):
    """Speaks a text as sound. Held to by `tests/audio/test_voices.py` over every voice that is installed.

    `speak(text, language)` → one RIFF WAV, 16 bit mono, any rate, of the whole text; else VoiceFault. It never blocks
    the loop, may be called any number of times at once (`at_once` of them are worked on, the others wait), ends within
    `limit` seconds of its turn, and gives good files again after any fault. It may give a wrong file without knowing:
    whoever asks checks it. `edition` changes when the same text would sound different. `languages` are two-letter
    codes. `close()` leaves no process behind; `speak` may follow it.
    """

    @property
    def name(self) -> str: ...
    @property
    def edition(self) -> str: ...
    @property
    def languages(self) -> Set[str]: ...
    @property
    def limit(self) -> float: ...
    @property
    def at_once(self) -> int: ...

    async def speak(self, text: str, language: str) -> bytes: ...

    async def close(self) -> None: ...
