"""Durable commands a second at the desk, in process, compared with a raw XADD loop with the same fsync."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from bench.measuring import median, quantile
from bench.result import Claim, Result, Table, number
from bench.stand import CountingLog, client, desk_on, pressed, store
from server.desk.desk import Desk
from server.messages.commands import CancelTicket, IssueTicket

HOW = """An embedded Valkey (`appendfsync always`, unix socket) and the desk in this process, no sockets; a new store each
run. Half the commands issue a ticket, half cancel it. Each caller presses again as soon as its answer is there. Raw: the
same number of callers, each with a connection of its own, in a loop of XADD with a 300-byte body on the same store, in turn
with the desk within each run. Two nodes: two desks with a connection each in this process, ten callers each, fighting for
one office."""

BODY = b"x" * 300
Press = Callable[[], Awaitable[None]]


class Rate:
    """`per_second`, and the latencies in ms."""

    def __init__(self, count: int, seconds: float, waits: list[float]) -> None:
        self.per_second, self.p50, self.p99 = count / seconds, quantile(waits, 0.5), quantile(waits, 0.99)


async def measure(*, quick: bool) -> Result:
    runs, count = (1, 60) if quick else (7, 1_500)
    rates: dict[str, list[Rate]] = {}
    beaten: list[int] = []
    for _ in range(runs):
        async with store() as url:
            await _one_node(url, count, rates)
        async with store() as url:
            beaten.append(await _two_nodes(url, count, rates))
    return _result(rates, beaten)


async def _one_node(url: str, count: int, rates: dict[str, list[Rate]]) -> None:
    log = CountingLog(url)
    async with client(url) as raw, desk_on(log) as desk:
        await _add(rates, "raw XADD, 1 caller", 1, count, lambda: _xadd(raw))
        await _add(rates, "desk, 1 caller", 1, count, lambda: _presses(desk))
        await _add(rates, "raw XADD, 50 callers", 50, 2 * count, lambda: _xadd(raw))
        await _add(rates, "desk, 50 callers", 50, 6 * count, lambda: _presses(desk))
    await log.close()


async def _two_nodes(url: str, count: int, rates: dict[str, list[Rate]]) -> int:
    """Two desks of one office on one store, ten callers each; how many appends another node was faster with."""
    first, second = CountingLog(url), CountingLog(url)
    async with desk_on(first, alone=False) as one, desk_on(second, alone=False) as other:
        turns = iter(range(1_000_000))
        desks = (one, other)
        await _add(rates, "two desks, 10 callers each", 20, 3 * count, lambda: _presses(desks[next(turns) % 2]))
    await first.close()
    await second.close()
    return first.beaten + second.beaten


async def _add(rates: dict[str, list[Rate]], name: str, callers: int, count: int, press: Callable[[], Press]) -> None:
    rates.setdefault(name, []).append(await _rate(callers, count, [press() for _ in range(callers)]))


async def _rate(callers: int, count: int, presses: list[Press]) -> Rate:
    each = max(2, count // callers)
    waits: list[float] = []

    async def caller(press: Press) -> None:
        for _ in range(each):
            begin = time.perf_counter()
            await press()
            waits.append((time.perf_counter() - begin) * 1000)

    begin = time.perf_counter()
    await asyncio.gather(*map(caller, presses))
    return Rate(len(waits), time.perf_counter() - begin, waits)


def _xadd(raw: object) -> Press:
    async def press() -> None:
        await raw.xadd("raw", {"m": "abcdefghijkl", "b": BODY})  # type: ignore[attr-defined]

    return press


def _presses(desk: Desk) -> Press:
    """Issues and cancels in turn."""
    mine: list[str] = []

    async def press() -> None:
        if mine:
            await pressed(desk, CancelTicket(ticket=mine.pop()))
        else:
            done = await pressed(desk, IssueTicket(services=("ausweis",)))
            mine.append(done.result["ticket"]["id"])

    return press


def _result(rates: dict[str, list[Rate]], beaten: list[int]) -> Result:
    def rate(name: str) -> float:
        return median(one.per_second for one in rates[name])

    def ratio(one: str, other: str) -> float:
        """Ratios within one run, then their median, because other work of the machine slows both down."""
        return median(a.per_second / b.per_second for a, b in zip(rates[one], rates[other], strict=True))

    rows = [(name, number(rate(name)), *_waits(found)) for name, found in rates.items()]
    return Result(
        name="commands",
        title="Durable commands a second on one office",
        how=HOW,
        claims=(
            Claim(
                what="1 caller, desk to raw XADD",
                value=ratio("desk, 1 caller", "raw XADD, 1 caller"),
                unit="of raw",
                limit=0.6,
                most=False,
            ),
            Claim(what="50 callers", value=rate("desk, 50 callers"), unit="commands/s", limit=15_000, most=False),
            Claim(
                what="50 callers, p99", value=median(one.p99 for one in rates["desk, 50 callers"]), unit="ms", limit=10
            ),
            Claim(
                what="50 callers, desk to 50 raw XADD loops",
                value=ratio("desk, 50 callers", "raw XADD, 50 callers"),
                unit="of raw",
            ),
            Claim(what="two nodes of 10 callers each", value=rate("two desks, 10 callers each"), unit="commands/s"),
            Claim(
                what="appends that lost a race and were decided again, none seen by a caller",
                value=median(beaten),
                unit="a run",
            ),
        ),
        tables=(Table(title="Medians of the runs", columns=("", "commands/s", "p50 ms", "p99 ms"), rows=tuple(rows)),),
    )


def _waits(found: list[Rate]) -> tuple[str, str]:
    return number(median(one.p50 for one in found)), number(median(one.p99 for one in found))
