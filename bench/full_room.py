"""A full waiting room with a hundred counter pages and fifty walls: what a press costs the server, by how many people wait."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from bench.gathering import Gathering, gathering
from bench.measuring import cpu_s, median, ms, now_ns
from bench.office_file import SERVICES, office_file
from bench.pressing import LIVE, floor, join_displays
from bench.result import Claim, Plot, Result, Table, number
from bench.running import OFFICE, Presser, Server, running
from bench.stand import store
from server.messages import commands as c
from server.web.line.socket_line import PHONE_PING_S

HOW = """`aufruf up` in its own process; 100 counters that serve all five services of the sample, each with a page, 50 walls
and three supervisors' tables in client processes. As many tickets wait as the table says; then one press every half second,
in turn: a ticket issued, somebody called, started, finished, each visit at the next counter. Processor time and bytes are
those of the main process from the first press until 34 s after the last, when nothing of it can change a board any more, over
the number of presses. "By itself": without what the open sockets cost in that time anyway (beats, pings, reports of devices,
looks at the database), which is measured for as long, a minute earlier: a phone is pinged every 60 s and a page every 20 s, so
both times have the same pings. "In a town hall": the same with 200 walls and 5,000 phones of people who wait. Its floor, in
the same run: one raw XADD and then, to as many sockets of the same client processes, as many ready-made frames of the same
mean length as a press sent to each group (pages, walls, phones), on uvloop too. "The other supervisor": after that, before the
same pages and walls, a supervisor applies a set of two moves and takes it back, a press every half second; timed is from each
press until the new board has reached the socket of another supervisor. The slowest of ten counts."""

COUNTERS, TABLES = 100, 3
COLUMNS = (
    "waiting", "walls", "phones", "main process ms", "by itself ms", "KiB sent", "last counter page ms", "last wall ms"
)  # fmt: skip
BEFORE = (("2,000", "50", "0", "1,259", "–", "10,450", "835", "–"),)
"""Measured with the same room before lists on staff boards were bounded, by an outside client, on two idle cores."""
QUIET_S, AFTER_S = 0.5, 34.0
EARLIER_S = PHONE_PING_S
"""What open sockets cost anyway is measured this long before the presses: a whole number of turns of every ping."""


class Size(NamedTuple):
    """How many wait and look on, how many visits are timed, and the seconds of quiet before and after them."""

    waiting: int
    counters: int = COUNTERS
    walls: int = 50
    phones: int = 0
    visits: int = 5
    after_s: float = AFTER_S
    earlier_s: float = EARLIER_S

    @property
    def presses(self) -> int:
        return 4 * self.visits

    @property
    def timed_s(self) -> float:
        """From the first press until nothing of the last one can change a board any more."""
        return self.presses * QUIET_S + self.after_s


LEAST_MS = 0.001
"""What is less is lost among what the open sockets cost meanwhile; a logarithmic plot has no zero."""
QUICK = Size(10, counters=3, walls=2, phones=4, visits=1, after_s=0.1, earlier_s=0.1)


class Cost(NamedTuple):
    """For one press: milliseconds of the server by itself and with all that it did meanwhile, bytes sent, milliseconds until the
    last counter page and last wall have it; `table_ms`: until another supervisor has a set of moves, the slowest; `floor_ms`,
    `floor_page_ms`: of the minimum that sends the same."""

    size: Size
    cpu_ms: float
    whole_ms: float
    sent: float
    page_ms: float
    wall_ms: float
    table_ms: float
    floor_ms: float = 0.0
    floor_page_ms: float = 0.0


class Crowds:
    """Those who look on: pages of staff, walls, phones; each group is a process."""

    def __init__(self, pages: Gathering, walls: Gathering, phones: Gathering) -> None:
        self.pages, self.walls, self.phones = pages, walls, phones

    @property
    def groups(self) -> list[Gathering]:
        return [one for one in (self.pages, self.walls, self.phones) if one.size]

    def received(self) -> list[tuple[int, int]]:
        """Frames and bytes that have reached each group."""
        for one in self.groups:
            one.forget()
        return [(one.frames, one.received) for one in self.groups]


async def measure(*, quick: bool) -> Result:
    sizes = (
        (QUICK._replace(phones=0), QUICK)
        if quick
        else (*map(Size, (10, 200, 2_000)), Size(2_000, walls=200, phones=5_000))
    )
    return _result([await _cost(size) for size in sizes])


async def _cost(size: Size) -> Cost:
    """A separate room, filled before anybody looks; measuring starts when all is quiet again."""
    async with _room(size.counters) as (server, presser):
        issued = presser.presses([c.IssueTicket(services=(name,)) for name in islice(cycle(SERVICES), size.waiting)])
        with gathering() as pages, gathering() as walls, gathering() as phones:
            crowds = Crowds(pages, walls, phones)
            token = await server.token("supervisor")
            counters = [
                {"type": "hello", "board": "counter", "id": str(n + 1), "token": token} for n in range(size.counters)
            ]
            join_displays(walls, server, size.walls)
            pages.join(
                server.port, LIVE, [*counters, *[{"type": "hello", "board": "supervisor", "token": token}] * TABLES]
            )
            if size.phones:
                links = islice(cycle(one["result"]["ticket"]["secret"] for one in issued), size.phones)
                phones.join(server.port, LIVE, [{"type": "hello", "board": "ticket", "id": link} for link in links])
            await asyncio.sleep(size.after_s)
            standing = await _standing(server.pid, size)
            before, used, begin = crowds.received(), cpu_s(server.pid), now_ns()
            seen = [await _visit(presser, str(n + 1), crowds) for n in range(size.visits)]
            await asyncio.sleep(size.after_s)
            cpu_ms, took_s = 1_000 * (cpu_s(server.pid) - used), ms(begin, now_ns()) / 1_000
            sent = [(frames - f, heard - b) for (frames, heard), (f, b) in zip(crowds.received(), before, strict=True)]
            numbers = [one.size for one in crowds.groups]
            with gathering() as other:
                other.join(server.port, LIVE, [{"type": "hello", "board": "supervisor", "token": token}])
                table_ms = max([await _moves(presser, other) for _ in range(size.visits)])
        presser.close()
    page_ms, wall_ms = (median(times) for times in zip(*seen, strict=True))
    by_itself, whole = (max(one, LEAST_MS) / size.presses for one in (cpu_ms - standing * took_s, cpu_ms))
    cost = Cost(size, by_itself, whole, sum(heard for _, heard in sent) / size.presses, page_ms, wall_ms, table_ms)
    return await _beside_floor(cost, numbers, sent) if size.phones else cost


async def _standing(pid: int, size: Size) -> float:
    """Milliseconds of the server in a second in which nobody presses. Returns when the presses are to begin."""
    used, begin = cpu_s(pid), now_ns()
    await asyncio.sleep(size.timed_s)
    found = 1_000_000 * (cpu_s(pid) - used) / ms(begin, now_ns())
    await asyncio.sleep(max(0.0, size.earlier_s - size.timed_s))
    return found


async def _visit(presser: Presser, desk: str, crowds: Crowds) -> tuple[float, float]:
    """Four presses, and when the last page and the last wall knew about the call."""
    presser.press(c.IssueTicket(services=(SERVICES[0],)))
    await asyncio.sleep(QUIET_S)
    begin = now_ns()
    seq = presser.press(c.CallNext(counter=desk))["seq"]
    page = await asyncio.to_thread(crowds.pages.everybody_saw, seq)
    wall = await asyncio.to_thread(crowds.walls.everybody_saw, seq)
    for command in (c.StartService(counter=desk), c.FinishService(counter=desk)):
        await asyncio.sleep(QUIET_S)
        presser.press(command)
    await asyncio.sleep(QUIET_S)
    return ms(begin, page.last), ms(begin, wall.last)


async def _moves(presser: Presser, other: Gathering) -> float:
    """A set of moves, and its end: milliseconds from the press to the other supervisor's table, the slower of both."""
    moves = (c.AssignCounter(counter="1", services=SERVICES[:1]), c.AssignCounter(counter="2", services=SERVICES[1:2]))
    applied = await _at_the_table(presser, other, c.ApplyMoves(moves=moves))
    return max(applied, await _at_the_table(presser, other, c.RevertMoves(key=presser.last_key)))


