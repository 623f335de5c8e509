"""What a Redis or Valkey does to its clients, and what the Redis log makes of it: each store here belongs to one test."""

import asyncio
import contextlib
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import redis.asyncio

from server.log import keys
from server.log.port import EMPTY, Appended, Behind, Kind, StoreUnavailable, Tail
from server.log.redis_log import RedisLog
from server.log.redis_presence import RedisPresence
from server.log.store import bundled_binary
from server.messages.instants import MINUTE
from tests.log.redis_hand import opened, told

StartStore = Callable[..., str]
OFFICE = "mitte"
MARK = "mark00000001"
ONE = Tail(1, MARK)
DEBIAN = Path("/usr/bin/redis-server")


@pytest.fixture(params=["valkey", "redis"])
def binary(request: pytest.FixtureRequest) -> Path:
    if request.param == "redis" and not DEBIAN.exists():
        pytest.skip("redis-server is not installed: make system")
    return bundled_binary() if request.param == "valkey" else DEBIAN


@pytest.fixture
def url(start_store: StartStore, binary: Path) -> str:
    return start_store(binary)


@pytest.fixture
async def log(url: str) -> AsyncIterator[RedisLog]:
    """A log that holds one entry."""
    async with opened(url, limit_s=5) as log:
        await log.append(OFFICE, EMPTY, MARK, [b"one"])
        yield log


