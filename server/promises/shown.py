"""From the worker's answer to the waits that people see. A range that is shown stays until its rounded ends change. Pure."""

from collections.abc import Callable, Iterator

from server.forecast.model import SURE
from server.messages.boards import Expected
from server.messages.instants import rfc3339
from server.office.waits import Combined, Drawn, Waits, leave_at, leave_for
from server.promises.wire import Forecasted, Range

LIKELY = 0.5
"""From this chance of being called today on, boards show "likely"; from SURE on they show "yes"."""


def shown(found: Forecasted, before: Waits, told: Callable[[str], Expected | None], way_back: int = 0) -> Waits:
    """`before`: what was shown last; `told(ticket)`: what was promised when the ticket was issued, which counts as shown;
    `way_back`: in seconds."""
    at = rfc3339(found.now)

    def settled(range: Range, known: Expected | None) -> Expected:
        if known is not None and (known.low, known.high, known.learning) == (range.low, range.high, found.learning):
            return known
        return Expected(low=range.low, median=range.median, high=range.high, at=at, learning=found.learning)

    def drawn(range: Range, known: Drawn | None) -> Drawn:
        return Drawn(
            shown=settled(range, known.shown if known else None), low=range.p10, high=range.p90, soonest=range.p05
        )  # fmt: skip

    tickets = {name: settled(range, before.tickets.get(name) or told(name)) for name, range in found.tickets.items()}
    leave = {name: _leave(found.now, range.p05, way_back) for name, range in found.tickets.items()}
    for name, was in before.leave.items():
        # while the shown range stays, the time to be back may become earlier, never later: it must not flicker
        if leave.get(name) and tickets[name] is before.tickets.get(name):
            leave[name] = min(leave[name], was)

    return Waits(
        known=True,
        seq=found.seq,
        model=found.model,
        tickets=tickets,
        drawn={(s, c): drawn(range, before.drawn.get((s, c))) for s, c, range in found.drawn},
        others={one: drawn(range, before.others.get(one)) for one, range in _others(found)},
        booked={name: drawn(range, before.booked.get(name)) for name, range in found.booked.items()},
        reached={name: _word(chance) for name, chance in found.reached.items()},
        minutes=found.minutes,
        leave={name: until for name, until in leave.items() if until},
        fewer=before.fewer & tickets.keys() if found.fewer is None else frozenset(found.fewer),
        late=frozenset(found.late),
    )


def _leave(now: int, soonest: float, way_back: int) -> int:
    """Until when they may leave, rounded to 5 minutes of the clock; 0: it is too soon to leave."""
    minutes = leave_for(soonest, way_back)
    return leave_at(now, minutes) if minutes else 0


def same(one: Waits, other: Waits) -> bool:
    """Whether boards look the same with both."""
    return _seen(one) == _seen(other)


def _seen(waits: Waits) -> tuple[object, ...]:
    return (
        waits.known,
        waits.tickets,
        waits.leave,
        waits.fewer,
        {kind: one.shown for kind, one in waits.drawn.items()},
        {wanted: one.shown for wanted, one in waits.others.items() if len(wanted.services) == 1},
        waits.reached,
        waits.late,
    )


def _word(chance: float) -> str:
    return "yes" if chance >= SURE else "likely" if chance >= LIKELY else "no"


def _others(found: Forecasted) -> Iterator[tuple[Combined, Range]]:
    return ((Combined(services, kind, needs), range) for services, kind, needs, range in found.others)
