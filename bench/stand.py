"""A test stand without sockets: the embedded store of the product, the log, and desks on it, in this process."""

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from config.loader import load
from config.office_files import find
from server.clock import StoreClock, SystemClock
from server.desk.desk import Desk
from server.desk.entry import Done
from server.log.port import AppendAnswer, Appended, Tail
from server.log.redis_log import RedisLog
from server.log.store import EmbeddedStore
from server.messages.actor import SYSTEM, Actor
from server.messages.commands import Command, ConfigureOffice, OpenDay
from server.messages.office import Office

OFFICE = "mitte"
ADMIN = Actor(role="admin", principal="bench", holder="bench")
LONG = 60.0
_keys = itertools.count()


def sample() -> Office:
    return load(find(OFFICE))


class CountingLog(RedisLog):
    """The Redis log, which counts appends that another node was faster with."""

    beaten = 0

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        answer = await super().append(office, after, mark, bodies)
        self.beaten += not isinstance(answer, Appended)
        return answer


@asynccontextmanager
async def store() -> AsyncIterator[str]:
    """The URL of an embedded store for this use: appendfsync always, unix socket."""
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        embedded = EmbeddedStore(Path(folder))
        await embedded.start()
        try:
            yield embedded.url
        finally:
            await embedded.stop()


@asynccontextmanager
async def desk_on(log: RedisLog, *, alone: bool = True, office: Office | None = None) -> AsyncIterator[Desk]:
    """A desk of an office with the sample's id, by default the sample itself, ready, with an open day."""
    desk = Desk(OFFICE, log, StoreClock(SystemClock()), lambda kind, id: f"{OFFICE}.{id}.secret", alone=alone)
    await desk.start()
    try:
        await ready(desk)
        await pressed(desk, ConfigureOffice(office=office or sample()), SYSTEM)
        await pressed(desk, OpenDay(), SYSTEM)
        yield desk
    finally:
        await desk.stop()


async def ready(desk: Desk) -> None:
    async with asyncio.timeout(LONG):
        while desk.health != "ready":
            await asyncio.sleep(0.001)


async def pressed(desk: Desk, command: Command, actor: Actor = ADMIN) -> Done:
    """A press that must be accepted."""
    outcome = await desk.submit(actor, command, f"k{next(_keys)}")
    assert isinstance(outcome, Done), outcome
    return outcome


def client(url: str) -> Redis:
    return Redis(unix_socket_path=url.removeprefix("unix://"), max_connections=64)
