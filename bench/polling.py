"""What cities have today: displays that ask every five seconds, on the same routes, compared with push: delay and CPU."""

import asyncio

from bench.gathering import Gathering, gathering
from bench.measuring import cpu_s, median, now_ns
from bench.pressing import COUNTER, SERVICE, join_displays
from bench.result import Claim, Result, Table, number
from bench.running import OFFICE, Presser, Server, running
from server.messages import commands as c

HOW = """The same server, the same board (`GET boards/display/hall`), N displays. Polling: each asks every five seconds on a
kept-alive connection, at an instant of its own. Push: each holds a socket. A number is called every eight seconds; a
display knows when it has read a board with that call. CPU is the server's own over the whole time, calls and other boards
included."""

EVERY_S = 5.0
BOARD = f"/api/v1/offices/{OFFICE}/boards/display/hall"


class Found:
    """For one call: ms until the mean and the last display knew; `share`: of a core."""

    def __init__(self) -> None:
        self.mean: list[float] = []
        self.last: list[float] = []
        self.share = 0.0


async def measure(*, quick: bool) -> Result:
    sizes, calls, every = ((5,), 1, 0.3) if quick else ((50, 1_000), 6, EVERY_S)
    found: dict[tuple[int, str], Found] = {}
    async with running() as server:
        presser = Presser(server, await server.token("supervisor"))
        presser.press(c.OpenCounter(counter=COUNTER))
        known = {
            "Authorization": f"Bearer {await server.token('observer')}"
        }  # strangers of one address may not ask so often
        with gathering() as first:
            join_displays(first, server, 1)
            await _calls(server, presser, first, 1, 0.2)
        for size in sizes:
            with gathering() as asking:
                asking.poll(server.port, BOARD, size, every, known)
                await asyncio.sleep(every)
                found[size, "polling"] = await _calls(server, presser, asking, calls, every * 1.6)
            with gathering() as told:
                join_displays(told, server, size)
                found[size, "push"] = await _calls(server, presser, told, calls, every * 1.6)
        presser.close()
    return _result(sizes, found)


async def _calls(server: Server, presser: Presser, displays: Gathering, calls: int, every_s: float) -> Found:
    found = Found()
    begin, used = now_ns(), cpu_s(server.pid)
    for _ in range(calls):
        presser.press(c.IssueTicket(services=(SERVICE,)))
        await asyncio.sleep(0.2)
        displays.forget()
        pressed = now_ns()
        seq = presser.press(c.CallNext(counter=COUNTER))["seq"]
        came = await asyncio.to_thread(displays.everybody_saw, seq)
        found.mean.append((came.mean - pressed) / 1e6)
        found.last.append((came.last - pressed) / 1e6)
        await asyncio.sleep(max(0.0, every_s - (now_ns() - pressed) / 1e9))
        presser.press(c.StartService(counter=COUNTER))
        presser.press(c.FinishService(counter=COUNTER))
    found.share = (cpu_s(server.pid) - used) / ((now_ns() - begin) / 1e9)
    return found


def _result(sizes: tuple[int, ...], found: dict[tuple[int, str], Found]) -> Result:
    rows = tuple(
        (f"{size:,}", way, number(median(one.mean)), number(median(one.last)), number(100 * one.share))
        for (size, way), one in found.items()
    )
    claims = [
        Claim(
            what=f"{size:,} displays: until the last knows, polling to push",
            value=median(found[size, "polling"].last) / median(found[size, "push"].last),
            unit="times",
        )
        for size in sizes
    ]
    return Result(
        name="polling",
        title="Polling every five seconds, beside push",
        how=HOW,
        claims=tuple(claims),
        tables=(
            Table(
                title="Medians of the calls",
                columns=("displays", "", "a display knows after ms (mean)", "the last after ms", "server, % of a core"),
                rows=rows,
            ),
        ),
    )
