"""The keeper with real processes: started, killed, restarted, ended, its folder locked, its disk full."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from server.log import store_launch
from server.log.port import EMPTY, Appended, StoreUnavailable
from server.log.redis_log import RedisLog
from server.log.store import Pace, StoreFailed, StoreState
from server.log.store_process import StoreProcess
from tests.log.keepers import DEBIAN, LIMIT_S, MakeStore, child, gone, numbered, run_keeper, runs

# Start and stop


@pytest.mark.parametrize("binary", [None, DEBIAN], ids=["valkey", "redis"])
async def test_it_starts_answers_and_keeps_what_it_was_told(make_store: MakeStore, binary: Path | None) -> None:
    if binary and not binary.exists():
        pytest.skip("redis-server is not installed: make system")
    store = make_store(binary=binary)

    await store.start()
    assert store.state.state == "ready"
    assert await numbered(store) == 1
    await store.stop()
    await store.start()

    assert await numbered(store) == 2


async def test_it_is_a_direct_child_with_a_name_operators_know(make_store: MakeStore) -> None:
    store = make_store()
    await store.start()

    process = child(store)

    assert process.name() in {"valkey-server", "redis-server"}
    assert process.ppid() == os.getpid()


async def test_nobody_else_can_reach_it(make_store: MakeStore) -> None:
    """No TCP port, and a socket in a folder that only we may enter."""
    store = make_store()
    await store.start()

    assert not child(store).net_connections("inet")
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(store.socket.stat().st_mode) == 0o700


async def test_it_syncs_every_write_and_evicts_nothing(make_store: MakeStore) -> None:
    store = make_store()
    await store.start()
    import redis.asyncio

    async with redis.asyncio.from_url(store.url) as client:
        kept = await client.config_get("append*", "save", "maxmemory-policy", "port")

    assert kept["appendonly"] == "yes"
    assert kept["appendfsync"] == "always"
    assert kept["save"] == ""
    assert kept["maxmemory-policy"] == "noeviction"
    assert kept["port"] == "0"


async def test_it_ends_within_seconds_even_if_it_hangs(make_store: MakeStore) -> None:
    store = make_store()
    await store.start()
    process = child(store)
    process.suspend()

    async with asyncio.timeout(8):
        await store.stop()

    assert not runs(process)


async def test_a_binary_that_is_no_store_is_a_clear_failure(make_store: MakeStore) -> None:
    store = make_store(binary=Path("/bin/false"))

    with pytest.raises(StoreFailed, match="did not start: exit code 1"):
        await store.start()

    assert store.state.state == "down"


async def test_a_path_too_long_for_a_socket_gets_a_short_one_of_a_stable_name(
    make_store: MakeStore, tmp_path: Path
) -> None:
    folder = tmp_path / ('long name with "quotes" and ä ' * 3) / ("x" * 80)
    store, again = make_store(folder), make_store(folder)
    assert store.socket == again.socket
    assert len(os.fsencode(store.socket)) <= 100

    await store.start()

    assert await numbered(store) == 1
    assert stat.S_IMODE(store.socket.parent.stat().st_mode) == 0o700
    await store.stop()
    assert not store.socket.parent.exists()


# Deaths


async def test_a_killed_store_is_back_at_once_with_everything_acknowledged(make_store: MakeStore) -> None:
    """Five kills under load from ten offices: every entry whose append was answered is there, none twice."""
    store = make_store()
    await store.start()
    log = RedisLog(store.url)
    acknowledged: dict[str, list[str]] = {}
    done = asyncio.Event()

    async def press(office: str) -> None:
        acknowledged[office] = []
        tail = EMPTY
        while not done.is_set():
            mark = os.urandom(6).hex()
            try:
                answer = await log.append(office, tail, mark, [b"entry"])
                if isinstance(answer, Appended):
                    acknowledged[office].append(mark)
                tail = answer.tail
            except StoreUnavailable:
                await store.until("ready")

    pressing = [asyncio.create_task(press(f"office-{number}")) for number in range(10)]
    for kill in range(1, 6):
        before = sum(map(len, acknowledged.values()))
        async with asyncio.timeout(LIMIT_S):
            while sum(map(len, acknowledged.values())) < before + 50:
                await asyncio.sleep(0.001)
        child(store).kill()
        await store.until("down")
        await store.until("ready")
        assert store.state.restarts == kill
    done.set()
    await asyncio.gather(*pressing)

    for office, marks in acknowledged.items():
        rows = await log.read(office, 0, 100_000)
        held = [row.mark for row in rows]
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
        assert len(set(held)) == len(held)
        assert set(marks) <= set(held)
    await log.close()


async def test_a_store_killed_while_it_loads_for_the_first_time_is_started_again(make_store: MakeStore) -> None:
    """Two kills in a row, one before it ever answered, are no reason for the server to give up."""
    heard: list[StoreState] = []

    def kill_the_first(state: StoreState) -> None:
        heard.append(state)
        if state.state == "starting" and state.pid and len(heard) == 1:
            os.kill(state.pid, signal.SIGKILL)

    store = make_store(on_change=kill_the_first)
    await store.start()

    assert [state.state for state in heard] == ["starting", "down", "starting", "ready"]
    assert await numbered(store) == 1


async def test_a_store_that_is_always_killed_is_given_up(make_store: MakeStore) -> None:
    def kill(state: StoreState) -> None:
        if state.state == "starting" and state.pid:
            os.kill(state.pid, signal.SIGKILL)

    with pytest.raises(StoreFailed, match="SIGKILL"):
        await make_store(on_change=kill).start()


async def test_the_keepers_listener_hears_of_every_change(make_store: MakeStore) -> None:
    heard: list[str] = []
    store = make_store(on_change=lambda state: heard.append(state.state))
    await store.start()
    child(store).kill()
    await store.until("down")
    await store.until("ready")
    await store.stop()

    assert heard == ["starting", "ready", "down", "starting", "ready", "down"]


async def test_a_store_that_ends_politely_is_started_again_too(make_store: MakeStore) -> None:
    store = make_store()
    await store.start()

    child(store).terminate()
    await store.until("down")

    assert (await store.until("ready")).restarts == 1


def test_the_first_ten_starts_in_a_minute_wait_for_nothing() -> None:
    pace = Pace()

    assert [pace.pause_s(now) for now in range(10)] == [0.0] * 10
    assert [pace.pause_s(10.0 + now) for now in range(7)] == [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0]
    assert pace.pause_s(200.0) == 0.0


@pytest.mark.skipif(sys.platform != "linux", reason="the parent-death signal is Linux's")
async def test_a_killed_keeper_leaves_no_store_behind(tmp_path: Path) -> None:
    keeper, store = await asyncio.to_thread(run_keeper, tmp_path / "store")

    keeper.kill()
    keeper.wait()

    await gone(store)


def test_a_launcher_whose_parent_is_dead_already_starts_nothing(tmp_path: Path) -> None:
    """Between fork and the parent-death signal the parent may die: then nobody would ever send the signal."""
    proof = tmp_path / "started"
    nobody = 2**22 + 1

    ended = subprocess.run([sys.executable, store_launch.__file__, str(nobody), "/usr/bin/touch", str(proof)])

    assert ended.returncode == 1
    assert not proof.exists()


async def test_a_store_is_started_from_the_main_thread_only(tmp_path: Path) -> None:
    def elsewhere() -> None:
        asyncio.run(StoreProcess.launch(Path("/bin/true"), [], tmp_path / "s", 0))

    with pytest.raises(RuntimeError, match="main thread"):
        await asyncio.to_thread(elsewhere)
