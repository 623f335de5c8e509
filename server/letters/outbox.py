"""The outbox: alerts that stand and letters that wait, in the database. What is written here is not sent
twice, whichever node sends it.

Used by `post`; `forget` by `server.deletion`. Every method raises ConnectionError while the database is away.
"""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any, Literal

from msgspec.json import decode, encode
from sqlalchemy import Row, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.letters.standing import Began, Ended
from server.letters.tables import alerts, letters
from server.messages.instants import DAY, MINUTE, SECOND
from server.messages.value import Value
from server.office.boards.alerts import Condition

TAKEN_MS = MINUTE
"""If a node began to send a letter this long ago and did not say how that ended, the node has died, and the letter is sent
again."""
PAUSES_MS = (10 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE)
"""The pauses before each next try; the last one is repeated."""
GIVEN_UP_MS = DAY
LISTED = 200
"""The most letters looked at in one go, for one office and channel."""
AHEAD_MS = 7 * DAY

What = Literal["began", "ended", "called", "missed", "booked", "moved", "cancelled", "reminder", "offered"]


class Letter(Value):
    """`id` is the same at every try. `alert`: which one, or the phone or appointment that it is about; `body`: JSON, of an alert
    its condition.

    `until`: when the alert ended, ms; `tries` counts this one, too.
    """

    id: str
    channel: str
    what: What
    alert: str
    body: str
    since: int
    until: int | None
    made_at: int
    tries: int

    @property
    def condition(self) -> Condition:
        return _condition(self.body)


