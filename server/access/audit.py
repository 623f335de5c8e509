"""Who did what: acts of administrators and supervisors, each entry chained to the one before, so that a changed one shows.

Access writes its own acts here; `server.auditing` copies those of supervisors from the history. A clerk's acts are never
written: what clerks did when is no matter for an audit. Called by web, by the command line, and by `server.auditing`.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, delete, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.access import tables
from server.clock import Clock
from server.messages.instants import DAY
from server.messages.value import Value

COMMAND_LINE = "command line"
"""Who acted, if it was a verb of `aufruf`: whoever may write the database of this installation."""
KEPT_MS = 366 * DAY
"""An entry is deleted after a year: a complaint about an administrator comes in the next yearly report at the latest."""
LONGEST = 4_000
"""Signs of what an entry tells besides who, when and what."""
TRIES = 50
"""Of several nodes that write at the same time each but one tries again."""
AT_ONCE = 500
FIRST = "0" * 64
COLUMNS = ("number", "day", "at", "by", "office", "act", "about", "generation", "seq", "mark")
"""What the hash of an entry covers, in this order, besides the hash before."""


class Act(Value):
    """Something that was done. `by`: the id of an account or token. An empty `office`: it concerns no single one.

    `generation`, `seq`, `mark`: which entry of the office's log says so; None for acts of access.
    """

    by: str
    act: str
    office: str = ""
    about: str = ""
    at: int | None = None
    generation: int | None = None
    seq: int | None = None
    mark: str | None = None


class Entry(NamedTuple):
    """An act as it is kept. `day`: of its instant, in UTC; it never goes back from one entry to the next."""

    number: int
    day: str
    at: int
    by: str
    office: str
    act: str
    about: str


class ChainLink(NamedTuple):
    """The place of an entry in the chain."""

    number: int
    hash: str


class ActsWanted(NamedTuple):
    """Which entries to read; empty: all. `offices` None: also those that concern no single office. Instants in ms."""

    offices: frozenset[str] | None = None
    by: str = ""
    act: str = ""
    since: int | None = None
    until: int | None = None
    before: int | None = None


class AuditDay(NamedTuple):
    """A day of the chain. `hash`: of its last entry. `broken`: number of the first entry that is not as it was written."""

    day: str
    entries: int
    hash: str
    broken: int | None


class Audit:
    """The audit of an installation; all nodes write one chain."""

    def __init__(self, engine: AsyncEngine, clock: Clock) -> None:
        self._writes, self._reads, self._clock = engine, engine.execution_options(read_only=True), clock

    async def note(self, by: str, act: str, office: str = "", **about: Any) -> None:
        """Writes what somebody did just now. Raises ConnectionError while the database is away."""
        await self.write([Act(by=by, act=act, office=office, about=as_text(about))])

    async def write(self, acts: Sequence[Act]) -> None:
        """Adds entries at the end of the chain. An entry of a log that is there already is not added again."""
        for begin in range(0, len(acts), AT_ONCE):
            await self._added(acts[begin : begin + AT_ONCE])

    async def _added(self, acts: Sequence[Act]) -> None:
        for _ in range(TRIES):
            try:
                async with self._writes.begin() as connection:
                    await self._append(connection, acts)
                return
            except IntegrityError:  # another node wrote an entry with this number
                continue
        raise ConnectionError("the audit is written by too many at once")

    async def _append(self, connection: AsyncConnection, acts: Sequence[Act]) -> None:
        table = tables.audit
        last = (await connection.execute(select(table).order_by(table.c.number.desc()).limit(1))).first()
        number, hash, day = (0, FIRST, "") if last is None else (last.number, last.hash, last.day)
        for act in acts:
            if act.seq is not None and await _is_there(connection, act):
                continue
            number, at = number + 1, self._clock.now_ms() if act.at is None else act.at
            day = max(day, day_of(self._clock.now_ms()))
            row = {"number": number, "day": day, **_values(act), "at": at}
            hash, previous = chained(hash, row), hash
            await connection.execute(table.insert().values(row | {"previous": previous, "hash": hash}))

    async def read(self, wanted: ActsWanted, limit: int) -> list[Entry]:
        """The newest first."""
        table = tables.audit.c
        query = select(*(table[name] for name in Entry._fields)).order_by(table.number.desc()).limit(limit)
        async with self._reads.connect() as connection:
            return [Entry(*row) for row in await connection.execute(_narrowed(query, wanted))]

    async def acts(self) -> list[str]:
        """Every kind of act that an entry has, to choose from."""
        table = tables.audit.c
        async with self._reads.connect() as connection:
            return list((await connection.execute(select(table.act).distinct().order_by(table.act))).scalars())

    async def newest(self, office: str) -> int:
        """The latest instant of what was copied from this office's log; 0 if there is nothing."""
        table = tables.audit.c
        query = select(func.max(table.at)).where(table.office == office, table.seq.is_not(None))
        async with self._reads.connect() as connection:
            return (await connection.execute(query)).scalar() or 0

    async def verify(self) -> list[AuditDay]:
        """Every day that is kept, the oldest first. The first entry kept is believed: those before it were deleted by age."""
        days = dict[str, AuditDay]()
        previous: ChainLink | None = None
        async with self._reads.connect() as connection:
            after = 0
            while rows := (await connection.execute(_from(after))).fetchall():
                for row in rows:
                    good = _is_whole(row, previous)
                    known = days.get(row.day) or AuditDay(row.day, 0, "", None)
                    broken = known.broken if good or known.broken is not None else row.number
                    days[row.day] = AuditDay(row.day, known.entries + 1, row.hash, broken)
                    previous = ChainLink(row.number, row.hash)
                after = rows[-1].number
        return [days[day] for day in sorted(days)]

    async def forget(self, now: int) -> int:
        """Deletes what is too old, from the beginning of the chain; what is left still follows from its first entry."""
        table = tables.audit
        until = select(func.max(table.c.number)).where(table.c.day < day_of(now - KEPT_MS)).scalar_subquery()
        async with self._writes.begin() as connection:
            return (await connection.execute(delete(table).where(table.c.number <= until))).rowcount


