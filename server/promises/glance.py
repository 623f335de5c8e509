"""What the second worker found out about each office. While somebody looks, it is found anew once a minute. `tables` and
`counsel` keep what they show in it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, NamedTuple, TypeVar

import structlog

from server.promises.keeper import Source
from server.promises.second import Away
from server.tasks import Tasks

EVERY_S = 60.0
"""Seconds between two runs of an office."""

_log = structlog.get_logger("aufruf.promises")
T = TypeVar("T")


class _Known(NamedTuple, Generic[T]):
    at: float
    day: tuple[str, str | None]
    found: T


class Glance(Generic[T]):
    """`find(office)`: asks the worker, or raises `Away`; `kept_s`: seconds after which a result is too old to be shown;
    `every_s`: seconds between two runs of an office.

    `changed(office)`: its supervisor's tables are to be drawn again.
    """

    def __init__(
        self,
        name: str,
        desks: Mapping[str, Source],
        find: Callable[[str], Awaitable[T]],
        kept_s: float,
        clock: Callable[[], float] = time.monotonic,
        every_s: float = EVERY_S,
    ) -> None:
        self._name, self._desks, self._find, self._kept_s, self._clock = name, desks, find, kept_s, clock
        self._every_s = every_s
        self._known: dict[str, _Known[T]] = {}
        self._began: dict[str, float] = {}
        self._again: dict[str, asyncio.TimerHandle] = {}
        self._tasks = Tasks(name)
        self.changed: Callable[[str], None] = lambda office: None

    def of(self, office: str) -> T | None:
        """The last result, without waiting. Called whenever a table is drawn; each call keeps the runs going for a while."""
        due = self._clock() - self._began.get(office, -self._every_s) >= self._every_s
        if due and self._desks[office].health == "ready" and self._desks[office].state.day is not None:
            self._tasks.start(self._renew(office), f"{self._name} {office}")
            self._began[office] = self._clock()
        return self.standing(office)

    def standing(self, office: str) -> T | None:
        """The last result. Asking this way does not keep the runs going."""
        known = self._known.get(office)
        fits = known is not None and self._clock() - known.at < self._kept_s and known.day == self._day(office)
        return known.found if fits and known is not None else None

    async def renew(self, office: str) -> None:
        """Finds it anew now. Raises `Away` if nobody can answer."""
        self._began[office] = self._clock()
        day = self._day(office)
        found = await self._find(office)
        self._known[office] = _Known(self._clock(), day, found)
        self.changed(office)

    async def _renew(self, office: str) -> None:
        try:
            await self.renew(office)
        except Away as away:
            _log.info(f"no {self._name}", office=office, reason=str(away))
        if office in self._again:
            self._again[office].cancel()
        # drawn again even if nothing happened in the office: time alone changes what is found
        self._again[office] = asyncio.get_running_loop().call_later(self._every_s, self.changed, office)

    def _day(self, office: str) -> tuple[str, str | None]:
        state = self._desks[office].state
        return state.epoch, state.day

    async def stop(self) -> None:
        for timer in self._again.values():
            timer.cancel()
        await self._tasks.close()
