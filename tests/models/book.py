"""The model is a clerk's notebook: who waits, who is where, which numbers are in use, known only from acknowledged presses.

It does not read the product's state. A move that contradicts the notebook raises AssertionError.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from server.desk.entry import Entry
from server.messages import events as e
from server.messages.facts import Ticket
from server.messages.office import Office

LIVING = {"waiting", "called", "serving", "parked", "away", "missed"}
MOVES: dict[type[e.Event], tuple[str, set[str], bool]] = {
    e.TicketCalled: ("called", {"waiting", "away", "missed"}, True),
    e.CallRepeated: ("called", {"called"}, True),
    e.CallWithdrawn: ("waiting", {"called"}, False),
    e.ServiceStarted: ("serving", {"called"}, True),
    e.TicketParked: ("parked", {"called", "serving"}, False),
    e.TicketResumed: ("serving", {"parked"}, True),
    e.TicketPaused: ("away", {"waiting", "away"}, False),
    e.TicketReturned: ("waiting", {"parked", "away", "missed"}, False),
    e.TicketCancelled: ("cancelled", {"waiting", "called", "parked", "away", "missed"}, False),
    e.TicketExpired: ("expired", LIVING, False),
}
"""For each event: the ticket's new state, the states before it, and whether the ticket is then at a counter."""


@dataclass
class Visit:
    """One ticket in the notebook. `untouched`: only its issue is known, so nothing keeps it from being next."""

    number: str
    services: tuple[str, ...]
    state: str = "waiting"
    counter: str | None = None
    untouched: bool = True


@dataclass
class Book:
    """`taken`: every entry that a caller was told of, by number. `desks`: open counters and the services of the plain ones."""

    office: Office
    visits: dict[str, Visit] = field(default_factory=dict)
    taken: dict[int, str] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    plain: set[str] = field(default_factory=set)

    def note(self, entries: Iterable[Entry]) -> None:
        """Notes the entries of an answer, once each, in their order."""
        for entry in sorted(entries, key=lambda one: one.seq):
            if entry.seq in self.taken:
                assert self.taken[entry.seq] == entry.mark, "the same entry, told twice, is the same"
                continue
            self.taken[entry.seq] = entry.mark
            self._note(entry.event)

    def living(self) -> dict[str, tuple[str, str, str | None]]:
        """Number, state and counter of every ticket that has not ended."""
        return {name: (v.number, v.state, v.counter) for name, v in self.visits.items() if v.state in LIVING}

    def at(self, counter: str) -> list[str]:
        """The ticket that is called to a counter or served there."""
        return [name for name, v in self.visits.items() if v.counter == counter]

    def surely_next(self, counter: str) -> list[str]:
        """A ticket that this counter must find if it calls the next one."""
        if counter not in self.plain:
            return []
        waiting = (v for v in self.visits.values() if v.state == "waiting" and v.untouched)
        return [v.number for v in waiting if set(v.services) <= set(self._services(counter))]

    def _services(self, counter: str) -> tuple[str, ...]:
        """The services that a counter opens with according to the office file."""
        return next(one.services for one in self.office.counters if one.id == counter)

    # what happened

    def _note(self, event: e.Event) -> None:
        match event:
            case e.TicketIssued():
                self._came(event.ticket, event.number, event.services, None)
                self.visits[event.ticket].untouched = event.category == "walk_in" and not event.needs and not event.slot
            case e.DirectServiceStarted():
                self._came(event.ticket, event.number, event.services, event.counter)
                self._is(event.ticket, "serving", event.counter)
            case e.ServiceFinished():
                self._moved(event.ticket, "waiting" if event.next else "finished", {"serving", "called"}, None)
            case e.TicketMissed():
                self._moved(event.ticket, "waiting" if event.again_at is not None else "missed", {"called"}, None)
            case e.TicketTransferred():
                away = self.visits[event.ticket].state == "away"
                to = "away" if away else "waiting"
                self._moved(event.ticket, to, {"waiting", "called", "serving", "away"}, None)
            case e.Undone() | e.MovesReverted():
                self._as_before(event.tickets)
                self.plain.clear()
                for counter in event.counters:
                    (self.opened.discard if counter.state == "closed" else self.opened.add)(counter.id)
            case e.DayOpened():
                self.visits = {}
                self._as_before(event.tickets)
                self.opened, self.plain = {c.id for c in event.counters if c.state == "open"}, set()
            case e.OfTicket() if type(event) in MOVES:
                to, states, at_counter = MOVES[type(event)]
                self._moved(event.ticket, to, states, getattr(event, "counter", None) if at_counter else None)
            case e.OfTicket() if not isinstance(event, e.PrintRequested | e.PrintReported):
                self.visits[event.ticket].untouched = False
            case e.TicketsMoved() | e.CounterAssigned() | e.OfficeConfigured() | e.ServiceClosed():
                self.plain.clear()
                for visit in self.visits.values():
                    visit.untouched = False
            case e.CounterOpened():
                self.opened.add(event.counter)
                if event.services == self._services(event.counter):
                    self.plain.add(event.counter)
            case e.CounterPaused() | e.WrapUpBegun() | e.CounterClosed() | e.CounterResumed():
                self.plain.discard(event.counter)
                if isinstance(event, e.CounterClosed):
                    self.opened.discard(event.counter)
            case _:
                pass

    def _came(self, ticket: str, number: str, services: tuple[str, ...], counter: str | None) -> None:
        alive = {v.number for v in self.visits.values() if v.state in LIVING}
        assert number not in alive, f"{number} was given again while it lived"
        assert ticket not in self.visits
        self.visits[ticket] = Visit(number, services)

    def _moved(self, ticket: str, to: str, states: set[str], counter: str | None) -> None:
        visit = self.visits[ticket]
        assert visit.state in states, f"{visit.number} was {visit.state}, and became {to}"
        visit.untouched = False
        self._is(ticket, to, counter)

    def _is(self, ticket: str, state: str, counter: str | None) -> None:
        visit = self.visits[ticket]
        if counter is not None:
            others = [name for name in self.at(counter) if name != ticket]
            assert not others, f"two people at counter {counter}"
        visit.state, visit.counter = state, counter

    def _as_before(self, tickets: Iterable[Ticket]) -> None:
        for ticket in tickets:
            made = Visit(ticket.number, ticket.services, ticket.state, None, untouched=False)
            self.visits[ticket.id] = made
        for ticket in tickets:
            held = ticket.state in ("called", "serving")
            self._is(ticket.id, ticket.state, ticket.counter if held else None)
