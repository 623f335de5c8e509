"""The installation key: made once, shared by every node of one database. All links and sessions are derived from it.

Called by wiring at the start; never leaves the process but into the database.
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
    """256 random bits. Each use gets a key of its own, so that what one signs means nothing to another."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def derived(self, purpose: str) -> bytes:
        """32 bytes for one purpose, for example `"ticket link"`."""
        return hmac.digest(self._key, purpose.encode(), hashlib.sha256)

    def hidden(self, purpose: str, value: str) -> str:
        """A keyed hash of something that must not be stored, in hex."""
        return hmac.new(self.derived(purpose), value.encode(), hashlib.sha256).hexdigest()


async def installation_key(engine: AsyncEngine) -> InstallationKey:
    """The key of this database; the first who asks makes it, whoever asks at the same time gets the same."""
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
    except IntegrityError:  # another node was faster; its key is ours
        pass
    found = await _read(engine)
    if found is None:
        raise RuntimeError("the database kept no installation key")
    return found
