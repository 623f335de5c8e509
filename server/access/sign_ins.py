"""The random id under which an account acts in one office on one day: holder of counters and owner of keys.

All tabs and nodes of an account share it, and it is never shown. It is kept for 24 hours after its day: a press that is repeated
after midnight is still recognised, and people still hold their counters. Called by the gate.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import NamedTuple
from weakref import WeakValueDictionary

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables

MOST = 10_000


class SignInOf(NamedTuple):
    """Whose sign-in id it is: of which account, at which office, on which day."""

    office: str
    account: str
    day: str


class SignIns:
    """Makes an id at the first press of the day. Two callers at the same time get the same one."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._known: dict[SignInOf, str] = {}
        self._earlier: dict[SignInOf, str] = {}
        self._asking: WeakValueDictionary[SignInOf, asyncio.Lock] = WeakValueDictionary()

    async def of(self, office: str, account: str, day: str) -> str:
        """32 hex digits. `day` is the office's own, "2026-11-22"."""
        asked = SignInOf(office, account, day)
        return self._known.get(asked) or await self._once(self._known, asked, self._read_or_make)

    async def of_the_day_before(self, office: str, account: str, day: str) -> str:
        """The id of the day before `day`; "" if the account did not act then. It makes no new one."""
        asked = SignInOf(office, account, _before(day))
        if asked in self._earlier:
            return self._earlier[asked]
        return await self._once(self._earlier, asked, self._read)

    async def forget_day(self, office: str, day: str) -> None:
        """`day` is over: deletes the ids of the day before it and of older days. Those of `day` are deleted a day later."""
        table = tables.sign_ins
        async with self._writes.begin() as connection:
            await connection.execute(delete(table).where(table.c.office == office, table.c.day < day))
        for known in (self._known, self._earlier):
            for asked in [asked for asked in known if asked.office == office and asked.day < day]:
                del known[asked]

    def forget_known(self, office: str) -> None:
        """The dates were corrected: forgets what is cached, so that it is read again."""
        for known in (self._known, self._earlier):
            for asked in [asked for asked in known if asked.office == office]:
                del known[asked]

    async def _once(
        self, known: dict[SignInOf, str], asked: SignInOf, ask: Callable[..., Awaitable[str | None]]
    ) -> str:
        """Asks the database once, however many wait: two hundred first presses would be two hundred writers of one file."""
        async with self._asking.setdefault(asked, asyncio.Lock()):
            if asked not in known:
                if len(known) >= MOST:
                    known.clear()
                known[asked] = await ask(*asked) or ""
            return known[asked]

    async def _read_or_make(self, office: str, account: str, day: str) -> str:
        return await self._read(office, account, day) or await self._make(office, account, day)

    async def _read(self, office: str, account: str, day: str) -> str | None:
        table = tables.sign_ins.c
        query = select(table.id).where(table.office == office, table.account == account, table.day == day)
        async with self._reads.connect() as connection:
            found: str | None = (await connection.execute(query)).scalar()
        return found

    async def _make(self, office: str, account: str, day: str) -> str:
        id = secrets.token_hex(16)
        try:
            async with self._writes.begin() as connection:
                await connection.execute(
                    tables.sign_ins.insert().values(office=office, account=account, day=day, id=id)
                )
        except IntegrityError:  # another tab or node was faster: its id is the one
            return await self._read(office, account, day) or id
        return id


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
