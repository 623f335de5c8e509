"""Memory of a server: alone, after a day of 5,000 tickets, and with 1,000 displays in addition."""

from bench.day import visit
from bench.gathering import gathering
from bench.measuring import rss_kib
from bench.past import COUNTERS
from bench.pressing import join_displays
from bench.result import Claim, Result, Table, number
from bench.running import Presser, running
from server.messages import commands as c

HOW = """Resident memory (VmRSS) of the process of `aufruf up`, one office: ready, with one display; after a day of 5,000 tickets
(20,000 commands, lived in a minute or two); with 1,000 displays connected; after 50 more visits, each shown to all of them. The
store and the workers are processes of their own. A phone's memory is measured with the phones."""


async def measure(*, quick: bool) -> Result:
    count, tickets, more = (10, 10, 2) if quick else (1_000, 5_000, 50)
    async with running() as server:
        presser = Presser(server, await server.token("supervisor"))
        presser.presses([c.OpenCounter(counter=counter) for counter in COUNTERS])
        with gathering() as first, gathering() as displays:
            join_displays(first, server, 1)
            presser.presses(visit(0))
            alone = rss_kib(server.pid)
            for number_ in range(tickets):
                presser.presses(visit(number_))
            lived = rss_kib(server.pid)
            join_displays(displays, server, count)
            connected = rss_kib(server.pid)
            for number_ in range(more):
                presser.presses(visit(number_))
            shown = rss_kib(server.pid)
            displays.report()
        presser.close()
    per_display = (shown - lived) / count
    rows = (
        ("ready, one display, one visit", number(alone / 1024)),
        (f"after a day of {tickets:,} tickets", number(lived / 1024)),
        (f"and with {count:,} displays", number(connected / 1024)),
        (f"and after {more} visits shown to them", number(shown / 1024)),
    )
    return Result(
        name="memory",
        title="Memory",
        how=HOW,
        claims=(
            Claim(what="a connected display", value=per_display, unit="KiB", limit=40),
            Claim(
                what=f"one office, {count:,} displays, a day of {tickets:,} tickets",
                value=shown / 1024,
                unit="MiB",
                limit=250,
            ),
            Claim(what="to a server that has just begun", value=shown / alone, unit="times"),
        ),
        tables=(Table(title="Resident memory of the server", columns=("", "MiB"), rows=rows),),
    )
