"""A store in the hands of a test: a log that is open for a while, and commands of an administrator."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import redis.asyncio

from server.log.redis_log import RedisLog


@contextlib.asynccontextmanager
async def opened(url: str, **options: Any) -> AsyncIterator[RedisLog]:
    log = RedisLog(url, **options)
    try:
        yield log
    finally:
        await log.close()


async def told(url: str, *command: str) -> Any:
    """The store's answer to an administrator."""
    async with redis.asyncio.from_url(url) as client:
        return await client.execute_command(*command)  # type: ignore[no-untyped-call]
