"""Whether this node stood still: stopped, swapped out, its machine asleep. Asked by `pressing`, kept by `app`.

What lay before it meanwhile cannot say how long: its device measured up to the send, and we from the reading on. Where the
device does not know the server's clock either, a press read just after is as old as it may be, and nobody is called late.
"""

import asyncio

from server.clock import Clock

LOOK_S = 0.5
STOOD_S = 5.0
"""Longer than any loaded machine keeps a loop waiting, and far less than makes a press stale."""
DRAINED_S = 5.0
"""After so long everything that lay before a node has been read."""


class Awake:
    """`lay_ms()`: how long a press that is read now may have lain here unread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked = clock.monotonic()
        self._stood, self._woke = 0.0, float("-inf")

    async def watch(self) -> None:
        """Until it is cancelled."""
        self._looked = self._clock.monotonic()
        while True:
            await asyncio.sleep(LOOK_S)
            self.look()

    def look(self) -> None:
        now = self._clock.monotonic()
        stood, self._looked = now - self._looked, now
        if stood > STOOD_S:
            self._stood, self._woke = stood, now

    def lay_ms(self) -> int:
        now = self._clock.monotonic()
        stands = now - self._looked  # read in the very turn in which it woke, before it looked
        if stands > STOOD_S:
            return int(stands * 1000)
        return int(self._stood * 1000) if now - self._woke < DRAINED_S else 0
