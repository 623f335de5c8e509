"""Deletes what is older than the office's days for keeping.

Called by `server.deletion` once a day. Nothing here reads a log.
"""

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.history.tables import calls, entries, positions, visits
from server.messages.instants import DAY
from server.messages.office import Keeping

AHEAD_MS = 7 * DAY
"""A row whose instant is further ahead than this was written under a wrong clock."""


async def forget(engine: AsyncEngine, office: str, now: int, days: Keeping) -> dict[str, int]:
    """Deletes what is older than the office's days. Returns how many rows of each table were deleted.

    Raw entries may be deleted first, because they say which counter did what when. Visits and calls stay for statistics over
    years.
    """

    def over(at: ColumnElement[int], kept: int) -> ColumnElement[bool]:
        return (at < now - kept * DAY) | (at > now + AHEAD_MS)

    raw = (entries.c.office == office) & over(entries.c.at, days.entries)
    old = (visits.c.office == office) & over(visits.c.issued_at, days.visits)
    called = (calls.c.office == office) & over(calls.c.called_at, days.calls)
    chosen = ((entries, raw), (visits, old), (calls, called))
    async with engine.begin() as connection:
        return {table.name: await _delete(connection, table, where) for table, where in chosen}


async def offices(engine: AsyncEngine) -> set[str]:
    """Every office of which the history has read anything."""
    async with engine.execution_options(read_only=True).connect() as connection:
        return set((await connection.execute(select(positions.c.office))).scalars())


async def last_moved(engine: AsyncEngine) -> dict[str, int]:
    """By office, when the history last read something new of its log, ms."""
    async with engine.execution_options(read_only=True).connect() as connection:
        rows = await connection.execute(select(positions.c.office, positions.c.moved_at))
        return {row.office: row.moved_at for row in rows}


async def _delete(connection: AsyncConnection, table: Table, where: ColumnElement[bool]) -> int:
    return (await connection.execute(delete(table).where(where))).rowcount
