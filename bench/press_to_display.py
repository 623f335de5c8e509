"""From the press of "next" to the last of 50 and of 1,000 displays, on a real server, compared with the minimum."""

from bench.gathering import gathering
from bench.measuring import cpu_s, median, quantile
from bench.pressing import Counter, Timed, floor, join_displays
from bench.result import Claim, Plot, Result, Table, number
from bench.running import Presser, Server, running
from bench.stand import store

HOW = """`aufruf up` in its own process (store syncing always), N displays of the hall as sockets of one lean client
process, one counter pressing over HTTP on a kept-alive connection. Timed from before the press is sent until the board with
that entry was read from the last socket (CLOCK_MONOTONIC, the same in all processes). "New call": `call_next`, whose voice
is rendered at the same moment; "repeated": `repeat_call`, whose voice is known. Floor, in turn with it: one raw XADD on a
store of its own with the same fsync, then one prebuilt frame of the same length written to every socket, on uvloop too.
Presses come one at a time, 0.3 s of quiet between them; each run's median counts, and the quantiles are over all presses.
The client shares the two cores."""

LIMITS = {50: (10.0, 30.0, 6.0), 1_000: (60.0, 120.0, 3.0)}
"""p50 and p99 in ms, and the ratio to the minimum, by number of displays."""
Times = dict[str, list[list[Timed]]]


async def measure(*, quick: bool) -> Result:
    sizes, runs, presses = ((10,), 1, 2) if quick else ((50, 1_000), 5, 40)
    async with running() as server, store() as url:
        presser = Presser(server, await server.token("supervisor"))
        counter = Counter(presser, 0.05 if quick else 0.3)
        counter.open()
        with gathering() as one:
            join_displays(one, server, 1)
            first, _ = await counter.call(one)
        found = {size: await _at(server, counter, url, size, runs, presses) for size in sizes}
        presser.close()
    times = {size: timed for size, (timed, _) in found.items()}
    return _result(times, {size: cpu for size, (_, cpu) in found.items()}, first.last)


async def _at(server: Server, counter: Counter, url: str, size: int, runs: int, presses: int) -> tuple[Times, float]:
    """Timed presses by kind, one list for each run; and the server's CPU ms per press in the last run."""
    times: Times = {"new call": [], "repeated": [], "floor": []}
    with gathering() as displays, gathering() as others:
        join_displays(displays, server, size)
        displays.forget()
        with floor(url) as bare:
            others.join(bare.port, f"/{displays.length}/1", [{}] * size)
            for _ in range(runs):
                before = cpu_s(server.pid)
                calls = [await counter.call(displays) for _ in range(presses)]
                used = (cpu_s(server.pid) - before) / presses * 1000
                times["new call"].append([one for one, _ in calls])
                times["repeated"].append([one for _, one in calls])
                times["floor"].append([await bare.press(others) for _ in range(presses)])
    return times, used


def _result(found: dict[int, Times], cpu: dict[int, float], first: float) -> Result:
    claims: list[Claim] = []
    rows: list[tuple[str, ...]] = []
    for size, times in found.items():
        p50, p99, most = LIMITS.get(size, (None, None, None))
        calls = [one.last for run in times["new call"] for one in run]
        claims += [
            Claim(what=f"{size:,} displays, last one, p50", value=quantile(calls, 0.5), unit="ms", limit=p50),
            Claim(what=f"{size:,} displays, last one, p99", value=quantile(calls, 0.99), unit="ms", limit=p99),
            Claim(
                what=f"{size:,} displays, to the floor of the same run",
                value=_ratio(times, "new call"),
                unit="times",
                limit=most,
            ),
            Claim(
                what=f"{size:,} displays, a repeated call to the floor", value=_ratio(times, "repeated"), unit="times"
            ),
        ]
        rows += [(f"{size:,}", name, *_row(runs)) for name, runs in times.items()]
        rows.append((f"{size:,}", "server CPU ms a visit", number(cpu[size]), "", "", "", "", ""))
    claims.append(Claim(what="the very first call of a process, one display", value=first, unit="ms"))
    columns = ("displays", "", "answer p50", "first p50", "mean p50", "last p50", "last p99", "last p50 of each run")
    return Result(
        name="press_to_display",
        title="From the press to the last display",
        how=HOW,
        claims=tuple(claims),
        tables=(Table(title="Milliseconds from the press", columns=columns, rows=tuple(rows)),),
        plots=tuple(_plot(size, times) for size, times in found.items()),
    )


def _ratio(times: Times, name: str) -> float:
    """The ratio of the medians of each run, and of these the median."""
    pairs = zip(times[name], times["floor"], strict=True)
    return median(median(one.last for one in run) / median(one.last for one in bare) for run, bare in pairs)


def _row(runs: list[list[Timed]]) -> tuple[str, ...]:
    every = [one for run in runs for one in run]
    answered, first, mean = (median(getattr(one, name) for one in every) for name in ("answered", "first", "mean"))
    last = [one.last for one in every]
    each = " ".join(number(median(one.last for one in run)) for run in runs)
    return (*map(number, (answered, first, mean, quantile(last, 0.5), quantile(last, 0.99))), each)


def _plot(size: int, times: Times) -> Plot:
    series = {}
    for name, runs in times.items():
        last = sorted(one.last for run in runs for one in run)
        series[name] = tuple((value, 100 * (at + 1) / len(last)) for at, value in enumerate(last))
    title = f"The last of {size:,} displays knows"
    return Plot(name=f"press_to_display_{size}", title=title, x="ms from the press", y="% of presses", series=series)
