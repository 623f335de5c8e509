"""A day of 5,000 tickets: processor time of the desk alone, and of the server with everything that follows from a press."""

import time
from collections.abc import Callable

from bench.gathering import gathering
from bench.measuring import family_cpu_s, median
from bench.past import COUNTERS
from bench.pressing import join_displays
from bench.result import Claim, Result, Table, number
from bench.running import Presser, running
from bench.stand import desk_on, pressed, store
from server.desk.desk import Desk
from server.history.historian import GATHER_S
from server.log.redis_log import RedisLog
from server.messages import commands as c

HOW = """Visits at five counters, each issued, called, started, finished: four durable commands, and a voice in two languages.
"Desk": 5,000 visits in process, one after the other, no sockets. "Server": `aufruf up` over HTTP on an empty folder, 50
displays, the historian writing; processor time (`/proc`) of its process, its store and every other process of it. Five
stretches of a day, 50 visits each at two a second, until the last voice is at rest and no call is new any more, less what
standing by costs in that time; the one with the median sum, times 100. Between the stretches tickets are issued and
cancelled, so that numbers from the whole day are called. Two a second is ten times a real day's pace: faster, and boards
would carry hundreds of calls of the last half minute, and voices be dropped. It is an office's first day: digits spoken for
one letter are known for the others, later nearly all are known."""

PACE_S = 0.5
STRETCHES = 5
BETWEEN = 180
"""Numbers of each letter: 5 times 180, and 10 more, give the 950 of a day."""
REST_S = 20.0
FADING_S = 22.0
"""Time from a call until no board shows it as new any more."""
NAMES = {"self": "its process", "valkey-server": "its store"}
OTHERS = "voices, sound, printers"


async def measure(*, quick: bool) -> Result:
    tickets, part, runs = (10, 2, 1) if quick else (5_000, 50, 3)
    desk = median([await _at_the_desk(tickets) for _ in range(runs)])
    spent, idle = await _through_the_server(part, quick=quick)
    day = {name: used * tickets / part for name, used in spent.items()}
    whole = sum(day.values())
    rows = (
        ("desk alone (median)", *_each(desk, tickets)),
        *((f"server: {name}", *_each(used, tickets)) for name, used in day.items()),
        ("server in all", *_each(whole, tickets)),
    )
    return Result(
        name="day",
        title=f"A day of {tickets:,} tickets",
        how=HOW,
        claims=(
            Claim(what="in all, its voices too", value=whole / 60, unit="min", limit=3),
            Claim(what="of that the voices and what else runs beside", value=day[OTHERS] / whole, unit="of it"),
            Claim(what="for its voices and what else runs beside", value=day[OTHERS], unit="s", limit=90),
            Claim(what="of that the desk", value=desk / whole, unit="of it"),
            Claim(what="beside it, standing by for an hour with 50 displays", value=idle * 60, unit="min"),
        ),
        tables=(Table(title="Processor time", columns=("", "s", "ms a ticket"), rows=rows),),
    )


def _each(seconds: float, tickets: int) -> tuple[str, str]:
    return number(seconds), number(seconds / tickets * 1000)


async def _at_the_desk(tickets: int) -> float:
    """Seconds of this process."""
    async with store() as url:
        log = RedisLog(url)
        async with desk_on(log) as desk:
            for counter in COUNTERS:
                await pressed(desk, c.OpenCounter(counter=counter))
            begin = time.process_time()
            for number_ in range(tickets):
                await _visit(desk, number_)
            used = time.process_time() - begin
        await log.close()
    return used


async def _visit(desk: Desk, number_: int) -> None:
    for command in visit(number_):
        await pressed(desk, command)


def visit(number_: int) -> tuple[c.Command, ...]:
    """The presses of one visit."""
    counter, service = list(COUNTERS.items())[number_ % len(COUNTERS)]
    return (
        c.IssueTicket(services=(service,)),
        c.CallNext(counter=counter),
        c.StartService(counter=counter),
        c.FinishService(counter=counter),
    )


async def _through_the_server(tickets: int, *, quick: bool) -> tuple[dict[str, float], float]:
    """Seconds of processor time in the median stretch, by process; and for a second without presses."""
    async with running() as server:
        presser = Presser(server, await server.token("supervisor"))
        presser.presses([c.OpenCounter(counter=counter) for counter in COUNTERS])
        with gathering() as displays:
            join_displays(displays, server, 5 if quick else 50)
            presser.presses(visit(0))
            stretches, idle = list[dict[str, float]](), list[float]()
            for _ in range(1 if quick else STRETCHES):
                _pass_by(presser, 1 if quick else BETWEEN)
                time.sleep(0.0 if quick else 2 * GATHER_S + 2.0)  # until the history has read everything
                at_rest(server.pid)
                standing = _per_second(server.pid, lambda: time.sleep(1.0 if quick else REST_S))
                begin = time.monotonic()
                stretch = _spent(server.pid, lambda: _live(presser, server.pid, tickets, quick=quick))
                took = time.monotonic() - begin
                stretches.append({name: used - standing[name] * took for name, used in stretch.items()})
                idle.append(sum(standing.values()))
            displays.report()
        presser.close()
    return sorted(stretches, key=lambda stretch: sum(stretch.values()))[len(stretches) // 2], median(idle)


def _pass_by(presser: Presser, numbers: int) -> None:
    """This many tickets of each letter, which leave again."""
    for service in COUNTERS.values():
        for _ in range(numbers):
            issued = presser.press(c.IssueTicket(services=(service,)))
            presser.press(c.CancelTicket(ticket=issued["result"]["ticket"]["id"]))


def _live(presser: Presser, pid: int, tickets: int, *, quick: bool) -> None:
    for number_ in range(1, tickets + 1):
        due = time.monotonic() + PACE_S
        presser.presses(visit(number_))
        time.sleep(max(0.0, due - time.monotonic()))
    time.sleep(0.0 if quick else FADING_S)
    at_rest(pid)


def _per_second(pid: int, live: Callable[[], None]) -> dict[str, float]:
    begin = time.monotonic()
    spent = _spent(pid, live)
    return {name: used / (time.monotonic() - begin) for name, used in spent.items()}


def _spent(pid: int, live: Callable[[], None]) -> dict[str, float]:
    before = _by_part(pid)
    live()
    return {name: used - before[name] for name, used in _by_part(pid).items()}


def at_rest(pid: int) -> None:
    """Returns when voices, sound and printers have no more work."""
    used = -1.0
    while (now := _by_part(pid)[OTHERS]) - used > 0.01:
        used = now
        time.sleep(1.0)


def _by_part(pid: int) -> dict[str, float]:
    parts = dict.fromkeys((*NAMES.values(), OTHERS), 0.0)
    for name, used in family_cpu_s(pid).items():
        parts[NAMES.get(name, OTHERS)] += used
    return parts
