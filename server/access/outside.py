"""Accounts of people who sign in at a provider: by (issuer, subject), which never change; their name and groups may.

An account that was made here is never taken over by somebody with the same name there. Called by web's single sign-on.
"""

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.access.accounts import Account, Accounts, NameTaken
from server.access.oidc import Outsider


class OutsideAccounts:
    """Finds or makes the account of somebody who has signed in at the provider."""

    def __init__(self, engine: AsyncEngine, accounts: Accounts) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._accounts = accounts

    async def account_of(self, issuer: str, person: Outsider) -> Account | None:
        """With the roles of their groups now; None if an administrator disabled it."""
        id = await self._known(issuer, person.subject)
        account = await self._accounts.get(id) if id is not None else None
        if account is None:
            account = await self._made(issuer, person)
        if account.disabled:
            return None
        if set(account.grants) != set(person.grants):
            account = await self._accounts.set_grants(account.id, person.grants)
        return account

    async def is_outside(self, id: str) -> bool:
        """Whether the owner of this account signs in at a provider."""
        table = tables.outside_accounts.c
        async with self._reads.connect() as connection:
            return (await connection.execute(select(table.account).where(table.account == id))).first() is not None

    async def _known(self, issuer: str, subject: str) -> str | None:
        table = tables.outside_accounts.c
        query = select(table.account).where(table.issuer == issuer, table.subject == subject)
        async with self._reads.connect() as connection:
            found: str | None = (await connection.execute(query)).scalar()
        return found

    async def _made(self, issuer: str, person: Outsider) -> Account:
        host = urlsplit(issuer).hostname or "provider"
        for name in (person.name, f"{person.name} ({host})", f"{person.name} ({host}, {person.subject})"):
            try:
                account = await self._accounts.create(name, None, person.grants)
                break
            except NameTaken:
                continue
        else:
            raise NameTaken(f"{person.name!r} is taken")
        async with self._writes.begin() as connection:
            values = {"issuer": issuer, "subject": person.subject, "account": account.id}
            await connection.execute(tables.outside_accounts.insert().values(values))
        return account
