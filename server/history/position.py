"""How far an office's log is in the history, and the fence: a historian moves a position only from where it read it."""

from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.history.tables import positions
from server.messages.value import Value


class Position(Value):
    """Everything up to entry `seq` with `mark` is stored. `holder`: the historian that last moved it; `moved_at`: when, in ms."""

    office: str
    generation: int = 1
    seq: int = 0
    mark: str = ""
    epoch: str = ""
    day: str = ""
    holder: str = ""
    moved_at: int = 0


_FENCE = ("office", "generation", "seq", "mark")
_MOVED = tuple(name for name in Position.__struct_fields__ if name != "office")
_MOVE = (
    update(positions)
    .where(*(positions.c[name] == bindparam(f"old_{name}") for name in _FENCE))
    .values({name: bindparam(name) for name in _MOVED})
)
"""Built once, like every statement of a batch: building a statement costs as much as running it."""


class Fenced(Exception):
    """Another historian moved the position: nothing of this batch was written."""


async def position(engine: AsyncEngine, office: str) -> Position | None:
    """How far the history of an office is; None before its first entry. The log may be trimmed up to here."""
    async with engine.execution_options(read_only=True).connect() as connection:
        return _position((await connection.execute(select(positions).where(positions.c.office == office))).first())


async def offices(engine: AsyncEngine) -> tuple[str, ...]:
    """Those of which there is a history."""
    async with engine.execution_options(read_only=True).connect() as connection:
        return tuple((await connection.execute(select(positions.c.office).order_by(positions.c.office))).scalars())


async def first_position(engine: AsyncEngine, office: str) -> Position:
    """The position; if there is none, a new one at the beginning of the log."""
    found = await position(engine, office)
    if found is not None:
        return found
    start = Position(office=office)
    try:
        async with engine.begin() as connection:
            values = {name: getattr(start, name) for name in Position.__struct_fields__}
            await connection.execute(positions.insert().values(values))
    except IntegrityError:  # another historian was faster
        pass
    return await position(engine, office) or start


async def move(connection: AsyncConnection, old: Position, new: Position) -> None:
    """Moves the position if it is still where it was. This is the first statement of its transaction: of two historians one
    waits for the other, and then sees that it was moved."""
    fence = {f"old_{name}": getattr(old, name) for name in _FENCE}
    moved = await connection.execute(_MOVE, fence | {name: getattr(new, name) for name in _MOVED})
    if moved.rowcount != 1:
        raise Fenced(f"{old.office}: entry {old.seq} is not where the history stands any more")


async def let_go(engine: AsyncEngine, office: str, holder: str) -> None:
    """Gives the office back, so that another historian takes it at once."""
    change = update(positions).where(positions.c.office == office, positions.c.holder == holder)
    async with engine.begin() as connection:
        await connection.execute(change.values(holder=""))


def _position(row: Any) -> Position | None:
    return None if row is None else Position(**row._mapping)
