"""One-time links for choosing a password: the first administrator's, from `up`, and a colleague's, from `aufruf account`.

Valid once, for 24 hours, stored as a hash; a newer one ends the older. Made by wiring and the command line, used by web.
"""

from typing import Any

from sqlalchemy import Row, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.access.accounts import Account, Accounts
from server.access.secrets_kept import fresh_token, kept
from server.clock import Clock
from server.messages.instants import DAY, MINUTE

LASTS_MS = DAY
SKEW_MS = MINUTE
"""The clocks of two nodes may differ by this much."""


class FirstLink:
    """Makes and redeems the link."""

    def __init__(self, engine: AsyncEngine, clock: Clock, accounts: Accounts) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock, self._accounts = clock, accounts

    async def fresh(self) -> str | None:
        """The secret of a new link for the first administrator; None if an administrator has a password already."""
        if await self._accounts.administrator_has_password():
            return None
        return await self._made(None)

    async def for_account(self, id: str) -> str:
        """The secret of a new link for the owner of an account."""
        return await self._made(id)

    async def good(self, secret: str) -> bool:
        """Whether `redeem` would accept the link: for the page that asks before the link is used up."""
        return await self._whose(secret) is not None

    async def redeem(self, secret: str) -> Account | None:
        """The account for a session in which a password is chosen; None if the link is used up or too old."""
        found = await self._whose(secret)
        if found is None:
            return None
        table, now = tables.first_links, self._clock.now_ms()
        async with self._writes.begin() as connection:
            unspent = (table.c.hash == found.hash) & table.c.used_at.is_(None)
            spent = await connection.execute(update(table).where(unspent).values(used_at=now))
        if spent.rowcount != 1:
            return None
        if found.account is not None:
            return await self._accounts.get(found.account)
        return await self._nameless() or await self._accounts.create(None, None, [("admin", "")])

    async def _made(self, account: str | None) -> str:
        secret, now, table = fresh_token(), self._clock.now_ms(), tables.first_links
        older = (table.c.account == account) if account else table.c.account.is_(None)
        async with self._writes.begin() as connection:
            await connection.execute(delete(table).where(older | (table.c.expires_at <= now)))
            values = {"hash": kept(secret), "expires_at": now + LASTS_MS, "account": account}
            await connection.execute(table.insert().values(values))
        return secret

    async def _whose(self, secret: str) -> Row[Any, Any] | None:
        """The row of a valid link."""
        table, now = tables.first_links.c, self._clock.now_ms()
        query = select(table.hash, table.account)
        query = query.where(table.hash == kept(secret), table.used_at.is_(None), table.expires_at > now)
        query = query.where(
            table.expires_at <= now + LASTS_MS + SKEW_MS
        )  # a link from the future was made before the clock was set back
        async with self._reads.connect() as connection:
            found = (await connection.execute(query)).first()
        if found is None:
            return None
        if found.account is None:
            return None if await self._accounts.administrator_has_password() else found
        account = await self._accounts.get(found.account)
        return None if account is None or account.disabled else found

    async def _nameless(self) -> Account | None:
        """The account of somebody who used such a link before and left without choosing a password."""
        accounts, grants = tables.accounts.c, tables.grants.c
        admin = exists().where(grants.account == accounts.id, grants.role == "admin", grants.office == "")
        query = select(accounts.id).where(accounts.name.is_(None), accounts.disabled_at.is_(None), admin)
        async with self._reads.connect() as connection:
            id = (await connection.execute(query.order_by(accounts.made_at).limit(1))).scalar()
        return None if id is None else await self._accounts.get(id)
