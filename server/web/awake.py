"""Notices when this node stood still: it was stopped, swapped out, or its machine slept. Asked by `pressing`, kept by `app`.

Nobody measured how long a press waited unread meanwhile: its device measured up to the sending, and we from the reading on. If
the device does not know the server's clock, such a press counts as old as it can be, so that nobody is called too late.
"""

import asyncio

from server.clock import Clock
from server.histogram import Histogram

LOOK_S = 0.5
STOOD_S = 5.0
"""Seconds without a turn of the loop after which the node stood still: longer than a busy machine ever takes, and far less than
makes a press stale."""
DRAINED_S = 5.0
"""Seconds after which everything that waited for a node has been read."""


class Awake:
    """`lay_ms()`: how long a press that is read now may have waited here unread. `lag`: how late the loop was, s."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked = clock.monotonic()
        self._stood, self._woke = 0.0, float("-inf")
        self.lag = Histogram()

    async def watch(self) -> None:
        """Watches the loop until it is cancelled."""
        self._looked = self._clock.monotonic()
        while True:
            await asyncio.sleep(LOOK_S)
            self.look()

    def look(self) -> None:
        now = self._clock.monotonic()
        stood, self._looked = now - self._looked, now
        self.lag.note(max(0.0, stood - LOOK_S))
        if stood > STOOD_S:
            self._stood, self._woke = stood, now

    def lay_ms(self) -> int:
        now = self._clock.monotonic()
        stands = now - self._looked  # in the first turn after it woke: `watch` has not looked yet
        if stands > STOOD_S:
            return int(stands * 1000)
        return int(self._stood * 1000) if now - self._woke < DRAINED_S else 0
