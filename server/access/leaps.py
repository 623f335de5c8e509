"""Whether deletion may run. After a jump of the clock it is paused: a clock that is wrong by a year would delete a year.

It is paused until the server has run for a day under the new time, or somebody has confirmed it. This is stored in the database,
so that a restart or another node changes nothing. Called by `server.deletion` and the verb `deletion`.
"""

from msgspec import json
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.messages.instants import DAY, HOUR
from server.messages.value import Value

LEAP_MS = 7 * DAY
"""A longer gap counts as a jump of the clock. An office that really was closed for longer has somebody who can confirm it."""
RUN_MS = DAY
STEP_MS = 2 * HOUR
"""The most that counts as running time between two looks, which are an hour apart: a night switched off does not count."""
NAME = "deletion"


class Rest(Value):
    """`seen`: the time of the last look; `ran`: for how many ms since the jump the server has been running."""

    seen: int
    ran: int = 0
    resting: bool = False


def looked(before: Rest | None, now: int) -> Rest:
    """What is known after another look at the clock."""
    if before is None:
        return Rest(seen=now)
    passed = now - before.seen
    if abs(passed) > LEAP_MS:
        return Rest(seen=now, resting=True)
    if not before.resting:
        return Rest(seen=now)
    ran = before.ran + max(0, min(passed, STEP_MS))
    return Rest(seen=now, ran=ran, resting=ran < RUN_MS)


class Leaps:
    """The single row that all nodes share."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def look(self, now: int) -> Rest:
        """Notes the time; returns whether deletion is paused."""
        rest = looked(await self.known(), now)
        await self._keep(rest)
        return rest

    async def known(self) -> Rest | None:
        table = tables.installation.c
        async with self._engine.execution_options(read_only=True).connect() as connection:
            found = (await connection.execute(select(table.value).where(table.name == NAME))).scalar()
        return None if found is None else json.decode(found, type=Rest)

    async def confirm(self) -> bool:
        """Somebody says that the clock is right. False if deletion was not paused."""
        rest = await self.known()
        if rest is None or not rest.resting:
            return False
        await self._keep(Rest(seen=rest.seen))
        return True

    async def _keep(self, rest: Rest) -> None:
        table, value = tables.installation, json.encode(rest).decode()
        change = update(table).where(table.c.name == NAME).values(value=value)
        async with self._engine.begin() as connection:
            if (await connection.execute(change)).rowcount:
                return
            try:
                async with connection.begin_nested():
                    await connection.execute(table.insert().values(name=NAME, value=value))
            except IntegrityError:  # another node looked first
                await connection.execute(change)
