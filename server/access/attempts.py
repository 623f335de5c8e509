"""Failed sign-ins: how long somebody has to wait before the next try, the same on every node.

The pair of account and address has a strict limit, each of the two alone a loose one: if attacker and victim shared a strict
limit, the attacker could lock the victim out. When a pause ends, whoever asks most often gets the next try. So a loose limit
applies to strangers only: tries by others delay neither a known browser nor somebody who signed in from this address before,
unless they try that person's account from the same address. A try is counted before its password is checked, so that many tries
at once gain nothing. Called by accounts.
"""

from typing import NamedTuple

from sqlalchemy import case, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.access import tables
from server.access.installation import InstallationKey
from server.clock import Clock
from server.messages.instants import DAY, MINUTE

FORGIVEN_MS = 15 * MINUTE
"""After this long without a failure the count starts again at zero."""
KNOWN_MS = 90 * DAY
"""How long an address is known after somebody signed in from it."""


class Rule(NamedTuple):
    """`free` tries without a pause, then pauses of 2, 4, 8 ... s, up to `longest` ms."""

    free: int
    longest: int

    def pause_ms(self, failed: int) -> int:
        return 0 if failed < self.free else min(self.longest, 2_000 << min(failed - self.free, 20))


HARD_MS = 5 * MINUTE
SOFT_MS = 10_000
PAIR, BROWSER = Rule(5, HARD_MS), Rule(10, HARD_MS)
ACCOUNT, ADDRESS = Rule(50, SOFT_MS), Rule(20, SOFT_MS)
KNOWN_ADDRESS = Rule(500, SOFT_MS)
"""For a waiting room's Wi-Fi, or an office behind one address."""


class Subject(NamedTuple):
    """Something by which tries are counted, as a keyed hash: neither names nor addresses are stored."""

    hash: str
    rule: Rule


class Attempts:
    """Counts tries. `name`: folded; `browser`: the id of a browser in which this account signed in before."""

    def __init__(self, engine: AsyncEngine, clock: Clock, key: InstallationKey) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock, self._key = clock, key

    async def begin(self, name: str, address: str, browser: str | None = None) -> int:
        """Counts a try and returns 0; or returns the milliseconds to wait, and does not count it."""
        now = self._clock.now_ms()
        async with self._writes.begin() as connection:
            subjects = await self._subjects(connection, name, address, browser, now)
            waits = [await self._wait(connection, subject, now) for subject in subjects]
            if max(waits) > 0:
                return max(waits)
            for subject in subjects:
                await self._count(connection, subject.hash, now)
        return 0

    async def succeeded(self, name: str, address: str, browser: str | None = None) -> None:
        """The try succeeded: the pair's count is zero and the pair is known from now on; all other counts lose only this try."""
        table, now = tables.attempts, self._clock.now_ms()
        async with self._writes.begin() as connection:
            for subject in await self._subjects(connection, name, address, browser, now):
                mine = table.c.subject == subject.hash
                if subject.rule in (PAIR, BROWSER):
                    await connection.execute(delete(table).where(mine))
                else:
                    less = update(table).where(mine, table.c.failed > 0).values(failed=table.c.failed - 1)
                    await connection.execute(less)
            for known in (self._known(address), self._known(f"{name}\n{address}")):
                await self._take(connection, known)
                await connection.execute(
                    update(table).where(table.c.subject == known).values(failed=0, last_at=now + KNOWN_MS)
                )

    async def knows(self, name: str, address: str) -> bool:
        """Whether this account signed in from this address in the last 90 days."""
        async with self._reads.connect() as connection:
            return await self._is_known(connection, f"{name}\n{address}", self._clock.now_ms())

    async def forget(self) -> None:
        """Deletes counts that are over."""
        table = tables.attempts
        async with self._writes.begin() as connection:
            await connection.execute(delete(table).where(table.c.last_at < self._clock.now_ms() - FORGIVEN_MS))

    async def _subjects(
        self, connection: AsyncConnection, name: str, address: str, browser: str | None, now: int
    ) -> list[Subject]:
        """What this try is counted by. Always in the same order, so that two tries never lock each other's rows."""
        if browser is not None:
            return [self._subject("browser", f"{browser}\n{name}", BROWSER)]
        pair = self._subject("pair", f"{name}\n{address}", PAIR)
        if await self._is_known(connection, f"{name}\n{address}", now):
            return [pair]
        known = await self._is_known(connection, address, now)
        loose = self._subject("address", address, KNOWN_ADDRESS if known else ADDRESS)
        return sorted([pair, self._subject("account", name, ACCOUNT), loose])

    def _subject(self, kind: str, value: str, rule: Rule) -> Subject:
        return Subject(self._key.hidden(f"{kind} 1", value), rule)

    def _known(self, value: str) -> str:
        return self._key.hidden("known place 1", value)

    async def _is_known(self, connection: AsyncConnection, value: str, now: int) -> bool:
        """Whether it has a row that says it is known until later than now."""
        table = tables.attempts.c
        query = select(table.last_at).where(table.subject == self._known(value), table.last_at > now)
        return (await connection.execute(query)).first() is not None

    async def _wait(self, connection: AsyncConnection, subject: Subject, now: int) -> int:
        await self._take(connection, subject.hash)
        query = select(tables.attempts).where(tables.attempts.c.subject == subject.hash)
        row = (await connection.execute(query)).one()
        if now - row.last_at >= FORGIVEN_MS:
            return 0
        until: int = row.last_at + subject.rule.pause_ms(row.failed)
        return max(0, until - now)

    async def _take(self, connection: AsyncConnection, subject: str) -> None:
        """Locks the subject's row until the end of the transaction: of many tries at once, each sees the ones before it."""
        table = tables.attempts
        hold = update(table).where(table.c.subject == subject).values(failed=table.c.failed)
        if (await connection.execute(hold)).rowcount:
            return
        try:
            async with connection.begin_nested():
                await connection.execute(table.insert().values(subject=subject, failed=0, last_at=0))
        except IntegrityError:  # another node inserted the row first
            await connection.execute(hold)

    async def _count(self, connection: AsyncConnection, subject: str, now: int) -> None:
        table = tables.attempts
        failed = case((table.c.last_at <= now - FORGIVEN_MS, 1), else_=table.c.failed + 1)
        await connection.execute(update(table).where(table.c.subject == subject).values(failed=failed, last_at=now))
