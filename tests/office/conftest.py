"""An office for tests: presses by named people, a clock that tests move, and a log that can be folded again.

Every press made here is also a check: its events survive the wire, and the state they make is one that can be.
"""

from __future__ import annotations

import random
from collections import Counter as Tally
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.events import Event, decode, encode
from server.messages.facts import Counter, Ticket
from server.messages.instants import rfc3339
from server.messages.office import (
    Calls,
    CounterPlan,
    Display,
    Hours,
    Kiosk,
    Named,
    Office,
    Policy,
    Printer,
    ServicePlan,
    StationPlan,
    Zone,
)
from server.messages.problems import Refusal
from server.messages.terms import Need, Role
from server.office.decide import RULES as DECIDED
from server.office.decide import Press, decide
from server.office.due import key_of, ticks
from server.office.evolve import RULES as FOLDED
from server.office.evolve import evolve
from server.office.state import ALIVE, State
from server.office.waits import Promise

NINE = 1_795_420_800_000
"""Monday 2026-11-23, 09:00 in Berlin."""
SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
WEEK = Hours(week=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (("08:00", "18:00"),)))


def small_office(**changes: Any) -> Office:
    """Eight services, four counters, two stations: small, with something of everything."""

    def service(id: str, letter: str, **more: Any) -> ServicePlan:
        return ServicePlan(id=id, letter=letter, names={"de": id.title(), "en": id}, **more)

    office = Office(
        id="amt",
        name="Amt",
        services=(
            service("pass", "A", papers={"de": ("alter Pass",)}),
            service("reg", "B"),
            service("car", "K"),
            service("small", "C", first=1, last=3),
            service("social", "S", public_name=False),
            service("post", "P", back_office=True),
            service("urgent", "V", priority=True),
            service("photo", "F"),
        ),
        counters=(
            CounterPlan(
                id="1",
                label="Schalter 1",
                zone="hall",
                services=("pass", "reg"),
                skills=("pass", "reg", "car"),
                languages=("de", "en"),
                features=("step_free", "hearing_loop"),
                way={"de": "links"},
            ),
            CounterPlan(
                id="2",
                label="Schalter 2",
                zone="hall",
                services=("pass", "reg"),
                languages=("de", "tr"),
                features=("step_free",),
            ),
            CounterPlan(id="3", label="Schalter 3", zone="up", services=("car",), skills=("car", "pass")),
            CounterPlan(id="4", label="Schalter 4", zone="up", services=("post", "social", "small", "urgent")),
        ),
        stations=(
            StationPlan(id="booth", label="Fotokabine", zone="hall", limit=900),
            StationPlan(id="cash", label="Kasse", zone="hall", services=("photo",)),
        ),
        zones=(Zone(id="hall", names={"de": "Halle"}), Zone(id="up", names={"de": "Oben"}, gong="bright")),
        displays=(
            Display(id="hall", name="Halle", zones=("hall", "up"), public=True),
            Display(id="up", name="Oben", zones=("up",)),
        ),
        kiosks=(
            Kiosk(id="entrance", name="Eingang", printer="paper"),
            Kiosk(id="side", name="Seite", services=("pass",)),
        ),
        printers=(Printer(id="paper", name="Drucker"),),
        hours=WEEK,
        breaks=(Named(id="lunch", names={"de": "Mittag"}),),
        helpers=(Named(id="guide", names={"de": "Lotse"}),),
        holidays=("2026-12-24",),
        policy=Policy(),
        calls=Calls(),
    )
    return replace(office, **changes)


