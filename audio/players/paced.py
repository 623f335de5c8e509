"""A player without a loudspeaker, for tests: takes as long as the sound would, and records what it was given."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Played:
    """One sound: the bytes of its file, its length, and when it began and ended by the loop's clock."""

    wav: bytes
    seconds: float
    began: float
    ended: float


class PacedPlayer:
    """See `Player`. With `pace` 20 it takes a twentieth of the time. `heard` is called with each sound when it has ended."""

    name = "paced"

    def __init__(self, pace: float = 1.0, heard: Callable[[Played], None] = lambda played: None) -> None:
        self._pace = pace
        self._heard = heard
        self.playing = False

    async def play(self, file: Path, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        assert not self.playing, "two sounds at once"
        wav, began = await asyncio.to_thread(file.read_bytes), loop.time()
        self.playing = True
        try:
            await asyncio.sleep(seconds / self._pace)
        finally:
            self.playing = False
        self._heard(Played(wav, seconds, began, loop.time()))

    async def close(self) -> None:
        """Nothing to close."""
