"""Phones that want to be told when they are called: their addresses, and the letters to them. Contact data, gone with the day.

`PhoneBook` is used by `push` (for the web) and `ringing`, the functions by deletion. All raise ConnectionError while the
database is away.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from msgspec.json import decode, encode
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.letters.rings import Ring
from server.letters.tables import letters, phones, rung
from server.messages.value import Value

CHANNEL = "push"
MOST = 4
"""Phones of one ticket: a family. One more takes the place of the first."""


class Phone(Value):
    """One browser that wants to be told. `endpoint`: its address at its push service; `p256dh`, `auth`: its keys (base64url)."""

    id: str
    office: str
    ticket: str
    endpoint: str
    p256dh: str
    auth: str
    language: str


class PhoneBook:
    """The phones of all offices of a database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)

    async def put(self, office: str, ticket: str, day: str, wanted: Phone, now: int) -> None:
        """Notes a phone of a ticket, or changes its keys and language."""
        row = {"endpoint": wanted.endpoint, "p256dh": wanted.p256dh, "auth": wanted.auth, "language": wanted.language}
        change = update(phones).where(phones.c.id == wanted.id).values(row)
        more = {"id": wanted.id, "office": office, "ticket": ticket, "day": day, "made_at": now}
        async with self._writes.begin() as connection:
            if (await connection.execute(change)).rowcount:
                return
            try:
                async with connection.begin_nested():
                    await connection.execute(phones.insert().values(row | more))
            except IntegrityError:  # the same press, on another node
                await connection.execute(change)
            await _drop(connection, (await _of(connection, office, ticket))[:-MOST])

    async def drop(self, office: str, ticket: str, endpoint: str | None = None) -> None:
        """Forgets a phone of a ticket, or all of them."""
        async with self._writes.begin() as connection:
            known = await _of(connection, office, ticket)
            mine = None if endpoint is None else id_of(office, ticket, endpoint)
            await _drop(connection, [one for one in known if mine in (None, one)])

    async def gone(self, id: str) -> None:
        """A push service does not know a phone any more."""
        async with self._writes.begin() as connection:
            await _drop(connection, [id])

    async def get(self, id: str) -> Phone | None:
        async with self._reads.connect() as connection:
            row = (await connection.execute(select(phones).where(phones.c.id == id))).first()
        return None if row is None else Phone(**{name: getattr(row, name) for name in Phone.__struct_fields__})

    async def offices(self) -> set[str]:
        """Those in which somebody wants to be told."""
        async with self._reads.connect() as connection:
            return set((await connection.execute(select(phones.c.office).distinct())).scalars())

    async def ring(self, office: str, rings: Sequence[Ring], now: int) -> int:
        """Writes a letter for every phone that is to be told. A letter that is there is not written again, whoever found it.

        A sender whose state is older than what was looked at already is behind, and writes nothing.
        """
        written = 0
        async with self._writes.begin() as connection:
            if not await _ahead(connection, office, rings[-1].epoch, rings[-1].seq):
                return 0
            for ring in rings:
                wants = (phones.c.office == office) & (phones.c.ticket == ring.ticket) & (phones.c.made_at <= ring.at)
                for phone in (await connection.execute(select(phones.c.id).where(wants))).scalars().all():
                    written += await _write(connection, ring, phone, now)
        return written


async def forget_day(engine: AsyncEngine, office: str, day: str) -> int:
    """Deletes the phones of `day` and of earlier days, and the letters to them. Returns how many phones."""
    async with engine.begin() as connection:
        old = (phones.c.office == office) & (phones.c.day <= day)
        ids = (await connection.execute(select(phones.c.id).where(old))).scalars().all()
        await _drop(connection, ids)
    return len(ids)


async def set_day_right(engine: AsyncEngine, office: str, day: str) -> None:
    """The clock was ahead, and it is `day` again: phones of later dates become today's, so that they go with today."""
    late = (phones.c.office == office) & (phones.c.day > day)
    async with engine.begin() as connection:
        await connection.execute(update(phones).where(late).values(day=day))


def id_of(office: str, ticket: str, endpoint: str) -> str:
    """The id of a phone; it does not tell its address."""
    return sha256(f"{office}|{ticket}|{endpoint}".encode()).hexdigest()[:32]


def ring_of(body: str) -> Ring:
    """What a letter to a phone says."""
    return decode(body, type=Ring)


async def _of(connection: AsyncConnection, office: str, ticket: str) -> Sequence[str]:
    query = select(phones.c.id).where(phones.c.office == office, phones.c.ticket == ticket)
    return (await connection.execute(query.order_by(phones.c.made_at, phones.c.id))).scalars().all()


async def _drop(connection: AsyncConnection, ids: Iterable[str]) -> None:
    for id in ids:
        await connection.execute(delete(letters).where(letters.c.channel == CHANNEL, letters.c.alert == id))
        await connection.execute(delete(phones).where(phones.c.id == id))


async def _ahead(connection: AsyncConnection, office: str, epoch: str, seq: int) -> bool:
    """Moves the office's position forward to this one; False if the office is further already.

    Another epoch is another history, so there the position starts again.
    """
    mine = {"epoch": epoch, "seq": seq}
    behind = (rung.c.office == office) & ((rung.c.epoch != epoch) | (rung.c.seq <= seq))
    if (await connection.execute(update(rung).where(behind).values(mine))).rowcount:
        return True
    try:
        async with connection.begin_nested():
            await connection.execute(rung.insert().values(office=office, **mine))
    except IntegrityError:  # there is a position, and it is ahead of this state
        return False
    return True


async def _write(connection: AsyncConnection, ring: Ring, phone: str, now: int) -> int:
    name = "|".join((ring.office, ring.name, phone))
    made = {
        "id": f"msg_{sha256(name.encode()).hexdigest()[:32]}",
        "office": ring.office,
        "channel": CHANNEL,
        "alert": phone,
        "since": ring.at,
        "what": ring.why,
        "body": encode(ring).decode(),
        "made_at": now,
        "due_at": now,
        "tries": 0,
        "sent": False,
        "fault": "",
    }
    try:
        async with connection.begin_nested():
            await connection.execute(letters.insert().values(made))
    except IntegrityError:
        return 0
    return 1
