"""The server's time, as far as a device can know it: the time in its last frames, and how long ago they came."""

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime

from server.messages.agreed import CLOCK_SAMPLES, CLOCK_SET_MS
from server.messages.instants import millis


def instant(text: str) -> int:
    """RFC 3339 → ms since the epoch; ValueError if the text is not one."""
    return millis(datetime.fromisoformat(text))


class ServerClock:
    """Times of the server, ms. `monotonic`: seconds; jumps of this device's own clock do not matter."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._offsets: deque[float] = deque(maxlen=CLOCK_SAMPLES)

    def note(self, server_time: str) -> None:
        """Notes the time that the server told just now."""
        offset = instant(server_time) - 1000 * self._monotonic()
        if self._offsets and abs(offset - max(self._offsets)) > CLOCK_SET_MS:
            self._offsets.clear()
        self._offsets.append(offset)

    def now(self) -> int:
        return self.at(self._monotonic()) or 0

    def at(self, moment: float) -> int | None:
        """The server's time at a moment of `monotonic`; None before the server has told a time."""
        return int(max(self._offsets) + 1000 * moment) if self._offsets else None
