"""The one-time link with which the first administrator comes in. `up` prints a fresh one as long as nobody has a password.

Used once, good for 24 hours, kept as a hash. Called by wiring (make) and web (use).
"""

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.access.accounts import Account, Accounts
from server.access.secrets_kept import fresh_token, kept
from server.clock import Clock

LASTS_MS = 24 * 3_600_000


class FirstLink:
    """Makes and redeems the link."""

    def __init__(self, engine: AsyncEngine, clock: Clock, accounts: Accounts) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock, self._accounts = clock, accounts

    async def fresh(self) -> str | None:
        """The secret of a new link, or None if an administrator has a password. Those of before stay good until they run out."""
        if await self._accounts.administrator_has_password():
            return None
        secret, now, table = fresh_token(), self._clock.now_ms(), tables.first_links
        async with self._writes.begin() as connection:
            await connection.execute(delete(table).where(table.c.expires_at <= now))
            await connection.execute(table.insert().values(hash=kept(secret), expires_at=now + LASTS_MS))
        return secret

    async def good(self, secret: str) -> bool:
        """Whether `redeem` would let somebody in: for the page that asks before it spends the link."""
        table, now = tables.first_links.c, self._clock.now_ms()
        query = select(table.hash).where(table.hash == kept(secret), table.used_at.is_(None), table.expires_at > now)
        async with self._reads.connect() as connection:
            known = (await connection.execute(query)).first() is not None
        return known and not await self._accounts.administrator_has_password()

    async def redeem(self, secret: str) -> Account | None:
        """The administrator's account, for a session in which name and password are set; None if the link is spent or old."""
        if not await self.good(secret):
            return None
        table, now = tables.first_links, self._clock.now_ms()
        unspent = (table.c.hash == kept(secret)) & table.c.used_at.is_(None) & (table.c.expires_at > now)
        async with self._writes.begin() as connection:
            spent = await connection.execute(update(table).where(unspent).values(used_at=now))
        if spent.rowcount != 1:
            return None
        return await self._nameless() or await self._accounts.create(None, None, [("admin", "")])

    async def _nameless(self) -> Account | None:
        """Somebody came in before and left without a password."""
        accounts, grants = tables.accounts.c, tables.grants.c
        admin = exists().where(grants.account == accounts.id, grants.role == "admin", grants.office == "")
        query = select(accounts.id).where(accounts.password.is_(None), accounts.disabled_at.is_(None), admin)
        async with self._reads.connect() as connection:
            id = (await connection.execute(query.order_by(accounts.made_at).limit(1))).scalar()
        return None if id is None else await self._accounts.get(id)
