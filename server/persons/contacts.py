"""How citizens with an appointment are reached. The web notes a contact when somebody books, letters read it and note what they
told, deletion forgets it with the day.

Every method raises ConnectionError while the database is away, and NoContactKey without the key.
"""

import re
from collections.abc import Collection
from typing import Any

from msgspec.json import decode, encode
from sqlalchemy import ColumnElement, Row, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.messages.value import Value
from server.persons.sealing import Sealing
from server.persons.tables import contacts

_MAIL = re.compile(r"(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_PHONE = re.compile(r"\+?[0-9 ()/-]{3,30}")
LEAST_DIGITS = 3
MOST_TOGETHER = 500
"""How many rows are asked for by name in one query."""


class Contact(Value):
    """How somebody is reached. `language`: in which they are told. `phone`: only of a wish that is kept at the phone desk."""

    mail: str
    language: str
    phone: str = ""


class ContactNote(Value):
    """What is known of a row without opening it. `told`: what was said last; None: nothing yet. `over`: it is cancelled."""

    office: str
    appointment: str
    start: int
    told: str | None
    reminded: int | None
    over: bool
    fault: str
    epoch: str
    seq: int
    made_at: int


class Booked(Value):
    """Which appointment a contact is for. `day`: its date in the office. `epoch`, `seq`: the log knew it by then."""

    office: str
    appointment: str
    day: str
    start: int
    epoch: str
    seq: int


class Contacts:
    """The contacts of all offices of a database."""

    def __init__(self, engine: AsyncEngine, sealing: Sealing) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._sealing = sealing

    async def put(self, booked: Booked, mail: str, language: str, now: int) -> None:
        """Notes how the owner of an appointment is reached, or changes it. ValueError for an address that cannot be one."""
        if not is_mail(mail):
            raise ValueError("no mail address")
        sealed = self._sealing.seal(
            _row(booked.office, booked.appointment), encode(Contact(mail=mail, language=language))
        )
        mine = {
            "sealed": sealed,
            "key": self._sealing.name,
            "mark": self._sealing.mark(booked.office, mail),
            "fault": "",
        }
        fresh = {
            **{name: getattr(booked, name) for name in Booked.__struct_fields__},
            "told": None,
            "reminded": None,
            "over": False,
            "made_at": now,
        }
        change = update(contacts).where(_is(booked.office, booked.appointment))
        async with self._writes.begin() as connection:
            if (await connection.execute(change.values(mine | {"told": None}))).rowcount:
                return
            try:
                async with connection.begin_nested():
                    await connection.execute(contacts.insert().values(fresh | mine))
            except IntegrityError:  # the same press, on another node
                await connection.execute(change.values(mine))

    async def get(self, office: str, appointment: str) -> Contact | None:
        query = select(contacts.c.sealed).where(_is(office, appointment))
        async with self._reads.connect() as connection:
            sealed = (await connection.execute(query)).scalar()
        return None if sealed is None else decode(self._sealing.open(_row(office, appointment), sealed), type=Contact)

    async def offices(self) -> set[str]:
        """Those in which somebody wants mail."""
        async with self._reads.connect() as connection:
            return set((await connection.execute(select(contacts.c.office).distinct())).scalars())

    async def untold(self, office: str) -> list[ContactNote]:
        """Whoever was told nothing yet."""
        return await self._notes((contacts.c.office == office) & contacts.c.told.is_(None))

    async def unreminded(self, office: str, now: int, until: int) -> list[ContactNote]:
        """Whose appointment begins before `until`, and who was not reminded of it."""
        near = (contacts.c.office == office) & (contacts.c.start > now) & (contacts.c.start <= until)
        not_yet = contacts.c.reminded.is_(None) | (contacts.c.reminded != contacts.c.start)
        return await self._notes(near & not_yet)

    async def named(self, office: str, appointments: Collection[str]) -> list[ContactNote]:
        """The rows of these appointments."""
        wanted, found = sorted(appointments), []
        for first in range(0, len(wanted), MOST_TOGETHER):
            some = contacts.c.appointment.in_(wanted[first : first + MOST_TOGETHER])
            found += await self._notes((contacts.c.office == office) & some)
        return found

    async def every(self, office: str) -> list[ContactNote]:
        return await self._notes(contacts.c.office == office)

    async def refused(self, office: str) -> list[str]:
        """The appointments whose address the mail server refused."""
        return [one.appointment for one in await self._notes((contacts.c.office == office) & (contacts.c.fault != ""))]

    async def reached(self, office: str, appointments: Collection[str]) -> dict[str, bool]:
        """Whose owners want mail; False: the mail server refused the address. The others are not in it."""
        return {one.appointment: not one.fault for one in await self.named(office, appointments) if not one.over}

    async def others(self, office: str, appointment: str) -> list[str]:
        """Further appointments of whoever has this one, by the hash of the address."""
        mine = select(contacts.c.mark).where(_is(office, appointment)).scalar_subquery()
        same = (contacts.c.office == office) & (contacts.c.mark == mine) & ~contacts.c.over
        query = select(contacts.c.appointment).where(same, contacts.c.appointment != appointment)
        async with self._reads.connect() as connection:
            return list((await connection.execute(query.order_by(contacts.c.start).limit(10))).scalars())

    async def refuse(self, office: str, appointment: str, fault: str) -> None:
        """The mail server refused the address."""
        async with self._writes.begin() as connection:
            await connection.execute(update(contacts).where(_is(office, appointment)).values(fault=fault[:200]))

    async def forget(self, office: str, appointment: str) -> None:
        async with self._writes.begin() as connection:
            await connection.execute(delete(contacts).where(_is(office, appointment)))

    async def _notes(self, where: ColumnElement[bool]) -> list[ContactNote]:
        columns = [contacts.c[name] for name in ContactNote.__struct_fields__]
        async with self._reads.connect() as connection:
            rows = (await connection.execute(select(*columns).where(where).order_by(contacts.c.made_at))).all()
        return [_note(row) for row in rows]


async def forget_day(engine: AsyncEngine, office: str, day: str) -> int:
    """Forgets whose appointment was on `day` or before. Returns how many."""
    old = (contacts.c.office == office) & (contacts.c.day <= day)
    async with engine.begin() as connection:
        return (await connection.execute(delete(contacts).where(old))).rowcount


async def note_told(connection: AsyncConnection, one: ContactNote, **changed: Any) -> bool:
    """Writes down what was told, in the transaction in which its letter is written. False if somebody else changed the row."""
    same = contacts.c.told.is_(None) if one.told is None else contacts.c.told == one.told
    again = contacts.c.reminded.is_(None) if one.reminded is None else contacts.c.reminded == one.reminded
    change = update(contacts).where(_is(one.office, one.appointment), same, again, ~contacts.c.over)
    return (await connection.execute(change.values(changed))).rowcount == 1


def is_phone(text: str) -> bool:
    """Whether a text can be a telephone number as people write it."""
    return _PHONE.fullmatch(text) is not None and sum(sign.isdecimal() for sign in text) >= LEAST_DIGITS


def is_mail(text: str) -> bool:
    """Whether a text can be a mail address: one that a header and a mail server take as it is."""
    return _MAIL.fullmatch(text) is not None


def _is(office: str, appointment: str) -> ColumnElement[bool]:
    return (contacts.c.office == office) & (contacts.c.appointment == appointment)


def _row(office: str, appointment: str) -> str:
    return f"{office}|{appointment}"


def _note(row: Row[Any]) -> ContactNote:
    return ContactNote(**row._mapping)
