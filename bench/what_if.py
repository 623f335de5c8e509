"""What what-if and advice cost: the time until a supervisor reads what moves would change, what it does to walls and waits, and
the processor time of the advice."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import log

import httpx
from msgspec.structs import replace

from audio.worker import Worker
from bench.forecast import COUNTERS, SCREEN_S, WAITING, crowded, folded, on_screens, opening, tickets
from bench.gathering import gathering
from bench.measuring import cpu_s, median, ms, now_ns, quantile
from bench.office_file import SERVICES
from bench.pressing import Counter, join_displays
from bench.result import Claim, Result, Table, number
from bench.running import OFFICE, Server
from bench.stand import pressed
from server.forecast.model import HALF_HOURS, Length, Model
from server.messages import commands as c
from server.messages.office import Office
from server.messages.what_if import WhatIf, WhatIfFound
from server.promises.glance import EVERY_S
from server.promises.questions import AdviceQuestion
from server.promises.second import Second

HOW = """The second worker is the product's own process on a real store. 12 counters serve somebody, 100 people wait, 24 more
are expected every hour; each question is a set of three moves, simulated for the three hours ahead. "While it runs": `aufruf up`
in its own process, a supervisor asks one question after another; 50 walls, the press of "next" to the last of them, in turn with
servers that nobody asks; and the time from a press until a counter's page has a range for the new ticket. An advice is looked for
once a minute while somebody has the table open; here each clerk gives one service and could give all, and nothing is applied, so
that as many candidates as ever are tried each time."""

COMING = 24
"""People an hour."""
MOVES = (
    c.AssignCounter(counter="3", services=("ausweis",)),
    c.BoostService(service="meldung", minutes=10),
    c.PauseCounter(counter="5"),
)


async def measure(*, quick: bool) -> Result:
    took = await _questions(10 if quick else WAITING, 2 if quick else 30)
    beside = await _beside(*((1, 2) if quick else (3, 25)))
    screens = await on_screens(1 if quick else 20, 10 if quick else WAITING, _asked)
    ratio = median(beside[True]) / median(beside[False])
    walls = tuple((name, " ".join(map(number, beside[kind]))) for kind, name in ((True, "yes"), (False, "no")))
    looks = await _advices(10 if quick else WAITING, 1 if quick else 10)
    return Result(
        name="what_if",
        title="What a question costs",
        how=HOW,
        claims=(
            Claim(what="a question with 100 waiting, p95", value=quantile(took, 0.95), unit="ms", limit=2_000),
            Claim(what="the last of 50 walls, while it runs to without it", value=ratio, unit="times", limit=1.1),
            Claim(
                what="from a press to the new wait on a page while it runs, p95",
                value=quantile(screens, 0.95),
                unit="ms",
                limit=1_000 * SCREEN_S,
            ),
            Claim(what="an advice with 100 waiting and 12 counters, processor time", value=1_000 * looks, unit="ms"),
            Claim(what="one advice a minute: share of a core", value=100 * looks / EVERY_S, unit="%", limit=5.0),
        ),
        tables=(Table(title="The last of 50 walls", columns=("questions", "ms from the press"), rows=walls),),
    )


async def _questions(waiting: int, times: int) -> list[float]:
    async with folded() as (desk, url):
        for command in itertools.chain(opening(COUNTERS), tickets(waiting)):
            await pressed(desk, command)
        model = _model()
        second = Second({OFFICE: desk}, url, models=lambda office: model)
        found = []
        try:
            for _ in range(times + 1):
                at = now_ns()
                said = await second.what_if(OFFICE, WhatIf(moves=MOVES))
                found.append(ms(at, now_ns()))
                assert isinstance(said, WhatIfFound), said
        finally:
            await second.stop()
        return found[1:]  # the first one starts the worker and folds the log


async def _advices(waiting: int, times: int) -> float:
    """Seconds of processor time of one look."""
    async with folded(_narrow) as (desk, url):
        for command in itertools.chain(opening(COUNTERS), tickets(waiting)):
            await pressed(desk, command)
        worker = Worker("server.promises.second_worker")
        second = Second({OFFICE: desk}, url, worker, models=lambda office: _model())
        try:
            await second.ask(OFFICE, AdviceQuestion)  # starts the worker and folds the log
            assert worker.pid is not None
            used = cpu_s(worker.pid)
            for _ in range(times):
                await second.ask(OFFICE, AdviceQuestion)
            return (cpu_s(worker.pid) - used) / times
        finally:
            await second.stop()


def _narrow(office: Office) -> Office:
    counters = tuple(replace(one, services=one.services[:1], skills=SERVICES) for one in office.counters)
    return replace(office, counters=counters)


def _model() -> Model:
    length = Length(mu=log(10.0), sigma=0.6, n=500)
    rates = {name: (COMING / 2 / len(SERVICES),) * HALF_HOURS for name in SERVICES}
    return Model(version="bench", services=dict.fromkeys(SERVICES, length), office=length, walk_in=rates)


@asynccontextmanager
async def _asked(server: Server, token: str) -> AsyncIterator[None]:
    """Somebody asks again as soon as the answer is there."""
    first = asyncio.Event()

    async def ask() -> None:
        body = {"moves": [{"type": "open_service", "service": SERVICES[0]}, {"type": "pause_counter", "counter": "5"}]}
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", trust_env=False, timeout=60) as client:
            while True:
                path, bearer = f"/api/v1/offices/{OFFICE}/what-if", {"Authorization": f"Bearer {token}"}
                answer = await client.post(path, json=body, headers=bearer)
                assert answer.status_code == 200, answer.text
                first.set()

    asking = asyncio.create_task(ask())
    await asyncio.wait({asking, asyncio.create_task(first.wait())}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def _beside(rounds: int, presses: int) -> dict[bool, list[float]]:
    """The median milliseconds to the last of 50 walls, of each server, while somebody asks and while nobody does."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(rounds):
        for asks in (True, False):
            async with crowded(WAITING) as (server, presser, token):
                with gathering() as walls:
                    join_displays(walls, server, 50)
                    walls.forget()
                    counter = Counter(presser, 0.3)
                    presser.presses([c.FinishService(counter="1")])
                    if asks:
                        async with _asked(server, token):
                            calls = [await counter.call(walls) for _ in range(presses)]
                    else:
                        calls = [await counter.call(walls) for _ in range(presses)]
                found[asks].append(median(one.last for one, _ in calls))
    return found