class Room:
    """One office, its log, and the people in it."""

    admin = Actor(role="admin", principal="token:admin", holder="x", account="1")
    supervisor = Actor(role="supervisor", principal="token:super", holder="s", account="7")
    clerk = Actor(role="clerk", principal="token:clerk", holder="token:clerk")
    anna = Actor(role="clerk", principal="page:anna", holder="day-anna", page=True)
    bert = Actor(role="clerk", principal="page:bert", holder="day-bert", page=True)
    at_three = Actor(role="clerk", principal="token:three", holder="token:three", device="3")
    desk = Actor(role="desk", principal="token:desk", holder="d")
    kiosk = Actor(role="kiosk", principal="device:entrance", device="entrance")
    printer = Actor(role="printer", principal="device:paper", device="paper")
    booth = Actor(role="station", principal="device:booth", device="booth")
    cash = Actor(role="station", principal="device:cash", device="cash")
    booking = Actor(role="booking", principal="token:portal")
    observer = Actor(role="observer", principal="token:observer")
    system = SYSTEM

    def __init__(self, office: Office, now: int = NINE) -> None:
        self.state, self.now = State(), now
        self.entries: list[tuple[int, str, Event]] = []
        self.last_key = ""
        self.promise: Promise | None = None
        self.clock: int | None = None  # where the store's is another: how far it is from `now`
        self._presses = 0

    # pressing

    def press(
        self, command: c.Command, by: Actor | None = None, *, key: str | None = None, age_ms: int = 0
    ) -> list[Event] | Refusal:
        """Decides; the events go through JSON into the log and the state."""
        self._presses += 1
        self.last_key = f"k{self._presses}" if key is None else key
        mark = f"m{self._presses:011d}"
        press = Press(
            actor=by or self.clerk,
            key=self.last_key,
            now=self.now,
            nonce=f"n{self._presses:015d}",
            digest=f"d{self.last_key}",
            age_ms=age_ms,
            promise=self.promise,
            clock=None if self.clock is None else self.clock + self.now,
        )
        assert type(command) in DECIDED, (
            f"server/office/decide: {type(command).__name__} has no row in RULES of any module"
        )
        seq = self.state.seq
        answer = decide(self.state, command, press)  # type: ignore[arg-type]
        assert self.state.seq == seq
        if isinstance(answer, Refusal):
            assert answer.status in range(400, 600)
            return answer
        for event in answer:
            again = decode(encode(event))
            assert again == event
            assert type(event) in FOLDED, (
                f"server/office/evolve: {type(event).__name__} has no row in RULES of any module"
            )
            evolve(self.state, again, self.state.seq + 1, mark)
            self.entries.append((self.state.seq, mark, again))
        self.check()
        return answer

    def does(self, command: c.Command, by: Actor | None = None, **how: Any) -> list[str]:
        """The types of the events that follow; a refusal fails the test."""
        answer = self.press(command, by, **how)
        assert not isinstance(answer, Refusal), answer
        return kinds(answer)

    def refuses(self, command: c.Command, by: Actor | None = None, **how: Any) -> Refusal:
        """The refusal that follows; events fail the test."""
        answer = self.press(command, by, **how)
        assert isinstance(answer, Refusal), answer
        return answer

    def code(self, command: c.Command, by: Actor | None = None, **how: Any) -> str:
        return self.refuses(command, by, **how).code

    def undo(self, by: Actor | None = None, key: str | None = None) -> list[Event] | Refusal:
        """Takes back the last press, or the press with a key."""
        return self.press(c.Undo(key=key or self.last_key), by)

    # time

    def after(self, ms: int) -> Room:
        """Time passes, and the node presses what is due."""
        self.now += ms
        self.tick()
        return self

    def sleep(self, ms: int) -> Room:
        """Time passes, and nobody notices."""
        self.now += ms
        return self

    def tick(self) -> list[str]:
        said: list[str] = []
        while due := [tick for tick in ticks(self.state) if tick.due <= self.now]:
            for tick in due:
                said += self.does(tick, SYSTEM, key=key_of(tick))
        return said

    # what people usually do

    def begin(self, office: Office) -> Room:
        self.does(c.ConfigureOffice(office=office), SYSTEM, key=f"office:{office.revision}")
        self.does(c.OpenDay(), self.supervisor)
        return self

    def open(self, *counters: str, by: Actor | None = None) -> Room:
        for counter in counters:
            self.does(c.OpenCounter(counter=counter), by)
        return self

    def ticket(self, *services: str, by: Actor | None = None, **more: Any) -> str:
        """Issues a ticket; then one second passes."""
        answer = self.press(c.IssueTicket(services=services or ("pass",), **more), by or self.desk)
        assert not isinstance(answer, Refusal), answer
        self.now += SECOND
        ticket: str = answer[0].ticket  # type: ignore[attr-defined]
        return ticket

    def call(self, counter: str = "1", by: Actor | None = None, **how: Any) -> str | None:
        """Presses next; returns the id of the called ticket."""
        answer = self.press(c.CallNext(counter=counter, **how), by)
        assert not isinstance(answer, Refusal), answer
        return next((event.ticket for event in answer if kind(event) == "ticket_called"), None)  # type: ignore[attr-defined]

    def serve(self, counter: str = "1", by: Actor | None = None) -> str:
        """Calls the next ticket and starts its service."""
        called = self.call(counter, by)
        assert called is not None
        self.does(c.StartService(counter=counter), by)
        return called

    def finish(self, counter: str = "1", **how: Any) -> list[str]:
        return self.does(c.FinishService(counter=counter, **how))

    def book(self, start: int, *services: str, **more: Any) -> str:
        """Books an appointment; returns its check-in code."""
        command = c.BookAppointment(services=services or ("pass",), start=instant(start), **more)
        answer = self.press(command, self.booking)
        assert not isinstance(answer, Refusal), answer
        code: str = answer[0].code  # type: ignore[attr-defined]
        return code

    # looking

    def of(self, ticket: str) -> Ticket:
        return self.state.tickets[ticket]

    def at(self, counter: str) -> Counter:
        return self.state.counters[counter]

    def number(self, ticket: str) -> str:
        return self.state.tickets[ticket].number

    def check(self) -> None:
        """Checks what must always be true."""
        living = [ticket for ticket in self.state.tickets.values() if ticket.state in ALIVE]
        assert max(Tally(ticket.number for ticket in living).values(), default=1) == 1, "two living tickets, one number"
        assert {ticket.number: ticket.id for ticket in living} == self.state.alive
        held = {ticket.id: ticket.counter for ticket in living if ticket.state in ("called", "serving")}
        assert held == {counter.ticket: counter.id for counter in self.state.counters.values() if counter.ticket}
        assert set(self.state.lines.where) == {ticket.id for ticket in living if ticket.state == "waiting"}

    def refold(self, entries: Iterable[tuple[int, str, Event]] | None = None) -> State:
        """A new fold of the log, from its first entry or of the given entries."""
        state = State()
        for seq, mark, event in self.entries if entries is None else entries:
            evolve(state, decode(encode(event)), seq, mark)
        return state


