"""`python -m bench.loudspeaker URL TOKEN ZONE`: an announcer that plays into nothing, and prints when (CLOCK_MONOTONIC)."""

import asyncio
import sys
import time
from pathlib import Path

from audio.announcer import run


class Sink:
    """See `audio.players.player.Player`: every sound is over at once."""

    name = "sink"

    async def play(self, file: Path, seconds: float) -> None:
        print(time.monotonic(), seconds, flush=True)

    async def close(self) -> None:
        """Nothing to close."""


if __name__ == "__main__":
    url, token, zone = sys.argv[1:]
    asyncio.run(run(url, token, zone, Sink()))
