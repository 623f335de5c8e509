"""Bearer tokens: made, listed, revoked, verified. Only hashes are stored; most checks are answered by a cache.

Any process with the database may make or revoke one (`aufruf token`); every node sees it within two seconds.
"""

import json
from collections.abc import Collection, Iterable
from typing import Any, get_args

from sqlalchemy import ColumnElement, Row, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.access.ended import Ended, of_token
from server.access.recent import Recent
from server.access.secrets_kept import TOKEN_PREFIX, fresh_id, fresh_token, kept
from server.clock import Clock
from server.messages.instants import MINUTE
from server.messages.terms import Role
from server.messages.value import Value

ROLES: frozenset[Role] = frozenset(get_args(Role)) - {"holder", "door", "system"}
"""Roles a token may carry."""

USED_EVERY_MS = MINUTE
"""The last use is shown to people who delete old tokens; a minute is exact enough."""
LENGTH = 50


class Token(Value):
    """A stored token. Empty `offices`: all of them. `device`: the one id it acts for. Instants in ms."""

    id: str
    role: Role
    offices: tuple[str, ...]
    device: str | None
    name: str
    made_at: int
    expires_at: int | None
    revoked_at: int | None
    used_at: int | None

    def good(self, now: int) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def of(self, office: str) -> bool:
        return not self.offices or office in self.offices


class Tokens:
    """All tokens of an installation."""

    def __init__(self, engine: AsyncEngine, clock: Clock, ended: Ended | None = None) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock, self._ended = clock, ended or Ended(engine, clock)
        self._recent: Recent[str, Token | None] = Recent(clock)
        self._recent_ids: Recent[str, Token | None] = Recent(clock)
        self._used: dict[str, int] = {}  # by token id: its last use noted on this node
        self._unwritten: dict[str, int] = {}

    async def create(
        self,
        role: Role,
        offices: Collection[str] = (),
        device: str | None = None,
        name: str = "",
        expires_ms: int | None = None,
    ) -> tuple[str, Token]:
        """A new token and its row; the token itself is stored nowhere. `expires_ms`: its life. ValueError: no such role."""
        if role not in ROLES:
            raise ValueError(f"no role {role!r}; there are {', '.join(sorted(ROLES))}")
        secret, now = fresh_token(), self._clock.now_ms()
        expires = None if expires_ms is None else now + expires_ms
        token = Token(
            id=fresh_id("t"),
            role=role,
            offices=tuple(sorted(set(offices))),
            device=device,
            name=name,
            made_at=now,
            expires_at=expires,
            revoked_at=None,
            used_at=None,
        )
        row = {field: getattr(token, field) for field in Token.__struct_fields__}
        async with self._writes.begin() as connection:
            await connection.execute(
                tables.tokens.insert().values(row | {"hash": kept(secret), "offices": json.dumps(token.offices)})
            )
        self._recent.forget(kept(secret))
        return secret, token

    async def list(self) -> list[Token]:
        """Every token, newest first, revoked ones too."""
        query = select(tables.tokens).order_by(tables.tokens.c.made_at.desc(), tables.tokens.c.id)
        async with self._reads.connect() as connection:
            return [token_of(row) for row in await connection.execute(query)]

    async def revoke(self, id: str) -> bool:
        """Ends a token: at once on this node, within two seconds on the others. False if there is no such valid token."""
        table = tables.tokens
        change = update(table).where(table.c.id == id, table.c.revoked_at.is_(None))
        async with self._writes.begin() as connection:
            done = await connection.execute(change.values(revoked_at=self._clock.now_ms()))
            if done.rowcount != 1:
                return False
            await self._ended.within(connection, of_token(id))
        self._ended.came_true(of_token(id))
        return True

    async def verify(self, secret: str) -> Token | None:
        """The valid token with this secret, or None. Notes its use."""
        if len(secret) != LENGTH or not secret.startswith(TOKEN_PREFIX):
            return None
        return self._used_now(await self._recent.get(kept(secret), self._look_up))

    async def get(self, id: str) -> Token | None:
        """The valid token with this id, for the session of a device. Notes its use."""
        return self._used_now(await self._recent_ids.get(id, self._look_up_id))

    def _used_now(self, token: Token | None) -> Token | None:
        now = self._clock.now_ms()
        if token is None or not token.good(now) or self._ended.has(of_token(token.id)):
            return None
        if now - self._used.get(token.id, token.used_at or 0) >= USED_EVERY_MS:
            self._used[token.id] = self._unwritten[token.id] = now
        return token

    async def living(self, ids: Collection[str]) -> dict[str, str | None]:
        """Those of the token ids that are valid now by the database, with their devices: for sockets that stay open."""
        table, now, found = tables.tokens, self._clock.now_ms(), dict[str, str | None]()
        async with self._reads.connect() as connection:
            for some in _slices(sorted(ids)):
                rows = await connection.execute(
                    select(table.c.id, table.c.device, table.c.expires_at, table.c.revoked_at).where(
                        table.c.id.in_(some)
                    )
                )
                for row in rows:
                    if row.revoked_at is not None:  # its socket is closed now: no kept answer may let it in again
                        self._ended.came_true(of_token(row.id))
                    elif row.expires_at is None or now < row.expires_at:
                        found[row.id] = row.device
        return found

    def forget(self) -> None:
        """Somebody changed tokens: the next question is answered by the database."""
        self._recent.clear()
        self._recent_ids.clear()

    async def note_uses(self) -> None:
        """Writes when tokens were last used. Called every few seconds; writes each at most once a minute."""
        used, self._unwritten = self._unwritten, {}
        if not used:
            return
        table = tables.tokens
        async with self._writes.begin() as connection:
            for id, at in used.items():
                await connection.execute(update(table).where(table.c.id == id).values(used_at=at))

    async def close(self) -> None:
        await self._recent.close()
        await self._recent_ids.close()

    async def _look_up(self, hash: str) -> Token | None:
        return await self._one(tables.tokens.c.hash == hash)

    async def _look_up_id(self, id: str) -> Token | None:
        return await self._one(tables.tokens.c.id == id)

    async def _one(self, wanted: ColumnElement[bool]) -> Token | None:
        async with self._reads.connect() as connection:
            row = (await connection.execute(select(tables.tokens).where(wanted))).first()
        return None if row is None else token_of(row)


def token_of(row: Row[Any]) -> Token:
    values = {name: value for name, value in row._mapping.items() if name != "hash"}
    return Token(**(values | {"offices": tuple(json.loads(row.offices))}))


def _slices(ids: list[str], size: int = 500) -> Iterable[list[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
