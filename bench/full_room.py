"""A full waiting room with a hundred counter pages and fifty walls: what a press costs the server, by how many people wait."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path

from bench.gathering import Gathering, gathering
from bench.measuring import cpu_s, median, ms, now_ns
from bench.office_file import SERVICES, office_file
from bench.pressing import LIVE, join_displays
from bench.result import Claim, Plot, Result, Table, number
from bench.running import OFFICE, Presser, Server, running
from server.messages import commands as c

HOW = """`aufruf up` in its own process; 100 counters that serve all five services of the sample, each with a page, 50 walls
and three supervisors' tables in client processes. So many tickets wait; then every half second one press, in turn: a ticket
issued, somebody called, started, finished, each visit at the next counter. Processor time and bytes are those of the main
process from the first press until 34 s after the last, when nothing of it can change a board any more, over the number of
presses."""

COUNTERS, WALLS, TABLES = 100, 50, 3
COLUMNS = ("waiting", "main process ms", "KiB sent", "last counter page ms", "last wall ms")
BEFORE = (("2,000", "1,259", "10,450", "835", "–"),)
"""Measured with the same room before lists on staff boards were bounded, by an outside client, on two idle cores."""
QUIET_S, AFTER_S = 0.5, 34.0


class Cost:
    """For one press: milliseconds of the server, bytes sent, milliseconds until the last counter page and last wall have it."""

    def __init__(self, waiting: int, cpu_ms: float, sent: float, page_ms: float, wall_ms: float) -> None:
        self.waiting, self.cpu_ms, self.sent, self.page_ms, self.wall_ms = waiting, cpu_ms, sent, page_ms, wall_ms


async def measure(*, quick: bool) -> Result:
    return _result([await _cost(waiting, quick=quick) for waiting in ((10,) if quick else (10, 200, 2_000))])


async def _cost(waiting: int, *, quick: bool) -> Cost:
    """A separate room, filled before anybody looks; measuring starts when all is quiet again."""
    counters, walls_shown, rounds, after_s = (3, 2, 1, 0.1) if quick else (COUNTERS, WALLS, 5, AFTER_S)
    async with _room(counters) as (server, presser):
        presser.presses(
            [c.IssueTicket(services=(name,)) for name, _ in zip(cycle(SERVICES), range(waiting), strict=False)]
        )
        with gathering() as walls, gathering() as pages:
            join_displays(walls, server, walls_shown)
            token = await server.token("supervisor")
            hellos = [{"type": "hello", "board": "counter", "id": str(n + 1), "token": token} for n in range(counters)]
            hellos += [{"type": "hello", "board": "supervisor", "token": token}] * TABLES
            pages.join(server.port, LIVE, hellos)
            await asyncio.sleep(after_s)
            walls.forget()
            pages.forget()
            used, had = cpu_s(server.pid), walls.received + pages.received
            seen = [await _visit(presser, str(n + 1), walls, pages) for n in range(rounds)]
            await asyncio.sleep(after_s)
            walls.report()
            pages.report()
            sent, cpu_ms = walls.received + pages.received - had, 1_000 * (cpu_s(server.pid) - used)
        presser.close()
    page_ms, wall_ms = (median(times) for times in zip(*seen, strict=True))
    return Cost(waiting, cpu_ms / (4 * rounds), sent / (4 * rounds), page_ms, wall_ms)


async def _visit(presser: Presser, desk: str, walls: Gathering, pages: Gathering) -> tuple[float, float]:
    """Four presses, and when the last page and the last wall knew about the call."""
    presser.press(c.IssueTicket(services=(SERVICES[0],)))
    await asyncio.sleep(QUIET_S)
    begin = now_ns()
    seq = presser.press(c.CallNext(counter=desk))["seq"]
    page = await asyncio.to_thread(pages.everybody_saw, seq)
    wall = await asyncio.to_thread(walls.everybody_saw, seq)
    for command in (c.StartService(counter=desk), c.FinishService(counter=desk)):
        await asyncio.sleep(QUIET_S)
        presser.press(command)
    await asyncio.sleep(QUIET_S)
    return ms(begin, page.last), ms(begin, wall.last)


@asynccontextmanager
async def _room(counters: int) -> AsyncIterator[tuple[Server, Presser]]:
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        file = Path(folder) / "full.toml"
        file.write_text(office_file(OFFICE, [SERVICES] * counters))
        async with running(Path(folder) / "data", str(file)) as server:
            presser = Presser(server, await server.token("supervisor"))
            presser.presses([c.OpenCounter(counter=str(n + 1)) for n in range(counters)])
            yield server, presser


def _result(costs: list[Cost]) -> Result:
    full = costs[-1]
    rows = tuple(
        (f"{one.waiting:,}", *map(number, (one.cpu_ms, one.sent / 1024, one.page_ms, one.wall_ms))) for one in costs
    )
    return Result(
        name="full_room",
        title="A full room before a hundred counter pages",
        how=HOW,
        claims=(
            Claim(what=f"{full.waiting:,} waiting: processor time a press", value=full.cpu_ms, unit="ms", limit=60),
            Claim(what=f"{full.waiting:,} waiting: sent a press", value=full.sent / 1e6, unit="MB", limit=1.5),
            Claim(
                what=f"{full.waiting:,} waiting: the last counter page knows of a call",
                value=full.page_ms,
                unit="ms",
                limit=50,
            ),
            Claim(
                what=f"{full.waiting:,} waiting to {costs[0].waiting}: processor time a press",
                value=full.cpu_ms / max(costs[0].cpu_ms, 0.01),
                unit="times",
                limit=1.5,
            ),
        ),
        tables=(
            Table(title="A press", columns=COLUMNS, rows=rows),
            Table(title="Before staff's boards were bounded", columns=COLUMNS, rows=BEFORE),
        ),
        plots=(
            Plot(
                name="full_room",
                title="What a press costs in a full room",
                x="tickets waiting",
                y="ms of the main process a press",
                series={"100 counter pages, 50 walls, 3 tables": tuple((one.waiting, one.cpu_ms) for one in costs)},
                log=True,
            ),
        ),
    )
