"""A simulated day whose moves are decided while it is lived: the same people come, whatever is moved.

Everybody has numbers of their own (length, patience, the pause after them), so that two arms differ by their moves only. Moves
are decided and folded by the rules of production, and end by themselves. Used by `arms`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from random import Random
from typing import Any, Literal, NamedTuple

from msgspec import convert

from server.forecast.advice import Advice
from server.forecast.today import Today
from server.messages import commands as c
from server.messages import events as e
from server.messages import facts
from server.messages.actor import SYSTEM, Actor
from server.messages.instants import MINUTE, rfc3339
from server.messages.office import CounterPlan, Office
from server.messages.problems import Refusal
from server.messages.terms import Category
from server.office.decide import EveryCommand, Press, decide
from server.office.due import key_of, ticks
from server.office.equipped import opens_with
from server.office.evolve import evolve
from server.rehearsal.days import LAST_TICKET, Truth, _Day
from server.rehearsal.on_duty import DOORS, Opening
from server.rehearsal.relive import clock_text
from server.rehearsal.trace import Planned, Row

EVERY = 10.0
"""Minutes between two decisions."""
HELP = 5.0
"""Minutes from the call of a helper until their counter calls somebody."""
SUPERVISOR = Actor(role="supervisor", principal="rehearsal", account="1")
ENDS = frozenset({"assignment", "service", "helper", "moves"})
NONCE = "0" * 16


class Fault(NamedTuple):
    """What goes wrong on a day: a counter whose clerk is absent, and a service that more people want from `start` on."""

    absent: str = ""
    wanted: str = ""
    start: float = 0.0
    minutes: float = 120.0
    share: float = 0.35


class Taken(NamedTuple):
    """An advice that was taken, and when (minutes)."""

    at: float
    advice: Advice


Adviser = Callable[["Steered", float], Advice | None]


class Steered(_Day):
    """`adviser`: asked every ten minutes; None: nobody moves anything. `empty`: counters at which nobody sits.
    `turned`: people who found the intake closed; `uncovered`: services that were left without a counter while a move held."""

    def __init__(
        self,
        office: Office,
        truth: Truth,
        seed: str,
        day: date,
        closes: float,
        fault: Fault,
        adviser: Adviser | None,
        empty: Collection[str] = (),
    ) -> None:
        self.fault, self.adviser, self.seed, self.empty = fault, adviser, seed, empty
        self.so_far = Today()
        self.taken: list[Taken] = []
        self.turned = 0
        self.uncovered: set[str] = set()
        self.began: set[str] = set()
        self.book: dict[tuple[str, int], list[str]] = defaultdict(list)
        super().__init__(office, truth, Random(seed), seed, day, (Opening(DOORS, closes),))  # noqa: S311  a simulated day, not a secret
        self.pace |= {one: self._luck(one, "pace").gauss(0, truth.counter_sd) for one in empty}

    def live(self) -> list[Row]:
        minutes = self.opens + EVERY
        while self.adviser is not None and minutes < self.closes - LAST_TICKET:
            self._at(minutes, self._decides)
            minutes += EVERY
        return super().live()

    # what is the same in all arms

    def _counters(self) -> list[CounterPlan]:
        return [one for one in super()._counters() if one.id not in self.empty]

    def _known(self) -> dict[str, Any]:
        """The plan of the day names who is here: the absent clerk is struck off."""
        duty = tuple(
            facts.Duty(counter=one.counter, from_=clock_text(one.start), to=clock_text(one.end), kind=_kind(one))
            for one in self.duty
            if one.counter != self.fault.absent
        )
        return {"roster": {self.day.isoformat(): duty}}

    def _opened(self, counter: str) -> Callable[[float], None]:
        return (lambda now: None) if counter == self.fault.absent else super()._opened(counter)

    def _books(self, service: str, slot: float) -> None:
        """Known from the morning, also of those who will not come."""
        start, name = self._instant(slot), f"a{len(self.state.appointments)}"
        self.book[service, start].append(name)
        self._say(self.opens - 1, e.AppointmentBooked, appointment=name, code=name, services=(service,), start=start)

    def _issues(self, now: float, **said: Any) -> None:
        if said["slot"] is None:
            super()._issues(now, **said)
        else:
            name = self.book[said["services"][0], said["slot"]].pop()
            super()._issues(now, **said, appointment=name)
            self._say(now, e.AppointmentCheckedIn, ticket=said["ticket"], number=said["number"], appointment=name)

    def _luck(self, ticket: str, what: str) -> Random:
        return Random(f"{self.seed}/{ticket}/{what}")  # noqa: S311  a simulated day, not a secret

    def _comes(self, at: float, weights: dict[str, float]) -> None:
        fault = self.fault
        if fault.wanted and fault.start <= at < fault.start + fault.minutes:
            others = {name: weight * (1 - fault.share) for name, weight in weights.items()}
            weights = {**others, fault.wanted: others[fault.wanted] + fault.share}
        super()._comes(at, weights)

    def _draws(self, now: float, service: str, category: Category, slot: float | None) -> None:
        if self.state.services[service].closed and slot is None:
            self.turned += 1
            self._row(service, category, slot, None)  # the others keep their numbers, and so their luck
        else:
            super()._draws(now, service, category, slot)

    def _say(self, minutes: float, event: type[e.Event], **said: Any) -> None:
        self._fold([event(v=1, at=self._instant(minutes), by="made", **said)])

    def _fold(self, events: Sequence[e.Event]) -> None:
        for event in events:
            self.seq += 1
            self.so_far.note(self.state, event)
            evolve(self.state, event, self.seq, "made")

    # the counters

    def _is_free(self, now: float, counter: str) -> None:
        if self.state.counters[counter].state == "closed":
            self.began.discard(counter)
        else:
            self.began.add(counter)
            super()._is_free(now, counter)

    def _rests(self, now: float, counter: str) -> None:
        rest = self._due(now, counter)
        if rest is not None and self.state.counters[counter].state == "open":
            back = rest.over(now)
            self._say(now, e.CounterPaused, counter=counter, reason="break", back_at=self._instant(back))
            self._at(back, lambda at: self._say(at, e.CounterResumed, counter=counter))
        super()._rests(now, counter)

    # moves

    def _decides(self, now: float) -> None:
        found = self.adviser(self, now) if self.adviser is not None else None
        if found is None:
            return
        until = convert(rfc3339(found.until), datetime)
        self._press(now, c.ApplyMoves(moves=found.moves, until=until), SUPERVISOR, f"advice-{len(self.taken)}")
        self.taken.append(Taken(now, found))
        for move in found.moves:
            self._at((found.until - self.zero) / MINUTE, self._ends_of)
            if isinstance(move, c.CallHelper) and move.counter is not None:
                self._helper(now, move.counter, (found.until - self.zero) / MINUTE)
        self._look(now)

    def _press(self, now: float, command: EveryCommand, actor: Actor, key: str) -> None:
        press = Press(actor=actor, key=key, now=self._instant(now), nonce=NONCE)
        events = decide(self.state, command, press)
        if isinstance(events, Refusal):
            raise RuntimeError(f"{command}: {events.detail}")
        self._fold(events)

    def _helper(self, now: float, counter: str, until: float) -> None:
        services = opens_with(self.state, self.state.counters[counter])
        self._at(now + HELP, lambda at: self._staffs(at, counter, services))
        self._at(until, lambda at: self._goes(at, counter))

    def _staffs(self, now: float, counter: str, services: tuple[str, ...]) -> None:
        self._say(now, e.CounterOpened, counter=counter, services=services)
        self._look(now)

    def _goes(self, now: float, counter: str) -> None:
        """Whoever is at the counter is served to the end."""
        if counter in self.free:
            self.free.remove(counter)
            self.began.discard(counter)
            self._say(now, e.CounterClosed, counter=counter)
        elif counter in self.began:
            self._at(now + 1.0, lambda at: self._goes(at, counter))

    def _ends_of(self, now: float) -> None:
        """What is due by time alone."""
        for tick in [one for one in ticks(self.state) if one.kind in ENDS and one.due <= self._instant(now)]:
            self._press(now, tick, SYSTEM, key_of(tick))
        self._look(now)

    def _look(self, now: float) -> None:
        """After a move: counters that begin or go, and idle ones that may now call others."""
        for counter in self.state.counters.values():
            if counter.state == "open" and counter.id not in self.began:
                self._is_free(now, counter.id)
            if counter.state == "closed" and counter.id in self.free:
                self.free.remove(counter.id)
                self.began.discard(counter.id)
        given = {name for one in self.state.counters.values() if one.state != "closed" for name in one.services}
        self.uncovered |= self.state.services.keys() - given
        self._next(now)


def _kind(planned: Planned) -> Literal["open", "break"]:
    return "break" if planned.kind == "break" else "open"
