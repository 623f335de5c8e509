"""The server's time, as far as a device can know it: what the last welcome or beat said, and how long ago that was."""

import time
from collections.abc import Callable
from datetime import datetime

from server.messages.instants import millis


def instant(text: str) -> int:
    """RFC 3339 → ms since the epoch; ValueError if it is none."""
    return millis(datetime.fromisoformat(text))


class ServerClock:
    """`now()` in ms of the server; 0 before the first `sync`. Jumps of this box's own clock do not matter."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._offset: float | None = None

    def sync(self, server_time: str) -> None:
        self._offset = instant(server_time) - 1000 * self._monotonic()

    def now(self) -> int:
        return 0 if self._offset is None else int(self._offset + 1000 * self._monotonic())
