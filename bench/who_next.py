"""Who is next, with 20 lines and up to 100,000 people waiting, compared with a scan over all tickets."""

import timeit
from itertools import product

from msgspec.structs import replace

from bench.measuring import median
from bench.result import Claim, Plot, Result, Table, number
from server.messages.facts import Ticket
from server.messages.office import CounterPlan, Office, ServicePlan
from server.office.order import score
from server.office.state import State
from server.office.who_next import who_next

HOW = """Ten services and two categories make 20 lines; one counter serves them all. `who_next` is asked for the next ticket
as a press of "Next" asks it; the scan scores every waiting ticket and takes the highest. Both name the same ticket. Medians
of seven runs."""

NOW = 1_800_000_000_000
SERVICES = tuple(
    ServicePlan(id=f"s{number}", names={"de": f"S{number}"}, letter=chr(65 + number)) for number in range(10)
)
OFFICE = Office(
    id="bench",
    name="Bench",
    services=SERVICES,
    counters=(CounterPlan(id="1", label="1", zone="hall", services=tuple(service.id for service in SERVICES)),),
)


async def measure(*, quick: bool) -> Result:
    sizes = (10, 1_000) if quick else (10, 100, 1_000, 10_000, 100_000)
    found = {size: _at(size, 1 if quick else 7) for size in sizes}
    most = sizes[-1]
    return Result(
        name="who_next",
        title="Who is next",
        how=HOW,
        claims=(
            Claim(what=f"{most:,} waiting", value=found[most][0], unit="µs", limit=15),
            Claim(
                what=f"{most:,} waiting to 1,000 waiting",
                value=found[most][0] / found[1_000][0],
                unit="times",
                limit=1.5,
            ),
            Claim(what=f"a scan of {most:,} to who_next", value=found[most][1] / found[most][0], unit="times slower"),
        ),
        tables=(
            Table(
                title="Time for one answer",
                columns=("waiting", "who_next µs", "scan µs", "scan to who_next"),
                rows=tuple((f"{n:,}", number(a), number(b), number(b / a)) for n, (a, b) in found.items()),
            ),
        ),
        plots=(
            Plot(
                name="who_next",
                title="One answer to “who is next?”",
                x="people waiting",
                y="µs",
                series={
                    "who_next": tuple((n, a) for n, (a, _) in found.items()),
                    "scan of everybody": tuple((n, b) for n, (_, b) in found.items()),
                },
                log=True,
            ),
        ),
    )


def _at(size: int, runs: int) -> tuple[float, float]:
    """Microseconds of `who_next` and of the scan."""
    state = crowded(size)
    counter = state.counters["1"]
    next_one = who_next(state, counter, NOW)
    assert next_one is not None
    assert next_one[0].id == scan(state)
    fast = timeit.Timer(lambda: who_next(state, counter, NOW))
    slow = timeit.Timer(lambda: scan(state))
    slow_times = max(1, 20_000 // size)
    return (
        median(time / 2_000 * 1e6 for time in fast.repeat(runs, 2_000)),
        median(time / slow_times * 1e6 for time in slow.repeat(runs, slow_times)),
    )


def crowded(size: int) -> State:
    """An open counter and `size` people waiting in 20 lines."""
    state = State()
    state.configure(OFFICE)
    state.day, state.at = "2027-01-15", NOW
    state.put_counter(replace(state.counters["1"], state="open"))
    kinds = list(product(SERVICES, ("walk_in", "priority")))
    for number_ in range(size):
        service, category = kinds[number_ % len(kinds)]
        came = NOW - 7_200_000 + number_ * 7_000_000 // size
        state.put_ticket(
            Ticket(
                id=f"t{number_}", number=f"{service.letter}{number_}", services=(service.id,), state="waiting", seq=number_ + 1,
                last_seq=number_ + 1, issued_at=came, reference=came, category=category,  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return state


def scan(state: State) -> str:
    """The simple way: it looks at every ticket."""
    rules = state.rules
    return max(
        (score(rules, ticket.category, ticket.reference, NOW), -ticket.seq, ticket.id)
        for ticket in state.tickets.values()
        if ticket.state == "waiting"
    )[2]
