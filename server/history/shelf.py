"""Visits and calls in the database: read before a batch is folded, written after it. Inside the caller's transaction."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.history.raw import strings, strings_of
from server.history.tables import calls, visits
from server.history.visit import Call, Visit

SLICE = 500  # names in one IN list; databases bound the number of parameters

_LISTS = ("services", "done", "counters")
_PLAIN = tuple(name for name in Visit.__struct_fields__ if name not in (*_LISTS, "calls"))
_CALL = Call.__struct_fields__


class Shelf:
    """The visits of one office and one generation of its log, on one connection."""

    def __init__(self, connection: AsyncConnection, office: str, generation: int) -> None:
        self._connection = connection
        self._here = {"office": office, "generation": generation}

    async def load(self, tickets: Collection[str]) -> list[Visit]:
        """Those of the tickets that are known."""
        found: dict[str, Row[Any]] = {}
        called: dict[str, list[Call]] = {}
        for some in slices(tickets):
            for row in await self._connection.execute(
                self._where(select(visits), visits).where(visits.c.ticket.in_(some))
            ):
                found[row.ticket] = row
            query = self._where(select(calls), calls).where(calls.c.ticket.in_(some)).order_by(calls.c.seq)
            for row in await self._connection.execute(query):
                called.setdefault(row.ticket, []).append(Call(**{name: row._mapping[name] for name in _CALL}))
        return [_visit(row, tuple(called.get(name, ()))) for name, row in found.items()]

    async def store(self, changed: Iterable[Visit]) -> None:
        """Put these in place of what was there."""
        kept = list(changed)
        await self.remove([visit.ticket for visit in kept])
        if kept:
            await self._connection.execute(visits.insert(), [self._here | _row(visit) for visit in kept])
        rows = [self._here | _call_row(visit, call) for visit in kept for call in visit.calls]
        if rows:
            await self._connection.execute(calls.insert(), rows)

    async def remove(self, tickets: Collection[str]) -> None:
        for some in slices(tickets):
            await self._connection.execute(self._where(delete(visits), visits).where(visits.c.ticket.in_(some)))
            await self._connection.execute(self._where(delete(calls), calls).where(calls.c.ticket.in_(some)))

    async def clear(self) -> None:
        await self._connection.execute(self._where(delete(visits), visits))
        await self._connection.execute(self._where(delete(calls), calls))

    async def touched_since(self, seq: int) -> dict[str, int]:
        """Tickets whose visit an entry after `seq` changed, each with the first entry that touched it."""
        query = self._where(select(visits.c.ticket, visits.c.first_seq), visits).where(visits.c.last_seq > seq)
        return {row.ticket: row.first_seq for row in await self._connection.execute(query)}

    def _where(self, statement: Any, table: Any) -> Any:
        office, generation = self._here["office"], self._here["generation"]
        return statement.where(table.c.office == office, table.c.generation == generation)


def slices(names: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    return (ordered[start : start + SLICE] for start in range(0, len(ordered), SLICE))


def _row(visit: Visit) -> dict[str, Any]:
    plain = {name: getattr(visit, name) for name in _PLAIN}
    lists = {name: strings(getattr(visit, name)) for name in _LISTS}
    return plain | lists | {"first_called_at": visit.first_called_at, "waited_ms": visit.waited_ms}


def _call_row(visit: Visit, call: Call) -> dict[str, Any]:
    return {"ticket": visit.ticket} | {name: getattr(call, name) for name in _CALL}


def _visit(row: Row[Any], called: tuple[Call, ...]) -> Visit:
    plain: dict[str, Any] = {name: row._mapping[name] for name in _PLAIN}
    lists = {name: strings_of(row._mapping[name]) for name in _LISTS}
    return Visit(**(plain | lists), calls=called)
