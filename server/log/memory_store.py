"""A store in memory that several `MemoryLog` clients share, with methods by which a test makes trouble.

It holds what Redis would hold, and can lose its newest entries, go away, cut an answer, or have its clock stepped.
"""

import asyncio
import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from server.log.port import EMPTY, Kind, Row, StoreUnavailable, Tail


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


class MemoryStore:
    """The rows, snapshots and expiring values of all offices. `now` gives whole milliseconds since the epoch (UTC)."""

    def __init__(self, now: Callable[[], int] = _wall_ms) -> None:
        self._now = now
        self._stepped_ms = 0
        self._trouble: StoreUnavailable | None = None
        self._cut_next = False
        self._grown = asyncio.Event()
        self.run_id = secrets.token_hex(20)
        self.rows: defaultdict[str, list[Row]] = defaultdict(list)
        self.checkpoints: dict[str, int] = {}
        self.snapshots: dict[str, tuple[Tail, bytes]] = {}

    def now_ms(self) -> int:
        return self._now() + self._stepped_ms

    def tail(self, office: str) -> Tail:
        rows = self.rows[office]
        return rows[-1].tail if rows else EMPTY

    def add(self, office: str, rows: list[Row]) -> None:
        self.rows[office] += rows
        self._wake()

    async def grown(self) -> None:
        """Returns when any log has grown, or when trouble has started or ended."""
        await self._grown.wait()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Put around every use of the store. Raises before the work if the store is away, after it if the answer is cut."""
        self.check()
        yield
        if self._cut_next:
            self._cut_next = False
            raise StoreUnavailable("the answer was cut off")

    def check(self) -> None:
        if self._trouble:
            raise StoreUnavailable(self._trouble.reason, self._trouble.kind)

    # Trouble that a test can make.

    def lose(self, office: str, keep: int) -> None:
        """Forget the entries with seq > `keep`, like a store that restarts from an older copy of its disk."""
        self.rows[office] = [row for row in self.rows[office] if row.seq <= keep]

    def restart(self) -> None:
        self.run_id = secrets.token_hex(20)

    def go_away(self, kind: Kind = "lost", reason: str = "away") -> None:
        self._trouble = StoreUnavailable(reason, kind)
        self._wake()

    def come_back(self) -> None:
        self._trouble = None
        self._wake()

    def cut_next_answer(self) -> None:
        """The next call is carried out completely, but its answer never arrives."""
        self._cut_next = True

    def step_clock(self, ms: int) -> None:
        """Move the store's clock by `ms`, back if negative."""
        self._stepped_ms += ms

    def _wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()