@contextlib.asynccontextmanager
async def stopped(url: str) -> AsyncIterator[None]:
    """The store hangs: it neither answers nor closes connections."""
    pid = (await told(url, "INFO", "server"))["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def refusal(call: Awaitable[object]) -> Kind:
    with pytest.raises(StoreUnavailable) as refused:
        await call
    return refused.value.kind


# Refusals by the store itself


async def test_a_script_the_store_forgot_is_told_again(log: RedisLog, url: str) -> None:
    await told(url, "SCRIPT", "FLUSH")

    answer = await log.append(OFFICE, ONE, MARK, [b"two"])

    assert isinstance(answer, Appended)
    assert [row.body for row in await log.read(OFFICE, 0, 10)] == [b"one", b"two"]


async def test_out_of_memory_is_refused_whole(log: RedisLog, url: str) -> None:
    await told(url, "CONFIG", "SET", "maxmemory", "1")

    assert await refusal(log.append(OFFICE, ONE, MARK, [b"two", b"three"])) == "memory"
    assert (await log.tail(OFFICE))[0] == ONE
    assert isinstance(await log.append(OFFICE, ONE, MARK, []), Appended), "comparing needs no memory"


async def test_a_store_for_reading_refuses_and_still_compares(log: RedisLog, url: str) -> None:
    await told(url, "REPLICAOF", "127.0.0.1", "0")

    assert await refusal(log.append(OFFICE, ONE, MARK, [b"two"])) == "read_only"
    assert isinstance(await log.append(OFFICE, ONE, MARK, []), Appended)
    assert isinstance(await log.append(OFFICE, EMPTY, MARK, [b"x"]), Behind)
    assert len(await log.read(OFFICE, 0, 10)) == 1


async def test_a_store_that_misses_its_replicas_refuses(log: RedisLog, url: str) -> None:
    await told(url, "CONFIG", "SET", "min-replicas-to-write", "1")

    assert await refusal(log.append(OFFICE, ONE, MARK, [b"two"])) == "read_only"


async def test_a_foreign_hand_in_the_store_is_a_fault(log: RedisLog, url: str) -> None:
    await told(url, "DEL", keys.log(OFFICE))
    await told(url, "SET", keys.log(OFFICE), "not a stream")

    assert await refusal(log.append(OFFICE, EMPTY, MARK, [b"one"])) == "fault"
    assert await refusal(log.tail(OFFICE)) == "fault"
    assert OFFICE not in await log.offices()


async def test_wrong_credentials_are_refused(log: RedisLog, url: str) -> None:
    await told(url, "CONFIG", "SET", "requirepass", "open sesame")

    async with opened(url) as stranger, opened(f"{url}?password=wrong") as liar:
        assert await refusal(stranger.tail(OFFICE)) == "refused"
        assert await refusal(liar.tail(OFFICE)) == "refused"
    async with opened(f"{url}?password=open%20sesame") as friend:
        assert (await friend.tail(OFFICE))[0] == ONE


# Stores that hang, die, or close connections


async def test_a_store_that_hangs_is_lost_in_bounded_time(log: RedisLog, url: str) -> None:
    async with opened(url, limit_s=1) as hasty:
        assert (await hasty.tail(OFFICE))[0] == ONE
        async with stopped(url):
            kinds = await asyncio.gather(
                refusal(hasty.append(OFFICE, ONE, MARK, [])),
                refusal(hasty.tail(OFFICE)),
                refusal(hasty.wait(OFFICE, 1, 20)),
                *(refusal(hasty.read(OFFICE, 0, 10)) for _ in range(40)),
            )

        assert set(kinds) == {"lost"}
        assert (await log.tail(OFFICE))[0] == ONE
        assert isinstance(await log.append(OFFICE, ONE, MARK, [b"two"]), Appended)


async def test_who_waits_hears_that_the_store_is_gone(log: RedisLog, url: str) -> None:
    waiting = asyncio.create_task(refusal(log.wait(OFFICE, 1, MINUTE)))
    async with asyncio.timeout(10):
        while b"cmd=xread" not in (await told(url, "CLIENT", "LIST", "TYPE", "normal") or b""):
            await asyncio.sleep(0)
        with contextlib.suppress(redis.ConnectionError):
            await told(url, "SHUTDOWN", "NOSAVE")

        assert await waiting == "lost"
    assert await refusal(log.append(OFFICE, ONE, MARK, [b"two"])) == "lost"


async def test_a_connection_that_was_hung_up_in_silence_is_replaced(log: RedisLog, url: str) -> None:
    """In a quiet office the store was restarted overnight; the first press of the day is no error."""
    assert await told(url, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes") >= 1
    assert not await log.wait(OFFICE, 1, 20)

    assert isinstance(await log.append(OFFICE, ONE, MARK, [b"two"]), Appended)


class CuttingProxy:
    """Between log and store; when told, it passes on a question and closes the connection instead of answering."""

    def __init__(self, socket: str) -> None:
        self.cut_next = False
        self.questions = 0
        self._socket = socket

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_store, to_store = await asyncio.open_unix_connection(self._socket)
        try:
            while question := await reader.read(1 << 20):
                self.questions += 1
                to_store.write(question)
                answer = await from_store.read(1 << 20)
                if self.cut_next:
                    self.cut_next = False
                    return
                writer.write(answer)
        finally:
            for end in (writer, to_store):
                end.close()
                with contextlib.suppress(OSError):
                    await end.wait_closed()


async def test_an_answer_cut_off_after_the_write_is_an_error_and_never_a_second_write(log: RedisLog, url: str) -> None:
    """No library in between tries again, and reading shows what happened."""
    proxy = CuttingProxy(url.removeprefix("unix://"))
    with tempfile.TemporaryDirectory() as folder:
        server = await asyncio.start_unix_server(proxy.serve, f"{folder}/p")
        async with server, opened(f"unix://{folder}/p") as distant:
            await distant.tail(OFFICE)
            asked = proxy.questions

            proxy.cut_next = True
            assert await refusal(distant.append(OFFICE, ONE, "mark00000002", [b"two"])) == "lost"

            assert proxy.questions == asked + 1
            assert [row.body for row in await distant.follow(OFFICE, ONE, 10)] == [b"two"]
            assert isinstance(await distant.append(OFFICE, ONE, "mark00000003", [b"two"]), Behind)


async def test_callers_that_leave_never_give_their_answer_to_another(log: RedisLog) -> None:
    """Fifty at once, every second one cancelled while the store works on it; each of the others gets its own answer."""
    await log.append(OFFICE, ONE, MARK, [b"%d" % seq for seq in range(2, 51)])

    async def row(seq: int) -> bytes:
        found = await log.row(OFFICE, seq)
        assert found
        return found.body

    for steps in range(1, 15):
        asking = [asyncio.create_task(row(seq)) for seq in range(2, 51)]
        for _ in range(steps):
            await asyncio.sleep(0)
        for leaving in asking[::2]:
            leaving.cancel()

        answers = await asyncio.gather(*asking[1::2])
        await asyncio.wait(asking)
        assert answers == [b"%d" % seq for seq in range(3, 51, 2)]


# Presence with the same trouble


async def test_presence_says_so_too(url: str) -> None:
    presence = RedisPresence(url, limit_s=5)
    try:
        await presence.report(OFFICE, "display:hall", {"delay_ms": 3})
        await told(url, "SCRIPT", "FLUSH")
        assert (await presence.take(OFFICE, "voice", "node-1", 1000)).holder == "node-1"
        await told(url, "REPLICAOF", "127.0.0.1", "0")

        assert await refusal(presence.report(OFFICE, "display:hall", {})) == "read_only"
        assert await refusal(presence.once("x", 1000)) == "read_only"
        assert set(await presence.seen(OFFICE)) == {"display:hall"}
    finally:
        await presence.close()


async def test_silent_devices_leave_the_store(url: str) -> None:
    """Removed when the remaining devices report, so that a thousand replaced tablets are not kept for ever."""
    presence = RedisPresence(url, age_ms=50)

    async def counted() -> tuple[int, int]:
        devices, times = keys.devices(OFFICE), keys.device_times(OFFICE)
        return await told(url, "HLEN", devices), await told(url, "ZCARD", times)

    try:
        await presence.report_all(OFFICE, {f"tablet:{n}": {} for n in range(100)})
        async with asyncio.timeout(10):
            while await counted() != (1, 1):
                await presence.report(OFFICE, "display:hall", {})
    finally:
        await presence.close()


@pytest.fixture(scope="module")
def nowhere() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"unix://{folder}/nobody"


async def test_nobody_at_the_address_is_lost(nowhere: str) -> None:
    async with opened(nowhere) as log:
        assert await refusal(log.tail(OFFICE)) == "lost"
        assert await refusal(log.append(OFFICE, EMPTY, MARK, [b"one"])) == "lost"


async def test_a_closed_log_says_so(url: str) -> None:
    log = RedisLog(url)
    await log.tail(OFFICE)
    await log.close()

    with pytest.raises(StoreUnavailable, match="closed"):
        await log.tail(OFFICE)


@pytest.mark.parametrize("wrong", ["http://localhost", "sentinel://localhost", "redis", ""])
def test_an_address_that_is_none_is_refused_at_once(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"URL"):
        RedisLog(wrong)


@pytest.mark.parametrize("office", ["", "a}b"])
async def test_an_office_that_would_break_its_hash_tag_is_refused(nowhere: str, office: str) -> None:
    async with opened(nowhere) as log:
        with pytest.raises(ValueError, match="hash tag"):
            await log.tail(office)
