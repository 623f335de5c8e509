"""The one clock. Every other module is handed one; tests and replays bring their own."""

import time
from typing import Protocol


class Clock(Protocol):
    """`now_ms()`: milliseconds since 1970-01-01T00:00Z. `monotonic()`: seconds that never go back, time asleep included."""

    def now_ms(self) -> int: ...

    def monotonic(self) -> float: ...


_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The monotonic clock stands still while a laptop sleeps; the store's does not."""


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.clock_gettime(_SINCE_BOOT)


class StoreClock:
    """The store's clock as seen from here: what the store said last, and the time since (rule 8).

    A jump of the store's clock by more than `JUMP` ms is not obeyed; `jumped` keeps it to be shown and asked about. A jump
    of this machine's own clock is none of its business.
    """

    JUMP = 5_000

    def __init__(self, base: Clock) -> None:
        self._base = base
        self._offset: int | None = None
        self.jumped: int | None = None

    def now_ms(self) -> int:
        return self._base.now_ms() if self._offset is None else self._running() + self._offset

    def monotonic(self) -> float:
        return self._base.monotonic()

    def heard(self, store_ms: int) -> None:
        """The store's time, just read."""
        offset = store_ms - self._running()
        if self._offset is None or abs(offset - self._offset) <= self.JUMP:
            self._offset, self.jumped = offset, None
        else:
            self.jumped = offset - self._offset

    def obey(self) -> None:
        """The jump was right."""
        if self._offset is not None and self.jumped is not None:
            self._offset, self.jumped = self._offset + self.jumped, None

    def _running(self) -> int:
        return int(self._base.monotonic() * 1000)
