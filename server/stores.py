"""Opens what a node stores things in: the log and presence in one store, and the database. Called by wiring.

A store that this node does not run itself is examined first; a fault in it or in the database ends the start with one line.
"""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.database import close_database
from server.log.examine import Examiner, StoreUnusable, check_url
from server.log.redis_log import RedisLog
from server.log.redis_presence import RedisPresence
from server.log.store import EmbeddedStore
from server.messages.office import Office
from server.opening import opened
from server.options import Options, Unusable


@dataclass(frozen=True)
class Stores:
    """Where this node stores things: the log, presence in the same store, and the database."""

    url: str
    log: RedisLog
    presence: RedisPresence
    engine: AsyncEngine
    examiner: Examiner | None


async def open_stores(stack: AsyncExitStack, options: Options, offices: Sequence[Office]) -> Stores:
    examiner = await _examiner(stack, options, offices)
    engine = await opened(options.data, options.database)  # before the store: a fault in it ends the start at once
    stack.push_async_callback(close_database, engine)
    url = options.redis or await _embedded(stack, options.data)
    log = RedisLog(url, replicas=options.replicas, one_store=options.accept_one_store)
    stack.push_async_callback(log.close)
    presence = RedisPresence(url)
    stack.push_async_callback(presence.close)
    return Stores(url, log, presence, engine, examiner)


async def _examiner(stack: AsyncExitStack, options: Options, offices: Sequence[Office]) -> Examiner | None:
    """Examines a store that this node does not run itself, once, before anything begins."""
    if options.redis is None:
        return None
    try:
        check_url(options.redis)
        examiner = examiner_of(options, options.redis, offices)
        stack.push_async_callback(examiner.close)
        await examiner.look()
    except StoreUnusable as fault:
        raise Unusable(str(fault)) from fault
    return examiner


def examiner_of(options: Options, url: str, offices: Sequence[Office]) -> Examiner:
    named = tuple(office.id for office in offices)
    return Examiner(url, named, options.replicas, one_store=options.accept_one_store)


async def _embedded(stack: AsyncExitStack, data: Path) -> str:
    store = EmbeddedStore(data / "store")
    await store.start()
    stack.push_async_callback(store.stop)
    return store.url
