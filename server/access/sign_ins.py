"""The random id under which an account acts in one office on one day: it holds counters and owns keys.

All tabs and nodes of an account share it; nothing shows it, and it goes with the day. Called by the gate.
"""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables

MOST = 10_000


class SignIns:
    """Made at the first press of the day; two who ask at once get the same."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._known: dict[tuple[str, str, str], str] = {}

    async def of(self, office: str, account: str, day: str) -> str:
        """32 hex digits. `day` is the office's own, "2026-11-22"."""
        asked = (office, account, day)
        if asked not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[asked] = await self._read(*asked) or await self._make(*asked)
        return self._known[asked]

    async def forget_day(self, office: str, day: str) -> None:
        """Delete those of `day` and before."""
        table = tables.sign_ins
        async with self._writes.begin() as connection:
            await connection.execute(delete(table).where(table.c.office == office, table.c.day <= day))
        self._known = {asked: id for asked, id in self._known.items() if asked[0] != office or asked[2] > day}

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
        except IntegrityError:  # another tab or node was faster; its id is ours
            return await self._read(office, account, day) or id
        return id
