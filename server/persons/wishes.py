"""Wishes for an appointment where nothing is free: which days and hours, at which offices, and how the person is reached. The web
notes one, the agent of letters offers freed slots in order, and the first confirmation ends it. A wish with a `code` is kept at
the phone desk: nobody is told by mail, the desk sees what is held for it.

An address is sealed as in `contacts`. Every method raises ConnectionError while the database is away, and NoContactKey without
the key.
"""

from collections.abc import Sequence
from secrets import choice, token_hex
from typing import Any

from msgspec.json import decode, encode
from sqlalchemy import Row, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.messages.instants import MINUTE
from server.messages.short_code import ALPHABET
from server.messages.value import Value
from server.persons.contacts import Contact, is_mail, is_phone
from server.persons.sealing import Sealing
from server.persons.tables import offers, wishes

MOST_OF_ONE = 3
"""Wishes of one mail address that are looked for at the same time in one office."""
MOST = 2_000
"""Wishes made at one office."""
MOST_OFFERS = 6
"""Whoever let so many offers pass is not asked any more."""
OFFERED_MINUTES = 30
"""So long a slot is held for whoever wished for it."""
MOST_SHOWN = 50
"""Offers that a phone desk sees, those that run out first."""
CODE_SIGNS = 6
CLAIM_MS = MINUTE
"""If somebody began to confirm an offer this long ago and the wish is still there, that failed."""


class Wish(Value):
    """`first`, `last`: dates; `begins`, `ends`: times of the day by the clock of each office. `turn`: whose is smaller is offered
    first. `passed`: offers that nobody confirmed, as `office start`. `code`: by which the phone desk finds it again."""

    id: str
    office: str
    offices: tuple[str, ...]
    services: tuple[str, ...]
    persons: int
    first: str
    last: str
    begins: str
    ends: str
    turn: int
    passed: tuple[str, ...]
    code: str = ""


class Offer(Value):
    """A slot that is held for a wish."""

    wish: str
    office: str
    hold: str
    start: int
    until: int


class TooManyWishes(Exception):
    """Of this address, or at this office."""


