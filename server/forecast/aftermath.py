"""`happened(past, model, pace)`: by how much a set of moves really shortened the longest wait. Pure; asked by the second
worker.

The half hour after the set is in the log; late in the evening it is the time until the day ends. It is lived again without
the set (`again`). What the set brought is the longest wait in that second life, minus the longest wait that really happened,
over everybody who was there in that time. None if the two cannot be compared.
"""

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from server.forecast.again import Minutes, Relived
from server.forecast.model import Model
from server.forecast.promise import Pace
from server.forecast.record import Act, Entry, Record
from server.messages import events as e
from server.messages.facts import Counter, Ticket
from server.office.equipped import times
from server.office.evolve.book import AUTHORS
from server.office.looked_back import WINDOW_MS
from server.office.moves import found
from server.office.state import State

CLOSE_MIN = 2.0
"""Minutes.

The half hour is also lived again with all its moves. If that differs by more than this from what really happened, for example
because clerks called people out of order, the life without the set says nothing either.
"""
ANOTHER = (e.DayOpened, e.DayClosed, e.EpochChanged, e.OfficeConfigured)
"""After one of these events it is no longer the office in which the set was made."""
INTAKE = (e.ServiceOpened, e.ServiceClosed, e.ServiceLimited)
"""After one of these nothing can be compared: the log does not say who would have come if the intake had been open, or
closed."""


class Row(NamedTuple):
    """Names one set of the shift book. A key alone does not, because every author has keys of their own."""

    key: str
    by: str
    at: int


class Aftermath:
    """The office just before a set, and the entries from then on `until` something is known of it. `note` is called with every
    entry of the day before it is folded."""

    def __init__(self, row: Row, until: int | None = None) -> None:
        self.row, self.end = row, row.at + WINDOW_MS if until is None else until
        self.before: State | None = None
        self.entries: list[Entry] = []
        self.taken_back: set[int] = set()

    def note(self, state: State, entry: Entry) -> None:
        event = entry.event
        if self.before is None and (event.key, event.by, event.at) == self.row:
            self.before = state.copy()
        if self.before is not None and event.at <= self.end:
            self.entries.append(entry)
            if isinstance(event, e.MovesReverted) and event.by != "system" and self._is_of(state, event.set):
                self.taken_back.add(entry.seq)

    def _is_of(self, state: State, shown: str) -> bool:
        """Whether this is the name by which boards know the set: its key, unless two sets have the same one."""
        moves = state.moves.get(found(state, shown) or "")
        return moves is not None and (moves.key, moves.by, moves.at) == self.row


def happened(past: Aftermath, model: Model, pace: Pace) -> float | None:
    """Minutes. Below zero if the set made the longest wait longer."""
    entries = _valid(past.entries)
    if past.before is None or entries is None:
        return None
    mine = _own(past.row, entries)
    # nothing is compared once the set was taken back; a set that ended when it was meant to is compared
    if not mine or any(one.seq in past.taken_back or isinstance(one.event, ANOTHER) for one in entries):
        return None
    record = Record(past.before, entries, past.row.at, past.end)
    if not _alone(record.acts, mine):
        return None
    minutes = _minutes(record.before, model, pace)
    same, without = (Relived(record, left, minutes) for left in (set(), mine | _followed(entries, mine)))
    if abs(same.waits.longest(past.end) - record.waits.longest(past.end)) > CLOSE_MIN:
        return None
    # only those whom the log has called by then: how long the others still wait is not known yet
    was = max(record.waits.longest(past.end), same.waits.of(record.waits.still(past.end), same.last))
    return round(without.waits.longest(without.last) - was, 1)


def _minutes(state: State, model: Model, pace: Pace) -> Minutes:
    def expected(ticket: Ticket, counter: Counter) -> float:
        length = model.together(ticket.services, counter.services, times(state, ticket))
        return exp(length.mu + pace.mean(model) + length.sigma**2 / 2)

    return expected


def _valid(entries: Sequence[Entry]) -> list[Entry] | None:
    """The entries without presses that were taken back. None if one of these presses was made before the first entry."""
    found: list[Entry] = []
    for entry in entries:
        event = entry.event
        if isinstance(event, e.Undone):
            left = [one for one in found if (one.event.who, one.event.key) != (event.who, event.of)]
            if len(left) == len(found):
                return None
            found = left
        elif isinstance(event, e.CallWithdrawn) and (call := _call_of(found, event.ticket)) is not None:
            found = [one for one in found if one.seq < call or not _is_of(one.event, event.ticket)]
        else:
            found.append(entry)
    return found


def _call_of(entries: Sequence[Entry], ticket: str) -> int | None:
    """The seq of the last call of this ticket."""
    calls = (one.seq for one in entries if isinstance(one.event, e.TicketCalled) and one.event.ticket == ticket)
    return max(calls, default=None)


def _is_of(event: e.Event, ticket: str) -> bool:
    return isinstance(event, e.OfTicket) and event.ticket == ticket


def _own(row: Row, entries: Sequence[Entry]) -> set[int]:
    """The entries of the set; none if it changed the intake."""
    mine = [one for one in entries if (one.event.key, one.event.by, one.event.at) == row]
    return set() if any(isinstance(one.event, INTAKE) for one in mine) else {one.seq for one in mine}


def _alone(acts: Sequence[Act], mine: set[int]) -> bool:
    """Whether no other move changed what the set changed."""
    touched = {name for act in acts if act.entry.seq in mine for name in act.touches}
    others = (act for act in acts if act.entry.seq not in mine and act.entry.event.by.startswith(AUTHORS))
    return all(touched.isdisjoint(act.touches) for act in others)


def _followed(entries: Sequence[Entry], mine: set[int]) -> set[int]:
    """A helper whom the set called in opened a counter that would have stayed closed without it."""
    called = {one.event.counter for one in entries if one.seq in mine and isinstance(one.event, e.HelperCalled)}
    return {one.seq for one in entries if isinstance(one.event, e.CounterOpened) and one.event.counter in called}
