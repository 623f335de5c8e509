"""A primary with two replicas: it waits for all that are there; one that is down is left out, one that joins counts."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import redis.asyncio

from server.log.port import Appended, LogError, NotReplicated, Row
from server.log.redis_log import RedisLog
from server.log.replicas import seen
from server.log.sentinels import Sentinels
from server.log.store import bundled_binary

StartStore = Callable[..., str]
StartSentinel = Callable[[int], int]
OFFICE = "mitte"
MARK = "mark00000001"
DEBIAN = Path("/usr/bin/redis-server")
NOBODY = "127.0.0.1:1"
LIMIT_S = 30

needs_debian = pytest.mark.skipif(not DEBIAN.exists(), reason="redis-server is not installed: make system")


class Stores:
    """A primary and its replicas; each can be asked by its URL, as an operator would."""

    def __init__(self, start_store: StartStore, binary: Path) -> None:
        self._start, self._binary = start_store, binary
        self.port = free_port()
        self.primary = start_store(binary, *on_port(self.port), "--repl-diskless-sync-delay", "0")
        self.replicas: list[str] = []

    def join(self) -> str:
        """A new replica, which may still be copying."""
        following = ("--replicaof", "127.0.0.1", str(self.port))
        self.replicas.append(self._start(self._binary, *on_port(free_port()), *following))
        return self.replicas[-1]

    async def keep_up(self, count: int) -> None:
        async with redis.asyncio.from_url(self.primary, single_connection_client=True) as client:
            async with asyncio.timeout(LIMIT_S):
                await client.set("crossing", "1")
                while await client.wait(count, 500) < count:
                    await client.set("crossing", "1")

    async def state_of(self, number: int) -> str:
        async with redis.asyncio.from_url(self.primary) as client:
            return str((await client.info("replication"))[f"slave{number}"]["state"])

    @contextlib.asynccontextmanager
    async def stopped(self, replica: str) -> AsyncIterator[None]:
        """It answers nothing, and no connection is closed."""
        pid = (await info(replica, "server"))["process_id"]
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def on_port(port: int) -> list[str]:
    return ["--port", str(port), "--bind", "127.0.0.1"]


async def told(url: str, *command: str) -> Any:
    async with redis.asyncio.from_url(url, protocol=2) as client:
        return await client.execute_command(*command)  # type: ignore[no-untyped-call]


async def info(url: str, section: str) -> dict[str, Any]:
    async with redis.asyncio.from_url(url) as client:
        return dict(await client.info(section))


async def until(good: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not await good():
            await asyncio.sleep(0.02)


@pytest.fixture(params=["valkey", pytest.param("redis", marks=needs_debian)])
async def stores(request: pytest.FixtureRequest, start_store: StartStore) -> Stores:
    made = Stores(start_store, bundled_binary() if request.param == "valkey" else DEBIAN)
    made.join()
    made.join()
    await made.keep_up(2)
    return made


@contextlib.asynccontextmanager
async def opened(url: str, **options: Any) -> AsyncIterator[RedisLog]:
    log = RedisLog(url, replicas=1, **options)
    try:
        yield log
    finally:
        await log.close()


async def press(log: RedisLog) -> Row:
    """One more entry after the present tail."""
    tail, _ = await log.tail(OFFICE)
    answer = await log.append(OFFICE, tail, MARK, [b"one"])
    assert isinstance(answer, Appended)
    return Row(answer.tail.seq, MARK, b"one")


async def taken(log: RedisLog) -> bool:
    try:
        await press(log)
    except NotReplicated:
        return False
    return True


async def missing(log: RedisLog) -> tuple[int, int]:
    with pytest.raises(NotReplicated) as found:
        await press(log)
    return found.value.wanted, found.value.got


async def test_every_replica_is_waited_for_although_one_is_asked_for(stores: Stores) -> None:
    """Whether the log had counted them before, or meets the primary only now."""
    async with (
        opened(stores.primary, replica_limit_ms=300) as log,
        opened(stores.primary, replica_limit_ms=300) as late,
    ):
        await press(log)
        async with stores.stopped(stores.replicas[0]):
            assert await missing(log) == (2, 1)
            assert await missing(late) == (2, 1)
        await until(lambda: taken(log))


async def test_a_replica_that_is_down_stops_nobody_for_longer_than_the_grace(stores: Stores) -> None:
    grace_s = 0.5
    async with opened(stores.primary, replica_limit_ms=50, replica_grace_s=grace_s) as log:
        await until(lambda: taken(log))
        async with stores.stopped(stores.replicas[0]):
            begun = asyncio.get_running_loop().time()
            await until(lambda: taken(log))
            assert asyncio.get_running_loop().time() - begun >= grace_s
            await until(lambda: taken(log))


async def test_one_that_is_back_is_waited_for_again(stores: Stores) -> None:
    async with opened(stores.primary, replica_limit_ms=300, replica_grace_s=0) as log:
        await press(log)
        async with stores.stopped(stores.replicas[0]):
            await until(lambda: taken(log))
        await stores.keep_up(2)
        await until(lambda: taken(log))
        async with stores.stopped(stores.replicas[1]):
            assert await missing(log) == (2, 1)


async def test_one_that_joins_is_waited_for_once_it_has_copied(stores: Stores) -> None:
    async with opened(stores.primary, replica_limit_ms=300) as log:
        await press(log)
        await told(stores.primary, "CONFIG", "SET", "repl-diskless-sync-delay", "3")
        third = stores.join()
        await until(lambda: said(stores, "wait_bgsave"))
        await press(log)
        assert await said(stores, "wait_bgsave"), "it has copied nothing yet, and nobody waited for it"

        await stores.keep_up(3)
        await until(lambda: taken(log))
        async with stores.stopped(third):
            assert await missing(log) == (3, 2)


async def said(stores: Stores, state: str) -> bool:
    with contextlib.suppress(KeyError):
        return await stores.state_of(2) == state
    return False


async def test_nothing_is_acknowledged_while_a_replica_is_promoted(stores: Stores) -> None:
    """The other one still follows the old primary and has everything: that is not enough."""
    async with opened(stores.primary, replica_limit_ms=300) as log:
        await press(log)
        await told(stores.replicas[0], "REPLICAOF", "NO", "ONE")

        assert await missing(log) == (2, 1)


async def test_the_count_belongs_to_one_reign(stores: Stores) -> None:
    """The same process, demoted and promoted again: those who are there now count, nobody waits for the earlier ones."""
    async with opened(stores.primary, replica_limit_ms=300) as log:
        await press(log)
        first = seen(await raw(stores.primary))
        await told(stores.replicas[0], "REPLICAOF", "127.0.0.1", "1")
        await told(stores.primary, "REPLICAOF", "127.0.0.1", "1")
        await told(stores.primary, "REPLICAOF", "NO", "ONE")
        await stores.keep_up(1)

        await until(lambda: attempt(log))
        assert seen(await raw(stores.primary)).reign != first.reign


async def raw(url: str) -> bytes:
    async with redis.asyncio.from_url(url) as client:
        client.response_callbacks.clear()
        return bytes(await client.execute_command("INFO", "replication"))  # type: ignore[no-untyped-call]


async def attempt(log: RedisLog) -> bool:
    with contextlib.suppress(LogError):
        return await taken(log)
    return False


# Sentinel


@pytest.fixture
async def watched(start_store: StartStore, start_sentinel: StartSentinel) -> tuple[Stores, int]:
    """Debian's stores, and the port of a Sentinel that knows all three and checks them often."""
    stores = Stores(start_store, DEBIAN)
    stores.join()
    stores.join()
    await stores.keep_up(2)
    watcher = start_sentinel(stores.port)
    sentinel = f"redis://127.0.0.1:{watcher}"

    async def knows() -> bool:
        with contextlib.suppress(redis.ConnectionError):
            await told(sentinel, "SENTINEL", "DEBUG", "info-period", "100")
            return len(await told(sentinel, "SENTINEL", "REPLICAS", "office")) == 2
        return False

    await until(knows)
    return stores, watcher


