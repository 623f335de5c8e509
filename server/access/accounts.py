"""Staff accounts: a name to sign in with, a password, (role, office) pairs. By default there is no account and no password.

Called by web's sign-in and admin pages, and by sessions to find what an account may do now.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, delete, exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.access import tables
from server.access.attempts import Attempts
from server.access.ended import Ended, of_account
from server.access.passwords import Passwords, check_strength
from server.access.recent import Recent
from server.access.secrets_kept import fresh_id
from server.access.turns import AGAIN_MS, Full, Queue
from server.clock import Clock
from server.messages import names
from server.messages.terms import Role
from server.messages.value import Value

STAFF_ROLES: frozenset[Role] = frozenset(("admin", "supervisor", "clerk", "desk", "observer"))
Grant = tuple[Role, str]
"""(role, office); an empty office means all."""


class Account(Value):
    """A staff account. `name`: None until the first administrator has chosen one; `version` rises with "sign out everywhere"."""

    id: str
    name: str | None
    version: int
    disabled: bool
    has_password: bool
    grants: tuple[Grant, ...] = ()


class NameTaken(ValueError):
    """Another account has this name."""


class TooMany(Exception):
    """Too many failed sign-ins. `wait_ms`: how long until the next try is checked."""

    def __init__(self, wait_ms: int) -> None:
        super().__init__(f"too many failed sign-ins, wait {wait_ms} ms")
        self.wait_ms = wait_ms


class Accounts:
    """The accounts of an installation."""

    def __init__(
        self, engine: AsyncEngine, clock: Clock, passwords: Passwords, attempts: Attempts, ended: Ended
    ) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock, self._passwords, self._attempts, self._ended = clock, passwords, attempts, ended
        self._queue = Queue()
        self._recent: Recent[str, Account | None] = Recent(clock)

    async def create(self, name: str | None, password: str | None, grants: Collection[Grant]) -> Account:
        """A new account. Raises Weak, NameTaken, ValueError (a role that staff cannot have)."""
        _check_grants(grants)
        hash = None if password is None else await self._hash(password, name or "")
        id = fresh_id("a")
        values = {"id": id, "version": 1, "made_at": self._clock.now_ms(), "password": hash, **_named(name)}
        try:
            async with self._writes.begin() as connection:
                await connection.execute(tables.accounts.insert().values(values))
                await _grant(connection, id, grants)
        except IntegrityError as taken:
            raise NameTaken(f"{name!r} is taken") from taken
        return await self._found(id)

    async def sign_in(self, name: str, password: str, address: str, browser: str | None = None) -> Account | None:
        """The account of a name and password, or None. Raises TooMany before anything is checked."""
        try:
            async with self._queue.turn(browser or address, known=browser is not None):
                return await self._signed_in(name, password, address, browser)
        except Full:
            if browser is not None or not await self._attempts.knows(folded(name), address):
                raise TooMany(AGAIN_MS) from None
        try:
            async with self._queue.turn(f"{folded(name)}\n{address}", known=True):
                return await self._signed_in(name, password, address, None)
        except Full:
            raise TooMany(AGAIN_MS) from None

    async def _signed_in(self, name: str, password: str, address: str, browser: str | None) -> Account | None:
        wait = await self._attempts.begin(folded(name), address, browser)
        if wait:
            raise TooMany(wait)
        row = await self._by_name(name)
        hash = None if row is None or row.disabled_at is not None else row.password
        if not await self._passwords.fits(hash, password) or row is None or hash is None:
            return None
        await self._attempts.succeeded(folded(name), address, browser)
        if self._passwords.stale(hash):
            await self._change(row.id, password=await self._passwords.hash(password))
        return await self._found(row.id)

    async def set_name_and_password(self, id: str, name: str, password: str) -> Account:
        """Sets both, for the first administrator. Ends all earlier sessions. Raises Weak, NameTaken."""
        hash = await self._hash(password, name)
        await self._anew(id, password=hash, **_named(name))
        return await self._found(id)

    async def set_password(self, id: str, password: str) -> Account:
        """Sets a new password. Ends all earlier sessions. Raises Weak."""
        account = await self._found(id)
        hash = await self._hash(password, account.name or "")
        await self._anew(id, password=hash)
        return await self._found(id)

    async def set_grants(self, id: str, grants: Collection[Grant]) -> Account:
        """Replaces the (role, office) pairs. If one is taken away, all earlier sessions end."""
        _check_grants(grants)
        before = (await self._found(id)).grants
        async with self._writes.begin() as connection:
            await connection.execute(delete(tables.grants).where(tables.grants.c.account == id))
            await _grant(connection, id, grants)
        self._recent.forget(id)
        if not set(before) <= set(grants):
            await self._anew(id)
        return await self._found(id)

    async def sign_out_everywhere(self, id: str) -> None:
        """Ends every session of this account: at once on this node, within two seconds on the others."""
        await self._anew(id)

    async def disable(self, id: str) -> None:
        """The account cannot sign in any more; all its sessions end."""
        await self._anew(id, disabled_at=self._clock.now_ms())

    async def enable(self, id: str) -> None:
        await self._change(id, disabled_at=None)

    async def named(self, name: str) -> Account | None:
        """The account with this name."""
        row = await self._by_name(name)
        return None if row is None else await self._read(row.id)

    async def get(self, id: str) -> Account | None:
        """The account as it was at most two seconds ago."""
        return await self._recent.get(id, self._read)

    async def close(self) -> None:
        await self._recent.close()

    async def list(self) -> list[Account]:
        async with self._reads.connect() as connection:
            ids = (
                await connection.execute(select(tables.accounts.c.id).order_by(tables.accounts.c.name_key))
            ).scalars()
            return [account for id in list(ids) if (account := await _account(connection, id)) is not None]

    async def administrator_has_password(self) -> bool:
        """Whether an administrator can sign in; until then `up` prints a first link."""
        accounts, grants = tables.accounts.c, tables.grants.c
        found = (
            select(accounts.id)
            .where(accounts.password.is_not(None), accounts.disabled_at.is_(None))
            .where(exists().where(grants.account == accounts.id, grants.role == "admin", grants.office == ""))
        )
        async with self._reads.connect() as connection:
            return (await connection.execute(found.limit(1))).first() is not None

    async def _hash(self, password: str, name: str) -> str:
        check_strength(password, name)
        return await self._passwords.hash(password)

    async def _change(self, id: str, **values: Any) -> None:
        table = tables.accounts
        async with self._writes.begin() as connection:
            await connection.execute(update(table).where(table.c.id == id).values(**values))
        self._recent.forget(id)

    async def _anew(self, id: str, **values: Any) -> None:
        """Changes an account and ends all its earlier sessions."""
        table, version = tables.accounts, tables.accounts.c.version
        try:
            async with self._writes.begin() as connection:
                found = await connection.execute(
                    update(table).where(table.c.id == id).values(version=version + 1, **values).returning(version)
                )
                over = of_account(id, found.scalar_one() - 1)
                await self._ended.within(connection, over)
        except IntegrityError as taken:
            raise NameTaken("the name is taken") from taken
        self._ended.came_true(over)
        self._recent.forget(id)

    async def _by_name(self, name: str) -> Row[Any] | None:
        query = select(tables.accounts).where(tables.accounts.c.name_key == folded(name))
        async with self._reads.connect() as connection:
            return (await connection.execute(query)).first()

    async def _read(self, id: str) -> Account | None:
        async with self._reads.connect() as connection:
            return await _account(connection, id)

    async def _found(self, id: str) -> Account:
        account = await self._read(id)
        if account is None:
            raise LookupError(f"no account {id!r}")
        return account


def folded(name: str) -> str:
    """The form in which names are compared, as long as its column: `" Meyer "` and `"meyer"` are equal."""
    return names.folded(name)[:200]


def _named(name: str | None) -> dict[str, str | None]:
    if name is None:
        return {"name": None, "name_key": None}
    if not folded(name):
        raise ValueError("an account needs a name")
    return {"name": name.strip(), "name_key": folded(name)}


def _check_grants(grants: Collection[Grant]) -> None:
    for role, _ in grants:
        if role not in STAFF_ROLES:
            raise ValueError(f"staff cannot be {role!r}")


async def _grant(connection: AsyncConnection, id: str, grants: Collection[Grant]) -> None:
    rows = [{"account": id, "role": role, "office": office} for role, office in sorted(set(grants))]
    if rows:
        await connection.execute(tables.grants.insert(), rows)


async def _account(connection: AsyncConnection, id: str) -> Account | None:
    row = (await connection.execute(select(tables.accounts).where(tables.accounts.c.id == id))).first()
    if row is None:
        return None
    pairs = (
        select(tables.grants.c.role, tables.grants.c.office)
        .where(tables.grants.c.account == id)
        .order_by("role", "office")
    )
    grants = tuple((role, office) for role, office in await connection.execute(pairs))
    disabled, known = row.disabled_at is not None, row.password is not None
    return Account(id=row.id, name=row.name, version=row.version, disabled=disabled, has_password=known, grants=grants)
