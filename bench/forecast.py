"""What the honest wait costs: the worker's time for a run, waits on screens after a press, and fifty offices on one node."""

import asyncio
import itertools
import json
import tempfile
import timeit
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import websockets
from msgspec.msgpack import Decoder, encode

from audio.worker import Worker
from bench.gathering import gathering
from bench.measuring import cpu_s, median, ms, now_ns, quantile
from bench.office_file import SERVICES, office_file
from bench.pressing import Counter, join_displays
from bench.result import Claim, Plot, Result, Table, number
from bench.running import OFFICE, Presser, Server, running
from bench.stand import desk_on, pressed, store
from config.loader import load
from server.desk.desk import Desk
from server.forecast.baselines import position
from server.log.redis_log import RedisLog
from server.messages import commands as c
from server.messages.office import Office
from server.promises.wire import AGAIN_MS, Ask, Forecasted

HOW = """The worker is the product's own process on a real store: asked as a node asks it, for a room of 12 counters that all
serve somebody, with as many tickets waiting as the table says; each run is 10 s later than the last, no model was learned.
Its processor time is Linux's. The position formula is computed for every waiting ticket of the same state. "On a page":
`aufruf up` in its own process, 100 waiting, from before ten counters are sent into their break or called back until another
counter's page has a range that was simulated after that press; presses come at any moment of the second in which an office is
forecast at most once. "Beside": 50 walls of that office, the press of "next" to the last of them, three servers with the
forecast and three without, in turn. "Fifty offices": one node, eight counters and 15 waiting each, a supervisor's table open in
every office, and the presses of 300 tickets a day in each (2.1 presses a second in all) for a minute."""

SKILLS = ("ausweis meldung", "meldung kfz", "ausweis", "kfz urkunden", "soziales urkunden", "ausweis meldung urkunden")
COUNTERS, WAITING = 12, 100
SIZES = {10: None, 30: None, 100: 80.0, 300: None, 1_000: 500.0}
"""Waiting tickets, and the most milliseconds of a run (p95) where there is a target."""
PRESSES_A_TICKET = 4
DAY_S = 8 * 3600
TICKETS_A_DAY, OFFICES, OFFICE_COUNTERS, OFFICE_WAITING = 300, 50, 8, 15
SCREEN_S = 1.5
_answer = Decoder(Forecasted).decode


Beside = Callable[[Server, str], AbstractAsyncContextManager[None]]
"""What goes on at a server while something is measured; it gets a supervisor's token."""


@asynccontextmanager
async def nothing(server: Server, token: str) -> AsyncIterator[None]:
    """Nothing goes on."""
    yield


class Run:
    """The worker's runs at one size: milliseconds until the answer, of processor time, and of the position formula."""

    def __init__(self, took: Sequence[float], cpu: float, formula: float) -> None:
        self.p50, self.p95, self.cpu, self.formula = median(took), quantile(took, 0.95), cpu, formula


async def measure(*, quick: bool) -> Result:
    sizes = (10,) if quick else tuple(SIZES)
    runs = {size: await _runs(size, 2 if quick else 40) for size in sizes}
    screens = await on_screens(1 if quick else 30, 10 if quick else WAITING)
    beside = await _beside(*((1, 2) if quick else (3, 25)))
    shares = await _fifty(*((2, 2.0) if quick else (OFFICES, 60.0)))
    return _result(runs, screens, beside, shares)


# the worker


async def _runs(waiting: int, times: int) -> Run:
    async with folded() as (desk, url):
        for command in itertools.chain(opening(COUNTERS), tickets(waiting)):
            await pressed(desk, command)
        worker = Worker("server.promises.worker")
        try:
            tail, begin = (desk.state.seq, desk.state.mark), desk.now()
            asks = [encode(Ask(url, OFFICE, *tail, begin + turn * AGAIN_MS)) for turn in range(times + 1)]
            found = _answer(await worker.ask(asks[0], 60))  # starts it and folds the log
            assert len(found.tickets) == waiting, found
            assert worker.pid is not None
            took, used = [], cpu_s(worker.pid)
            for ask in asks[1:]:
                at = now_ns()
                await worker.ask(ask, 60)
                took.append(ms(at, now_ns()))
            cpu = 1_000 * (cpu_s(worker.pid) - used) / times
        finally:
            await worker.close()
        return Run(took, cpu, _formula(desk))


