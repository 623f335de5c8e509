"""What the history holds of an office, read back from its tables, and whether that is exactly what the log says."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from hypothesis import HealthCheck, settings
from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.derive import Book
from server.history.historian import Historian
from server.history.position import position
from server.history.shelf import Shelf
from server.history.tables import calls, entries, visits
from server.history.visit import Visit
from server.log.port import Row
from server.messages.events import decode

Rows = list[tuple[Any, ...]]

prompt = partial(Historian, gather_s=0.05)

many = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def stored(engine: AsyncEngine, table: Table, office: str, living_only: bool = True) -> Rows:
    """The rows of a table for an office, without its name, in order."""
    columns = [column for column in table.c if column.name not in ("office",)]
    query = select(*columns).where(table.c.office == office).order_by(*table.primary_key.columns)
    if living_only and "voided" in table.c:
        query = query.where(table.c.voided.is_(False))
    async with engine.execution_options(read_only=True).connect() as connection:
        return [tuple(row) for row in await connection.execute(query)]


async def derived(engine: AsyncEngine, office: str) -> tuple[Rows, Rows]:
    return await stored(engine, visits, office), await stored(engine, calls, office)


def folded(rows: Sequence[Row]) -> dict[str, Visit]:
    book = Book()
    for row in rows:
        book.fold(decode(row.body), row.seq)
    return book.visits


async def history_of(engine: AsyncEngine, office: str, generation: int = 1) -> dict[str, Visit]:
    async with engine.execution_options(read_only=True).connect() as connection:
        names = await connection.execute(select(visits.c.ticket).where(visits.c.office == office))
        shelf = Shelf(connection, office, generation)
        return {visit.ticket: visit for visit in await shelf.load([row.ticket for row in names])}


async def is_whole(engine: AsyncEngine, office: str, rows: Sequence[Row], generation: int = 1) -> None:
    """The history says exactly what the log says."""
    stands = await position(engine, office)
    assert stands is not None
    assert (stands.seq, stands.mark) == (rows[-1].seq, rows[-1].mark)
    raw = await stored(engine, entries, office)
    assert [(row[1], row[2]) for row in raw if row[0] == generation] == [(row.seq, row.mark) for row in rows]
    assert await history_of(engine, office, generation) == folded(rows)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.005)
