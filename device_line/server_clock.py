"""The server's time, as far as a box can know it: what its frames said, and how long ago that was."""

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime

from server.messages.instants import MINUTE, millis

SAMPLES = 8
"""The one that came with the least delay counts, as on the pages."""
SET_MS = MINUTE
"""Further apart than any delay: the server's clock was set."""


def instant(text: str) -> int:
    """RFC 3339 → ms since the epoch; ValueError if it is none."""
    return millis(datetime.fromisoformat(text))


class ServerClock:
    """Times in ms of the server. `monotonic`: seconds; jumps of this box's own clock do not matter."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._offsets: deque[float] = deque(maxlen=SAMPLES)

    def note(self, server_time: str) -> None:
        """The server said this time just now."""
        offset = instant(server_time) - 1000 * self._monotonic()
        if self._offsets and abs(offset - max(self._offsets)) > SET_MS:
            self._offsets.clear()
        self._offsets.append(offset)

    def now(self) -> int:
        return self.at(self._monotonic()) or 0

    def at(self, moment: float) -> int | None:
        """The server's time at a moment of `monotonic`; None before the server said a time."""
        return int(max(self._offsets) + 1000 * moment) if self._offsets else None