class Wishes:
    """The wishes of all offices of a database. `by_mail`: people can be told, and come to the page of their wish."""

    def __init__(self, engine: AsyncEngine, sealing: Sealing, *, by_mail: bool = True) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._sealing, self.by_mail = sealing, by_mail

    async def put(self, wish: Wish, mail: str, language: str) -> None:
        """ValueError for an address that cannot be one; TooManyWishes."""
        if not is_mail(mail):
            raise ValueError("no mail address")
        await self._put(wish, Contact(mail=mail, language=language), mail)

    async def keep_at_desk(self, wish: Wish, phone: str, language: str) -> Wish:
        """A wish with a code; without a number (`phone`) whoever wished calls again. The one that is kept, if it was noted
        before; ValueError for a number that cannot be one; TooManyWishes."""
        if phone and not is_phone(phone):
            raise ValueError("no telephone number")
        known = await self.get(wish.id)
        if known is None:
            digits = "".join(sign for sign in phone if sign.isdecimal())
            await self._put(wish, Contact(mail="", language=language, phone=phone), digits or wish.id)
        return known or wish

    async def _put(self, wish: Wish, contact: Contact, who: str) -> None:
        mark = self._sealing.mark(wish.office, who)
        if await self._many(wishes.c.mark == mark) >= MOST_OF_ONE or await self._many() >= MOST:
            raise TooManyWishes
        row = {
            "id": wish.id,
            "office": wish.office,
            "said": encode(wish).decode(),
            "last": wish.last,
            "turn": wish.turn,
            "sealed": self._sealing.seal(_row(wish.id), encode(contact)),
            "key": self._sealing.name,
            "mark": mark,
            "claimed_at": None,
        }
        async with self._writes.begin() as connection:
            await connection.execute(wishes.insert().values(row))

    async def get(self, id: str) -> Wish | None:
        async with self._reads.connect() as connection:
            row = (await connection.execute(select(wishes).where(wishes.c.id == id))).first()
        return None if row is None else _wish(row)

    async def by_code(self, code: str) -> Wish | None:
        """A wish that is kept at the phone desk. `code`: only signs of the alphabet of codes."""
        async with self._reads.connect() as connection:
            found = select(wishes).where(wishes.c.said.contains(f'"code":"{code}"'))
            row = (await connection.execute(found)).first()
        return None if row is None else _wish(row)

    async def at_desks(self, offices: Sequence[str]) -> Sequence[tuple[Wish, Offer]]:
        """What these offices hold for wishes that are kept at the phone desk, what runs out first at the beginning."""
        query = select(offers, wishes.c.said).join(wishes, wishes.c.id == offers.c.wish)
        mine = query.where(offers.c.office.in_(offices), ~wishes.c.said.contains('"code":""'))
        async with self._reads.connect() as connection:
            rows = (await connection.execute(mine.order_by(offers.c.until, offers.c.hold))).all()
        found = [(_wish(row), Offer(**{name: getattr(row, name) for name in Offer.__struct_fields__})) for row in rows]
        return [(wish, offer) for wish, offer in found if wish.code][:MOST_SHOWN]

    async def contact(self, id: str) -> Contact | None:
        async with self._reads.connect() as connection:
            sealed = (await connection.execute(select(wishes.c.sealed).where(wishes.c.id == id))).scalar()
        return None if sealed is None else decode(self._sealing.open(_row(id), sealed), type=Contact)

    async def every(self) -> list[Wish]:
        """In the order in which they are offered something."""
        async with self._reads.connect() as connection:
            rows = (await connection.execute(select(wishes).order_by(wishes.c.turn, wishes.c.id))).all()
        return [_wish(row) for row in rows]

    async def offered(self, wish: str) -> Sequence[Offer]:
        """What is held for a wish, the soonest first."""
        return await self._offers(offers.c.wish == wish)

    async def open_in(self, office: str) -> Sequence[Offer]:
        return await self._offers(offers.c.office == office)

    async def offer(self, one: Offer, letter: Any | None) -> bool:
        """Notes what is held, with the letter that tells it (an insert), if there is one. False if it was noted before."""
        row = {name: getattr(one, name) for name in Offer.__struct_fields__}
        try:
            async with self._writes.begin() as connection:
                await connection.execute(offers.insert().values(row))
                if letter is not None:
                    await connection.execute(letter)
        except IntegrityError:
            return False
        return True

    async def pass_by(self, one: Offer, now: int) -> None:
        """Nobody confirmed it: others come first now. After some of them the wish ends."""
        async with self._writes.begin() as connection:
            gone = delete(offers).where(
                offers.c.wish == one.wish, offers.c.office == one.office, offers.c.hold == one.hold
            )
            if not (await connection.execute(gone)).rowcount:
                return
            row = (await connection.execute(select(wishes).where(wishes.c.id == one.wish))).first()
            if row is None:
                return
            wish = _wish(row)
            passed = (*wish.passed, f"{one.office} {one.start}")
            if len(passed) >= MOST_OFFERS:
                await connection.execute(delete(offers).where(offers.c.wish == one.wish))
                await connection.execute(delete(wishes).where(wishes.c.id == one.wish))
                return
            fields = {name: getattr(wish, name) for name in Wish.__struct_fields__} | {"passed": passed, "turn": now}
            changed = {"said": encode(Wish(**fields)).decode(), "turn": now}
            await connection.execute(update(wishes).where(wishes.c.id == one.wish).values(changed))

    async def claim(self, id: str, now: int) -> bool:
        """Whoever confirms first. False if somebody else is confirming another offer of this wish."""
        free = or_(wishes.c.claimed_at.is_(None), wishes.c.claimed_at < now - CLAIM_MS)
        async with self._writes.begin() as connection:
            change = update(wishes).where(wishes.c.id == id, free).values(claimed_at=now)
            return (await connection.execute(change)).rowcount == 1

    async def let_go(self, id: str) -> None:
        """The confirmation was refused: the next one may try."""
        async with self._writes.begin() as connection:
            await connection.execute(update(wishes).where(wishes.c.id == id).values(claimed_at=None))

    async def forget(self, id: str) -> Sequence[Offer]:
        """Deletes a wish with its address. Returns what was still held for it."""
        held = await self.offered(id)
        async with self._writes.begin() as connection:
            await connection.execute(delete(offers).where(offers.c.wish == id))
            await connection.execute(delete(wishes).where(wishes.c.id == id))
        return held

    async def _many(self, *where: Any) -> int:
        async with self._reads.connect() as connection:
            query = select(func.count()).select_from(wishes).where(*where)
            return int((await connection.execute(query)).scalar_one())

    async def _offers(self, where: Any) -> Sequence[Offer]:
        async with self._reads.connect() as connection:
            rows = (await connection.execute(select(offers).where(where).order_by(offers.c.start))).all()
        return [Offer(**row._mapping) for row in rows]


async def forget_day(engine: AsyncEngine, office: str, day: str) -> int:
    """Forgets the wishes made at an office whose last day was `day` or before. Returns how many."""
    old = (wishes.c.office == office) & (wishes.c.last <= day)
    async with engine.begin() as connection:
        await connection.execute(delete(offers).where(offers.c.wish.in_(select(wishes.c.id).where(old))))
        return (await connection.execute(delete(wishes).where(old))).rowcount


def new_id() -> str:
    return token_hex(12)


def new_code() -> str:
    """For a wish that is kept at the phone desk. Read out like the code of an appointment."""
    return "".join(choice(ALPHABET) for _ in range(CODE_SIGNS))


def _wish(row: Row[Any]) -> Wish:
    return decode(row.said, type=Wish)


def _row(id: str) -> str:
    return f"wish|{id}"
