"""The one clock. Every other module is handed one; tests and replays bring their own."""

import time
from typing import Protocol


class Clock(Protocol):
    """`now_ms()`: milliseconds since 1970-01-01T00:00Z. `monotonic()`: seconds that never go back."""

    def now_ms(self) -> int: ...

    def monotonic(self) -> float: ...


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()


class StoreClock:
    """The store's clock as seen from here: the machine's, corrected by the offset that appends bring back (rule 8).

    A jump of the store's clock by more than `JUMP` ms is not obeyed; `jumped` keeps it to be shown and asked about.
    """

    JUMP = 5_000

    def __init__(self, base: Clock) -> None:
        self._base = base
        self._offset: int | None = None
        self.jumped: int | None = None

    def now_ms(self) -> int:
        return self._base.now_ms() + (self._offset or 0)

    def monotonic(self) -> float:
        return self._base.monotonic()

    def heard(self, store_ms: int) -> None:
        """The store's time, just read."""
        offset = store_ms - self._base.now_ms()
        if self._offset is None or abs(offset - self._offset) <= self.JUMP:
            self._offset, self.jumped = offset, None
        else:
            self.jumped = offset - self._offset