def as_text(about: dict[str, Any]) -> str:
    """What an entry tells besides who, when and what, as JSON; cut if it is too long."""
    return json.dumps(about, ensure_ascii=False, separators=(",", ":"), sort_keys=True)[:LONGEST] if about else ""


def day_of(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()


def chained(previous: str, row: dict[str, Any]) -> str:
    """The hash of an entry: of what it says, and of the entry before."""
    said = json.dumps([previous, *(row[name] for name in COLUMNS)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _values(act: Act) -> dict[str, Any]:
    return {name: getattr(act, name) for name in Act.__struct_fields__}


async def _is_there(connection: AsyncConnection, act: Act) -> bool:
    table = tables.audit.c
    same: Iterable[ColumnElement[bool]] = (
        table[name] == getattr(act, name) for name in ("office", "generation", "seq", "mark")
    )
    return bool((await connection.execute(select(exists().where(*same)))).scalar())


def _from(after: int) -> Select[Any]:
    table = tables.audit
    return select(table).where(table.c.number > after).order_by(table.c.number).limit(AT_ONCE)


def _is_whole(row: Row[Any], before: ChainLink | None) -> bool:
    """Whether an entry is as it was written, and follows the one before, which also has its hash."""
    follows = before is None or (row.number == before.number + 1 and row.previous == before.hash)
    return follows and bool(chained(row.previous, dict(row._mapping)) == row.hash)


def _narrowed(query: Select[Any], wanted: ActsWanted) -> Select[Any]:
    table = tables.audit.c
    if wanted.offices is not None:
        query = query.where(table.office.in_(sorted(wanted.offices)))
    if wanted.by:
        query = query.where(table.by == wanted.by)
    if wanted.act:
        query = query.where(table.act == wanted.act)
    if wanted.since is not None:
        query = query.where(table.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.at < wanted.until)
    if wanted.before is not None:
        query = query.where(table.number < wanted.before)
    return query