async def _at_the_table(presser: Presser, other: Gathering, command: c.Command) -> float:
    await asyncio.sleep(QUIET_S)
    begin = now_ns()
    seq = presser.press(command)["seq"]
    came = await asyncio.to_thread(other.everybody_saw, seq)
    return ms(begin, came.last)


async def _beside_floor(cost: Cost, numbers: Sequence[int], sent: Sequence[tuple[int, int]]) -> Cost:
    """The same frames from the minimum server. `numbers`: the sockets of each group; `sent`: frames and bytes it was sent."""
    presses = cost.size.presses
    async with store() as url:
        with floor(url) as bare, gathering() as pages, gathering() as walls, gathering() as phones:
            groups = (pages, walls, phones)
            for group, number, (frames, heard) in zip(groups, numbers, sent, strict=True):
                each = max(frames / number / presses, 1 if group is pages else 0)  # the last page is waited for
                group.join(bare.port, f"/{heard // max(1, frames)}/{each:.4f}", [{}] * number)
            used = cpu_s(bare.pid)
            timed = [await bare.press(pages) for _ in range(presses)]
            for group in groups:
                group.report()
            return cost._replace(
                floor_ms=1_000 * (cpu_s(bare.pid) - used) / presses, floor_page_ms=median(one.last for one in timed)
            )


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
    *rooms, hall = costs
    few, full = rooms[0], rooms[-1]
    many = f"{full.size.waiting:,} waiting"
    beside = f"with {hall.size.walls} walls and {hall.size.phones:,} phones"
    rows = (
        *map(_row, costs),
        (
            "the floor of the last",
            "",
            "",
            *map(number, (hall.floor_ms, hall.floor_ms, hall.sent / 1024, hall.floor_page_ms)),
            "–",
        ),
    )
    return Result(
        name="full_room",
        title="A full room before a hundred counter pages",
        how=HOW,
        claims=(
            Claim(what=f"{many}: processor time a press", value=full.cpu_ms, unit="ms", limit=60),
            Claim(what=f"{many}: with what open sockets cost meanwhile", value=full.whole_ms, unit="ms"),
            Claim(what=f"{many}: sent a press", value=full.sent / 1e6, unit="MB", limit=1.5),
            Claim(what=f"{many}: the last counter page knows of a call", value=full.page_ms, unit="ms", limit=50),
            Claim(what=f"{many}: the other supervisor has a set of moves", value=full.table_ms, unit="ms", limit=1_000),
            Claim(
                what=f"{many} to {few.size.waiting}: processor time a press",
                value=full.cpu_ms / max(few.cpu_ms, 0.01),
                unit="times",
                limit=1.5,
            ),
            Claim(what=f"{beside}: processor time a press", value=hall.cpu_ms, unit="ms"),
            Claim(what=f"{beside}: with what open sockets cost meanwhile", value=hall.whole_ms, unit="ms"),
            Claim(what=f"{beside}: the last counter page knows of a call", value=hall.page_ms, unit="ms"),
            Claim(
                what=f"{beside}: processor time to that of the bare fan-out of the same frames",
                value=hall.cpu_ms / max(hall.floor_ms, 0.01),
                unit="times",
                limit=2,
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
                series={
                    "100 counter pages, 50 walls, 3 tables": tuple((one.size.waiting, one.cpu_ms) for one in rooms)
                },
                log=True,
            ),
        ),
    )


def _row(cost: Cost) -> tuple[str, ...]:
    sizes = (f"{one:,}" for one in (cost.size.waiting, cost.size.walls, cost.size.phones))
    return (*sizes, *map(number, (cost.whole_ms, cost.cpu_ms, cost.sent / 1024, cost.page_ms, cost.wall_ms)))
