"""Where log and history differ, and how the history follows the log: entries that the log lost are voided, never deleted.

A log that shares no entry with the history is new (an emptied store): it is the next generation, and the old days stay valid.
Called by the historian when the entry at its position is not in the log any more.
"""

from dataclasses import dataclass

from msgspec.json import decode
from msgspec.structs import replace
from sqlalchemy import and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.history.position import Position, move
from server.history.raw import LogToRead
from server.history.shelf import Shelf
from server.history.tables import entries
from server.history.writing import again, living


@dataclass(frozen=True)
class Parting:
    """`kept`: the newest entry that both have (seq and mark); None if they share none."""

    kept: tuple[int, str] | None


async def parting(engine: AsyncEngine, log: LogToRead, old: Position) -> Parting | None:
    """Where log and history differ. None if the log is only shorter: a node may still put back what it lost.

    Marks are random and belong to a whole batch, so an equal mark means an equal past: the last one is found by halving.
    """
    tail, _ = await log.tail(old.office)
    if tail.seq == 0:
        return None
    if tail.seq < old.seq and await _mark(engine, old, tail.seq) == tail.mark:
        return None
    (first,) = await log.read(old.office, 0, 1) or (tail,)
    kept, low, high = None, max(first.seq, await _oldest(engine, old)), min(tail.seq, old.seq)
    while low <= high:
        middle = (low + high) // 2
        both = await _both(engine, log, old, middle)
        if both is None:
            high = middle - 1
        else:
            kept, low = (middle, both), middle + 1
    return Parting(kept)


async def follow_fork(engine: AsyncEngine, old: Position, found: Parting, holder: str, now: int) -> Position:
    """Voids what the log no longer has, derives the visits it touched again, and goes back to where both agree. Raises Fenced."""
    async with engine.begin() as connection:
        if found.kept is None:
            new = Position(office=old.office, generation=old.generation + 1, holder=holder, moved_at=now)
            await move(connection, old, new)
            return new
        seq, mark = found.kept
        epoch, day = await _stood(connection, old, seq)
        new = replace(old, seq=seq, mark=mark, epoch=epoch, day=day, holder=holder, moved_at=now)
        await move(connection, old, new)
        lost = and_(living(old), entries.c.seq > seq)
        await connection.execute(update(entries).where(lost).values(voided=True))
        await _derive_anew(connection, new)
    return new


async def _derive_anew(connection: AsyncConnection, new: Position) -> None:
    shelf = Shelf(connection, new.office, new.generation)
    touched = await shelf.touched_since(new.seq)
    await shelf.remove(touched)
    book = await again(connection, new, {name: first for name, first in touched.items() if first <= new.seq})
    await shelf.store(book.visits.values())


async def _stood(connection: AsyncConnection, old: Position, seq: int) -> tuple[str, str]:
    """The epoch and the day as they were at an entry."""
    here = entries.c
    where = and_(living(old), here.seq <= seq)
    epoch = (await connection.execute(select(here.epoch).where(where).order_by(here.seq.desc()).limit(1))).scalar()
    opened = select(func.max(here.seq)).where(where, here.type == "day_opened").scalar_subquery()
    dated = where & (here.seq >= opened) & here.type.in_(("day_opened", "epoch_changed"))
    bodies = (await connection.execute(select(here.body).where(dated).order_by(here.seq.desc()))).scalars()
    return str(epoch or ""), next((day for body in bodies if (day := decode(body).get("day"))), "")


async def _both(engine: AsyncEngine, log: LogToRead, old: Position, seq: int) -> str | None:
    """The mark of entry `seq` if log and history both have it with the same mark."""
    there = [row.mark for row in await log.read(old.office, seq - 1, 1) if row.seq == seq]
    return there[0] if there and there[0] == await _mark(engine, old, seq) else None


async def _mark(engine: AsyncEngine, old: Position, seq: int) -> str | None:
    query = select(entries.c.mark).where(living(old), entries.c.seq == seq)
    async with engine.execution_options(read_only=True).connect() as connection:
        mark: str | None = (await connection.execute(query)).scalar()
    return mark


async def _oldest(engine: AsyncEngine, old: Position) -> int:
    query = select(func.min(entries.c.seq)).where(living(old))
    async with engine.execution_options(read_only=True).connect() as connection:
        return int((await connection.execute(query)).scalar() or 1)