def kind(event: Event) -> str:
    return str(event.__struct_config__.tag)


def kinds(events: Iterable[Event]) -> list[str]:
    return [kind(event) for event in events]


def instant(ms: int) -> Any:
    """Milliseconds in the form of commands."""
    return datetime.fromtimestamp(ms / 1000, UTC)


Make = Callable[..., Room]


@pytest.fixture(scope="session")
def make_room() -> Make:
    """Makes rooms whose day is open: `make_room(now=..., arrival=..., **office)`; more keys go to policy or calls by name."""

    def make(now: int = NINE, *, office: Office | None = None, **changes: Any) -> Room:
        made = office or small_office()
        for table in ("policy", "calls"):
            part = getattr(made, table)
            own = {name: changes.pop(name) for name in part.__struct_fields__ if changes.get(name, UNSET) is not UNSET}
            made = replace(made, **{table: replace(part, **own)})
        made = replace(made, **changes)
        return Room(made, now).begin(made)

    return make


@pytest.fixture
def room(make_room: Make) -> Room:
    """A room at nine on a Monday; all counters closed, nobody waits."""
    return make_room()


@pytest.fixture(scope="session")
def office() -> Office:
    return small_office()


# a random life

ROLES: tuple[Role, ...] = ("admin", "supervisor", "clerk", "desk", "kiosk", "station", "holder", "booking", "observer")


