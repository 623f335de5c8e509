"""A player without a loudspeaker: takes as long as the sound would, and tells what it was given. The seam's twin in memory."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Played:
    """One sound: its file's bytes, its length, and when it began and ended on the loop's clock."""

    wav: bytes
    seconds: float
    began: float
    ended: float


class PacedPlayer:
    """See `Player`. `pace` 20 takes a twentieth of the time. `heard` is told of each sound when it has ended."""

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
