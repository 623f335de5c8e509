"""One voice and its record of faults: asks it, checks everything it gives, tries once more, and pauses it when it fails.

Used by `audio.studio`, which asks the next booth if this one raises.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from audio.sound_jobs import COMMA, Heard, Sound
from audio.voices.voice import Voice, VoiceFault

FIRST_REST_S = 30.0
"""Seconds in which a voice that failed is not asked: calls must not wait for it again and again."""
LONGEST_REST_S = 300.0
"""Seconds. Each further failure doubles the pause up to this: a voice that was repaired speaks within five minutes."""
WRONG_IN_A_ROW = 2
"""How many texts in a row must come back wrong (twice each) before a voice is paused: one odd text must not silence it for all
others."""
GRACE_S = 0.25
"""Seconds that a voice gets beyond its own limit before it counts as hanging."""

VoiceState = Literal["untried", "good", "resting"]
Listen = Callable[[bytes, Sequence[str]], Awaitable[Heard]]


@dataclass(frozen=True)
class VoiceReport:
    """A voice as the supervisor sees it: `reason` of its last fault ("" if none); texts spoken, and faults, since the start."""

    name: str
    edition: str
    languages: Set[str]
    state: VoiceState
    reason: str
    spoken: int
    faults: int


class Booth:
    """One voice. `speak` → the checked sound of each phrase, or one sound for all; else VoiceFault, at once while the voice is
    paused."""

    def __init__(self, voice: Voice, hear: Listen, now: Callable[[], float] = time.monotonic) -> None:
        self.voice = voice
        self._hear = hear
        self._now = now
        self._room = asyncio.Semaphore(voice.at_once)
        self._resting_until = 0.0
        self._rest = 0.0
        self._wrong = 0
        self._reason = ""
        self._spoken = 0
        self._faults = 0

    @property
    def rests_for(self) -> float:
        """Seconds until this voice is asked again; 0 if it may be asked now."""
        return max(0.0, self._resting_until - self._now())

    @property
    def resting(self) -> bool:
        return self.rests_for > 0

    def report(self) -> VoiceReport:
        state: VoiceState = "resting" if self.resting else "good" if self._spoken else "untried"
        voice = self.voice
        return VoiceReport(voice.name, voice.edition, voice.languages, state, self._reason, self._spoken, self._faults)

    async def speak(self, phrases: Sequence[str], language: str) -> list[Sound]:
        try:
            parts = await self._try(phrases, language)
        except VoiceFault as fault:
            if fault.hung or fault.cannot or self.resting:
                raise
            parts = await self._try(phrases, language, last=True)
        self._wrong, self._rest = 0, 0.0
        self._spoken += 1
        return parts

    async def _try(self, phrases: Sequence[str], language: str, last: bool = False) -> list[Sound]:
        async with self._room:
            if self.resting:
                raise VoiceFault(self.voice.name, f"resting: {self._reason}", resting=True)
            try:
                return await self._checked(phrases, language)
            except VoiceFault as fault:
                self._note(fault, last)
                raise

    async def _checked(self, phrases: Sequence[str], language: str) -> list[Sound]:
        voice = self.voice
        try:
            async with asyncio.timeout(voice.limit + GRACE_S):
                wav = await voice.speak(COMMA.join(phrases), language)
        except TimeoutError:
            raise VoiceFault(voice.name, f"no answer in {voice.limit + GRACE_S:g} s", hung=True) from None
        heard = await self._hear(wav, phrases)
        if heard.complaint:
            raise VoiceFault(voice.name, heard.complaint)
        return heard.parts

    def _note(self, fault: VoiceFault, last: bool) -> None:
        self._faults += 1
        self._reason = fault.reason
        if fault.cannot:  # it may say the next text; `check` tells which it cannot
            return
        self._wrong += last
        if fault.hung or self._wrong >= WRONG_IN_A_ROW:
            self._rest = min(max(FIRST_REST_S, 2 * self._rest), LONGEST_REST_S)
            self._resting_until = self._now() + self._rest
            self._wrong = 0
