"""What was ended early: sessions, tokens, versions of accounts. Every node learns of it within seconds.

A notice is written twice, to the database and to the store beside the log, so that a node which cannot reach one of them still
obeys it. Written by sessions, tokens and accounts; kept in memory, so that a check asks nobody.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.access import tables
from server.clock import Clock
from server.log.port import LogError
from server.log.presence_port import Notices
from server.messages.instants import HOUR

LIMIT_S = 4.0
TOLD_MS = HOUR
"""How long a notice on a token or account matters. Nodes read these from the database; notices help them while it is away,
which is minutes."""
OVERLAP = 1_000
"""This many rows are read again each time: of two that are written at the same time, the one with the higher number may be seen
first."""

_log = structlog.get_logger("aufruf.access")


def of_session(id: str) -> str:
    return f"s:{id}"


def of_token(id: str) -> str:
    return f"t:{id}"


def of_account(id: str, version: int) -> str:
    """The notice that ends every session which an account began under this version."""
    return f"a:{id}:{version}"


class Ended:
    """Notices, each with the instant until which it matters. `store` None: notices go through the database only."""

    def __init__(self, engine: AsyncEngine, clock: Clock, store: Notices | None = None) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock, self._store = clock, store
        self._known: dict[str, int] = {}
        self._told: set[str] = set()
        self._written: set[str] = set()
        self._read_to = 0

    def has(self, *notices: str) -> bool:
        return any(notice in self._known for notice in notices)

    async def end(self, notice: str, until: int) -> None:
        """Ends it here at once, and on the other nodes soon. Never fails: a later `look` writes what could not be written."""
        self._known[notice] = until
        await asyncio.gather(self._tried(self._tell), self._tried(self._write))

    async def within(self, connection: AsyncConnection, notice: str) -> None:
        """The same as part of a change in the database: it is written if and only if the change is. Call `came_true`
        afterwards."""
        await _insert(connection, notice, self._clock.now_ms() + TOLD_MS)

    def came_true(self, notice: str) -> None:
        self._known[notice] = self._clock.now_ms() + TOLD_MS
        self._written.add(notice)

    async def look(self) -> None:
        """Reads what other nodes ended and writes what they do not know yet, through store and database."""
        await self.through_database()
        await self.through_store()

    async def through_store(self) -> None:
        """The same through the store.

        Called every few seconds in a task of its own, so that a database that hangs does not delay it.
        """
        await self._tried(self._hear)
        await self._tried(self._tell)

    async def through_database(self) -> None:
        """The same through the database. Called every few seconds; also forgets notices that no longer matter."""
        await self._tried(self._read)
        await self._tried(self._write)
        now = self._clock.now_ms()
        for notice in [notice for notice, until in self._known.items() if until <= now]:
            del self._known[notice]
        self._told &= self._known.keys()
        self._written &= self._known.keys()

    async def _tried(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                await work()
        except (SQLAlchemyError, LogError, OSError, TimeoutError) as fault:
            _log.info("what ended was not passed on", way=work.__name__.strip("_"), fault=type(fault).__name__)

    async def _hear(self) -> None:
        if self._store is not None:
            heard = await self._store.told()
            self._known |= heard
            self._told |= heard.keys()

    async def _read(self) -> None:
        """Reads the notices written since the last time."""
        table = tables.ended.c
        query = select(table.number, table.notice, table.until).where(table.number > self._read_to - OVERLAP)
        async with self._reads.connect() as connection:
            for number, notice, until in await connection.execute(query.where(table.until > self._clock.now_ms())):
                self._read_to = max(self._read_to, number)
                self._known[notice] = until
                self._written.add(notice)

    async def _tell(self) -> None:
        news = {notice: until for notice, until in self._known.items() if notice not in self._told}
        if news and self._store is not None:
            await self._store.tell(news)
            self._told |= news.keys()

    async def _write(self) -> None:
        news = {notice: until for notice, until in self._known.items() if notice not in self._written}
        if not news:
            return
        table = tables.ended
        async with self._writes.begin() as connection:
            for notice, until in news.items():
                await _insert(connection, notice, until)
            await connection.execute(delete(table).where(table.c.until <= self._clock.now_ms()))
        self._written |= news.keys()


async def _insert(connection: AsyncConnection, notice: str, until: int) -> None:
    try:
        async with connection.begin_nested():
            await connection.execute(tables.ended.insert().values(notice=notice, until=until))
    except IntegrityError:  # another node was faster
        return
