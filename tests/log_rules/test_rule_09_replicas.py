"""Rule 9: with replicas configured nothing is acknowledged, folded or shown before all that are there have it."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path

import pytest
import redis.asyncio

from server.clock import StoreClock, SystemClock
from server.desk.desk import Desk
from server.desk.entry import Done, Entry
from server.log import fence
from server.log.redis_log import RedisLog
from server.log.replicas import Count, Replicas, Sighted
from server.log.store import bundled_binary
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.events import TicketIssued
from tests.nodes.node import BOSS, MITTE, refused

StartStore = Callable[..., str]
LIMIT_S = 20
OFFICE = "mitte"
DEBIAN = Path("/usr/bin/redis-server")


class Pair:
    """A primary and its replica, which a test stops: it answers nothing and closes no connection. A second one may join."""

    def __init__(self, primary: str, replica: str, join: Callable[[], str]) -> None:
        self.primary, self.replica = primary, replica
        self._join = join
        self._pid = 0

    async def linked(self) -> None:
        """Waits until the replica has everything so far."""
        self._pid = await linked(self.replica)

    async def joined(self) -> None:
        """A second replica follows too, and the primary knows it. Here both have one address, and only what they have
        acknowledged tells them apart."""
        await linked(self._join())
        async with asyncio.timeout(LIMIT_S), redis.asyncio.from_url(self.primary) as client:
            while not all(
                [(await client.info("replication")).get(name, {}).get("offset") for name in ("slave0", "slave1")]
            ):
                await asyncio.sleep(0.02)

    async def promote(self) -> None:
        """Makes the replica a primary, before Sentinel has told anybody else."""
        async with redis.asyncio.from_url(self.replica) as client:
            await client.replicaof("NO", "ONE")

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        os.kill(self._pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._pid, signal.SIGCONT)


async def linked(replica: str) -> int:
    """The process of the replica, as soon as it follows."""
    async with asyncio.timeout(LIMIT_S), redis.asyncio.from_url(replica) as client:
        while (await client.info("replication"))["master_link_status"] != "up":
            await asyncio.sleep(0.02)
        return int((await client.info("server"))["process_id"])


@pytest.fixture(params=["valkey", "redis"])
async def pair(request: pytest.FixtureRequest, start_store: StartStore) -> Pair:
    if request.param == "redis" and not DEBIAN.exists():
        pytest.skip("redis-server is not installed: make system")
    binary = bundled_binary() if request.param == "valkey" else DEBIAN
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    local = ("--bind", "127.0.0.1", "--protected-mode", "no", "--repl-diskless-sync-delay", "0")
    primary = start_store(binary, "--port", port, *local)

    def join() -> str:
        return start_store(binary, "--replicaof", f"127.0.0.1 {port}")

    made = Pair(primary, join(), join)
    await made.linked()
    return made


@contextlib.asynccontextmanager
async def serving(url: str, replicas: int) -> AsyncIterator[tuple[Desk, RedisLog, list[Entry]]]:
    """A desk on the primary, and the tickets that it reported."""
    log = RedisLog(url, replicas=replicas, replica_limit_ms=200)
    desk = Desk(OFFICE, log, StoreClock(SystemClock()), "{}.{}".format, alone=True, patience=1.0)
    told: list[Entry] = []

    def hear(entries: Sequence[Entry]) -> None:
        told.extend(entry for entry in entries if isinstance(entry.event, TicketIssued))

    desk.watch(hear)
    await desk.start()
    try:
        async with asyncio.timeout(LIMIT_S):
            while desk.health != "ready":
                await asyncio.sleep(0.01)
            await pressed_until_taken(desk, c.ConfigureOffice(office=MITTE), SYSTEM)
            await pressed_until_taken(desk, c.OpenDay(), SYSTEM)
        yield desk, log, told
    finally:
        await desk._tasks.close()
        await log.close()


async def promise(pair: Pair, replicas: int = 1) -> None:
    """The replica hangs: 503 with retry, nothing folded, nothing shown. It goes on: the same key finds one citizen."""
    async with serving(pair.primary, replicas) as (desk, log, told):
        press = c.IssueTicket(services=("ausweis",))
        stood = desk.state.seq
        with pair.stopped():
            answer = await desk.submit(BOSS, press, "the press")
            tail, _ = await log.tail(OFFICE)

            assert refused(answer).code == "store_unavailable"
            assert refused(answer).retry
            assert tail.seq == stood + 1, "the primary has it"
            assert (desk.state.seq, told) == (stood, [])

        again = await pressed_until_taken(desk, press)

        assert again.seq == stood + 1
        async with asyncio.timeout(LIMIT_S):
            while not told:
                await asyncio.sleep(0.01)
        assert [entry.seq for entry in told] == [again.seq]
        assert (await log.tail(OFFICE))[0].seq == again.seq


async def pressed_until_taken(desk: Desk, press: c.Command, by: Actor = BOSS) -> Done:
    key = type(press).__name__ if by is SYSTEM else "the press"
    async with asyncio.timeout(LIMIT_S):
        while not isinstance(answer := await desk.submit(by, press, key), Done):
            await asyncio.sleep(0.05)
    return answer


async def test_nothing_is_acknowledged_that_no_replica_has(pair: Pair) -> None:
    await promise(pair)


async def test_acknowledging_without_replicas_is_found(pair: Pair) -> None:
    with pytest.raises(AssertionError):
        await promise(pair, replicas=0)


async def refusals_rest_on_replicas(pair: Pair, replicas: int = 1) -> None:
    """The entries behind a refusal could still be lost, so the refusal waits for the replicas too."""
    async with serving(pair.primary, replicas) as (desk, _, _):
        with pair.stopped():
            closed = await desk.submit(BOSS, c.CallNext(counter="1"), "call")

        assert refused(closed).code == "store_unavailable"


async def test_refusals_wait_for_replicas_too(pair: Pair) -> None:
    await refusals_rest_on_replicas(pair)


async def test_refusing_without_replicas_is_found(pair: Pair) -> None:
    with pytest.raises(AssertionError):
        await refusals_rest_on_replicas(pair, replicas=0)


class FirstComers(Replicas):
    """Accepts as many replicas as were asked for, whichever they are."""

    def heard(self, before: Sighted, asked: int, fence: int, said: int, seen: Sighted, at: float) -> Count:
        return super().heard(before, asked, fence, said, seen, at)._replace(wanted=frozenset())

    @property
    def asked(self) -> int:
        return self.least


async def a_promotion_is_noticed(pair: Pair) -> None:
    """One of two replicas is promoted; the other still follows, and has everything that will be lost."""
    await pair.joined()
    async with serving(pair.primary, 1) as (desk, _, told):
        stood = desk.state.seq
        await pair.promote()

        answer = await desk.submit(BOSS, c.IssueTicket(services=("ausweis",)), "the press")

        assert refused(answer).code == "store_unavailable"
        assert (desk.state.seq, told) == (stood, [])


async def test_nothing_is_acknowledged_by_a_primary_that_is_being_replaced(pair: Pair) -> None:
    await a_promotion_is_noticed(pair)


async def test_acknowledging_what_the_first_comers_have_is_found(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fence, "Replicas", FirstComers)

    with pytest.raises(AssertionError):
        await a_promotion_is_noticed(pair)
