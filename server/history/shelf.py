"""Visits and calls in the database: read before a batch is folded, written after it, inside the caller's transaction."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.history.raw import strings, strings_of
from server.history.tables import calls, visits
from server.history.visit import Call, Visit
from server.messages.facts import Told

SLICE = 500
"""The most names in one IN list: databases limit the number of parameters."""

_LISTS = ("services", "done", "counters")
_PLAIN = tuple(name for name in Visit.__struct_fields__ if name not in (*_LISTS, "calls", "told"))
_TOLD = Told.__struct_fields__
_CALL = Call.__struct_fields__


def _here(statement: Any, table: Table) -> Any:
    """The statement, for the office and generation given as parameters."""
    return statement.where(table.c.office == bindparam("office"), table.c.generation == bindparam("generation"))


def _of_these(statement: Any, table: Table) -> Any:
    return _here(statement, table).where(table.c.ticket.in_(bindparam("tickets", expanding=True)))


_VISITS, _CALLS = _of_these(select(visits), visits), _of_these(select(calls), calls).order_by(calls.c.seq)
"""Built once: building a statement costs as much as running it."""
_NO_VISITS, _NO_CALLS = _of_these(delete(visits), visits), _of_these(delete(calls), calls)


class Shelf:
    """The visits of one office and one generation of its log, on one connection."""

    def __init__(self, connection: AsyncConnection, office: str, generation: int) -> None:
        self._connection = connection
        self._here = {"office": office, "generation": generation}

    async def load(self, tickets: Collection[str]) -> list[Visit]:
        """The stored visits of these tickets."""
        found: dict[str, Row[Any]] = {}
        called: dict[str, list[Call]] = {}
        for some in slices(tickets):
            these = self._here | {"tickets": some}
            for row in await self._connection.execute(_VISITS, these):
                found[row.ticket] = row
            for row in await self._connection.execute(_CALLS, these):
                called.setdefault(row.ticket, []).append(Call(**{name: row._mapping[name] for name in _CALL}))
        return [_visit(row, tuple(called.get(name, ()))) for name, row in found.items()]

    async def store(self, changed: Iterable[Visit]) -> None:
        """Writes these visits in place of the stored ones."""
        kept = list(changed)
        await self.remove([visit.ticket for visit in kept])
        if kept:
            await self._connection.execute(visits.insert(), [self._here | _row(visit) for visit in kept])
        rows = [self._here | _call_row(visit, call) for visit in kept for call in visit.calls]
        if rows:
            await self._connection.execute(calls.insert(), rows)

    async def remove(self, tickets: Collection[str]) -> None:
        for some in slices(tickets):
            await self._connection.execute(_NO_VISITS, self._here | {"tickets": some})
            await self._connection.execute(_NO_CALLS, self._here | {"tickets": some})

    async def of_day(self, day: str) -> set[str]:
        """The tickets of a day, and those of other days that are still here."""
        query = _here(select(visits.c.ticket), visits).where((visits.c.day == day) | visits.c.ended_at.is_(None))
        return {row.ticket for row in await self._connection.execute(query, self._here)}

    async def touched_since(self, seq: int) -> dict[str, int]:
        """The tickets that an entry after `seq` changed, each with the first entry that touched it."""
        query = _here(select(visits.c.ticket, visits.c.first_seq), visits).where(visits.c.last_seq > seq)
        return {row.ticket: row.first_seq for row in await self._connection.execute(query, self._here)}


def slices(names: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    return (ordered[start : start + SLICE] for start in range(0, len(ordered), SLICE))


def _row(visit: Visit) -> dict[str, Any]:
    plain = {name: getattr(visit, name) for name in _PLAIN}
    lists = {name: strings(getattr(visit, name)) for name in _LISTS}
    told = {f"told_{name}": None if visit.told is None else getattr(visit.told, name) for name in _TOLD}
    return plain | lists | told | {"first_called_at": visit.first_called_at, "waited_ms": visit.waited_ms}


def _call_row(visit: Visit, call: Call) -> dict[str, Any]:
    return {"ticket": visit.ticket} | {name: getattr(call, name) for name in _CALL}


def _visit(row: Row[Any], called: tuple[Call, ...]) -> Visit:
    plain: dict[str, Any] = {name: row._mapping[name] for name in _PLAIN}
    lists = {name: strings_of(row._mapping[name]) for name in _LISTS}
    return Visit(**(plain | lists), told=told_of(row), calls=called)


def told_of(row: Row[Any]) -> Told | None:
    """What was promised to a visit of the table."""
    if row.told_low is None:
        return None
    return Told(**{name: row._mapping[f"told_{name}"] for name in _TOLD})
