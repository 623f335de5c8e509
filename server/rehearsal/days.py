"""`aufruf simulate`: possible days of an office, as rows of a trace. They use the fold and the order of call of production.

What the forecast cannot know is drawn from a `Truth`: how long services take, who leaves, who comes when. `HOSTILE` breaks the
forecast's assumptions: another distribution of lengths, surges, clerks who are faster under load, groups of missed appointments.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from server.messages import events as e
from server.messages import facts
from server.messages.instants import MINUTE
from server.messages.office import CounterPlan, Office
from server.messages.terms import Category
from server.office import hours
from server.office.evolve import evolve
from server.office.state import State
from server.office.who_next import who_next
from server.rehearsal import shapes
from server.rehearsal.on_duty import Attendance, Lull, Opening, doors, duty_of
from server.rehearsal.relive import FIRST
from server.rehearsal.trace import Planned, Row

LAST_TICKET = 60.0
"""The last ticket is drawn this many minutes before the doors close."""
LOST = 1.0
"""Minutes that a counter loses with a call of somebody who has left."""


class Truth(facts.Fact):
    """How a simulated office behaves. Shares and CVs; `load`: the work that comes, as a share of what the counters can do.

    `mix`: how often each service is wanted; empty: as often as the counters give it. `half_hours`: when people come, relative.
    `visits`: how many come on a day in the mean; None: as many as `load` says.
    """

    load: float = 0.9
    booked: float = 0.18
    priority: float = 0.06
    counter_sd: float = 0.15
    day_sd: float = 0.08
    pause: float = 0.07
    pause_minutes: float = 8.0
    patience: float = 150.0
    no_show: float = 0.13
    lateness: tuple[float, float] = (-5.0, 6.0)
    family: str = "lognormal"
    long_cases: float = 0.0
    surge: float = 0.0
    hurry: float = 0.0
    clumped: bool = False
    mix: dict[str, float] = {}
    half_hours: tuple[float, ...] = shapes.HALF_HOURS
    visits: float | None = None


PLAIN = Truth()
HOSTILE = Truth(family="gamma", long_cases=0.04, surge=0.5, hurry=0.15, clumped=True, day_sd=0.12)


def simulated(
    office: Office, days: int, seed: int, truth: Truth = PLAIN, done: Callable[[], None] = lambda: None
) -> tuple[list[Row], list[Planned]]:
    """The rows and the duty of this number of open days. Equal arguments give equal rows."""
    rows: list[Row] = []
    duty: list[Planned] = []
    for number, (day, spans) in enumerate(open_days(office, days)):
        rng = Random(f"{seed}/{number}")  # noqa: S311  a simulated day, not a secret
        one = _Day(office, truth, rng, f"{seed}-{number + 1:03d}", day, spans)
        rows += one.live()
        duty += one.duty
        done()
    return rows, duty


def open_days(office: Office, days: int, first: date = FIRST) -> Iterator[tuple[date, tuple[Opening, ...]]]:
    """The days from `first` on on which the office opens, and when its doors are open."""
    found, day = 0, first
    for _ in range(days * 7 + 366):
        if found == days:
            return
        spans = hours.spans(office, office.hours, day)
        if spans:
            found += 1
            yield day, doors(office, day, spans)
        day += timedelta(days=1)


class _Day:
    """One day: a heap of (instant, what), a real state, and the rows that result."""

    def __init__(
        self, office: Office, truth: Truth, rng: Random, name: str, day: date, spans: Sequence[Opening]
    ) -> None:
        self.office, self.truth, self.rng, self.name = office, truth, rng, name
        self.day, self.spans = day, tuple(spans)
        self.opens, self.closes = self.spans[0].start, self.spans[-1].end
        self.zero = hours.clock(office, day, "08:00")
        self.state, self.seq, self.order = State(), 0, count()
        self.queue: list[tuple[float, int, Callable[[float], None]]] = []
        self.rows: dict[str, dict[str, Any]] = {}
        self.gone: dict[str, float] = {}
        self.free: list[str] = []
        self.gone_home: set[str] = set()
        self.pace = {one.id: rng.gauss(0, truth.counter_sd) for one in self._counters()}
        self.today = rng.gauss(0, truth.day_sd)
        self.duty = duty_of(office, day, name, self.spans, self._counters())
        self.on = Attendance(self.duty, self._counters())
        self.rests = defaultdict(list, self.on.rests)
        self.names = {one.id: next(iter(one.names.values()), one.id) for one in office.services}
        self.urgent = {one.id for one in office.services if one.priority}

    def _counters(self) -> list[CounterPlan]:
        return [one for one in self.office.counters if not one.retired and one.services]

    def live(self) -> list[Row]:
        before = min([self.opens, *(spans[0].start for spans in self.on.spans.values())]) - 1
        self._say(before, e.DayOpened, day=self.day.isoformat(), epoch="made", office=self.office, **self._known())
        for counter, spans in self.on.spans.items():
            self._at(spans[0].start, self._opened(counter))
            if (home := self.on.home(counter)) < math.inf:
                self._at(home, self._goes_home(counter))
        self._people()
        while self.queue:
            at, _, act = heappop(self.queue)
            act(at)
        return [Row(**one) for one in self.rows.values()]

    def _known(self) -> dict[str, Any]:
        """What else is known in the morning."""
        return {}

    def _at(self, minutes: float, act: Callable[[float], None]) -> None:
        heappush(self.queue, (minutes, next(self.order), act))

    def _say(self, minutes: float, event: type[e.Event], **said: Any) -> None:
        self.seq += 1
        evolve(self.state, event(v=1, at=self._instant(minutes), by="made", **said), self.seq, "made")

    def _instant(self, minutes: float) -> int:
        return self.zero + round(minutes * MINUTE)

    # who comes

    def _people(self) -> None:
        weights = self._weights()
        open_ = sum(end - start for start, end in self.spans)
        span = open_ - min(LAST_TICKET, open_ / 3)
        can = sum(self.on.minutes(counter) for counter in self.on.spans)
        mean = (
            sum(weights.get(one.id, 0.0) * one.minutes for one in self.office.services)
            + self.truth.pause * self.truth.pause_minutes
        )
        expected = can * self.truth.load / mean if self.truth.visits is None else self.truth.visits
        many = round(expected * shapes.day_factor(self.rng))
        booked = round(many * self.truth.booked)
        surge = self.rng.uniform(0.2, 0.8) * span if self.rng.random() < self.truth.surge else None
        for at in shapes.arrivals(self.rng, many - booked, self.truth.half_hours):
            self._comes(self._while_open(at * span / shapes.OPEN), weights)
        for _ in range(round(many * 0.12) if surge is not None else 0):
            self._comes(self._while_open((surge or 0.0) + self.rng.uniform(0, 20)), weights)
        bad = self.rng.random() < 0.3
        for at in range(booked):
            slot = self._while_open(15.0 * math.floor(at * span / 15.0 / max(booked, 1)))
            self._booked(slot, weights, bad)

    def _while_open(self, minutes: float) -> float:
        """The time at which the doors have been open for this many minutes today."""
        for start, end in self.spans[:-1]:
            if minutes < end - start:
                return start + minutes
            minutes -= end - start
        return self.spans[-1].start + minutes

    def _weights(self) -> dict[str, float]:
        """How often each service is wanted: as the truth says, else as often as counters on duty give it: no line starves."""
        # nobody comes for what is done in the back office
        weight = {one.id: self.truth.mix.get(one.id, 0.0) for one in self.office.services if not one.back_office}
        if self.truth.mix:
            return _shares(weight)
        minutes = {one.id: one.minutes for one in self.office.services}
        longest = max(map(self.on.minutes, self.on.spans), default=0.0) or 1.0
        for one in self._counters():
            for name in one.services:
                if name in weight:
                    weight[name] += self.on.minutes(one.id) / longest / len(one.services) / minutes[name]
        return _shares(weight)

    def _service(self, weights: dict[str, float]) -> str:
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def _comes(self, at: float, weights: dict[str, float]) -> None:
        before = self.rng.random() < self.truth.priority
        service = self._service(weights)
        category: Category = "priority" if before or service in self.urgent else "walk_in"
        self._at(at, lambda now: self._draws(now, service, category, None))

    def _booked(self, wanted: float, weights: dict[str, float], bad: bool) -> None:
        service, chance = self._service(weights), self.truth.no_show
        slot = self._slot(service, wanted)
        if slot is None:
            return
        self._books(service, slot)
        if self.truth.clumped:
            chance = 3 * chance if bad else chance / 3
        if self.rng.random() < chance:
            self._row(service, "appointment", slot, None)
            return
        at = max(slot + self.rng.gauss(*self.truth.lateness), self.opens - 20)
        self._at(at, lambda now: self._draws(now, service, "appointment", slot))

    def _slot(self, service: str, wanted: float) -> float | None:
        """The slot that somebody gets; None: they get none. Here everybody gets what they want."""
        return wanted

    def _books(self, service: str, slot: float) -> None:
        """Somebody has an appointment. Here nobody asks before they come."""

    def _row(self, service: str, category: str, slot: float | None, issued: float | None) -> str:
        ticket = str(len(self.rows))
        self.rows[ticket] = {
            "office": self.office.id, "day": self.name, "ticket": ticket, "service": self.names[service], "kind": category,
            "slot": _cents(slot), "issued": _cents(issued),
        }  # fmt: skip
        return ticket

    def _draws(self, now: float, service: str, category: Category, slot: float | None) -> None:
        ticket = self._row(service, category, slot, now)
        late = slot is not None and now > slot + self.office.policy.appointment_late / 60
        reference = self._instant(slot) if slot is not None and not late else self._instant(now)
        self._issues(
            now, ticket=ticket, number=ticket, services=(service,), category=category, reference=reference,
            slot=None if slot is None else self._instant(slot),
        )  # fmt: skip
        if category != "appointment":
            self.gone[ticket] = now + 10 + self._luck(ticket, "patience").expovariate(1 / self.truth.patience)
        self._next(now)
        if slot is not None:
            for before in (self.office.policy.appointment_early, self.office.policy.appointment_before):
                self._at(max(now, slot - before / 60 + 0.001), self._next)

    def _issues(self, now: float, **said: Any) -> None:
        self._say(now, e.TicketIssued, **said)

    # the counters

    def _opened(self, counter: str) -> Callable[[float], None]:
        def act(now: float) -> None:
            services = next(one.services for one in self.office.counters if one.id == counter)
            self._say(now, e.CounterOpened, counter=counter, services=services)
            self._is_free(now, counter)

        return act

    def _is_free(self, now: float, counter: str) -> None:
        """A break begins when the service before it ends, or at its time, and lasts its whole length."""
        if self._due(now, counter):
            self._rests(now, counter)
            return
        for rest in self.rests[counter][:1]:
            self._at(rest.start, lambda at: self._rests(at, counter) if counter in self.free else None)
        if counter not in self.gone_home:
            self.free.append(counter)
            self._next(now)

    def _due(self, now: float, counter: str) -> Lull | None:
        """The rest that begins now, or should have begun."""
        return next((one for one in self.rests[counter][:1] if now >= one.start), None)

    def _rests(self, now: float, counter: str) -> None:
        rest = self._due(now, counter)
        if rest is None:
            return
        self.rests[counter].remove(rest)
        if counter in self.free:
            self.free.remove(counter)
        self._at(rest.over(now), lambda at: self._is_free(at, counter))

    def _goes_home(self, counter: str) -> Callable[[float], None]:
        def act(now: float) -> None:
            self.gone_home.add(counter)
            if counter in self.free:
                self.free.remove(counter)

        return act

    def _next(self, now: float) -> None:
        """Every free counter calls, the one free for longest first, as long as there is somebody for it."""
        for counter in tuple(self.free):
            found = who_next(self.state, self.state.counters[counter], self._instant(now))
            if found is not None:
                self.free.remove(counter)
                ticket, _ = found
                self._calls(now, counter, ticket)

    def _calls(self, now: float, counter: str, ticket: facts.Ticket) -> None:
        row = self.rows[ticket.id]
        self._say(
            now,
            e.TicketCalled,
            ticket=ticket.id,
            number=ticket.number,
            counter=counter,
            why=facts.Why(code="longest_wait"),
        )
        absent = self.gone.get(ticket.id, math.inf) < now
        ends = now + (LOST if absent else self._length(ticket, counter))
        row |= {"called": _cents(now), "ended": _cents(ends), "counter": counter, "absent": absent}
        self._at(ends, lambda at: self._ends(at, counter, ticket, absent))

    def _ends(self, now: float, counter: str, ticket: facts.Ticket, absent: bool) -> None:
        said = {"ticket": ticket.id, "number": ticket.number, "counter": counter}
        if absent:
            self._say(now, e.TicketMissed, **said, again_at=None)
        else:
            self._say(now, e.ServiceFinished, **said, outcome="done", services_done=ticket.services)
        luck = self._luck(ticket.id, "pause")
        if not absent and luck.random() < self.truth.pause:
            self._at(now + luck.expovariate(1 / self.truth.pause_minutes), lambda at: self._is_free(at, counter))
        else:
            self._is_free(now, counter)

    def _luck(self, ticket: str, what: str) -> Random:
        """What is drawn for one ticket. Here all is drawn from one stream, as things happen."""
        return self.rng

    def _length(self, ticket: facts.Ticket, counter: str) -> float:
        mean = next(one.minutes for one in self.office.services if one.id == ticket.services[0])
        luck = self._luck(ticket.id, "length")
        gamma = self.truth.family == "gamma"
        minutes = luck.gammavariate(2.2, mean / 2.2) if gamma else shapes.service_minutes(luck, mean)
        if luck.random() < self.truth.long_cases:
            minutes *= 4
        crowd = len(self.state.lines.where) / max(1, len(self.pace))
        hurry = 1 - self.truth.hurry * min(crowd / 5, 1.0)
        return max(minutes * math.exp(self.pace[counter] + self.today) * hurry, 1.0)


def _shares(weight: dict[str, float]) -> dict[str, float]:
    """Their sum is 1, also for an office that has only some of the services of a mix."""
    total = sum(weight.values()) or 1.0
    return {name: value / total for name, value in weight.items()}


def _cents(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes, 2)