class Outbox:
    """The outbox of all offices of a database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)

    async def standing(self, office: str) -> list[Began]:
        """The alerts that were told and have not ended."""
        query = select(alerts.c.body, alerts.c.since).where(alerts.c.office == office)
        async with self._reads.connect() as connection:
            return [Began(_condition(row.body), row.since) for row in await connection.execute(query)]

    async def began(self, office: str, one: Began, channels: Collection[str], now: int) -> bool:
        """Writes an alert down, and a letter for each channel. False if it was written down before."""
        body = _written(one.condition)
        row = {"office": office, "alert": one.condition.id, "since": one.since, "body": body}
        try:
            async with self._writes.begin() as connection:
                await connection.execute(alerts.insert().values(row))
                for channel in channels:
                    await _write(connection, row, channel, "began", now)
        except IntegrityError:
            return False
        return True

    async def ended(self, office: str, one: Ended, now: int) -> bool:
        """Removes an alert, and writes a letter for each channel that was told of it. False if it had ended already."""
        name = one.condition.id
        body = _written(one.condition)
        row = {"office": office, "alert": name, "since": one.since, "body": body, "until": one.until}
        stands = (alerts.c.office == office) & (alerts.c.alert == name) & (alerts.c.since == one.since)
        told = select(letters.c.channel).where(
            letters.c.office == office, letters.c.alert == name, letters.c.since == one.since, letters.c.what == "began"
        )
        async with self._writes.begin() as connection:
            if (await connection.execute(delete(alerts).where(stands))).rowcount != 1:
                return False
            for channel in (await connection.execute(told)).scalars().all():
                await _write(connection, row, channel, "ended", now)
        return True

    async def take(self, office: str, channel: str, now: int) -> Letter | None:
        """The next letter that is due. Nobody else gets it for a minute. A letter about the end of an alert waits for the
        one about its beginning."""
        async with self._writes.begin() as connection:
            for row in await self._open(connection, office, channel):
                due = row.due_at <= now and not _in_hand(row.taken_at, now)
                if due and not await _is_later(connection, row) and await _took(connection, row, now):
                    return _letter(row)
        return None

    async def due(self, office: str, channel: str) -> int | None:
        """When the next letter is due, ms; None if none waits."""
        async with self._reads.connect() as connection:
            rows = await self._open(connection, office, channel)
        return min((max(row.due_at, (row.taken_at or -TAKEN_MS) + TAKEN_MS) for row in rows), default=None)

    async def waiting(self, office: str) -> int:
        """How many letters of an office wait, `LISTED` at most."""
        query = select(letters.c.id).where(letters.c.office == office, letters.c.done_at.is_(None)).limit(LISTED)
        async with self._reads.connect() as connection:
            return len((await connection.execute(query)).all())

    async def sent(self, id: str, now: int) -> None:
        change = update(letters).where(letters.c.id == id)
        async with self._writes.begin() as connection:
            await connection.execute(change.values(done_at=now, sent=True, fault=""))

    async def failed(self, letter: Letter, fault: str, now: int) -> None:
        """The letter was not taken: it is due again after a pause; after a day it is given up."""
        pause = PAUSES_MS[min(letter.tries, len(PAUSES_MS)) - 1]
        done = now if now - letter.made_at >= GIVEN_UP_MS else None
        change = update(letters).where(letters.c.id == letter.id, letters.c.done_at.is_(None))
        async with self._writes.begin() as connection:
            await connection.execute(change.values(due_at=now + pause, taken_at=None, done_at=done, fault=fault[:200]))

    async def _open(self, connection: AsyncConnection, office: str, channel: str) -> Sequence[Row[Any]]:
        """Letters that wait, the oldest first, and of several about the same only the oldest. If there are too many, those that
        are due soonest: however many rest after a refusal, a new one is not kept waiting by them."""
        here = (letters.c.office == office) & (letters.c.channel == channel) & letters.c.done_at.is_(None)
        soonest = (letters.c.due_at, letters.c.made_at, letters.c.what, letters.c.id)
        found = (await connection.execute(select(letters).where(here).order_by(*soonest).limit(LISTED))).all()
        first: dict[tuple[str, int], Row[Any]] = {}
        for row in sorted(found, key=lambda one: (one.made_at, one.what, one.id)):
            first.setdefault((row.alert, row.since), row)
        return list(first.values())


async def forget(engine: AsyncEngine, office: str, now: int, days: int) -> int:
    """Deletes letters that are older than `days`, sent or not, and alerts that began before that. Returns how many rows."""
    old, ahead = now - days * DAY, now + AHEAD_MS
    async with engine.begin() as connection:
        gone = 0
        for table, at in ((letters, letters.c.made_at), (alerts, alerts.c.since)):
            where = (table.c.office == office) & or_(at < old, at > ahead)
            gone += (await connection.execute(delete(table).where(where))).rowcount
    return gone


async def _write(connection: AsyncConnection, row: dict[str, Any], channel: str, what: What, now: int) -> None:
    name = "|".join((row["office"], row["alert"], str(row["since"]), what, channel))
    made = {
        "id": f"msg_{sha256(name.encode()).hexdigest()[:32]}",
        "channel": channel,
        "what": what,
        "made_at": now,
        "due_at": now,
        "tries": 0,
        "sent": False,
        "fault": "",
    }
    await connection.execute(letters.insert().values(row | made))


async def _is_later(connection: AsyncConnection, row: Row[Any]) -> bool:
    """Whether an older letter about the same still waits. It may rest after a refusal, behind all that are listed."""
    same = [letters.c[name] == getattr(row, name) for name in ("office", "channel", "alert", "since")]
    made, what = letters.c.made_at, letters.c.what
    twin = (what == row.what) & (letters.c.id < row.id)
    older = (made < row.made_at) | ((made == row.made_at) & ((what < row.what) | twin))
    query = select(letters.c.id).where(*same, letters.c.done_at.is_(None), older).limit(1)
    return (await connection.execute(query)).first() is not None


async def _took(connection: AsyncConnection, row: Row[Any], now: int) -> bool:
    """Of two senders that read the same row, only one changes it."""
    same = letters.c.taken_at.is_(None) if row.taken_at is None else letters.c.taken_at == row.taken_at
    change = update(letters).where(letters.c.id == row.id, letters.c.tries == row.tries, same)
    return (await connection.execute(change.values(taken_at=now, tries=row.tries + 1))).rowcount == 1


def _in_hand(taken_at: int | None, now: int) -> bool:
    return taken_at is not None and abs(now - taken_at) < TAKEN_MS


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        channel=row.channel,
        what=row.what,
        alert=row.alert,
        body=row.body,
        since=row.since,
        until=row.until,
        made_at=row.made_at,
        tries=row.tries + 1,
    )


def _written(condition: Condition) -> str:
    """Without the bookings that it lists: a letter tells how many there are, the table which."""
    fields = condition._asdict()
    del fields["visits"]
    return encode(fields).decode()


def _condition(body: str) -> Condition:
    return Condition(**decode(body))
