"""The first press after a busy minute, which forgets the keys of all its presses; and the size of a checkpoint then."""

import time

from bench.measuring import median
from bench.result import Claim, Plot, Result, Table, number
from bench.who_next import NOW, OFFICE
from server.messages.commands import OpenDay
from server.messages.events import Event, ServiceLimited, encode
from server.office.decide import Press, decide
from server.office.evolve import evolve
from server.office.state import KEY_LIFE_MS, State

HOW = """As many presses as the table says, with keys of 36 characters and by 50 principals, are folded at one instant, in
process. Then one press 75 s later, which forgets what could be undone; the opening of a day, of which every entry is encoded;
and one press 24 h later, which forgets all their keys. As it was before, for comparison: a dictionary whose first key is
looked up and deleted until it is empty. Medians of three runs."""

LATER_MS = 75_000


async def measure(*, quick: bool) -> Result:
    sizes = (200, 2_000) if quick else (2_000, 20_000, 60_000)
    found = {size: _at(size, 1 if quick else 3) for size in sizes}
    most = sizes[-1]
    later, _, _, weight, largest = found[most]
    return Result(
        name="busy_minute",
        title="After a busy minute",
        how=HOW,
        claims=(
            Claim(what=f"one press after {most:,}", value=later, unit="ms"),
            Claim(what=f"{most:,} presses to {sizes[-2]:,}", value=later / found[sizes[-2]][0], unit="times", limit=6),
            Claim(what="a checkpoint's keys", value=weight / most, unit="bytes a press", limit=100),
            Claim(what="its largest entry", value=largest / 1024, unit="KiB", limit=256),
        ),
        tables=(
            Table(
                title="Time for one press, and weight of a checkpoint",
                columns=(
                    "presses",
                    "75 s later ms",
                    "24 h later ms",
                    "a dictionary ms",
                    "checkpoint KiB",
                    "largest entry KiB",
                ),
                rows=tuple(
                    (f"{n:,}", number(a), number(b), number(c), number(d / 1024), number(e / 1024))
                    for n, (a, b, c, d, e) in found.items()
                ),
            ),
        ),
        plots=(
            Plot(
                name="busy_minute",
                title="The first press after a busy minute",
                x="presses",
                y="ms",
                series={
                    "Aufruf": tuple((n, row[0]) for n, row in found.items()),
                    "a dictionary as a queue": tuple((n, row[2]) for n, row in found.items()),
                },
                log=True,
            ),
        ),
    )


def _at(size: int, runs: int) -> tuple[float, float, float, float, float]:
    """ms of a press 75 s and 24 h later, and of the dictionary; bytes of the checkpoint and of its largest entry."""
    rows = [_run(size) for _ in range(runs)]
    first, second, third, fourth, fifth = (median(column) for column in zip(*rows, strict=True))
    return first, second, third, fourth, fifth


def _run(size: int) -> tuple[float, float, float, float, float]:
    state = State()
    state.configure(OFFICE)
    state.day, state.at = None, NOW
    for press in range(size):
        _fold(state, NOW, press)
    later = _timed(lambda: _fold(state, NOW + LATER_MS, size))
    asked = Press(now=NOW + LATER_MS, nonce="n" * 16)
    opened = decide(state, OpenDay(), asked)
    assert isinstance(opened, list)
    bodies = [len(encode(event)) for event in opened]
    day_later = _timed(lambda: _fold(state, NOW + KEY_LIFE_MS + LATER_MS, size + 1))
    assert len(state.keys) == 1
    return later, day_later, _dictionary(size), float(sum(bodies)), float(max(bodies))


def _fold(state: State, at: int, press: int) -> None:
    event: Event = ServiceLimited(
        v=2,
        at=at,
        by="kiosk:1",
        key=f"{press:036d}",
        who=f"token:{press % 50:032d}",
        digest="0" * 32,
        service="s1",
        tickets=1,
    )
    evolve(state, event, state.seq + 1, "m" * 12)


def _dictionary(size: int) -> float:
    kept = dict.fromkeys(range(size), 0)

    def empty() -> None:
        while kept:
            del kept[next(iter(kept))]

    return _timed(empty)


def _timed(work: object) -> float:
    began = time.perf_counter()
    assert callable(work)
    work()
    return (time.perf_counter() - began) * 1000
