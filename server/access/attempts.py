"""Failed sign-ins: how long somebody has to wait before the next try, per account and per address, on every node.

The try is counted before the password is looked at, so that many at once gain nothing. Called by accounts.
"""

from sqlalchemy import case, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.access import tables
from server.access.installation import InstallationKey
from server.clock import Clock

FORGIVEN_MS = 15 * 60_000  # after so long without a failure the count begins anew
LONGEST_MS = 5 * 60_000
FREE = {"account": 5, "address": 20}  # an office's staff may share one address


class Attempts:
    """Counts by subject. Subjects are kept as keyed hashes: neither names nor addresses are stored."""

    def __init__(self, engine: AsyncEngine, clock: Clock, key: InstallationKey) -> None:
        self._writes, self._clock, self._key = engine, clock, key

    async def begin(self, name: str, address: str) -> int:
        """Count a try. 0: go on; else the milliseconds to wait, and this try was not counted."""
        now, subjects = self._clock.now_ms(), self._subjects(name, address)
        async with self._writes.begin() as connection:
            waits = [await self._wait(connection, kind, subject, now) for kind, subject in subjects]
            if max(waits) > 0:
                return max(waits)
            for _, subject in subjects:
                await self._count(connection, subject, now)
        return 0

    async def succeeded(self, name: str, address: str) -> None:
        """The try was good: the account starts anew, the address loses only this one try."""
        table = tables.attempts
        (_, account), (_, place) = self._subjects(name, address)
        async with self._writes.begin() as connection:
            await connection.execute(delete(table).where(table.c.subject == account))
            await connection.execute(
                update(table).where(table.c.subject == place, table.c.failed > 0).values(failed=table.c.failed - 1)
            )

    async def forget(self) -> None:
        """Drop what no longer counts."""
        table = tables.attempts
        async with self._writes.begin() as connection:
            await connection.execute(delete(table).where(table.c.last_at < self._clock.now_ms() - FORGIVEN_MS))

    def _subjects(self, name: str, address: str) -> list[tuple[str, str]]:
        return [
            (kind, self._key.hidden(f"{kind} 1", value)) for kind, value in (("account", name), ("address", address))
        ]

    async def _wait(self, connection: AsyncConnection, kind: str, subject: str, now: int) -> int:
        await self._take(connection, subject)
        row = (await connection.execute(select(tables.attempts).where(tables.attempts.c.subject == subject))).one()
        if now - row.last_at >= FORGIVEN_MS:
            return 0
        until: int = row.last_at + pause_ms(row.failed, FREE[kind])
        return max(0, until - now)

    async def _take(self, connection: AsyncConnection, subject: str) -> None:
        """Hold the subject's row to the end of the transaction: of many tries at once each sees the one before."""
        table = tables.attempts
        hold = update(table).where(table.c.subject == subject).values(failed=table.c.failed)
        if (await connection.execute(hold)).rowcount:
            return
        try:
            async with connection.begin_nested():
                await connection.execute(table.insert().values(subject=subject, failed=0, last_at=0))
        except IntegrityError:  # another node's first try came in between
            await connection.execute(hold)

    async def _count(self, connection: AsyncConnection, subject: str, now: int) -> None:
        table = tables.attempts
        failed = case((table.c.last_at <= now - FORGIVEN_MS, 1), else_=table.c.failed + 1)
        await connection.execute(update(table).where(table.c.subject == subject).values(failed=failed, last_at=now))


def pause_ms(failed: int, free: int) -> int:
    """2, 4, 8 ... seconds after the free tries, at most five minutes."""
    return 0 if failed < free else min(LONGEST_MS, 2_000 << min(failed - free, 20))
