"""From events to visits: a pure fold. The same entries give the same visits, whether folded at once, in pieces or again.

It knows no SQL and no clock. Called by the historian for each batch.
"""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.history.visit import Call, Visit, from_fact
from server.messages import events as e
from server.messages.events import Event
from server.messages.terms import TicketState

Derivation = Callable[[Visit, Any], Visit]
"""Changes the visit that an event is about."""


class Book:
    """Visits by ticket, and the place in the log up to which they are folded.

    `touched`: tickets changed since the caller last looked. For each visit the book also keeps how it was before the last press
    that changed it, for an undo.
    """

    def __init__(self, epoch: str = "", day: str = "") -> None:
        self.epoch, self.day = epoch, day
        self.visits: dict[str, Visit] = {}
        self.touched: set[str] = set()
        self._before: dict[str, tuple[str, Visit | None]] = {}

    def fold(self, event: Event, seq: int) -> None:
        """Applies one event. Events about unknown tickets change nothing."""
        match event:
            case e.DayOpened():
                self.epoch, self.day = event.epoch, event.day
                for ticket in event.tickets:
                    if ticket.id not in self.visits:
                        self._put(from_fact(ticket, self.epoch, self.day, seq), event.key, seq)
            case e.EpochChanged():
                if event.shift:
                    self._shift(event, seq)
                self.epoch, self.day = event.epoch, event.day or self.day
            case e.TicketIssued() | e.DirectServiceStarted():
                self._put(self._begun(event, seq), event.key, seq)
            case e.TicketCalled():
                self._change(event.ticket, event, seq, lambda visit, called: _called(visit, called, seq, self.day))
            case e.TicketsMoved():
                for name, wanted in event.wanted():
                    self._change(name, event, seq, _wanting(wanted))
            case e.CounterClosed():
                for name in event.unbound:
                    self._change(name, event, seq, _noted)
            case e.MovesReverted():
                for ticket in event.tickets:
                    self._change(ticket.id, event, seq, _wanting(ticket.services))
            case e.Undone():
                for ticket in event.tickets:
                    self._undo(ticket, event, seq)
            case e.OfTicket():
                self._change(event.ticket, event, seq, RULES.get(type(event), _noted))

    def take(self, visits: list[Visit]) -> None:
        """Takes stored visits, so that folding goes on from them."""
        self.visits.update((visit.ticket, visit) for visit in visits)

    def drop(self, before: int) -> None:
        """Forgets visits of days before that ended before this instant and were written: nothing changes them any more."""
        over = [
            n for n, v in self.visits.items() if v.ended_at is not None and v.ended_at < before and v.day != self.day
        ]
        for name in over:
            del self.visits[name]
            self._before.pop(name, None)

    def _shift(self, event: e.EpochChanged, seq: int) -> None:
        """The log's clock was ahead and is corrected: people who are still here go on waiting, as in the state.

        A visit that has ended stays where it was if the date was right; if the date was wrong, all of it becomes the true one.
        """
        wrong = event.day != self.day
        for visit in [*self.visits.values()]:
            if visit.ended_at is None or (wrong and visit.day == self.day):
                self._put(visit.shifted(event.shift, self.day, event.day), event.key, seq)

    def _begun(self, event: e.TicketIssued | e.DirectServiceStarted, seq: int) -> Visit:
        direct = isinstance(event, e.DirectServiceStarted)
        issued = event.issued_at if isinstance(event, e.TicketIssued) else event.at
        visit = Visit(
            ticket=event.ticket,
            number=event.number,
            epoch=self.epoch,
            day=self.day,
            service=event.services[0],
            services=event.services,
            issued_at=issued,
            since=issued,
            first_seq=seq,
            last_seq=seq,
            category=getattr(event, "category", "walk_in"),
            persons=event.persons,
            slot=getattr(event, "slot", None),
            direct=direct,
            told=getattr(event, "told", None),
        )
        return visit.serving(event.counter, event.at) if isinstance(event, e.DirectServiceStarted) else visit

    def _change(self, name: str, event: Event, seq: int, rule: Derivation) -> None:
        visit = self.visits.get(name)
        if visit is not None:
            self._put(rule(visit, event), event.key, seq)

    def _undo(self, ticket: Any, event: e.Undone, seq: int) -> None:
        """The visit as before the press `of`. A ticket that the press created is cancelled; its number stays used."""
        key, old = self._before.get(ticket.id, ("", None))
        now = self.visits.get(ticket.id)
        if key != event.of:  # the undone press is older than the entries that are left
            old = from_fact(ticket, self.epoch, self.day, now.first_seq if now else seq)
        elif old is None and now is not None:
            old = _unmade(now, event.at)
        if old is not None:
            self._put(old, event.key, seq)

    def _put(self, visit: Visit, key: str, seq: int) -> None:
        known = self._before.get(visit.ticket)
        if known is None or known[0] != key:
            self._before[visit.ticket] = (key, self.visits.get(visit.ticket))
        self.visits[visit.ticket] = replace(visit, last_seq=seq)
        self.touched.add(visit.ticket)


