"""The interface of voices: what every voice promises, and the fault that it raises."""

from collections.abc import Set
from typing import Protocol


class VoiceFault(Exception):
    """A text that was not spoken: which voice, and why, in a few words for the supervisor.

    `hung`: asking again does not help. `resting`: it was not asked, because it is paused after a fault. `cannot`: it says other
    texts, but never this one.
    """

    def __init__(
        self, voice: str, reason: str, *, hung: bool = False, resting: bool = False, cannot: bool = False
    ) -> None:
        super().__init__(f"{voice}: {reason}")
        self.voice = voice
        self.reason = reason
        self.hung = hung
        self.resting = resting
        self.cannot = cannot


class Voice(Protocol):
    """Turns a text into sound. `tests/audio/test_voices.py` checks every installed voice.

    `speak(text, language)` → one RIFF WAV, 16 bit mono, any rate, of the whole text; else VoiceFault. It never blocks
    the loop, may be called any number of times at once (`at_once` calls run, the others wait), ends within `limit` seconds
    after its turn began, and gives good files again after any fault. It may give a wrong file without noticing: the caller
    must check it. `edition` changes if the same text would sound different. `languages`: two-letter codes. `whole`: it is asked
    for whole sentences, never for their parts. `close()` leaves no process behind; `speak` may be called after it.
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
    @property
    def whole(self) -> bool: ...

    async def speak(self, text: str, language: str) -> bytes: ...

    async def close(self) -> None: ...
