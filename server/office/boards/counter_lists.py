"""The lists of tickets on a counter's board, and how long they are. Counters that may call the same share them."""

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from server.messages import boards as b
from server.messages.facts import Counter, Ticket
from server.office.boards.queues import FIRST, Queue
from server.office.boards.sheet import COLLEAGUES, Sheet
from server.office.who_next import features_of


class Lengths(NamedTuple):
    """The longest that each list may be: `few` for parked, missed and absent tickets, `stranded` for those that nobody can call;
    None in `lines`: all.

    `named`: lines have the names of their services, and colleagues the services they give.
    """

    few: int = 3
    messages: int = 5
    colleagues: int = COLLEAGUES
    stranded: int = 2
    lines: int | None = None
    named: bool = True
    queue: int = FIRST


USUAL = Lengths()
SHORTER = (
    Lengths(messages=3, named=False),
    Lengths(few=2, messages=2, colleagues=2, stranded=1, lines=5, named=False),
    *(
        Lengths(few=1, messages=1, colleagues=1, stranded=1, lines=3, named=False, queue=most)
        for most in range(FIRST, 7, -2)
    ),
)
"""A board that would be longer than MOST gets shorter lists; the queue is shortened last.

A count beside each list says how long it really is.
"""


class Lists(NamedTuple):
    """A counter's lists of tickets.

    Counters that may call the same tickets share one object, and so everything computed from it.
    """

    queue: Queue
    parked: Queue
    missed: Queue
    away: Queue
    lines: tuple[b.ServiceLine, ...]


class Callers(NamedTuple):
    """Counters that may call the same tickets. `counter`: the one for which something is kept, or which parked somebody whom
    others do not list; else none."""

    services: tuple[str, ...]
    features: frozenset[str]
    counter: str


def callers(sheet: Sheet, counter: Counter) -> Callers:
    features = sheet.lasting(
        ("features", counter.id), (sheet.state.office,), lambda: features_of(sheet.state, counter.id)
    )
    return Callers(counter.services, features, counter.id if _own(sheet, counter) else "")


def _own(sheet: Sheet, counter: Counter) -> bool:
    return bool(sheet.queues.own(counter)) or counter.id in sheet.kept("parkers", lambda: _parkers(_parked(sheet)))


def _parkers(parked: list[Ticket]) -> frozenset[str | None]:
    """The counters that list those first whom they parked themselves."""
    return frozenset(one.counter for one in parked) if len(parked) > SHORTER[-1].few else frozenset()


def _parked(sheet: Sheet) -> list[Ticket]:
    return sheet.kept("parked", lambda: sheet.others("parked"))


def lists(sheet: Sheet, counter: Counter, alike: Callers, lengths: Lengths = USUAL) -> Lists:
    """`alike`: the counter's."""
    return sheet.once((lengths, alike), lambda: _lists(sheet, counter, _parked(sheet), lengths))


def _lists(sheet: Sheet, counter: Counter, parked: list[Ticket], lengths: Lengths) -> Lists:
    """Those that this counter parked; the last missed ones, who are most likely to come yet; the absent ones who are back
    soonest."""
    few, queue = lengths.few, sheet.queues.of_counter(counter)
    return Lists(
        queue if lengths.queue == FIRST else Queue(queue.first[: lengths.queue], queue.total),
        _few(parked, lambda ticket: ticket.counter != counter.id, few),
        sheet.kept(f"missed {few}", lambda: _few(sheet.others("missed"), lambda ticket: -(ticket.missed_at or 0), few)),
        sheet.kept(f"away {few}", lambda: _few(sheet.others("away"), lambda ticket: ticket.away_until or 0, few)),
        sheet.lines_of(counter.services, lengths.lines, named=lengths.named),
    )


def _few(tickets: list[Ticket], rank: Callable[[Ticket], int], most: int) -> Queue:
    """The first by rank, in the order of issue."""
    return Queue(tuple(sorted(sorted(tickets, key=rank)[:most], key=attrgetter("seq"))), len(tickets))
