"""When a staff session was last used, if idle sessions are ended (`--idle-end`).

A use is a press or opening a page, not what an open page does on its own. Uses are kept in memory, written by `access` at
most once a minute for each session, and read from the database only before a session is ended: another node may know a
later use.
"""

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.access import tables
from server.clock import Clock
from server.messages.instants import HOUR, MINUTE

WRITTEN_EVERY_MS = MINUTE
KEPT_MS = 12 * HOUR
"""No staff session lasts longer than this."""


class Uses:
    """Last uses by session id. `idle_ms` 0: idle sessions are not ended, and nothing is noted."""

    def __init__(self, engine: AsyncEngine, clock: Clock, idle_ms: int = 0) -> None:
        self._engine, self._clock, self._idle_ms = engine, clock, idle_ms
        self._used: dict[str, int] = {}
        self._written: dict[str, int] = {}

    def use(self, session: str) -> None:
        if self._idle_ms:
            self._used[session] = self._clock.now_ms()

    async def idle(self, sessions: Collection[tuple[str, int]]) -> set[str]:
        """The ids of those sessions (id, begun at) whose last use, by the notes of all nodes, is too long ago."""
        if not self._idle_ms:
            return set()
        since = self._clock.now_ms() - self._idle_ms
        quiet = {id for id, begun in sessions if max(begun, self._used.get(id, 0)) <= since}
        return quiet - await self._used_elsewhere(quiet, since) if quiet else quiet

    async def _used_elsewhere(self, ids: Collection[str], since: int) -> set[str]:
        table, found = tables.session_uses.c, set[str]()
        async with self._engine.connect() as connection:
            for id in sorted(ids):  # the database is asked once for each: then it is ended, or known to be in use
                row = (await connection.execute(select(table.used_at).where(table.session == id))).first()
                if row is not None and row.used_at > since:
                    self._used[id] = self._written[id] = row.used_at
                    found.add(id)
        return found

    async def note(self) -> None:
        """Writes last uses. Called every few seconds; writes each at most once a minute, and forgets sessions that are over."""
        now = self._clock.now_ms()
        due = {id: at for id, at in self._used.items() if at - self._written.get(id, 0) >= WRITTEN_EVERY_MS}
        if due:
            async with self._engine.begin() as connection:
                for id, at in due.items():
                    await _write(connection, id, at)
                await connection.execute(
                    delete(tables.session_uses).where(tables.session_uses.c.used_at <= now - KEPT_MS)
                )
            self._written |= due
        for id in [id for id, at in self._used.items() if at <= now - self._idle_ms]:
            del self._used[id]
            self._written.pop(id, None)


async def _write(connection: AsyncConnection, id: str, at: int) -> None:
    table = tables.session_uses
    try:
        async with connection.begin_nested():
            await connection.execute(table.insert().values(session=id, used_at=at))
    except IntegrityError:  # there is a row already; another node may have written a later use
        await connection.execute(update(table).where(table.c.session == id, table.c.used_at < at).values(used_at=at))
