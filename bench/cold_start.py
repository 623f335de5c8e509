"""Time from the start of a node until it is ready, on a log of 100,000 events: with and without snapshot, with bookings."""

import asyncio
import tempfile
import time
from pathlib import Path

from bench.measuring import median
from bench.past import Past, write
from bench.result import Claim, Result, Table, number
from bench.running import running
from bench.stand import OFFICE, client, ready
from server.clock import StoreClock, SystemClock
from server.desk.desk import Desk
from server.log import keys
from server.log.redis_log import RedisLog
from server.log.store import EmbeddedStore

HOW = """A log of 100,000 events of today (25,000 visits at five counters), written as a desk writes it, in the embedded
store of a data folder. "Process": from the start of `aufruf up` on that folder to the first 200 of `/health/ready`: Python,
store, database, voices, fold, the day. "Fold": a desk alone, from its start to ready, store already up. Without a snapshot
the fold starts at the day's opening, so it reads all 100,000. With bookings: the checkpoint at the day's opening carries
20,000 appointments. An empty office is the floor: what a process costs before it folds anything."""


class Times:
    """Seconds, one for each run."""

    def __init__(self) -> None:
        self.process: list[float] = []
        self.fold: list[float] = []


async def measure(*, quick: bool) -> Result:
    events, bookings, runs = (400, 100, 1) if quick else (100_000, 20_000, 5)
    found = {name: Times() for name in ("an empty office", "with a snapshot", "without", "bookings, without")}
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        empty, full, booked = (Path(folder) / name for name in ("empty", "full", "booked"))
        await _fill(full, events, 0)
        await _fill(booked, events, bookings)
        for _ in range(runs):
            await _start(empty, found["an empty office"])
            await _start(full, found["without"], forget=True)
            await _start(full, found["with a snapshot"])
            await _start(booked, found["bookings, without"], forget=True)
    return _result(found, events, bookings)


async def _fill(data: Path, events: int, bookings: int) -> None:
    """Bookings made yesterday, then the visits of today."""
    past = Past()
    past.open()
    past.book(bookings)
    past.today()
    base = len(past.events)
    past.visits(events // 4)
    assert len(past.events) - base >= events
    store = EmbeddedStore(data / "store")
    (data / "store").mkdir(parents=True)
    await store.start()
    log = RedisLog(store.url)
    await write(past, log)
    await log.close()
    await store.stop()


async def _start(data: Path, times: Times, *, forget: bool = False) -> None:
    """Starts twice: the desk alone, then the whole process; `forget`: the snapshot is deleted before each start."""
    if (data / "store").exists():
        times.fold.append(await _fold(data, forget=forget))
        if forget:
            await _forget(data)
    async with running(data) as server:
        times.process.append(server.ready_s)


async def _fold(data: Path, *, forget: bool) -> float:
    store = EmbeddedStore(data / "store")
    await store.start()
    if forget:
        await _delete_snapshot(store.url)
    log = RedisLog(store.url)
    desk = Desk(OFFICE, log, StoreClock(SystemClock()), lambda kind, id: "", alone=True)
    begin = time.perf_counter()
    await desk.start()
    await ready(desk)
    took = time.perf_counter() - begin
    await desk.stop()
    await log.close()
    await store.stop()
    return took


async def _forget(data: Path) -> None:
    store = EmbeddedStore(data / "store")
    await store.start()
    await _delete_snapshot(store.url)
    await store.stop()


async def _delete_snapshot(url: str) -> None:
    async with client(url) as redis:
        await asyncio.wait_for(redis.delete(keys.snapshot(OFFICE)), 10)


def _result(found: dict[str, Times], events: int, bookings: int) -> Result:
    def process(name: str) -> float:
        return median(found[name].process)

    more = process("bookings, without") - process("without")
    floor = process("an empty office")
    rows = tuple(
        (name, number(median(times.fold)) if times.fold else "", number(process(name)), number(process(name) / floor))
        for name, times in found.items()
    )
    return Result(
        name="cold_start",
        title=f"Cold start on a log of {events:,} events",
        how=HOW,
        claims=(
            Claim(what="ready with a snapshot", value=process("with a snapshot"), unit="s", limit=3),
            Claim(what="ready without a snapshot", value=process("without"), unit="s", limit=10),
            Claim(what=f"{bookings:,} future bookings add", value=more, unit="s", limit=0.3),
            Claim(what="with a snapshot to an empty office", value=process("with a snapshot") / floor, unit="times"),
        ),
        tables=(Table(title="Seconds, medians", columns=("", "fold", "process", "to an empty office"), rows=rows),),
    )
