"""Who waits, in the order of call, as boards list it: the first few, and how many there are. One `Queues` per state and instant.

Lines are sorted already, so the first few of all lines come from their beginnings, however many people wait. Counters that may
call the same tickets share one list. Used by sheets.
"""

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import NamedTuple

from server.messages.facts import Counter, Ticket
from server.office.lines import Line
from server.office.order import score
from server.office.state import State
from server.office.who_next import boost_of, boosts, features_of, may_take

FIRST = 20
"""How many waiting tickets a board of staff lists."""
Urgency = tuple[bool, bool, int, int]
"""The ticket with the smaller one is called first. No two tickets have the same."""


class Queue(NamedTuple):
    """The beginning of a list of waiting tickets, and how long the whole is."""

    first: tuple[Ticket, ...]
    total: int


class Alike(NamedTuple):
    """Counters with equal services and features may call the same tickets, except those that are kept for one place."""

    services: frozenset[str]
    features: frozenset[str]


def returned(ticket: Ticket) -> bool:
    """Whether it came back from a station: then it is first in its counter's own list."""
    return ticket.state == "waiting" and ticket.station is not None and ticket.station_counter is None


def urgency(state: State, now: int) -> Callable[[Ticket], Urgency]:
    """The order of call: first those back from a station, then by score; at the end those that may not be called yet."""
    boosted, rules = boosts(state, now), state.rules

    def of(ticket: Ticket) -> Urgency:
        value = score(rules, ticket.category, ticket.reference, now) + boost_of(boosted, ticket.services)
        return not returned(ticket), state.ready_at(ticket) > now, -value, ticket.seq

    return of


def ordered(state: State, tickets: Iterable[Ticket], now: int) -> list[Ticket]:
    return sorted(tickets, key=urgency(state, now))


class Queues:
    """The lists of waiting tickets of one state at one instant."""

    def __init__(self, state: State, now: int) -> None:
        self._state, self._now, self._urgency = state, now, urgency(state, now)
        self._everybody: Queue | None = None
        self._alike: dict[Alike, Queue] = {}
        self._in_lines: dict[Alike, int] = {}
        lines = state.lines
        places = (place for kept in (lines.later, *lines.bound.values()) for place in kept)
        self._outside = [state.tickets[place.ticket] for place in places]
        self._free = [ticket for ticket in self._outside if ticket.only_counter is None]
        self._kept: dict[str, list[Ticket]] = {}
        for ticket in self._outside:
            if ticket.only_counter is not None:
                self._kept.setdefault(ticket.only_counter, []).append(ticket)
        self._released = [one for one in self._outside if one.only_until is not None and one.only_until <= now]

    def everybody(self, most: int = FIRST) -> Queue:
        """Everybody who waits."""
        if most != FIRST:
            return self._queue(self._state.lines.all(), self._outside, most)
        if self._everybody is None:
            self._everybody = self._queue(self._state.lines.all(), self._outside, FIRST)
        return self._everybody

    def longest(self, most: int = FIRST) -> Queue:
        """Everybody who waits, the longest wait first."""
        since, lines = self._state.waits_since, [*self._state.lines.all()]
        begun = merge(*(line.since for line in lines), sorted(map(since, self._outside)))
        last = max(islice(begun, most), default=0)
        lined = (ticket for line in lines for ticket in self._begun_by(line, last))
        others = (ticket for ticket in self._outside if since(ticket) <= last)
        first = sorted((*lined, *others), key=lambda ticket: (since(ticket), ticket.seq))[:most]
        return Queue(tuple(first), len(self._outside) + sum(len(line.places) for line in lines))

    def _begun_by(self, line: Line, at: int) -> Iterator[Ticket]:
        """The tickets of a line whose waits had begun by then. They are usually its first, so not all are read."""
        left = bisect_right(line.since, at)
        for place in line.places:
            if not left:
                return
            ticket = self._state.tickets[place.ticket]
            if self._state.waits_since(ticket) <= at:
                left -= 1
                yield ticket

    def of_service(self, service: str, most: int) -> Queue:
        """All who wait for a service."""
        lines = (line for line in self._state.lines.all() if service in line.services)
        return self._queue(lines, (ticket for ticket in self._outside if service in ticket.services), most)

    def last_reached(self, service: str, late: Container[str]) -> tuple[Ticket | None, int]:
        """Of those who wait for a service, the last in the order of call who is not `late`, and how many come after.

        Lines are read from their ends and cut by halving: with thousands waiting, sorting them all for each press shows.
        """
        tickets, urgency = self._state.tickets, self._urgency
        runs = [line.places for line in self._state.lines.all() if service in line.services]
        others = [ticket for ticket in self._outside if service in ticket.services]
        ends = (next((one.ticket for one in reversed(run) if one.ticket not in late), None) for run in runs)
        found = [tickets[one] for one in ends if one is not None] + [one for one in others if one.id not in late]
        total = len(others) + sum(map(len, runs))
        if not found:
            return None, total
        last = max(found, key=urgency)
        end = urgency(last)
        before = sum(bisect_right(run, end, key=lambda place: urgency(tickets[place.ticket])) for run in runs)
        return last, total - before - sum(urgency(one) <= end for one in others)

    def of_counter(self, counter: Counter, most: int = FIRST) -> Queue:
        """Those whom a counter may call, now or once their time has come."""
        alike, own = self.alike(counter), self.own(counter)
        if own or most != FIRST:
            return self._queue(self._fitting(alike), (*self._fitting_free(counter), *own), most)
        if alike not in self._alike:
            self._alike[alike] = self._queue(self._fitting(alike), self._fitting_free(counter), FIRST)
        return self._alike[alike]

    def alike(self, counter: Counter) -> Alike:
        return Alike(frozenset(counter.services), features_of(self._state, counter.id))

    def in_lines(self, counter: Counter) -> int:
        """How many tickets in lines this counter may call now.

        Tickets kept for one place or for a later time are in no line.
        """
        alike = self.alike(counter)
        if alike not in self._in_lines:
            self._in_lines[alike] = sum(len(line.places) for line in self._fitting(alike))
        return self._in_lines[alike]

    def own(self, counter: Counter) -> list[Ticket]:
        """The tickets kept for one place, whether they may be called yet or not, that this counter may call."""
        if not self._outside:
            return []
        kept = {one.id: one for one in (*self._kept.get(counter.id, ()), *self._released)}
        return [one for one in kept.values() if may_take(self._state, counter, one, self._now)]

    def _fitting(self, alike: Alike) -> list[Line]:
        return [
            line
            for line in self._state.lines.all()
            if line.features <= alike.features and not alike.services.isdisjoint(line.services)
        ]

    def _fitting_free(self, counter: Counter) -> list[Ticket]:
        return [ticket for ticket in self._free if may_take(self._state, counter, ticket, self._now)]

    def _queue(self, lines: Iterable[Line], outside: Iterable[Ticket], most: int) -> Queue:
        known, others = list(lines), list(outside)
        runs = [self._run(line) for line in known]
        first = islice(merge(*runs, sorted((self._urgency(one), one) for one in others)), most)
        total = len(others) + sum(len(line.places) for line in known)
        return Queue(tuple(ticket for _, ticket in first), total)

    def _run(self, line: Line) -> Iterable[tuple[Urgency, Ticket]]:
        """One line in the order of call. Lazy: only tickets that are read are scored."""
        tickets = (self._state.tickets[place.ticket] for place in line.places)
        return ((self._urgency(ticket), ticket) for ticket in tickets)
