"""How far each receiver of `[[webhooks]]` has come in the log, and the letters that were laid aside, in the database.

A place is moved only by whoever knows where it stood, so two nodes that both believe to be the sender cannot set it back.
Every method raises ConnectionError while the database is away.
"""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.letters.hook_letter import Posted
from server.letters.tables import dead_letters, hooks
from server.messages.events import Event
from server.messages.instants import DAY, rfc3339
from server.messages.value import Value
from server.messages.webhooks import DeadLetter

MOST_DEAD = 2_000
"""Letters laid aside for one receiver. With so many, the next one waits instead: nothing is thrown away to make room."""
LISTED = 20
AHEAD_MS = 7 * DAY


class HookPlace(Value):
    """`seq`, `mark`: the last entry that the receiver has or did not want; `tries`, `since`, `fault`: of the letter after it."""

    office: str
    hook: str
    epoch: str
    seq: int
    mark: str
    tries: int
    due_at: int
    since: int | None
    fault: str


class LogEntry(Protocol):
    """An entry of the log."""

    @property
    def seq(self) -> int: ...

    @property
    def event(self) -> Event: ...


class HookPlaces:
    """The places of all offices of a database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)

    async def place(self, office: str, hook: str) -> HookPlace | None:
        query = select(hooks).where(hooks.c.office == office, hooks.c.hook == hook)
        async with self._reads.connect() as connection:
            row = (await connection.execute(query)).first()
        return None if row is None else HookPlace(**row._mapping)

    async def begin(self, office: str, hook: str, seq: int, mark: str, epoch: str) -> None:
        """A receiver is new: it is told what happens from now on."""
        row = _standing(seq, mark, epoch) | {"office": office, "hook": hook}
        try:
            async with self._writes.begin() as connection:
                await connection.execute(hooks.insert().values(row))
        except IntegrityError:  # another node was first
            return

    async def move(self, place: HookPlace, seq: int, mark: str, epoch: str) -> HookPlace | None:
        """None if somebody else moved it."""
        row = _standing(seq, mark, epoch)
        return HookPlace(office=place.office, hook=place.hook, **row) if await self._change(place, row) else None

    async def failed(self, place: HookPlace, fault: str, since: int, due_at: int) -> None:
        await self._change(place, {"tries": place.tries + 1, "since": since, "due_at": due_at, "fault": fault[:200]})

    async def lay_aside(self, place: HookPlace, letter: Posted, one: LogEntry, fault: str, now: int) -> bool:
        """False if there are too many already."""
        row = {
            "id": letter.id,
            "office": place.office,
            "hook": place.hook,
            "seq": one.seq,
            "type": one.event.__struct_config__.tag,
            "at": one.event.at,
            "made_at": now,
            "fault": fault[:200],
            "again": False,
            "body": letter.body.decode(),
        }
        if await self._many(place.office, place.hook) >= MOST_DEAD:
            return False
        try:
            async with self._writes.begin() as connection:
                await connection.execute(dead_letters.insert().values(row))
        except IntegrityError:  # laid aside just before a crash
            pass
        return True

    async def dead(self, office: str, hook: str) -> tuple[Sequence[DeadLetter], int]:
        """The newest letters laid aside, and how many there are."""
        some = [getattr(dead_letters.c, name) for name in DeadLetter.__struct_fields__]
        query = select(*some).where(_of(office, hook)).order_by(dead_letters.c.seq.desc()).limit(LISTED)
        async with self._reads.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [DeadLetter(**{**row._mapping, "at": rfc3339(row.at)}) for row in rows], await self._many(office, hook)

    async def again(self, office: str, hook: str) -> int:
        """All that was laid aside is to be sent again, and what waits is due now. Returns how many were laid aside."""
        waits = update(hooks).where(hooks.c.office == office, hooks.c.hook == hook).values(due_at=0)
        async with self._writes.begin() as connection:
            await connection.execute(waits)
            return (await connection.execute(update(dead_letters).where(_of(office, hook)).values(again=True))).rowcount

    async def wanted_again(self, office: str, hook: str) -> Posted | None:
        query = select(dead_letters.c.id, dead_letters.c.body).where(_of(office, hook), dead_letters.c.again)
        async with self._reads.connect() as connection:
            row = (await connection.execute(query.order_by(dead_letters.c.seq).limit(1))).first()
        return None if row is None else Posted(id=row.id, body=row.body.encode())

    async def taken_at_last(self, letter: str) -> None:
        async with self._writes.begin() as connection:
            await connection.execute(delete(dead_letters).where(dead_letters.c.id == letter))

    async def refused_again(self, office: str, hook: str, letter: str, fault: str) -> None:
        """No other is sent again either, until somebody says so."""
        why = update(dead_letters).where(dead_letters.c.id == letter).values(fault=fault[:200])
        async with self._writes.begin() as connection:
            await connection.execute(why)
            await connection.execute(update(dead_letters).where(_of(office, hook)).values(again=False))

    async def keep_only(self, office: str, names: Collection[str]) -> None:
        """Forgets the receivers that the office file does not name any more."""
        async with self._reads.connect() as connection:
            known = (await connection.execute(select(hooks.c.hook).where(hooks.c.office == office))).scalars().all()
        for hook in set(known) - set(names):
            async with self._writes.begin() as connection:
                await connection.execute(delete(hooks).where(hooks.c.office == office, hooks.c.hook == hook))
                await connection.execute(delete(dead_letters).where(_of(office, hook)))

    async def _many(self, office: str, hook: str) -> int:
        query = select(func.count()).select_from(dead_letters).where(_of(office, hook))
        async with self._reads.connect() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def _change(self, place: HookPlace, row: dict[str, Any]) -> bool:
        stood = (hooks.c.seq == place.seq) & (hooks.c.mark == place.mark) & (hooks.c.tries == place.tries)
        change = update(hooks).where(hooks.c.office == place.office, hooks.c.hook == place.hook, stood)
        async with self._writes.begin() as connection:
            return (await connection.execute(change.values(row))).rowcount == 1


async def forget(engine: AsyncEngine, office: str, now: int, days: int) -> int:
    """Deletes letters that were laid aside more than `days` ago. Returns how many."""
    old, ahead = now - days * DAY, now + AHEAD_MS
    at = dead_letters.c.made_at
    async with engine.begin() as connection:
        gone = delete(dead_letters).where(dead_letters.c.office == office, or_(at < old, at > ahead))
        return (await connection.execute(gone)).rowcount


def _of(office: str, hook: str) -> Any:
    return (dead_letters.c.office == office) & (dead_letters.c.hook == hook)


def _standing(seq: int, mark: str, epoch: str) -> dict[str, Any]:
    return {"seq": seq, "mark": mark, "epoch": epoch, "tries": 0, "due_at": 0, "since": None, "fault": ""}
