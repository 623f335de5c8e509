"""A historian in its own process, killed with SIGKILL at random moments: its writes are complete, the next one continues."""

import asyncio
import random
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import SystemClock
from server.history.derive import Book
from server.history.historian import Historian
from server.history.position import let_go, position
from server.history.shelf import Shelf
from server.history.tables import entries, visits
from server.log.memory_log import MemoryLog
from server.log.port import Row
from server.messages.events import decode
from server.messages.facts import Ticket

ROOT = Path(__file__).parents[2]
CHILD = """
import asyncio, sys
import msgspec
from server.clock import SystemClock
from server.history.database import open_database
from server.history.historian import Historian
from server.log.memory_log import MemoryLog
from server.log.port import Row

async def main(url, file):
    log = MemoryLog()
    log.store.add("mitte", msgspec.json.decode(open(file, "rb").read(), type=list[Row]))
    historian = Historian(await open_database(url), log, SystemClock(), rows=2)
    print("reading", flush=True)
    await historian.catch_up("mitte")
    print("done", flush=True)
    await asyncio.sleep(60)

asyncio.run(main(*sys.argv[1:]))
"""
Live = Callable[..., tuple[list[Row], dict[str, Ticket]]]


@pytest.mark.crash
async def test_what_a_killed_historian_wrote_is_whole(
    engine: AsyncEngine, url: str, tmp_path: Path, log: MemoryLog, live: Live
) -> None:
    rows, _ = live(31, 400, days=2)
    file = tmp_path / "rows.json"
    file.write_bytes(msgspec.json.encode(rows))
    chance, seen = random.Random(5), set[int]()
    for _ in range(6):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CHILD, url, str(file), cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert child.stdout is not None
        async with asyncio.timeout(30):
            assert await child.stdout.readline() == b"reading\n"
        at = await position(engine, "mitte")
        goal = min(len(rows) - 1, (at.seq if at else 0) + chance.randrange(2, 40))
        async with asyncio.timeout(30):
            while (at := await position(engine, "mitte")) is None or at.seq < goal:
                await asyncio.sleep(0)
        child.send_signal(signal.SIGKILL)
        await child.wait()
        seen.add(await is_whole(engine, rows))
        await let_go_of_the_dead(engine)
    assert len(seen) > 1

    log.store.add("mitte", rows)
    await Historian(engine, log, SystemClock()).catch_up("mitte")

    assert await is_whole(engine, rows) == len(rows)


async def let_go_of_the_dead(engine: AsyncEngine) -> None:
    """Does what the next historian would do after some seconds of patience."""
    at = await position(engine, "mitte")
    assert at is not None
    await let_go(engine, "mitte", at.holder)


async def is_whole(engine: AsyncEngine, rows: list[Row]) -> int:
    """Raw entries, visits and position agree. Returns how far they go."""
    at = await position(engine, "mitte")
    assert at is not None
    book = Book()
    for row in rows[: at.seq]:
        book.fold(decode(row.body), row.seq)
    async with engine.execution_options(read_only=True).connect() as connection:
        seqs = [row.seq for row in await connection.execute(select(entries.c.seq).order_by(entries.c.seq))]
        names = [row.ticket for row in await connection.execute(select(visits.c.ticket))]
        loaded = {visit.ticket: visit for visit in await Shelf(connection, "mitte", 1).load(names)}
    assert seqs == list(range(1, at.seq + 1))
    assert at.mark == rows[at.seq - 1].mark
    assert loaded == book.visits
    return at.seq