def touches(event: Event) -> tuple[str, ...]:
    """The tickets that an event is about: their visits must be loaded before it is folded. A corrected clock (`shift`) is about
    all who are still here, and about all of the date."""
    if isinstance(event, e.OfTicket):
        return (event.ticket,)
    if isinstance(event, e.TicketsMoved):
        return event.tickets
    if isinstance(event, e.CounterClosed):
        return event.unbound
    if isinstance(event, e.Undone | e.MovesReverted | e.DayOpened):
        return tuple(ticket.id for ticket in event.tickets)
    return ()


def _unmade(visit: Visit, at: int) -> Visit:
    gone = replace(visit, serving_since=None, served_ms=0, first_started_at=None, counters=(), calls=(), undone=True)
    return gone.ended("cancelled", at)


def _called(visit: Visit, event: e.TicketCalled, seq: int, day: str) -> Visit:
    call = Call(
        seq=seq, counter=event.counter, waiting_since=visit.since, called_at=event.at, day=day, attempt=event.attempt
    )
    called = visit.now("called", event.at).at(event.counter)
    return replace(called, calls=(*called.calls, call))


def _repeated(visit: Visit, event: e.CallRepeated) -> Visit:
    return visit.last_call(attempt=event.attempt)


def _withdrawn(visit: Visit, event: e.CallWithdrawn) -> Visit:
    """The ticket is back in its place, as if it had never been called."""
    since = visit.calls[-1].waiting_since if visit.calls else event.at
    waiting = visit.last_call(withdrawn_at=event.at, ended_at=event.at).now(event.to, event.at)
    served_at = {call.counter for call in waiting.calls if call.withdrawn_at is None}
    return replace(waiting, since=since, counters=tuple(name for name in waiting.counters if name in served_at))


def _started(visit: Visit, event: e.ServiceStarted) -> Visit:
    return visit.last_call(started_at=event.at).serving(event.counter, event.at)


def _finished(visit: Visit, event: e.ServiceFinished) -> Visit:
    """The visit is over, or goes on to the services that are left."""
    visit = replace(visit.last_call(ended_at=event.at), done=visit.done + event.services_done)
    if event.next:
        return replace(visit.now("waiting", event.at), services=event.next)
    return replace(visit.ended("finished", event.at), services=(), outcome=event.outcome)


def _missed(visit: Visit, event: e.TicketMissed) -> Visit:
    gone = visit.last_call(missed_at=event.at, ended_at=event.at)
    state = gone.now("missed" if event.again_at is None else "waiting", event.at)
    return replace(state, misses=visit.misses + 1)


def _transferred(visit: Visit, event: e.TicketTransferred) -> Visit:
    """The ticket is in another line. If it was waiting or away already, its time in that state goes on."""
    wanted = visit.wants(event.services, event.at)
    if event.to_counter is not None:
        wanted = wanted.changed(event.at)
    if visit.state in ("waiting", "away"):
        return wanted
    return wanted.last_call(ended_at=event.at).now("waiting", event.at)


def _wanting(services: tuple[str, ...]) -> Derivation:
    return lambda visit, event: visit.wants(services, event.at)


def _noted(visit: Visit, event: e.OfTicket) -> Visit:
    return visit


def _over(visit: Visit, state: TicketState, at: int) -> Visit:
    """The visit is cancelled or has expired; a call that nobody answered ends with it."""
    return (visit.last_call(ended_at=at) if visit.state == "called" else visit).ended(state, at)


RULES: dict[type[Event], Derivation] = {
    e.CallRepeated: _repeated,
    e.CallWithdrawn: _withdrawn,
    e.ServiceStarted: _started,
    e.ServiceFinished: _finished,
    e.TicketMissed: _missed,
    e.TicketReturned: lambda visit, event: visit.now("waiting", event.at),
    e.TicketPaused: lambda visit, event: visit.now("away", event.at).changed(event.at),
    e.TicketParked: lambda visit, event: visit.last_call(ended_at=event.at).now("parked", event.at),
    e.TicketResumed: lambda visit, event: visit.serving(event.counter, event.at),
    e.TicketTransferred: _transferred,
    e.TicketSentToStation: lambda visit, event: visit.last_call(ended_at=event.at).now("waiting", event.at),
    e.TicketCancelled: lambda visit, event: _over(visit, "cancelled", event.at),
    e.TicketExpired: lambda visit, event: _over(visit, "expired", event.at),
    e.ServicesSet: lambda visit, event: visit.wants(event.services, event.at),
    e.CategorySet: lambda visit, event: replace(visit.changed(event.at), category=event.category),
}
"""The rule of each event about one ticket. Prints, needs and boosts do not change a visit; they are noted because they can be
undone."""
