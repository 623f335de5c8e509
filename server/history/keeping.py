"""Deletes what is older than the office's days for keeping, and can rebuild visits and calls from the entries.

Called by `server.deletion` once a day. Nothing here reads a log.
"""

from sqlalchemy import ColumnElement, Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.history.derive import Book
from server.history.position import Position, position
from server.history.raw import event_of
from server.history.shelf import Shelf
from server.history.tables import calls, entries, positions, visits
from server.history.writing import living
from server.messages.instants import DAY, HOUR
from server.messages.office import Keeping

PAGE = 2_000
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


async def rebuild(engine: AsyncEngine, office: str) -> int:
    """Makes the visits and calls of the current log again from its raw entries, in one transaction. Returns how many visits."""
    stands = await position(engine, office)
    if stands is None:
        return 0
    async with engine.begin() as connection:
        lock = update(positions).where(positions.c.office == office).values(holder=positions.c.holder)
        await connection.execute(lock)  # no historian may move the position during the rebuild
        found = (await connection.execute(select(positions).where(positions.c.office == office))).one()
        return await _fold_all(connection, Position(**found._mapping))


async def _fold_all(connection: AsyncConnection, stands: Position) -> int:
    shelf, book, after, touched = Shelf(connection, stands.office, stands.generation), Book(), 0, 0
    await shelf.clear()
    while True:
        query = select(entries.c.seq, entries.c.body, entries.c.at).where(living(stands), entries.c.seq > after)
        page = (await connection.execute(query.order_by(entries.c.seq).limit(PAGE))).all()
        if not page:
            return touched
        for row in page:
            book.fold(event_of(row.body), row.seq)
        touched += sum(book.visits[name].first_seq > after for name in book.touched)
        await shelf.store(book.visits[name] for name in sorted(book.touched))
        book.touched.clear()
        book.drop(before=page[-1].at - HOUR)
        after = page[-1].seq


async def _delete(connection: AsyncConnection, table: Table, where: ColumnElement[bool]) -> int:
    return (await connection.execute(delete(table).where(where))).rowcount
