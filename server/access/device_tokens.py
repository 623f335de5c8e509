"""The devices of an office that have a token of their own: listed, renamed, moved, and sent away. Called by web.

Only tokens for one office and one device: a token for several offices belongs to an operator, and a supervisor must not change
it.
"""

import json

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.access.tokens import Token, Tokens, token_of
from server.clock import Clock
from server.messages.rights import DEVICES
from server.messages.terms import Role


class DeviceTokens:
    """Tokens of devices. What it changes is true at once on this node, within two seconds on every other."""

    def __init__(self, engine: AsyncEngine, clock: Clock, tokens: Tokens) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock, self._tokens = clock, tokens

    async def of(self, office: str, kind: Role | None = None, id: str | None = None) -> list[Token]:
        """The valid tokens of this office's devices, the oldest first; with `kind` and `id` those of one device."""
        table = tables.tokens
        query = select(table).where(_here(office), table.c.revoked_at.is_(None))
        if id is not None:
            query = query.where(table.c.role == kind, table.c.device == id)
        async with self._reads.connect() as connection:
            rows = await connection.execute(query.order_by(table.c.made_at, table.c.id))
            now = self._clock.now_ms()
            return [token for row in rows if (token := token_of(row)).good(now)]

    async def change(self, tokens: list[Token], *, name: str | None = None, to: str | None = None) -> None:
        """Gives the devices with these tokens another name, or makes them another device of the same kind."""
        values = {key: value for key, value in (("name", name), ("device", to)) if value is not None}
        table = tables.tokens
        async with self._writes.begin() as connection:
            for token in tokens:
                await connection.execute(update(table).where(table.c.id == token.id).values(values))
        self._tokens.forget()

    async def send_away(self, tokens: list[Token]) -> None:
        """Ends the tokens: the devices have to be paired again."""
        for token in tokens:
            await self._tokens.revoke(token.id)


def _here(office: str) -> ColumnElement[bool]:
    table = tables.tokens.c
    return (table.offices == json.dumps([office])) & table.device.is_not(None) & table.role.in_(sorted(DEVICES))