class Life:
    """Random presses by random people, most of them sensible, some not at all."""

    def __init__(self, room: Room, seed: int) -> None:
        self.room, self.random = room, random.Random(seed)
        self.mine: list[tuple[str, Actor]] = []

    def live(self, presses: int, look: Callable[[Room], None] = lambda room: None) -> Room:
        self.room.open("1", "2", "3", "4")
        for _ in range(presses):
            self.room.now += self.random.choice((0, 400, 2_000, 2_000, 9_000, 30_000, 90_000, 90_000, 400_000))
            if self.random.random() < 0.7:
                self.room.tick()
            by = self.actor()
            if self.mine and self.random.random() < 0.1:
                key, who = self.random.choice(self.mine[-3:])
                self.room.press(c.Undo(key=key), who if self.random.random() < 0.9 else by)
            else:
                self.room.press(self.command(), by, age_ms=20_000 if self.random.random() < 0.02 else 0)
                self.mine.append((self.room.last_key, by))
            look(self.room)
        return self.room

    def actor(self) -> Actor:
        own = (self.room.supervisor,) * 6 + (self.room.clerk,) * 6 + (self.room.kiosk, self.room.booth, self.room.cash)
        people = (*own, self.room.anna, self.room.bert, self.room.desk, self.room.admin, self.room.printer)
        if self.random.random() < 0.05:
            return Actor(role=self.random.choice(ROLES), principal="any", device=self.random.choice((None, "1", "x")))
        return self.random.choice(people)

    def some(self, options: Iterable[str], wrong: float = 0.03) -> str:
        known = list(options)
        return self.random.choice(known) if known and self.random.random() > wrong else "nothing"

    def services(self) -> tuple[str, ...]:
        known = [service.id for service in self.room.state.office.services]
        return tuple(self.random.sample(known, self.random.choice((1, 1, 1, 2, 3))))

    def wanted_at(self, counter: str) -> tuple[str, ...]:
        """The first service of the ticket at a counter."""
        held = self.room.state.counters.get(counter)
        ticket = self.room.state.tickets.get((held and held.ticket) or "")
        return ticket.services[:1] if ticket else ()

    def soon(self) -> Any:
        ahead = self.random.choice((-MINUTE, 3 * MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, 26 * HOUR))
        return instant(self.room.now + ahead)

    def command(self) -> c.Command:
        r, state = self.random, self.room.state
        counter, ticket = self.some(state.counters), self.some(state.tickets)
        service, flip = self.some(state.services), r.random() < 0.5
        until = self.soon() if r.random() < 0.3 else None
        language = r.choice((None, "de", "en", "tr", "ar"))
        all_needs: tuple[tuple[Need, ...], ...] = ((), (), ("step_free",), ("hearing_loop", "escort"))
        needs = r.choice(all_needs)
        held = self.some((name for name, one in state.counters.items() if one.ticket), wrong=0.1)
        parked = self.some(name for name, one in state.tickets.items() if one.state == "parked")
        service_of = self.services()
        usual: list[Callable[[], c.Command]] = [
            lambda: c.IssueTicket(services=service_of, needs=needs, language=language),
            lambda: c.IssueTicket(services=service_of, needs=needs, category=r.choice(("walk_in", "priority"))),
            lambda: c.OpenCounter(counter=counter) if flip else c.CallNext(counter=counter),
            lambda: c.CallNext(counter=counter, finish_current=flip),
            lambda: c.StartService(counter=held),
            lambda: c.StartService(counter=held),
            lambda: c.FinishService(counter=held, wrap_up=r.random() < 0.2),
        ]
        at_work: list[Callable[[], c.Command]] = [
            lambda: c.RepeatCall(counter=held),
            lambda: c.WithdrawCall(counter=held),
            lambda: c.MarkMissed(counter=held),
            lambda: c.SendToStation(counter=held, station=r.choice(("booth", "cash"))),
            lambda: c.ParkTicket(counter=held),
            lambda: c.ResumeTicket(counter=counter, ticket=parked),
            lambda: c.FinishService(counter=held),
        ]
        other: list[Callable[[], c.Command]] = [
            lambda: c.ServeDirect(counter=counter, services=self.services()),
            lambda: c.PrintTicket(ticket=ticket, printer="paper"),
            lambda: c.ReportPrint(job=self.some(state.prints), state=r.choice(("sent", "confirmed", "failed"))),
            lambda: c.LeaseNumbers(services=self.services(), count=r.randint(1, 5)),
            lambda: c.CancelTicket(ticket=ticket),
            lambda: c.TakeOverCounter(counter=counter),
            lambda: c.CloseCounter(counter=counter),
            lambda: c.PauseCounter(counter=counter, reason="lunch"),
            lambda: c.BeginWrapUp(counter=counter),
            lambda: c.ResumeCounter(counter=counter),
            lambda: c.CallTicket(counter=counter, ticket=ticket, finish_current=flip),
            lambda: c.FinishService(counter=counter, outcome=r.choice(("done", "left", "not_possible"))),
            lambda: c.FinishService(counter=held, services_done=r.choice((self.services(), self.wanted_at(held), ()))),
            lambda: c.CallNext(counter=held, finish_current=True, services_done=self.wanted_at(held)),
            lambda: c.TransferTicket(ticket=ticket, to_service=service, not_before=until),
            lambda: c.TransferTicket(ticket=ticket, to_counter=counter, not_before=until),
            lambda: c.ReturnTicket(ticket=ticket),
            lambda: c.PauseTicket(ticket=ticket, minutes=r.choice((None, 1, 15))),
            lambda: c.SetServices(ticket=ticket, services=self.services()),
            lambda: c.SetCategory(ticket=ticket, category=r.choice(("walk_in", "priority"))),
            lambda: c.SetNeeds(ticket=ticket, needs=needs),
            lambda: c.BoostTicket(ticket=ticket, minutes=r.choice((-5, 20))),
            lambda: c.BoostService(service=service, minutes=r.choice((-10, 0, 30)), until=until),
            lambda: c.MoveTickets(tickets=(ticket,), to_service=service),
            lambda: c.AssignCounter(counter=counter, services=self.services()[:1], until=until),
            lambda: c.OpenService(service=service),
            lambda: c.CloseService(service=service, until=until),
            lambda: c.LimitService(service=service, tickets=r.choice((None, 3))),
            lambda: c.SetPolicy(preset=r.choice(("balanced", "punctual", "plain")), until=until),
            lambda: c.ApplyMoves(
                moves=(
                    c.AssignCounter(counter=counter, services=self.services()[:1]),
                    c.BoostTicket(ticket=ticket, minutes=10),
                    c.CloseService(service=service),
                ),
                until=until,
            ),
            lambda: c.RevertMoves(key=self.some(state.moves)),
            lambda: c.CallHelper(helper="guide", until=until),
            lambda: c.PostMessage(text={"de": "Hallo"}, zones=r.choice(((), ("up",))), until=until),
            lambda: c.ClearMessage(message=self.some(state.messages)),
            lambda: c.AcknowledgeMessage(counter=counter, message=self.some(state.messages)),
            lambda: c.SilenceZone(zone="hall", until=until),
            lambda: c.EndSilence(zone="hall"),
            lambda: c.TestCall(zone="up"),
            lambda: c.SetRoster(weekday="mon", duty=(c.DutySpan(counter=counter, from_="08:00", to="12:00"),)),
            c.RequestHelp,
            lambda: c.AcceptHelp(help=self.some(state.help)),
            lambda: c.RaiseAlarm(counter=counter if flip else None),
            lambda: c.AcceptAlarm(counter=counter if flip else None, from_="1"),
            lambda: c.EndAlarm(counter=counter if flip else None),
            lambda: c.HoldSlot(services=("pass",), start=self.soon()),
            lambda: c.ReleaseSlot(hold=self.some(state.holds)),
            lambda: c.BookAppointment(services=self.services()[:1], start=self.soon(), language=language),
            lambda: c.MoveAppointment(appointment=self.some(state.appointments), start=self.soon()),
            lambda: c.CancelAppointment(appointment=self.some(state.appointments)),
            lambda: c.CheckIn(code=self.some(state.codes)),
            lambda: c.CheckIn(code=self.some(state.codes)),
            lambda: c.OpenDay() if r.random() < 0.7 else c.CloseDay(force=r.random() < 0.3),
            lambda: c.ConfigureOffice(office=self._changed()) if r.random() < 0.3 else c.ChangeEpoch(reason="fork"),
        ]
        if state.day is None and flip:
            return c.OpenDay()
        return r.choice(r.choice((usual, usual, usual, at_work, at_work, other, other, other)))()

    def _changed(self) -> Office:
        """The same office file some time later: some things are new, some are gone."""
        office = small_office(revision=self.room.state.office.revision + 1)
        gone = self.random.choice(("car", "photo", "small"))
        counters = [replace(desk, services=_without(desk.services, gone)) for desk in office.counters if desk.id != "3"]
        stations = [replace(station, services=_without(station.services, gone)) for station in office.stations]
        services = tuple(service for service in office.services if service.id != gone)
        full = self.random.random() < 0.5
        changed = replace(office, services=services, counters=tuple(counters), stations=tuple(stations[:1]))
        return office if full else changed


def _without(services: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(service for service in services if service != gone)


@pytest.fixture(scope="session")
def live(make_room: Make) -> Callable[..., Room]:
    """Random presses for a part of a day: `live(seed, presses, look=..., **office)`."""

    def lived(seed: int, presses: int, look: Callable[[Room], None] = lambda room: None, **changes: Any) -> Room:
        return Life(make_room(**changes), seed).live(presses, look)

    return lived


@pytest.fixture(scope="session")
def make_life() -> Callable[[Room, int], Life]:
    """Random people in a given room: `make_life(room, seed).live(presses)`."""
    return Life


@pytest.fixture(scope="session")
def at() -> Callable[[int], Any]:
    """Milliseconds in the form of commands."""
    return instant


@pytest.fixture(scope="session")
def iso() -> Callable[[int], str]:
    """Milliseconds in the form of answers and boards."""
    return rfc3339
