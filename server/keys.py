"""The verbs `token` and `tokens`: makes, lists and revokes tokens in the database, even if no server is running."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.audit import COMMAND_LINE, Audit
from server.access.known import Known, Unknown
from server.access.tokens import ROLES, Token, Tokens
from server.clock import SystemClock
from server.history.database import close_database
from server.messages.instants import rfc3339
from server.messages.rights import DEVICES
from server.opening import found
from server.option_checks import duration
from server.options import WrongUse


@asynccontextmanager
async def _tokens(data: Path, database: str | None) -> AsyncIterator[Tokens]:
    async with _database(data, database) as engine:
        yield Tokens(engine, SystemClock())


@asynccontextmanager
async def _database(data: Path, database: str | None) -> AsyncIterator[AsyncEngine]:
    engine = await found(data, database)
    try:
        yield engine
    finally:
        await close_database(engine)


async def create_token(
    data: Path,
    database: str | None,
    role: str,
    offices: tuple[str, ...],
    device: str | None,
    name: str,
    expires: str | None,
) -> str:
    """A new bearer token, which is shown only once. WrongUse names the option that is wrong."""
    if role not in ROLES:
        raise WrongUse(f"--role: {role!r} is no role; choose one of {', '.join(sorted(ROLES))}")
    lasts = None if expires is None else duration("expires", expires)
    async with _database(data, database) as engine:
        try:
            await Known(engine).check(role, offices, device)
        except Unknown as fault:
            raise WrongUse(str(fault)) from fault
        secret, made = await Tokens(engine, SystemClock()).create(role, offices, device, name, lasts)
        await _note(engine, "token_made", made)
    return secret


async def _note(engine: AsyncEngine, act: str, token: Token) -> None:
    office = token.offices[0] if len(token.offices) == 1 else ""
    about = {"token": token.id, "role": token.role, "name": token.name}
    await Audit(engine, SystemClock()).note(COMMAND_LINE, act, office, **about)


async def revoke_token(data: Path, database: str | None, id: str) -> str:
    """Revokes the only valid token whose id begins with `id`; returns its id. LookupError if there is none, or more than one."""
    async with _database(data, database) as engine:
        tokens = Tokens(engine, SystemClock())
        every = await tokens.list()
        meant = [token.id for token in every if token.revoked_at is None and id and token.id.startswith(id)]
        meant = [id] if id in meant else meant
        if not meant:
            raise LookupError(f"there is no token {id}; `aufruf tokens` lists them")
        if len(meant) > 1:
            raise LookupError(f"{id} is not enough, it could be {', '.join(sorted(meant))}; say more of the id")
        await tokens.revoke(meant[0])
        await _note(engine, "token_revoked", next(token for token in every if token.id == meant[0]))
    return meant[0]


async def list_tokens(data: Path, database: str | None) -> list[dict[str, Any]]:
    """Every token with its last use, newest first; never the secret."""
    now = SystemClock().now_ms()
    async with _tokens(data, database) as tokens:
        return [_shown(token, now) for token in await tokens.list()]


def _shown(token: Token, now: int) -> dict[str, Any]:
    return {
        "id": token.id,
        "role": token.role,
        "offices": list(token.offices),
        "for": token.device,
        "name": token.name,
        "made_at": rfc3339(token.made_at),
        "expires_at": None if token.expires_at is None else rfc3339(token.expires_at),
        "used_at": None if token.used_at is None else rfc3339(token.used_at),
        "reads_only": token.role in DEVICES and token.device is None,
        "state": "revoked" if token.revoked_at else "good" if token.good(now) else "expired",
    }


def as_table(tokens: Sequence[dict[str, Any]]) -> str:
    """A table with columns as wide as their content: an id that was cut to fit a terminal would revoke nothing."""
    rows = [("id", "role", "offices", "for", "last use", "state", "name")]
    for one in tokens:
        offices = ", ".join(one["offices"]) or "all"
        rows.append(
            (
                one["id"],
                one["role"],
                offices,
                "reads only" if one["reads_only"] else one["for"] or "",
                one["used_at"] or "never",
                one["state"],
                one["name"],
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
