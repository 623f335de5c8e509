"""What what-if and advice cost: the time until a supervisor reads what moves would change, what it does to walls and waits, and
the processor time of the advice."""

import itertools
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from functools import partial
from math import log

from msgspec.structs import replace

from audio.worker import Worker
from bench.asking import asking
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
from server.promises.second_worker import NICE

HOW = """The second worker is the product's own process on a real store. 12 counters serve somebody, 100 people wait, 24 more are
expected every hour; each question is a set of three moves, simulated for the three hours ahead. "While it runs": `aufruf up` in
its own process, a supervisor in another one asks one question after another; 50 walls, the press of "next" to the last of them,
on the same server in turn with nobody asking (the ratio of each server's medians counts, and of these the median), and for
comparison beside a process of the same niceness that counts and never rests. "From a press to the waits after it": somebody else
asks for the advice too, again and again; ten counters are sent into their break or called back, until another counter's page has
a range that was simulated after that press. Presses come at any moment of the second in which an office is forecast at most once.
An advice is looked for once a minute while somebody has the table open; for its processor time each clerk gives one service and
could give all, and nothing is applied, so that as many candidates as ever are tried each time."""

COMING = 24
"""People an hour."""
BESIDE = ("nobody", "a counting process", "questions")
MOVES = (
    c.AssignCounter(counter="3", services=("ausweis",)),
    c.BoostService(service="meldung", minutes=10),
    c.PauseCounter(counter="5"),
)


async def measure(*, quick: bool) -> Result:
    took = await _questions(10 if quick else WAITING, 2 if quick else 30)
    beside = await _beside(*((1, 1) if quick else (5, 6)))
    screens = await on_screens(1 if quick else 30, 10 if quick else WAITING, _both)
    asked, counted = (
        median(one[busy] / one["nobody"] for one in beside) for busy in ("questions", "a counting process")
    )
    walls = tuple((busy, " ".join(number(one[busy]) for one in beside)) for busy in BESIDE)
    looks = await _advices(10 if quick else WAITING, 1 if quick else 10)
    return Result(
        name="what_if",
        title="What a question costs",
        how=HOW,
        claims=(
            Claim(what="a question with 100 waiting, p95", value=quantile(took, 0.95), unit="ms", limit=2_000),
            Claim(what="the last of 50 walls, while it runs to without it", value=asked, unit="times", limit=1.1),
            Claim(what="the same while a process only counts", value=counted, unit="times"),
            Claim(
                what="from a press to the waits after it on a page, while what-if and advice run, p95",
                value=quantile(screens, 0.95),
                unit="ms",
                limit=1_000 * SCREEN_S,
            ),
            Claim(what="an advice with 100 waiting and 12 counters, processor time", value=1_000 * looks, unit="ms"),
            Claim(what="one advice a minute: share of a core", value=100 * looks / EVERY_S, unit="%", limit=5.0),
        ),
        tables=(
            Table(title="The last of 50 walls", columns=("beside", "ms from the press, of each server"), rows=walls),
        ),
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
async def _both(server: Server, token: str) -> AsyncIterator[None]:
    """Somebody asks what moves would change, somebody else for the advice, and each again as soon as the answer is there."""
    with asking(server, token, "what-if") as one, asking(server, token, "advice") as other:
        yield
    assert min(one.answers, other.answers) > 1, (one.answers, other.answers)


async def _beside(servers: int, presses: int) -> list[dict[str, float]]:
    """For each server, the median milliseconds to the last of 50 walls, by what runs beside: the same walls, in turn."""
    return [await _walls(presses) for _ in range(servers)]


async def _walls(presses: int) -> dict[str, float]:
    last: dict[str, list[float]] = {busy: [] for busy in BESIDE}
    async with crowded(WAITING) as (server, presser, token):
        with gathering() as walls:
            join_displays(walls, server, 50)
            walls.forget()
            counter = Counter(presser, 0.3)
            presser.presses([c.FinishService(counter="1")])
            await counter.call(walls)  # the first voice of a process takes longer
            beside: dict[str, Callable[[], AbstractContextManager[object]]] = {
                "nobody": nullcontext,
                "a counting process": _counting,
                "questions": partial(asking, server, token, "what-if"),
            }
            for busy in (*BESIDE, *reversed(BESIDE)):
                with beside[busy]():
                    calls = [await counter.call(walls) for _ in range(presses)]
                last[busy] += [one.last for one, _ in calls]
    return {busy: median(times) for busy, times in last.items()}


@contextmanager
def _counting() -> Iterator[None]:
    """A process that keeps a core busy, as nice as the second worker."""
    code = f"import os; os.nice({NICE})\nwhile True: pass"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        try:
            yield
        finally:
            process.kill()
