"""Reads a part of the day's log so that it can be lived again: who came, how long each stay at a counter took, when clerks
rested. Pure; made by `aftermath`, lived by `again`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from server.messages import events as e
from server.messages.facts import Counter, Ticket
from server.messages.instants import MINUTE, SECOND
from server.office.evolve import evolve
from server.office.state import HELD, State
from server.office.touched import changed_by, service
from server.office.who_next import who_next

BEGINS = (e.TicketCalled, e.TicketResumed, e.DirectServiceStarted)
"""The events with which a ticket comes to a counter."""


class Entry(NamedTuple):
    """One entry of the log."""

    seq: int
    mark: str
    event: e.Event


class Act(NamedTuple):
    """What happened besides calls and stays.

    `was`: the state of the ticket before it. `touches`: what it changed, also the services that counters gain or lose.
    """

    entry: Entry
    was: str
    touches: frozenset[str]


@dataclass(slots=True)
class Stay:
    """One stay of a ticket at a counter: its events, each with ms after the beginning of the stay. `over`: it ended within
    the stretch. `rest`: ms after it until the counter called somebody, although somebody waited for it."""

    at: int
    events: list[tuple[int, e.Event]] = field(default_factory=list)
    over: bool = False
    rest: int = 0


class Waits:
    """When each person's wait until the first call began and ended. `note` is called with every event before it is folded."""

    def __init__(self, state: State) -> None:
        self._since = {one.id: state.waits_since(one) for one in state.waiting_tickets() if one.calls == 0}
        self._over: dict[str, int] = {}

    def note(self, state: State, event: e.Event) -> None:
        match event:
            case e.TicketIssued():
                early = state.office.policy.appointment_before * SECOND
                since = event.issued_at if event.slot is None else max(event.issued_at, event.slot - early)
                self._since[event.ticket] = since
            case e.TicketCalled() | e.TicketCancelled() | e.TicketExpired():
                self._over.setdefault(event.ticket, event.at)

    def still(self, at: int) -> list[str]:
        """The people who have not been called by then."""
        return [name for name in self._since if self._over.get(name, at + 1) > at]

    def of(self, names: Iterable[str], end: int) -> float:
        """The longest wait of these people, in minutes. Whoever still waits at the end has waited until then."""
        waited = (min(self._over.get(name, end), end) - self._since[name] for name in names)
        return max(waited, default=0) / MINUTE

    def longest(self, end: int) -> float:
        """The longest wait of all."""
        return self.of(self._since, end)


class Record:
    """`acts`: in order. `stays`: by ticket. `running`: the first stay of tickets that are at a counter when the stretch
    begins. `rests`: by counter, the times in which it was free and called nobody although somebody waited for it. `waits`,
    `after`: what became of it all."""

    def __init__(self, before: State, entries: Sequence[Entry], start: int, end: int) -> None:
        self.before, self.start, self.end = before, start, end
        self.acts: list[Act] = []
        self.stays: dict[str, list[Stay]] = {}
        self.rests: dict[str, list[tuple[int, int]]] = {}
        self.running = {one.ticket: Stay(start) for one in before.counters.values() if one.ticket is not None}
        self.waits = Waits(before)
        self.after = before.copy()
        self._now: dict[str, Stay] = dict(self.running)
        self._last: dict[str, tuple[Stay, int]] = {}
        self._idle: dict[str, int] = {}
        self._read(entries)

    def _read(self, entries: Sequence[Entry]) -> None:
        now = self.start
        self._look(now)
        for entry in entries:
            if entry.event.at > now:
                self._look(now)
            now = entry.event.at
            self._note(entry)
        self._look(now)
        for name in [*self._idle]:
            self._rested(name, self.end)

    def _look(self, now: int) -> None:
        """Notes which counters could call somebody at the end of an instant."""
        for one in self.after.counters.values():
            if is_free(one) and who_next(self.after, one, now) is not None:
                self._idle.setdefault(one.id, now)
            else:
                self._rested(one.id, now)

    def _rested(self, name: str, now: int) -> None:
        since = self._idle.pop(name, now)
        stay, ended = self._last.get(name, (None, 0))
        if stay is not None and ended == since:
            stay.rest = now - since
        elif since < now:
            self.rests.setdefault(name, []).append((since, now))

    def _note(self, entry: Entry) -> None:
        event = entry.event
        ticket = self.after.tickets.get(event.ticket) if isinstance(event, e.OfTicket) else None
        self.waits.note(self.after, event)
        if isinstance(event, BEGINS):
            self._begins(entry, event)
        elif ticket is not None and ticket.state in HELD:
            self._goes_on(entry, ticket)
        else:
            was = ticket.state if ticket is not None else ""
            self.acts.append(Act(entry, was, frozenset(_touches(self.after, event))))
            self._fold(entry)

    def _begins(self, entry: Entry, event: e.TicketCalled | e.TicketResumed | e.DirectServiceStarted) -> None:
        self._rested(event.counter, event.at)
        self._now[event.ticket] = stay = Stay(event.at)
        self.stays.setdefault(event.ticket, []).append(stay)
        if not isinstance(event, e.TicketCalled):
            self.acts.append(Act(entry, "", frozenset()))
        self._fold(entry)

    def _goes_on(self, entry: Entry, ticket: Ticket) -> None:
        stay, counter = self._now[ticket.id], ticket.counter
        stay.events.append((entry.event.at - stay.at, entry.event))
        self._fold(entry)
        if counter is not None and self.after.counters[counter].ticket is None:
            stay.over = True
            self._last[counter] = (stay, entry.event.at)

    def _fold(self, entry: Entry) -> None:
        evolve(self.after, entry.event, entry.seq, entry.mark)


def is_free(counter: Counter) -> bool:
    return counter.state in ("open", "wrap_up") and counter.ticket is None


def _touches(state: State, event: e.Event) -> Iterator[str]:
    yield from changed_by(event)
    yield from (service(name) for name in _services(state, event))


def _services(state: State, event: e.Event) -> set[str]:
    """The services for which this event changes how many counters call their people, or when they are called."""
    match event:
        case e.CounterAssigned() | e.CounterOpened():
            one = state.counters[event.counter]
            return set(event.services) ^ set(() if one.state == "closed" else one.services)
        case e.CounterClosed() | e.CounterPaused() | e.CounterResumed():
            return set(state.counters[event.counter].services)
        case e.HelperCalled() if event.counter in state.counters:
            return set(state.counters[event.counter].services)
        case e.TicketBoosted():
            return set(state.tickets[event.ticket].services)
        case e.TicketsMoved():
            return {name for one in event.tickets for name in state.tickets[one].services} | {event.to_service}
    return set()
