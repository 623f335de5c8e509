"""The only clock. Every other module gets one from outside; tests and replays use their own."""

import time
from typing import Protocol


class Clock(Protocol):
    """`now_ms()`: milliseconds since 1970-01-01T00:00Z. `monotonic()`: seconds that never go back and include time asleep."""

    def now_ms(self) -> int: ...

    def monotonic(self) -> float: ...


_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The boot-time clock where there is one: the monotonic clock stops while a laptop sleeps, and the store's does not."""


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.clock_gettime(_SINCE_BOOT)


class StoreClock:
    """The store's clock as seen from here: the last time that the store told, plus the time since then (rule 8).

    If the store's clock jumps by more than `JUMP` ms, this clock does not follow; `jumped` keeps the difference for people to
    look at. A jump of this machine's own clock does not matter here.
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
        """Takes the store's time, which was read just now."""
        offset = store_ms - self._running()
        if self._offset is None or abs(offset - self._offset) <= self.JUMP:
            self._offset, self.jumped = offset, None
        else:
            self.jumped = offset - self._offset

    def obey(self) -> None:
        """Follows the jump: the store's clock is right."""
        if self._offset is not None and self.jumped is not None:
            self._offset, self.jumped = self._offset + self.jumped, None

    def _running(self) -> int:
        return int(self._base.monotonic() * 1000)
