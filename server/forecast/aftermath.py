"""`happened(past, model, pace)`: by how much a set of moves really shortened the longest wait. Pure; asked by the second worker.

The half hour after it, as the log has it, is lived again without the set (`again`). The longest wait of everybody who was there
in it, less the one that happened, is what the set brought. None if the two cannot be compared.
"""

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from server.forecast.again import Minutes, Relived
from server.forecast.model import Model
from server.forecast.promise import Pace
from server.forecast.record import WINDOW_MS, Act, Entry, Record
from server.messages import events as e
from server.messages.facts import Counter, Ticket
from server.office.evolve.book import AUTHORS
from server.office.state import State

CLOSE_MIN = 2.0
"""If the half hour with all its moves, lived again, is further than this from what happened, neither is the one without them a
measure: clerks picked people out of order, say."""
ANOTHER = (e.DayOpened, e.DayClosed, e.EpochChanged, e.OfficeConfigured)
"""After one of these the office is no longer the one in which the set was made."""
INTAKE = (e.ServiceOpened, e.ServiceClosed, e.ServiceLimited)
"""The log does not say who would have come if the intake had been another."""


class Row(NamedTuple):
    """Which set of the shift book: keys belong to whoever made them, so the key alone does not say it."""

    key: str
    by: str
    at: int


class Aftermath:
    """The office just before a set, and the entries of the half hour from then on. `note` is called with every entry of the day
    before it is folded."""

    def __init__(self, row: Row) -> None:
        self.row, self.end = row, row.at + WINDOW_MS
        self.before: State | None = None
        self.entries: list[Entry] = []

    def note(self, state: State, entry: Entry) -> None:
        event = entry.event
        if self.before is None and (event.key, event.by, event.at) == self.row:
            self.before = state.copy()
        if self.before is not None and event.at <= self.end:
            self.entries.append(entry)


def happened(past: Aftermath, model: Model, pace: Pace) -> float | None:
    """Minutes; below zero: the set made the longest wait longer."""
    entries = _valid(past.entries)
    if past.before is None or entries is None:
        return None
    mine = _own(past.row, entries)
    if not mine or any(_apart(past.row, one.event) for one in entries):
        return None
    record = Record(past.before, entries, past.row.at, past.end)
    if not _alone(record.acts, mine):
        return None
    minutes = _minutes(model, pace)
    same, without = (Relived(record, left, minutes) for left in (set(), mine | _followed(entries, mine)))
    if abs(same.waits.longest(past.end) - record.waits.longest(past.end)) > CLOSE_MIN:
        return None
    # those whom the log has called by then have waited so long; how long the others still wait is not known yet
    was = max(record.waits.longest(past.end), same.waits.of(record.waits.still(past.end), same.last))
    return round(without.waits.longest(without.last) - was, 1)


def _minutes(model: Model, pace: Pace) -> Minutes:
    def expected(ticket: Ticket, counter: Counter) -> float:
        length = model.together(ticket.services, counter.services)
        return exp(length.mu + pace.mean(model) + length.sigma**2 / 2)

    return expected


def _valid(entries: Sequence[Entry]) -> list[Entry] | None:
    """Without presses that were taken back; None if one of them is of before the first entry."""
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


def _apart(row: Row, event: e.Event) -> bool:
    """Whether there is nothing to compare after this event. A set that ends when it was meant to is compared."""
    taken_back = isinstance(event, e.MovesReverted) and event.set == row.key and event.by != "system"
    return taken_back or isinstance(event, ANOTHER)


def _alone(acts: Sequence[Act], mine: set[int]) -> bool:
    """Whether no other move touched what the set touched."""
    touched = {name for act in acts if act.entry.seq in mine for name in act.touches}
    others = (act for act in acts if act.entry.seq not in mine and act.entry.event.by.startswith(AUTHORS))
    return all(touched.isdisjoint(act.touches) for act in others)


def _followed(entries: Sequence[Entry], mine: set[int]) -> set[int]:
    """Who was called in by the set opened a counter that would have stayed closed."""
    called = {one.event.counter for one in entries if one.seq in mine and isinstance(one.event, e.HelperCalled)}
    return {one.seq for one in entries if isinstance(one.event, e.CounterOpened) and one.event.counter in called}
