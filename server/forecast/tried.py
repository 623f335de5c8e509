"""`tried(events, rule, model)`: what a standing rule would have changed on a past day. Pure; asked before it is switched on.

The day is lived twice, without the rule and with it. The same people come at the same instants, stay as long at counters as
they did, and have left if they had; counters open and close as they did. Who is called, by whom and when is decided anew by the
rules of production. So are what the rule does, and the end of everything that was given for a while. Somebody who is served
without a number, or goes on after parking, takes their counter as soon as it is free. Both lives are compared with each other,
not with what happened.
"""

import collections
from collections.abc import Callable, Sequence
from functools import partial
from heapq import heappop, heappush
from itertools import count, groupby
from math import exp, inf

from msgspec.structs import replace

from server.forecast.model import Model
from server.forecast.phases import decided, is_by_time
from server.forecast.promise import forecast, seed_of
from server.forecast.recorded import AtACounter, Recorded, Stay
from server.forecast.today import Today
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM, Actor
from server.messages.boards import Expected
from server.messages.events import Event
from server.messages.facts import Fact, Moves, Why
from server.messages.instants import MINUTE
from server.messages.office import Rule
from server.office.decide import EveryCommand
from server.office.due import key_of, ticks
from server.office.evolve import evolve
from server.office.moves import shared, shown
from server.office.retiring import retiring
from server.office.standing import of_rule, wishes
from server.office.state import HELD, State
from server.office.waits import Drawn, Waits, kind_of
from server.office.who_next import who_next

LOOK_MS = 3 * MINUTE
"""How soon the rule looks again after it has wished for something: if it still wishes it, that is done.

While it wishes nothing it looks half as often, because a forecast costs more than all else here.
"""
ROWS = 32
"""The number of futures that a forecast has here. Only one figure of it is read, so more of them would tell no more."""
LEAST = 5
"""The mean of fewer people is not told."""
ENDS = frozenset({"assignment", "moves"})
"""Ticks of these kinds are decided anew: the rule may have changed since what they end."""
SUPERVISOR = Actor(role="supervisor", principal="tried")
SOON_MS = MINUTE
"""People whom a counter takes without a call come up to this much earlier than on that day: here it may be free some seconds
sooner, and would call somebody else."""
ABOVE = 1 << 40
"""Entries here are numbered from this on: above every number that the day's opening carries."""


class Lived(Fact):
    """Minutes: the longest wait of all, and the mean wait for the rule's service and for the others; None: too few people."""

    longest: float
    service: float | None
    others: float | None


class Tried(Fact):
    """`acts`: when the rule would have begun and stopped helping, ms; `people`: who drew a ticket."""

    people: int
    without: Lived
    with_: Lived
    acts: tuple[tuple[int, int], ...]


def tried(events: Sequence[Event], rule: Rule, model: Model, first: int = 1) -> Tried:
    """`events`: of one day, from its opening on; `first`: the seq of the first of them."""
    recorded = Recorded(events, first)
    without, with_ = Life(recorded, rule, model, helps=False), Life(recorded, rule, model, helps=True)
    return Tried(people=len(without.issued), without=without.measured(), with_=with_.measured(), acts=tuple(with_.acts))


