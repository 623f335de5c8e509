"""The installation key: made once, shared by all nodes of one database. The keys of all links and sessions come from it.

Called by wiring at the start. It is stored in the database only, and never leaves the process otherwise.
"""

import hashlib
import hmac
import secrets

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables

NAME = "key"


class InstallationKey:
    """256 random bits. Each use gets its own derived key, so that a signature made for one use is worthless for another."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose, for example `"ticket link"`."""
        return hmac.digest(self._key, purpose.encode(), hashlib.sha256)

    def hidden(self, purpose: str, value: str) -> str:
        """A keyed hash of something that must not be stored, in hex."""
        return hmac.new(self.derived(purpose), value.encode(), hashlib.sha256).hexdigest()


async def installation_key(engine: AsyncEngine) -> InstallationKey:
    """The key of this database. The first caller makes it; others that call at the same time get the same one."""
    return InstallationKey(bytes.fromhex(await _read(engine) or await _make(engine)))


async def _read(engine: AsyncEngine) -> str | None:
    table = tables.installation
    async with engine.execution_options(read_only=True).connect() as connection:
        value: str | None = (await connection.execute(select(table.c.value).where(table.c.name == NAME))).scalar()
    return value


async def _make(engine: AsyncEngine) -> str:
    try:
        async with engine.begin() as connection:
            await connection.execute(tables.installation.insert().values(name=NAME, value=secrets.token_hex(32)))
    except IntegrityError:  # another node was faster: its key is read below
        pass
    found = await _read(engine)
    if found is None:
        raise RuntimeError("the database kept no installation key")
    return found