def _formula(desk: Desk) -> float:
    """Milliseconds of the position formula for everybody who waits, as the forecast answers for everybody."""
    state, now = desk.state, desk.now()
    waiting = [one for one in state.living() if one.state == "waiting"]
    few = waiting[:: max(1, len(waiting) // 20)]  # it looks at all others for each ticket
    once = timeit.Timer(lambda: [position(state, one, 10.0, now) for one in few])
    return 1_000 * median(once.repeat(5, 1)) * len(waiting) / len(few)


@asynccontextmanager
async def folded(change: Callable[[Office], Office] = lambda office: office) -> AsyncIterator[tuple[Desk, str]]:
    """A desk on a real store. `change`: of its office."""
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        file = Path(folder) / "room.toml"
        file.write_text(office(OFFICE, COUNTERS))
        room = change(load(file))
    async with store() as url:
        log = RedisLog(url)
        async with desk_on(log, office=room) as desk:
            yield desk, url
        await log.close()


def opening(counters: int) -> list[c.Command]:
    """Every counter is open and serves somebody."""
    found: list[c.Command] = []
    for n in range(counters):
        found += [
            c.OpenCounter(counter=str(n + 1)),
            c.IssueTicket(services=(_skills(n)[0],)),
            c.CallNext(counter=str(n + 1)),
            c.StartService(counter=str(n + 1)),
        ]
    return found


def tickets(waiting: int) -> list[c.Command]:
    return [c.IssueTicket(services=(name,)) for name, _ in zip(itertools.cycle(SERVICES), range(waiting), strict=False)]


def _skills(counter: int) -> list[str]:
    return SKILLS[counter % len(SKILLS)].split()


def office(id: str, counters: int) -> str:
    """An office file whose counters share services only in part, as they do in real offices."""
    return office_file(id, [_skills(n) for n in range(counters)])


# a node


@asynccontextmanager
async def _node(offices: Sequence[str], counters: int, *, forecast: bool = True) -> AsyncIterator[Server]:
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        files = [Path(folder) / f"{id}.toml" for id in offices]
        for id, file in zip(offices, files, strict=True):
            file.write_text(office(id, counters))
        async with running(Path(folder) / "data", *map(str, files), forecast=forecast) as server:
            yield server


@asynccontextmanager
async def crowded(waiting: int, *, forecast: bool = True) -> AsyncIterator[tuple[Server, Presser, str]]:
    async with _node((OFFICE,), COUNTERS, forecast=forecast) as server:
        token = await server.token("supervisor")
        presser = Presser(server, token)
        presser.presses([*opening(COUNTERS), *tickets(waiting)])
        yield server, presser, token
        presser.close()


async def on_screens(times: int, waiting: int, beside: Beside = nothing) -> list[float]:
    """Milliseconds from a press until a counter's page has a range that was simulated after it. `beside`: what goes on
    meanwhile.

    Each press changes the waits of everybody: ten counters are sent into their break, or called back. Presses come at any
    moment of the second in which an office is forecast at most once.
    """
    found = []
    async with (
        crowded(waiting) as (server, presser, token),
        _page(server, OFFICE, "counter", "2", token) as page,
        beside(server, token),
    ):
        await _until(page, lambda board: all(one.get("expected") for one in board["queue"]))
        pauses = c.ApplyMoves(moves=tuple(c.PauseCounter(counter=str(n)) for n in range(3, COUNTERS + 1)))
        for turn in range(times):
            begin = now_ns()
            command = pauses if turn % 2 == 0 else c.RevertMoves(key=presser.last_key)
            said = await asyncio.to_thread(presser.press, command)
            at = said["events"][-1]["at"]
            await _until(page, lambda board, at=at: _simulated_after(board, at))
            found.append(ms(begin, now_ns()))
            await asyncio.sleep(turn % 8 / 4)
    return found


def _simulated_after(board: dict[str, Any], at: str) -> bool:
    """A range stays until its ends change; `at` is the instant for which it was simulated then."""
    return any(one["expected"] is not None and one["expected"]["at"] >= at for one in board["queue"])


async def _until(page: websockets.ClientConnection, good: Any) -> None:
    async with asyncio.timeout(60):
        async for said in page:
            frame = json.loads(said)
            if frame["type"] == "board" and good(frame["board"]):
                return


@asynccontextmanager
async def _page(server: Server, office: str, board: str, id: str, token: str) -> AsyncIterator[Any]:
    url = f"ws://127.0.0.1:{server.port}/api/v1/offices/{office}/live"
    async with websockets.connect(url, proxy=None, compression=None, max_size=None, ping_interval=None) as line:
        await line.send(json.dumps({"type": "hello", "board": board, "id": id, "token": token}))
        yield line


async def _beside(rounds: int, presses: int) -> dict[bool, list[float]]:
    """The median milliseconds to the last of 50 walls, of each server, with the forecast and without."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(rounds):
        for forecast in (True, False):
            async with crowded(WAITING, forecast=forecast) as (server, presser, _):
                with gathering() as walls:
                    join_displays(walls, server, 50)
                    walls.forget()
                    counter = Counter(presser, 0.3)
                    presser.presses([c.FinishService(counter="1")])
                    calls = [await counter.call(walls) for _ in range(presses)]
                found[forecast].append(median(one.last for one, _ in calls))
    return found


async def _fifty(offices: int, seconds: float) -> float:
    """The share of a core that the worker uses."""
    names = [f"amt{n + 1}" for n in range(offices)]
    async with _node(names, OFFICE_COUNTERS) as server:
        token = await server.token("supervisor", offices=tuple(names))
        pressers = [Presser(server, token, office=name) for name in names]
        for presser in pressers:
            await asyncio.to_thread(presser.presses, [*opening(OFFICE_COUNTERS), *tickets(OFFICE_WAITING)])
        async with _tables(server, names, token):
            await asyncio.sleep(seconds / 2)
            worker = _child(server.pid)
            used, begin = cpu_s(worker), now_ns()
            await _day(pressers, seconds)
            share = (cpu_s(worker) - used) / (ms(begin, now_ns()) / 1_000)
        for presser in pressers:
            presser.close()
    return share


@asynccontextmanager
async def _tables(server: Server, offices: Sequence[str], token: str) -> AsyncIterator[None]:
    """A supervisor's table in each office, read by somebody."""
    tasks: list[asyncio.Task[None]] = []

    async def looks(office: str) -> None:
        async with _page(server, office, "supervisor", "", token) as page:
            async for _ in page:
                pass

    tasks += [asyncio.create_task(looks(name)) for name in offices]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _day(pressers: Sequence[Presser], seconds: float) -> None:
    """Visits in turn at counters of all offices, at the pace of a day."""
    pause = DAY_S / (TICKETS_A_DAY * PRESSES_A_TICKET) / len(pressers)
    ends = now_ns() + round(seconds * 1e9)
    for turn in itertools.count():
        place = str(turn % OFFICE_COUNTERS + 1)
        visit = (
            c.FinishService(counter=place),
            c.IssueTicket(services=(_skills(int(place) - 1)[0],)),
            c.CallNext(counter=place),
            c.StartService(counter=place),
        )
        for command in visit:
            for presser in pressers:
                if now_ns() > ends:
                    return
                await asyncio.to_thread(presser.press, command)
                await asyncio.sleep(pause)


def _child(pid: int) -> int:
    """The worker among the node's children."""
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        if b"server.promises.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
            return int(child)
    raise RuntimeError("the node has no worker that forecasts")


# what is said


def _result(runs: dict[int, Run], screens: list[float], beside: dict[bool, list[float]], share: float) -> Result:
    claims = [
        Claim(what=f"a run with {size:,} waiting, p95", value=one.p95, unit="ms", limit=SIZES[size])
        for size, one in runs.items()
        if SIZES[size] is not None
    ]
    usual = runs.get(30, next(iter(runs.values())))
    claims += [
        Claim(what="30 waiting, a run every second: share of a core", value=usual.cpu / 10, unit="%", limit=5.0),
        Claim(
            what="from a press to the waits after it on a page, p95",
            value=quantile(screens, 0.95),
            unit="ms",
            limit=1_500,
        ),
        Claim(
            what="the last of 50 walls, with the forecast to without it", value=_ratio(beside), unit="times", limit=1.1
        ),
        Claim(what="fifty offices: share of a core for the forecasts", value=100 * share, unit="%", limit=50.0),
    ]
    columns = ("waiting", "run p50 ms", "run p95 ms", "processor ms", "position formula ms", "run to formula")
    rows = tuple(
        (f"{size:,}", *map(number, (one.p50, one.p95, one.cpu, one.formula, one.cpu / one.formula)))
        for size, one in runs.items()
    )
    walls = tuple(
        (name, *(" ".join(map(number, beside[kind])),)) for kind, name in ((True, "with"), (False, "without"))
    )
    return Result(
        name="forecast",
        title="What an honest wait costs",
        how=HOW,
        claims=tuple(claims),
        tables=(
            Table(title="One run for everybody in the room, 12 counters", columns=columns, rows=rows),
            Table(title="The last of 50 walls", columns=("forecast", "ms from the press, of each server"), rows=walls),
        ),
        plots=(
            Plot(
                name="forecast",
                title="One run",
                x="people waiting",
                y="ms of processor time",
                series={
                    "forecast": tuple((size, one.cpu) for size, one in runs.items()),
                    "position formula": tuple((size, one.formula) for size, one in runs.items()),
                },
                log=True,
            ),
        ),
    )


def _ratio(beside: dict[bool, list[float]]) -> float:
    return median(a / b for a, b in zip(beside[True], beside[False], strict=True))