class Life:
    """One life of the day: a heap of (instant, what), a real state, and when each ticket was first called."""

    def __init__(self, recorded: Recorded, rule: Rule, model: Model, *, helps: bool) -> None:
        self.rule, self.model, self.helps = rule, model, helps
        self.state, self.so_far, self._order = State(), Today(), count()
        self._queue: list[tuple[int, int, Callable[[int], None]]] = []
        self._stays = {name: collections.deque(stays) for name, stays in recorded.stays.items()}
        self._resting: collections.Counter[str] = collections.Counter()
        self._jobs: dict[str, list[AtACounter]] = collections.defaultdict(list)
        self._presses = recorded.presses
        self._waits_for: dict[str, Event] = {}
        self._wished: set[str] = set()
        self._began: int | None = None
        self.issued: dict[str, tuple[int, str]] = {}
        self.called: dict[str, int] = {}
        self._left: dict[str, int] = {}
        self.acts: list[tuple[int, int]] = []
        self.state.seq = ABOVE
        self._fold(recorded.begins)
        self._rule_alone()
        for one in [one for one in self.state.tickets.values() if one.state in HELD]:  # served since the day before
            self._fold([self._ended(self.state.at, one.counter or "", one.id, recorded.begins[0])])
        for (at, *_), press in groupby(recorded.outside, key=lambda one: (one.at, one.who, one.key)):
            self._at(at, partial(self._again, tuple(press)))
        for job in recorded.jobs:
            self._at(job.at - SOON_MS, partial(self._comes, job))
        self.ends = recorded.ends
        for nth, at in enumerate(range(recorded.begins[0].at, self.ends, LOOK_MS)):
            self._at(at, partial(self._look, nth))
        while self._queue:
            at, _, act = heappop(self._queue)
            act(at)
            self._next(max(at, self.state.at))
        if self._began is not None:
            self.acts.append((self._began, self.ends))

    def measured(self) -> Lived:
        waits = {name: (self._waited_until(name, at) - at) / MINUTE for name, (at, _) in self.issued.items()}
        mine = [waits[name] for name, (_, service) in self.issued.items() if service == self.rule.service]
        others = [waits[name] for name, (_, service) in self.issued.items() if service != self.rule.service]
        return Lived(longest=max(waits.values(), default=0.0), service=_mean(mine), others=_mean(others))

    def _waited_until(self, ticket: str, at: int) -> float:
        """The instant of the first call; without one, when they left, or when nobody was called any more."""
        called = self.called.get(ticket)
        return min(self._left.get(ticket, inf), max(self.ends, at)) if called is None else called

    def _rule_alone(self) -> None:
        """This rule is on, and no other; what other rules did before this day has ended."""
        for moves in [one for one in self.state.moves.values() if one.rule is not None and one.rule != self.rule.id]:
            self._press(c.RevertMoves(key=shown(moves, shared(self.state))), "", self.state.at, SUPERVISOR)
        self.state.office = replace(self.state.office, rules=())
        self.state.written, self.state.switched = {self.rule.id: self.rule}, {self.rule.id: True}
        self.state.quiet = ()

    def _at(self, at: int, act: Callable[[int], None]) -> None:
        heappush(self._queue, (at, next(self._order), act))

    def _fold(self, events: Sequence[Event]) -> None:
        for event in events:
            match event:
                case e.TicketCancelled() | e.TicketExpired() | e.TicketPaused():
                    self._left.setdefault(event.ticket, event.at)
                case e.TicketReturned():
                    self._left.pop(event.ticket, None)
            self.so_far.note(self.state, event)
            evolve(self.state, event, self.state.seq + 1, "tried")

    # what happens again

    def _again(self, press: Sequence[Event], now: int) -> None:
        """Folds all events of one press before anybody is called: otherwise a set of moves would seem to have made these calls
        too."""
        before = self.state.copy() if any(isinstance(one, e.MovesApplied) for one in press) else self.state
        for event in press:
            if is_by_time(event, ENDS):
                self._ends(now)
            elif isinstance(event, e.MovesApplied):
                self._fold([replace(event, before=_as_here(event.before, before, self.state))])
            else:
                self._happens(event)

    def _happens(self, event: Event) -> None:
        """Leaves out what no longer fits: somebody who left on that day is being served in this life, or somebody comes back
        who never went."""
        match event:
            case e.TicketIssued():
                self.issued[event.ticket] = event.issued_at, event.services[0]
            case e.TicketReturned():
                if not self._is(event.ticket, "away", "missed"):
                    return
            case e.TicketBoosted():
                if not self._is(event.ticket, "waiting", "away"):
                    return
            case e.TicketsMoved():
                here = {name: wants for name, wants in event.wanted() if self._is(name, "waiting", "away")}
                event = replace(event, tickets=tuple(here), wants=tuple(here.values()))
            case e.TicketPaused() | e.TicketCancelled() | e.TicketExpired() | e.TicketTransferred():
                if not self._is(event.ticket, "waiting", "away"):
                    return
            case e.CategorySet() | e.NeedsSet():
                if not self._is(event.ticket, "waiting", "called", "serving"):
                    return
            case e.CounterPaused() | e.CounterClosed():
                if self.state.counters[event.counter].ticket is not None or self._job(event.counter):
                    self._waits_for[event.counter] = event  # it pauses or closes once it is free
                    return
                event = self._stops(event, event.at)
            case e.CounterResumed() | e.CounterOpened():
                if self._waits_for.pop(event.counter, None) is not None:
                    return
            case e.MovesReverted():
                self._press(c.RevertMoves(key=self._here(event.set)), event.key, event.at, SUPERVISOR)
                return
            case e.OfficeConfigured():
                self._fold([replace(event, office=retiring(self.state, event.office))])
                self._rule_alone()
                return
            case _:
                pass
        self._fold([event])

    def _here(self, named: str) -> str:
        """The name that a move of that day has here: entries have other numbers in this life."""
        known = self._presses.get(named)
        mine = (one for one in self.state.moves.values() if (one.key, one.by, one.at) == known)
        return next((shown(one, shared(self.state)) for one in mine), named)

    def _stops(self, event: Event, now: int) -> Event:
        """The event as it is at a free counter: a pause begins at once, and tickets kept for a counter that closes may go
        anywhere."""
        if isinstance(event, e.CounterClosed):
            waiting = (one for one in self.state.living() if one.state not in HELD)
            return replace(event, at=now, unbound=tuple(one.id for one in waiting if one.only_counter == event.counter))
        return replace(event, at=now, after_finish=False)

    def _is(self, ticket: str, *states: str) -> bool:
        known = self.state.tickets.get(ticket)
        return known is not None and known.state in states

    # who is called, and when

    def _next(self, now: int) -> None:
        """Every free counter calls, the one free for longest first."""
        free = [one for one in self.state.counters.values() if one.state == "open" and one.ticket is None]
        for counter in sorted(free, key=lambda one: one.since or 0):
            job = self._job(counter.id)
            if job is not None:
                self._jobs[counter.id].remove(job)
                self._begins(replace(job, at=now), job.counter)
                continue
            found = who_next(self.state, counter, now) if not self._resting[counter.id] else None
            if found is not None:
                self._calls(now, counter.id, found[0].id, found[0].number)

    def _comes(self, job: AtACounter, now: int) -> None:
        self._jobs[job.counter].append(job)

    def _job(self, counter: str) -> AtACounter | None:
        """Whom a counter takes next without a call. Somebody who has not parked here yet is not taken."""
        known = self._jobs[counter]
        return next(
            (one for one in known if isinstance(one, e.DirectServiceStarted) or self._is(one.ticket, "parked")), None
        )

    def _calls(self, now: int, counter: str, ticket: str, number: str) -> None:
        services = self.state.tickets[ticket].services
        call = e.TicketCalled(v=1, at=now, by="tried", ticket=ticket, number=number, counter=counter, services=services,
                              why=Why(code="longest_wait"))  # fmt: skip
        self.called.setdefault(ticket, now)
        self._begins(call, counter)

    def _begins(self, event: e.TicketCalled | AtACounter, counter: str) -> None:
        """Somebody comes to a counter, and leaves it after the time that it took on that day."""
        self._fold([event])
        ticket, now = event.ticket, event.at
        stays = self._stays.get(ticket)
        stay = (
            stays.popleft() if stays else self._usual(ticket, event.number, self.state.tickets[ticket].services[0], now)
        )
        self._at(now + stay.length, lambda at: self._leaves(at, counter, ticket, stay))

    def _usual(self, ticket: str, number: str, service: str, now: int) -> Stay:
        """The stay of somebody whom nobody served on that day: as long as a visit usually takes."""
        length = self.model.length(service)
        ends = e.ServiceFinished(v=1, at=now, by="tried", ticket=ticket, number=number, counter="", outcome="done",
                                 services_done=())  # fmt: skip
        return Stay(round(exp(length.mu + length.sigma**2 / 2) * MINUTE), ends)

    def _leaves(self, now: int, counter: str, ticket: str, stay: Stay) -> None:
        if not self._is(ticket, "called", "serving"):
            return
        self._fold([self._ended(now, counter, ticket, stay.ends)])
        if self._job(counter) is not None:
            return
        coming = self._waits_for.pop(counter, None)
        if coming is not None:
            self._fold([self._stops(coming, now)])
        elif stay.rest:
            self._resting[counter] += 1
            self._at(now + stay.rest, lambda at: self._resting.subtract([counter]))

    def _ended(self, now: int, counter: str, ticket: str, ends: Event) -> Event:
        match ends:
            case e.TicketMissed():
                again = None if ends.again_at is None else now + ends.again_at - ends.at
                return replace(ends, at=now, counter=counter, again_at=again)
            case e.TicketParked():
                return replace(ends, at=now, counter=counter)
            case e.TicketCancelled() | e.TicketExpired():
                return replace(ends, at=now)
            case e.TicketTransferred():
                return replace(ends, at=now, to_counter=None, not_before=None)
            case e.ServiceFinished():
                return replace(ends, at=now, counter=counter, back_to=None, back_until=None)
            case _:
                one = self.state.tickets[ticket]
                return e.ServiceFinished(v=1, at=now, by="tried", ticket=ticket, number=one.number, counter=counter,
                                         outcome="done", services_done=one.services)  # fmt: skip

    # the rule

    def _look(self, nth: int, now: int) -> None:
        self._ends(now)
        if not self.helps or (nth % 2 and not self._wished):
            return
        wished = wishes(self.state, self._waits(now), now)
        names = {name for name, command in wished.items() if isinstance(command, c.ActOnRule)}
        for name in names & self._wished:
            self._press(wished[name], f"{name}:{now}", now)
        self._wished = names
        self._note(now)

    def _ends(self, now: int) -> None:
        for tick in [one for one in ticks(self.state) if one.kind in ENDS and one.due <= now]:
            self._press(tick, key_of(tick), now)

    def _note(self, now: int) -> None:
        acts = of_rule(self.state, self.rule.id) is not None
        if acts and self._began is None:
            self._began = now
        if not acts and self._began is not None:
            self.acts.append((self._began, now))
            self._began = None

    def _waits(self, now: int) -> Waits:
        """The wait that the rule watches, if it can matter: somebody waits for the service, or the rule helps."""
        plan = self.state.plans.get(self.rule.service)
        waiting = any(self.rule.service in one.services for one in self.state.waiting_tickets())
        if plan is None or not (waiting or of_rule(self.state, self.rule.id)):
            return Waits()
        kind = kind_of(plan)
        pace, seed = self.so_far.pace(self.model), seed_of(self.state.office.id, self.state.epoch, self.state.seq)
        found = forecast(self.state, self.model, pace, now, seed, rows=ROWS).drawn.get(kind)
        if found is None:
            return Waits()
        shown = Expected(low=found.low, median=round(found.p50), high=found.high, at="", learning=False)
        return Waits(known=True, drawn={kind: Drawn(shown=shown, low=found.p10, high=found.p90)})

    def _press(self, command: EveryCommand, key: str, now: int, actor: Actor = SYSTEM) -> None:
        self._fold(decided(self.state, command, now, key, actor))


def _as_here(moves: Moves, was: State, now: State) -> Moves:
    """The set with pictures of this life: `was` before it, `now` after its moves.

    Helpers and messages are left out, because they call nobody.
    """
    known = [one.id for one in moves.tickets if one.id in was.tickets]
    boosts = {name: now.tickets[name].boost - was.tickets[name].boost for name in known}
    return replace(
        moves,
        counters=tuple(was.counters[one.id] for one in moves.counters),
        services=tuple(was.services[one.id] for one in moves.services),
        policy_seq=was.preset_seq if moves.policy is not None else 0,
        tickets=tuple(was.tickets[name] for name in known),
        boosts={name: minutes for name, minutes in boosts.items() if minutes},
        helpers=(),
        messages=(),
    )


def _mean(waits: Sequence[float]) -> float | None:
    return sum(waits) / len(waits) if len(waits) >= LEAST else None
