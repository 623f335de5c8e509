"""A full waiting room before fifty counter pages and fifty walls: what a press costs the server, by how many wait."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path

from bench.gathering import Gathering, gathering
from bench.measuring import cpu_s, median, ms, now_ns
from bench.pressing import LIVE, join_displays
from bench.result import Claim, Plot, Result, Table, number
from bench.running import OFFICE, Presser, Server, running
from server.messages import commands as c

HOW = """`aufruf up` in its own process; 50 counters that serve all five services of the sample, each with a page, 50 walls
and one supervisor's table in client processes. So many tickets wait; then every half second one press, in turn: a ticket
issued, somebody called, started, finished, each visit at the next counter. Processor time and bytes are those of the main
process from the first press until 34 s after the last, when nothing of it can change a board any more, over the number of
presses."""

SERVICES = ("ausweis", "meldung", "kfz", "urkunden", "soziales")
COUNTERS = 50
QUIET_S, AFTER_S = 0.5, 34.0


class Cost:
    """Of one press: milliseconds of the server, bytes sent, milliseconds to the last counter page and the last wall."""

    def __init__(self, waiting: int, cpu_ms: float, sent: float, page_ms: float, wall_ms: float) -> None:
        self.waiting, self.cpu_ms, self.sent, self.page_ms, self.wall_ms = waiting, cpu_ms, sent, page_ms, wall_ms


async def measure(*, quick: bool) -> Result:
    counters, rounds, waits = (3, 1, (10,)) if quick else (COUNTERS, 8, (10, 200, 2_000))
    after_s = 0.1 if quick else AFTER_S
    async with _room(counters) as (server, presser):
        with gathering() as walls, gathering() as pages:
            join_displays(walls, server, counters)
            token = await server.token("supervisor")
            hellos = [{"type": "hello", "board": "counter", "id": str(n + 1), "token": token} for n in range(counters)]
            pages.join(server.port, LIVE, [*hellos, {"type": "hello", "board": "supervisor", "token": token}])
            desks, wanted, there = cycle(range(1, counters + 1)), cycle(SERVICES), 0
            costs = []
            for waiting in waits:
                for _ in range(waiting - there):
                    presser.press(c.IssueTicket(services=(next(wanted),)))
                there = waiting
                costs.append(await _cost(server, presser, walls, pages, desks, wanted, waiting, rounds, after_s))
        presser.close()
    return _result(costs)


async def _cost(
    server: Server,
    presser: Presser,
    walls: Gathering,
    pages: Gathering,
    desks: "cycle[int]",
    wanted: "cycle[str]",
    waiting: int,
    rounds: int,
    after_s: float,
) -> Cost:
    await asyncio.sleep(after_s)
    for crowd in (walls, pages):
        crowd.forget()
    used, had = cpu_s(server.pid), walls.received + pages.received
    seen: list[tuple[float, float]] = []
    presses = 0
    for _ in range(rounds):
        desk = str(next(desks))
        called = c.CallNext(counter=desk)
        for command in (
            c.IssueTicket(services=(next(wanted),)),
            called,
            c.StartService(counter=desk),
            c.FinishService(counter=desk),
        ):
            begin = now_ns()
            seq = presser.press(command)["seq"]
            presses += 1
            if command is called:
                page = await asyncio.to_thread(pages.everybody_saw, seq)
                wall = await asyncio.to_thread(walls.everybody_saw, seq)
                seen.append((ms(begin, page.last), ms(begin, wall.last)))
            await asyncio.sleep(QUIET_S)
    await asyncio.sleep(after_s)
    for crowd in (walls, pages):
        crowd.report()
    sent = walls.received + pages.received - had
    cpu_ms = 1_000 * (cpu_s(server.pid) - used)
    page_ms, wall_ms = (median(times) for times in zip(*seen, strict=True))
    return Cost(waiting, cpu_ms / presses, sent / presses, page_ms, wall_ms)


@asynccontextmanager
async def _room(counters: int) -> AsyncIterator[tuple[Server, Presser]]:
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        file = Path(folder) / "full.toml"
        file.write_text(_office(counters))
        async with running(Path(folder) / "data", str(file)) as server:
            presser = Presser(server, await server.token("supervisor"))
            presser.presses([c.OpenCounter(counter=str(n + 1)) for n in range(counters)])
            yield server, presser


def _office(counters: int) -> str:
    """The sample's five services, without its counters, devices that print, and hours."""
    head = f"""[office]
id = "{OFFICE}"
name = "Mitte"
[policy]
arrival = "pressed"
[[zones]]
id = "hall"
names = {{ de = "Halle" }}
[[displays]]
id = "hall"
name = "Halle"
zones = ["hall"]
public = true
"""
    kinds = [
        f'[[services]]\nid = "{name}"\nnames = {{ de = "{name}" }}\nletter = "{name[0].upper()}"\n' for name in SERVICES
    ]
    served = ", ".join(f'"{name}"' for name in SERVICES)
    desks = [f'[[counters]]\nid = "{n + 1}"\nzone = "hall"\nservices = [{served}]\n' for n in range(counters)]
    return "\n".join([head, *kinds, *desks])


def _result(costs: list[Cost]) -> Result:
    full = costs[-1]
    return Result(
        name="full_room",
        title="A full room before fifty counter pages",
        how=HOW,
        claims=(
            Claim(what=f"{full.waiting:,} waiting: processor time a press", value=full.cpu_ms, unit="ms"),
            Claim(
                what=f"{full.waiting:,} waiting: the last counter page knows of a call", value=full.page_ms, unit="ms"
            ),
            Claim(
                what=f"{full.waiting:,} waiting to {costs[0].waiting}: processor time a press",
                value=full.cpu_ms / max(costs[0].cpu_ms, 0.01),
                unit="times",
            ),
        ),
        tables=(
            Table(
                title="A press",
                columns=("waiting", "main process ms", "KiB sent", "last counter page ms", "last wall ms"),
                rows=tuple(
                    (f"{one.waiting:,}", *map(number, (one.cpu_ms, one.sent / 1024, one.page_ms, one.wall_ms)))
                    for one in costs
                ),
            ),
        ),
        plots=(
            Plot(
                name="full_room",
                title="What a press costs in a full room",
                x="tickets waiting",
                y="ms of the main process a press",
                series={"50 counter pages, 50 walls": tuple((one.waiting, one.cpu_ms) for one in costs)},
                log=True,
            ),
        ),
    )
