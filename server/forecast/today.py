"""How today's services went, and what was known when tickets were issued. From the events of the day only, so that every
node gets the same result. Pure."""

import collections

from server.forecast.delay import Issued
from server.forecast.demand import Came
from server.forecast.model import Model
from server.forecast.promise import Pace
from server.messages import events as e
from server.messages.facts import Fact
from server.messages.instants import MINUTE
from server.office.equipped import opens_with, times
from server.office.shown import hidden
from server.office.state import State
from server.office.waits import Combined, combined


class Finished(Fact):
    """One finished service, in minutes from call to end. `who`, `key`: the press that ended it."""

    who: str
    key: str
    service: str
    minutes: float


class Drew(Fact):
    """Somebody who drew a ticket, and the press that did it."""

    who: str
    key: str
    came: Came


class Called(Fact):
    """A first call, and the press that made it: minutes since the issue. `passed`: somebody else had waited longer for the
    same service."""

    who: str
    key: str
    at: int
    waited: float
    passed: bool


class Today:
    """Call `note` with every event before it is folded. `pace`: of the services that ended since the day began. `issued`:
    by ticket. `asked`: what people wanted when they drew one. `came`: when they did. `called`: first calls. `given`: when
    somebody last changed the services of a counter."""

    def __init__(self) -> None:
        self._begin([])
        self.issued: dict[str, Issued] = {}
        self.asked: collections.Counter[Combined] = collections.Counter()
        self._drew: list[Drew] = []
        self._called: dict[str, Called] = {}
        self.given: dict[str, int] = {}
        self._open = frozenset[str]()

    def _begin(self, finished: list[Finished]) -> None:
        self._finished = finished
        self._known = (Pace(), 0, "")

    def _issue(self, state: State, ticket: str) -> None:
        """Tickets share one set if no counter was opened or closed between them."""
        open_ = frozenset(one.id for one in state.counters.values() if one.state != "closed")
        if self._open != open_:
            self._open = open_
        self.issued[ticket] = Issued(self._open, state.office.roster, state.roster)

    def _call(self, state: State, event: e.TicketCalled) -> None:
        ticket = state.tickets[event.ticket]
        if (
            ticket.calls or ticket.id in self._called or hidden(state, ticket)
        ):  # files of the back office wait for nothing
            return
        wanted = set(ticket.services)
        passed = any(one.seq < ticket.seq and not wanted.isdisjoint(one.services) for one in state.waiting_tickets())
        waited = max(0, event.at - state.waits_since(ticket)) / MINUTE
        self._called[ticket.id] = Called(who=event.who, key=event.key, at=event.at, waited=waited, passed=passed)

    def note(self, state: State, event: e.Event) -> None:
        match event:
            case e.DayOpened():
                self._begin([])
                self.issued, self.asked, self._drew, self._called = {}, collections.Counter(), [], {}
                self.given = {}
            case e.CounterAssigned():
                self.given[event.counter] = event.at
            case e.CounterOpened() if event.services != opens_with(state, state.counters[event.counter]):
                self.given[event.counter] = event.at
            case e.MovesReverted():
                self.given |= {one.id: event.at for one in event.counters}
            case e.TicketIssued():
                self._issue(state, event.ticket)
                self.asked[combined(state, event.services, event.category, event.needs)] += 1
                came = Came(event.at, event.services[0], event.category)
                self._drew.append(Drew(who=event.who, key=event.key, came=came))
            case e.AppointmentCheckedIn():
                self._issue(state, event.ticket)
            case e.Undone():
                self._begin([one for one in self._finished if (one.who, one.key) != (event.who, event.of)])
                self._drew = [one for one in self._drew if (one.who, one.key) != (event.who, event.of)]
                gone = [name for name, one in self._called.items() if (one.who, one.key) == (event.who, event.of)]
                for name in gone:
                    del self._called[name]
            case e.TicketCalled():
                self._call(state, event)
            case e.ServiceFinished():
                ticket = state.tickets[event.ticket]
                if ticket.called_at is not None:
                    service = event.services_done[0] if event.services_done else ticket.services[0]
                    minutes = (event.at - ticket.called_at) / MINUTE / times(state, ticket).get(service, 1.0)
                    self._finished.append(Finished(who=event.who, key=event.key, service=service, minutes=minutes))

    @property
    def came(self) -> list[Came]:
        return [one.came for one in self._drew]

    @property
    def called(self) -> list[Called]:
        return list(self._called.values())

    def pace(self, model: Model) -> Pace:
        pace, known, version = self._known
        if version != model.version:
            pace, known = Pace(), 0
        for one in self._finished[known:]:
            pace = pace.after(one.minutes, model.length(one.service))
        self._known = (pace, len(self._finished), model.version)
        return pace