@needs_debian
async def test_what_was_acknowledged_outlives_a_primary_that_is_replaced_while_it_lives(
    watched: tuple[Stores, int],
) -> None:
    """Without any grace time: the Sentinel's answer shows that the missing replica is not down."""
    _, watcher = watched
    async with opened(f"sentinel://127.0.0.1:{watcher}/office", replica_grace_s=0, limit_s=2) as log:
        acknowledged = [await press(log) for _ in range(20)]
        before = await log.run_id(OFFICE)
        await until(lambda: promotes(watcher))

        async with asyncio.timeout(LIMIT_S):
            while await replaced(log, before) < 20:
                with contextlib.suppress(LogError, AssertionError):
                    acknowledged.append(await press(log))

        held = {row.seq: row for row in await log.read(OFFICE, 0, 100_000)}
        assert [row for row in acknowledged if held.get(row.seq) != row] == []


async def promotes(watcher: int) -> bool:
    """A Sentinel that does not yet know the state of its replicas can promote none."""
    with contextlib.suppress(redis.ResponseError):
        return bool(await told(f"redis://127.0.0.1:{watcher}", "SENTINEL", "FAILOVER", "office"))
    return False


async def replaced(log: RedisLog, before: str) -> int:
    """The number of entries in the store that is now primary, if it is another one."""
    with contextlib.suppress(LogError):
        if await log.run_id(OFFICE) != before:
            return len(await log.read(OFFICE, 20, 20))
    return 0


@needs_debian
async def test_the_sentinels_agree_on_one_primary_or_it_is_not_settled(watched: tuple[Stores, int]) -> None:
    stores, watcher = watched
    run_id = str((await info(stores.primary, "server"))["run_id"])
    here = f"127.0.0.1:{watcher}"
    few, most = (Sentinels(f"sentinel://{hosts}/office") for hosts in (f"{here},{NOBODY}", f"{here},{here},{NOBODY}"))
    alone, another = Sentinels(f"sentinel://{here}/office"), Sentinels(f"sentinel://{here}/another")

    await until(lambda: alone.settled(run_id))
    assert await most.settled(run_id)
    assert not await few.settled(run_id), "one of two is no majority"
    assert not await another.settled(run_id), "it does not know that service"
    assert not await alone.settled("0" * 40), "another process"

    await told(stores.replicas[0], "REPLICAOF", "NO", "ONE")
    async with asyncio.timeout(LIMIT_S):
        while await alone.settled(run_id):
            await asyncio.sleep(0.02)
