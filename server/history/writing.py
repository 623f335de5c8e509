"""Writes one batch of a log into the history: raw entries, visits, calls and the position, in one transaction."""

from collections.abc import Sequence

from msgspec.structs import replace
from sqlalchemy import ColumnElement, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.history.derive import Book, touches
from server.history.position import Position, move
from server.history.raw import Row, entry, event_of
from server.history.shelf import Shelf, slices
from server.history.tables import entries
from server.messages import events as e
from server.messages.events import Event

_RETURNED = delete(entries).where(
    entries.c.office == bindparam("of"),
    entries.c.generation == bindparam("its"),
    entries.c.voided.is_(True),
    entries.c.seq.between(bindparam("first"), bindparam("last")),
    entries.c.mark.in_(bindparam("marks", expanding=True)),
)
_KEEP = entries.insert()

Read = Sequence[tuple[Row, Event]]
WIDE = ("day_opened", "epoch_changed", "tickets_moved", "counter_closed", "moves_reverted", "undone")
"""Events that name several tickets."""


async def write(engine: AsyncEngine, old: Position, batch: Read, holder: str, now: int) -> Position:
    """Writes the entries that follow `old`. Raises Fenced if another historian was faster; then nothing was written."""
    new = advanced(old, batch, holder, now)
    async with engine.begin() as connection:
        await move(connection, old, new)
        await _keep_raw(connection, old, batch)
        shelf = Shelf(connection, old.office, old.generation)
        book = await opened(connection, shelf, old, [event for _, event in batch])
        for row, event in batch:
            book.fold(event, row.seq)
        await shelf.store(book.visits[name] for name in sorted(book.touched))
    return new


def advanced(old: Position, batch: Read, holder: str, now: int) -> Position:
    """The position after a batch."""
    book = Book(old.epoch, old.day)
    for row, event in batch:
        if isinstance(event, e.DayOpened | e.EpochChanged):
            book.fold(event, row.seq)
    last, _ = batch[-1]
    return replace(old, seq=last.seq, mark=last.mark, epoch=book.epoch, day=book.day, holder=holder, moved_at=now)


async def opened(connection: AsyncConnection, shelf: Shelf, old: Position, coming: Sequence[Event]) -> Book:
    """A book with every visit that the coming events touch. Visits that an undo names are derived again from their entries,
    because the tables do not keep how they were before."""
    names = {name for event in coming for name in touches(event)}
    if any(isinstance(event, e.EpochChanged) and event.shift for event in coming):
        names |= await shelf.of_day(old.day)
    known = {visit.ticket: visit for visit in await shelf.load(names)}
    undone = {name for event in coming if isinstance(event, e.Undone) for name in touches(event)} & known.keys()
    book = await again(connection, old, {name: known[name].first_seq for name in undone})
    book.epoch, book.day = old.epoch, old.day
    book.touched.clear()
    book.take([visit for name, visit in known.items() if name not in undone])
    return book


async def again(connection: AsyncConnection, upto: Position, firsts: dict[str, int]) -> Book:
    """Derives visits from their raw entries up to a position. `firsts`: the first entry that touched each ticket."""
    book = Book()
    if not firsts:
        return book
    start = await _checkpoint(connection, upto, min(firsts.values()))
    rows: dict[int, str] = {}
    here = living(upto)
    for some in slices(firsts):
        query = select(entries.c.seq, entries.c.body).where(here, entries.c.seq >= start, entries.c.ticket.in_(some))
        rows.update((row.seq, row.body) for row in await connection.execute(query))
    wide = select(entries.c.seq, entries.c.body).where(here, entries.c.seq >= start, entries.c.type.in_(WIDE))
    rows.update((row.seq, row.body) for row in await connection.execute(wide))
    for seq in sorted(rows):
        book.fold(event_of(rows[seq]), seq)
    for name in [name for name in book.visits if name not in firsts]:
        del book.visits[name]
    return book


async def _checkpoint(connection: AsyncConnection, upto: Position, first: int) -> int:
    """The last opening of a day up to `first`: it names the day and the epoch, without which nothing can be derived."""
    query = select(func.max(entries.c.seq)).where(living(upto), entries.c.type == "day_opened", entries.c.seq <= first)
    return int((await connection.execute(query)).scalar() or 0)


def living(upto: Position) -> ColumnElement[bool]:
    """The entries of a log up to a position, without those that a fork voided."""
    here = entries.c
    return (
        (here.office == upto.office)
        & (here.generation == upto.generation)
        & (here.seq <= upto.seq)
        & here.voided.is_(False)
    )


async def _keep_raw(connection: AsyncConnection, old: Position, batch: Read) -> None:
    """Writes the raw entries. One that a fork voided and that is in the log again (it was put back) is valid again."""
    book, rows = Book(old.epoch, old.day), []
    for row, event in batch:
        if isinstance(event, e.DayOpened | e.EpochChanged):
            book.fold(event, row.seq)
        rows.append(entry(old.office, old.generation, book.epoch, row, event))
    read = [row for row, _ in batch]
    span = {"first": read[0].seq, "last": read[-1].seq, "marks": sorted({row.mark for row in read})}
    await connection.execute(_RETURNED, span | {"of": old.office, "its": old.generation})
    await connection.execute(_KEEP, rows)
