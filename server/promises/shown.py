"""From what the worker answers to what is shown: a range stands until its rounded ends change. Pure."""

from collections.abc import Callable

from server.messages.boards import Expected
from server.messages.instants import rfc3339
from server.office.waits import Drawn, Waits
from server.promises.wire import Forecasted, Range

SURE, LIKELY = 0.9, 0.5
"""Chance of being called today from which "yes" and "likely" are said."""


def shown(found: Forecasted, before: Waits, told: Callable[[str], Expected | None]) -> Waits:
    """`before`: what was shown last; `told(ticket)`: the promise at its issue, which counts as shown."""
    at = rfc3339(found.now)

    def settled(range: Range, known: Expected | None) -> Expected:
        if known is not None and (known.low, known.high, known.learning) == (range.low, range.high, found.learning):
            return known
        return Expected(low=range.low, median=range.median, high=range.high, at=at, learning=found.learning)

    def drawn(range: Range, known: Drawn | None) -> Drawn:
        return Drawn(shown=settled(range, known.shown if known else None), low=range.p10, high=range.p90)

    return Waits(
        known=True,
        seq=found.seq,
        model=found.model,
        tickets={name: settled(range, before.tickets.get(name) or told(name)) for name, range in found.tickets.items()},
        drawn={(s, c): drawn(range, before.drawn.get((s, c))) for s, c, range in found.drawn},
        reached={name: _word(chance) for name, chance in found.reached.items()},
        minutes=found.minutes,
    )


def same(one: Waits, other: Waits) -> bool:
    """Whether boards look the same with either."""
    return _seen(one) == _seen(other)


def _seen(waits: Waits) -> tuple[object, ...]:
    return waits.known, waits.tickets, {kind: one.shown for kind, one in waits.drawn.items()}, waits.reached


def _word(chance: float) -> str:
    return "yes" if chance >= SURE else "likely" if chance >= LIKELY else "no"
