"""A day of 5,000 tickets: processor time at the desk alone, and of the whole server with everything that follows from a press."""

import time

from bench.gathering import gathering
from bench.measuring import family_cpu_s, median
from bench.past import COUNTERS
from bench.pressing import join_displays
from bench.result import Claim, Result, Table, number
from bench.running import Presser, running
from bench.stand import desk_on, pressed, store
from server.desk.desk import Desk
from server.log.redis_log import RedisLog
from server.messages import commands as c

HOW = """5,000 visits at five counters, each issued, called, started, finished: 20,000 durable commands, one after the
other. "Desk": in process, no sockets. "Server": `aufruf up` over HTTP from one kept-alive connection, 50 displays, the
historian writing; processor time of its process and its store (`/proc`) for a fifth of the day, times five. Lived so fast,
a board that waits is replaced by its successor, and not every voice is rendered: so the voices are counted apart, once their
processes have started, from calls a second from each other, times 5,000."""

CALLS = 20
SERVER = {"self": "its process", "valkey-server": "its store"}


async def measure(*, quick: bool) -> Result:
    tickets, part, runs = (10, 10, 1) if quick else (5_000, 1_000, 3)
    desk = median([await _at_the_desk(tickets) for _ in range(runs)])
    spent, voice = await _through_the_server(part, quick=quick)
    server = {name: used * tickets / part for name, used in spent.items() if name in SERVER}
    whole, voices = sum(server.values()), voice * tickets
    rows = (
        ("desk alone (median)", *_each(desk, tickets)),
        *((f"server: {SERVER[name]}", *_each(used, tickets)) for name, used in server.items()),
        ("voices, if every call is spoken anew", *_each(voices, tickets)),
    )
    return Result(
        name="day",
        title=f"A day of {tickets:,} tickets",
        how=HOW,
        claims=(
            Claim(what="in all, every call spoken anew", value=(whole + voices) / 60, unit="min", limit=3),
            Claim(what="without the voices: server and store", value=whole / 60, unit="min", limit=3),
            Claim(what="of that the desk", value=desk / whole, unit="of it"),
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
    """Seconds by process; and seconds of voice per call."""
    async with running() as server:
        presser = Presser(server, await server.token("supervisor"))
        presser.presses([c.OpenCounter(counter=counter) for counter in COUNTERS])
        with gathering() as displays:
            join_displays(displays, server, 5 if quick else 50)
            voice = _voice(presser, server.pid, 1 if quick else CALLS)
            before = family_cpu_s(server.pid)
            for number_ in range(tickets):
                presser.presses(visit(number_))
            after = family_cpu_s(server.pid)
            displays.report()
        presser.close()
    return {name: used - before.get(name, 0.0) for name, used in after.items()}, voice


def _voice(presser: Presser, pid: int, calls: int) -> float:
    """Processor seconds of workers for one call's announcement, once they have started."""
    presser.presses(visit(0))
    before = _at_rest(pid)
    for number_ in range(1, calls + 1):
        presser.presses(visit(number_))
        time.sleep(1.0)
    return max(0.0, _at_rest(pid) - before) / calls


def _at_rest(pid: int) -> float:
    """What workers have used, when they use no more."""
    used = -1.0
    while (now := _workers(pid)) - used > 0.01:
        used = now
        time.sleep(1.0)
    return now


def _workers(pid: int) -> float:
    return sum(used for name, used in family_cpu_s(pid).items() if name not in SERVER)
