"""A stretch of the day lived again, with some of its moves left out. Pure; asked by `aftermath`.

The same people come, each stays as long at whatever counter they are called to, and clerks rest as they did. Only who is called
where and when is decided anew, by the rules of production. It goes on until everybody who came in the stretch was called:
people who were not served in it take as long as is expected, and people who paused at its end are back when they said.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple

from msgspec.structs import replace

from server.forecast.phases import ENDS, decided, is_by_time
from server.forecast.record import Act, Record, Stay, Waits, is_free
from server.forecast.tills import UNKNOWN_MIN
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM, Actor
from server.messages.facts import Counter, Ticket, Why
from server.messages.instants import MINUTE
from server.office import touched
from server.office.decide import EveryCommand
from server.office.due import key_of, ticks
from server.office.equipped import in_hand, opens_with
from server.office.evolve import evolve
from server.office.state import State
from server.office.who_next import who_next

Minutes = Callable[[Ticket, Counter], float]
"""How long this ticket would take at this counter, if the log does not say so."""
LONGEST_MIN = 480
"""Somebody who is never called counts as waiting until this many minutes after the beginning of the stretch."""
SUPERVISOR = Actor(role="supervisor", principal="again")


class _Planned(NamedTuple):
    """What happens at an instant; `nth`: of two at the same instant, the one planned first goes first."""

    at: int
    nth: int
    what: Callable[[], None]


class Relived:
    """`without`: the seqs of entries that are left out. `waits`, `state`: what becomes of it, at most until `last`."""

    def __init__(self, record: Record, without: Collection[int], minutes: Minutes) -> None:
        self._record, self._without, self._minutes = record, without, minutes
        self.state: State = record.before.copy()
        self.waits = Waits(self.state)
        self._seq, self._mark, self._now = self.state.seq, self.state.mark, record.start
        self._queue: list[_Planned] = []
        self._order = count()
        self._stays: dict[str, int] = defaultdict(int)
        self._ready: dict[str, int] = {}
        self._jobs: dict[str, list[Act]] = defaultdict(list)
        self._closing: set[str] = set()
        self.last = record.start + LONGEST_MIN * MINUTE
        self._moved = {name for act in record.acts if act.entry.seq in without for name in act.touches}

        self._live()

    def _live(self) -> None:
        for act in self._record.acts:
            self._at(act.entry.event.at, partial(self._happens, act))
        for counter in list(self.state.counters.values()):
            if counter.ticket is not None:
                self._plays(
                    self.state.tickets[counter.ticket], counter, self._record.running[counter.ticket], self._now
                )
        for ticket in self.state.waiting_tickets():
            self._wakes(ticket.id)
        self._at(self._now, _nothing)
        self._at(self._record.end, self._goes_past)
        while self._queue and self._queue[0].at <= self.last:
            self._now = self._queue[0].at
            if self._now > self._record.end and not self.waits.still(self._now):
                return
            self._ends()
            while self._queue and self._queue[0].at == self._now:
                heappop(self._queue).what()
            self._calls()

    def _goes_past(self) -> None:
        for one in self.state.counters.values():
            if one.state == "paused" or one.coming_pause:
                told = one.back_at is not None and one.back_at > self._now
                back = one.back_at if told and one.back_at else self._now + round(UNKNOWN_MIN * MINUTE)
                self._at(back, partial(self._is_back, one.id))

    def _is_back(self, name: str) -> None:
        if self.state.counters[name].state != "closed":
            self._say(e.CounterResumed, counter=name)

    def _at(self, at: int, what: Callable[[], None]) -> None:
        heappush(self._queue, _Planned(max(at, self._now), next(self._order), what))

    def _fold(self, event: e.Event) -> None:
        self.waits.note(self.state, event)
        evolve(self.state, event, self._seq, self._mark)
        if isinstance(event, e.OfTicket):
            self._wakes(event.ticket)

    def _wakes(self, name: str) -> None:
        """Counters look again when a ticket may be called."""
        ticket = self.state.tickets.get(name)
        if ticket is not None and ticket.state == "waiting" and self.state.ready_at(ticket) > self._now:
            self._at(self.state.ready_at(ticket), _nothing)

    # what time alone ends is decided as in production: the ends in the log are those of the office with the moves

    def _ends(self) -> None:
        ends = [tick for tick in ticks(self.state) if tick.kind in ENDS]
        for tick in ends:
            if tick.due <= self._now:
                self._press(tick, SYSTEM, key_of(tick))
            elif tick.due <= self.last:
                self._at(tick.due, _nothing)

    def _press(self, command: EveryCommand, actor: Actor, key: str) -> None:
        for event in decided(self.state, command, self._now, key, actor):
            self._fold(event)

    # what happened besides calls

    def _happens(self, act: Act) -> None:
        entry = act.entry
        self._seq, self._mark = entry.seq, entry.mark
        event = entry.event
        if entry.seq in self._without or is_by_time(event, ENDS):
            return
        match event:
            case e.TicketResumed() | e.DirectServiceStarted():
                self._jobs[event.counter].append(act)
            case e.CounterPaused() | e.CounterResumed() | e.CounterOpened() | e.CounterClosed():
                self._counter(event, self.state.counters[event.counter])
            case e.MovesReverted():
                self._press(c.RevertMoves(key=event.set), SUPERVISOR, event.key)
            case e.TicketsMoved():
                known = dict(event.wanted())
                left = tuple(one for one in known if self._is(one, "waiting"))
                self._fold(replace(event, tickets=left, wants=tuple(known[one] for one in left)))
            case e.OfTicket() if not isinstance(event, e.TicketIssued):
                if self._is(event.ticket, act.was):
                    self._fold(event)
            case _ if type(event) in FACTS:
                self._fold(event)

    def _is(self, ticket: str, state: str) -> bool:
        found = self.state.tickets.get(ticket)
        return found is not None and found.state == state

    def _counter(self, event: Any, counter: Counter) -> None:
        """Clerks come, pause and go when they did; whoever they serve here is served to the end first."""
        busy = counter.ticket is not None
        match event:
            case e.CounterOpened():
                self._closing.discard(counter.id)
                if counter.state == "closed":
                    moved = touched.counter(counter.id) in self._moved
                    services = opens_with(self.state, counter) if moved else event.services
                    self._fold(replace(event, services=services))
            case _ if counter.state == "closed":
                return
            case e.CounterPaused():
                self._fold(replace(event, after_finish=busy))
            case e.CounterResumed():
                self._fold(event)
            case e.CounterClosed():
                self._closing.add(counter.id)
                if not busy:
                    self._left(counter)

    def _left(self, counter: Counter) -> None:
        """The counter holds nobody any more: a pause or a closing that waited for this begins."""
        if counter.id in self._closing:
            self._closing.discard(counter.id)
            kept = tuple(one.id for one in self.state.living() if one.only_counter == counter.id)
            self._say(e.CounterClosed, counter=counter.id, unbound=kept)
        elif counter.coming_pause:
            self._say(e.CounterPaused, counter=counter.id, reason=counter.reason, back_at=counter.back_at)

    def _say(self, kind: type[e.Event], **fields: Any) -> None:
        self._fold(kind(v=e.VERSION, at=self._now, by="system", **fields))

    # calls and stays

    def _calls(self) -> None:
        for name in list(self.state.counters):
            counter = self.state.counters[name]
            if is_free(counter) and not self._rests(name):
                self._takes(counter)

    def _rests(self, name: str) -> bool:
        spans = [(0, self._ready.get(name, 0)), *self._record.rests.get(name, ())]
        until = max((end for start, end in spans if start <= self._now < end), default=0)
        if until:
            self._at(until, _nothing)
        return until > 0

    def _takes(self, counter: Counter) -> None:
        while self._jobs[counter.id]:
            event = self._jobs[counter.id].pop(0).entry.event
            if isinstance(event, e.DirectServiceStarted) or self._is(getattr(event, "ticket", ""), "parked"):
                self._begins(replace(event, at=self._now), counter)
                return
        found = who_next(self.state, counter, self._now)
        if found is not None:
            ticket, why = found
            self._begins(self._call(ticket, counter, why), counter)

    def _call(self, ticket: Ticket, counter: Counter, why: Why) -> e.TicketCalled:
        return e.TicketCalled(
            v=e.VERSION, at=self._now, by="system", ticket=ticket.id, number=ticket.number, counter=counter.id, why=why,
            services=ticket.services,
        )  # fmt: skip

    def _begins(self, event: Any, counter: Counter) -> None:
        self._fold(event)
        ticket = self.state.tickets[event.ticket]
        known = self._record.stays.get(ticket.id, [])
        nth = self._stays[ticket.id]
        self._stays[ticket.id] += 1
        self._plays(ticket, counter, known[nth] if nth < len(known) else Stay(self._record.end), self._now)

    def _plays(self, ticket: Ticket, counter: Counter, stay: Stay, begun: int) -> None:
        """Puts what happened during this stay into the queue, for this counter and as much later or earlier as the stay
        begins."""
        for after, event in stay.events:
            self._at(begun + after, partial(self._goes_on, counter.id, event, stay))
        if not stay.over:  # at least as long as it has lasted until the end of the stretch
            called = begun if begun != self._record.start else ticket.called_at or begun
            expected = called + round(self._minutes(ticket, counter) * MINUTE)
            ends = max(expected, begun + self._record.end - stay.at)
            self._at(ends, partial(self._finishes, ticket.id, counter.id))

    def _goes_on(self, counter: str, event: Any, stay: Stay) -> None:
        changes: dict[str, Any] = {"at": self._now}
        if "counter" in event.__struct_fields__:
            changes["counter"] = counter
        if isinstance(event, e.TicketMissed) and event.again_at is not None:
            changes["again_at"] = event.again_at + self._now - event.at
        self._fold(replace(event, **changes))
        self._freed(counter, stay.rest)

    def _finishes(self, name: str, counter: str) -> None:
        ticket, at = self.state.tickets[name], self.state.counters[counter]
        done = in_hand(at, ticket) or ticket.services[:1]
        left = tuple(one for one in ticket.services if one not in done)
        more = {"services_done": done, "next": left}
        self._say(e.ServiceFinished, ticket=name, number=ticket.number, counter=counter, outcome="done", **more)
        self._freed(counter, 0)

    def _freed(self, counter: str, rest: int) -> None:
        now = self.state.counters[counter]
        if now.ticket is None:
            self._ready[counter] = self._now + rest
            self._left(now)


FACTS = frozenset(
    {
        *(e.TicketIssued, e.CounterAssigned, e.ServiceOpened, e.ServiceClosed, e.ServiceLimited, e.ServiceBoosted),
        *(e.PolicySet, e.HelperCalled, e.MovesApplied),
    }
)
"""Events that are folded as they are; all others change nobody's wait."""


def _nothing() -> None:
    """Does nothing; but after each instant counters look whom they may call."""
