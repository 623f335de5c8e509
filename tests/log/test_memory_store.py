"""The failures that a test can cause in the log in memory are the failures that Redis causes."""

import asyncio
import subprocess
import sys

import pytest

from server.log.memory_log import MemoryLog
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.log.port import EMPTY, Appended, Behind, Gap, Log, Row, StoreUnavailable, Tail
from server.log.presence_port import Leases, OneTime, Presence
from server.log.redis_log import RedisLog
from server.log.redis_presence import RedisPresence

OFFICE = "mitte"
MARK = "mark00000001"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(now=lambda: 1_000_000)


@pytest.fixture
async def log(store: MemoryStore) -> MemoryLog:
    """A log that holds three entries."""
    log = MemoryLog(store)
    await log.append(OFFICE, EMPTY, MARK, [b"one", b"two", b"three"])
    return log


async def test_while_it_is_away_everything_is_refused_and_nothing_done(store: MemoryStore, log: MemoryLog) -> None:
    store.go_away("read_only", "disk full")

    with pytest.raises(StoreUnavailable, match="disk full") as refused:
        await log.append(OFFICE, Tail(3, MARK), MARK, [b"four"])
    assert refused.value.kind == "read_only"
    with pytest.raises(StoreUnavailable):
        await log.tail(OFFICE)
    with pytest.raises(StoreUnavailable):
        await MemoryPresence(store).seen(OFFICE)

    store.come_back()
    assert (await log.tail(OFFICE))[0] == Tail(3, MARK)


async def test_who_waits_hears_that_it_went_away(store: MemoryStore, log: MemoryLog) -> None:
    waiting = asyncio.create_task(log.wait(OFFICE, 3, 10_000))
    await asyncio.sleep(0)

    store.go_away()

    with pytest.raises(StoreUnavailable):
        await waiting


async def test_a_cut_answer_was_done(store: MemoryStore, log: MemoryLog) -> None:
    store.cut_next_answer()

    with pytest.raises(StoreUnavailable, match="cut"):
        await log.append(OFFICE, Tail(3, MARK), MARK, [b"four"])

    assert isinstance(await log.append(OFFICE, Tail(3, MARK), MARK, [b"four"]), Behind)
    assert await log.row(OFFICE, 4) == Row(4, MARK, b"four")


async def test_lost_entries_are_a_gap(store: MemoryStore, log: MemoryLog) -> None:
    before = await log.run_id(OFFICE)
    store.lose(OFFICE, 1)
    store.restart()

    answer = await log.append(OFFICE, Tail(3, MARK), MARK, [b"four"])

    assert answer == Gap(Tail(1, MARK), 1_000_000)
    assert await log.run_id(OFFICE) != before


async def test_its_clock_is_the_tests(store: MemoryStore, log: MemoryLog) -> None:
    store.step_clock(-400)

    answer = await log.append(OFFICE, Tail(3, MARK), MARK, [])

    assert isinstance(answer, Appended)
    assert answer.now_ms == 999_600


async def test_expiry_follows_its_clock(store: MemoryStore) -> None:
    presence = MemoryPresence(store, age_ms=1000)
    await presence.report(OFFICE, "display:hall", {"n": 1})
    await presence.take(OFFICE, "voice", "node-1", 1000)

    store.step_clock(999)
    assert await presence.seen(OFFICE) == {"display:hall": {"n": 1, "at": 1_000_000}}
    assert (await presence.take(OFFICE, "voice", "node-2", 1000)).holder == "node-1"

    store.step_clock(1)
    assert await presence.seen(OFFICE) == {}
    assert (await presence.take(OFFICE, "voice", "node-2", 1000)).holder == "node-2"


def test_the_twins_fit_their_seams() -> None:
    """For the type checker: each twin fits where its port is expected."""
    logs: list[type[Log]] = [MemoryLog, RedisLog]
    presences: list[type[Presence]] = [MemoryPresence, RedisPresence]
    leases: list[type[Leases]] = [MemoryPresence, RedisPresence]
    one_time: list[type[OneTime]] = [MemoryPresence, RedisPresence]

    assert all([*logs, *presences, *leases, *one_time])


def test_the_ports_bring_no_store_with_them() -> None:
    """The desk and push import the ports; a device has no Redis."""
    program = "import server.log.port, server.log.presence_port, sys; print('redis' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"
