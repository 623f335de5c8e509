"""Recent answers of the database: a bounded cache whose answers are at most two seconds old.

So a revoked token is refused within ten seconds on every node, and a token made elsewhere is valid at once. A caller who asks
all the time never waits for the database: in the second half of its life an answer is still returned, and refreshed in the
background. Equal questions at the same time become one. While the database is away, known answers stay valid for ten minutes.
"""

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy.exc import SQLAlchemyError

from server.clock import Clock
from server.tasks import Tasks

VALID_S = 2.0
GRACE_S = 600.0
"""Seconds that known answers stay valid while the database is away: the office goes on while it is restarted."""
LIMIT_S = 2.0
"""Seconds that a caller with a known answer waits for the database."""
LONG_S = 5.0
"""Seconds that any other caller waits for the database."""
AWAY_S = 1.0
"""Seconds after a failure in which nobody waits for the database again."""
MOST = 20_000
"""The most answers kept; the oldest are dropped first. One office has at most 1,000 displays and 100 counters."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Answers by key, each with the instant until which it is valid. Seconds are of the monotonic clock."""

    def __init__(self, clock: Clock, valid_s: float = VALID_S, most: int = MOST) -> None:
        self._clock, self._valid_s, self._most = clock, valid_s, most
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._changes = 0
        self._away_until = 0.0
        self._asking: set[K] = set()
        self._in_turn = asyncio.Lock()  # fifty refreshes at once would delay a press that needs the database
        self._by_key: WeakValueDictionary[K, asyncio.Lock] = WeakValueDictionary()
        self._tasks = Tasks("recent")

    async def get(self, key: K, ask: Callable[[K], Awaitable[V]]) -> V:
        """The kept answer, or a fresh one. While the database is away: the known answer, or else ConnectionError."""
        now = self._clock.monotonic()
        known = self._kept.get(key)
        if known is None:
            return await self._fresh(key, ask)
        until, value = known
        if now < until or (now < self._away_until and self._goes_on(until, value)):
            if now >= until - self._valid_s / 2 and key not in self._asking:
                self._asking.add(key)
                self._tasks.start(self._again(key, ask), "again")
            return value
        try:
            return await self._fresh(key, ask, LIMIT_S)
        except (SQLAlchemyError, OSError):
            self._away_until = now + AWAY_S
            if not self._goes_on(until, value):
                raise
            return value

    def _goes_on(self, until: float, value: V) -> bool:
        return value is not None and self._clock.monotonic() < until + GRACE_S

    async def close(self) -> None:
        """Ends all refreshes."""
        await self._tasks.close()

    async def _fresh(self, key: K, ask: Callable[[K], Awaitable[V]], limit_s: float = LONG_S) -> V:
        known, one = self._kept.get(key), self._by_key.setdefault(key, asyncio.Lock())
        try:
            async with asyncio.timeout(limit_s), one:
                kept = self._kept.get(key)
                if kept is not None and kept is not known:  # another caller got it while this one waited for the lock
                    _, value = kept
                    return value
                return await self._asked(key, ask)
        except TimeoutError:
            raise ConnectionError("the database does not answer in time") from None

    async def _asked(self, key: K, ask: Callable[[K], Awaitable[V]]) -> V:
        now, changes = self._clock.monotonic(), self._changes
        value = await ask(key)
        if changes == self._changes:  # an answer from before a change must not be kept after it
            self._keep(key, now + self._valid_s, value)
        return value

    async def _again(self, key: K, ask: Callable[[K], Awaitable[V]]) -> None:
        """Refreshes an answer. If the database does not answer, the next caller waits for it and gets the error."""
        try:
            with contextlib.suppress(SQLAlchemyError, OSError):
                async with self._in_turn:
                    await self._fresh(key, ask)
        finally:
            self._asking.discard(key)

    def forget(self, key: K) -> None:
        self._changes += 1
        self._kept.pop(key, None)
        self._by_key.pop(key, None)  # the next caller must not wait for a question from before the change

    def clear(self) -> None:
        self._changes += 1
        self._kept.clear()
        self._by_key.clear()

    def _keep(self, key: K, until: float, value: V) -> None:
        self._kept[key] = (until, value)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
