"""The verbs `token` and `tokens`: keys made, listed and revoked on the database, whether a server runs or not."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rich.table import Table

from server.access.tokens import ROLES, Tokens
from server.clock import SystemClock
from server.history.database import close_database, default_url, open_database
from server.messages.instants import rfc3339

_UNITS = {
    "s": 1_000,
    "m": 60_000,
    "min": 60_000,
    "h": 3_600_000,
    "d": 86_400_000,
    "w": 604_800_000,
    "y": 31_536_000_000,
}


@asynccontextmanager
async def _tokens(data: Path, database: str | None) -> AsyncIterator[Tokens]:
    if database is None:
        await asyncio.to_thread(data.mkdir, parents=True, exist_ok=True)
    engine = await open_database(database or default_url(data))
    try:
        yield Tokens(engine, SystemClock())
    finally:
        await close_database(engine)


def duration(text: str) -> int:
    """ "12h" → 43,200,000 ms. ValueError says what is taken."""
    found = re.fullmatch(r"(\d+)\s*(s|min|m|h|d|w|y)", text.strip())
    if found is None:
        raise ValueError(f"--expires: {text!r} is no duration; say 12h, 30d or 1y")
    return int(found[1]) * _UNITS[found[2]]


async def create_token(
    data: Path,
    database: str | None,
    role: str,
    offices: tuple[str, ...],
    device: str | None,
    name: str,
    expires: str | None,
) -> str:
    """The bearer token, shown once. ValueError names the option that is wrong."""
    if role not in ROLES:
        raise ValueError(f"--role: {role!r} is no role; choose one of {', '.join(sorted(ROLES))}")
    lasts = None if expires is None else duration(expires)
    async with _tokens(data, database) as tokens:
        secret, _ = await tokens.create(role, offices, device, name, lasts)
    return secret


async def revoke_token(data: Path, database: str | None, id: str) -> bool:
    """False if no living token has this id."""
    async with _tokens(data, database) as tokens:
        return await tokens.revoke(id)


async def list_tokens(data: Path, database: str | None) -> Table:
    """Every token with its last use, newest first; never the secret."""
    table = Table("id", "role", "offices", "for", "name", "last use", "state")
    now = SystemClock().now_ms()
    async with _tokens(data, database) as tokens:
        for token in await tokens.list():
            state = "revoked" if token.revoked_at else "good" if token.good(now) else "expired"
            used = rfc3339(token.used_at) if token.used_at else "never"
            offices = ", ".join(token.offices) or "all"
            table.add_row(token.id, token.role, offices, token.device or "", token.name, used, state)
    return table
