"""An office for tests: presses by named people, a clock that tests move, and a log that can be folded again.

Every press made here is also a check: its events survive the wire, and the state they make is a possible one.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, Self

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.events import Event, decode, encode
from server.messages.facts import Counter, Ticket
from server.messages.instants import SECOND
from server.messages.office import (
    Calendar,
    Calls,
    CounterPlan,
    Display,
    Helper,
    Hours,
    Kiosk,
    LifeSituation,
    Named,
    Office,
    Policy,
    Printer,
    Profile,
    Rule,
    ServicePlan,
    Situation,
    StationPlan,
    Webhook,
    Zone,
)
from server.messages.problems import Refusal
from server.office.decide import RULES as DECIDED
from server.office.decide import Press, decide
from server.office.due import key_of, ticks
from server.office.evolve import RULES as FOLDED
from server.office.evolve import evolve
from server.office.state import ALIVE, State
from server.office.waits import PromiseTo

NINE = 1_795_420_800_000
"""Monday 2026-11-23, 09:00 in Berlin."""
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
            service("reg", "B", most=4, further_percent=50),
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
        rules=(Rule(id="car-help", service="car", over_minutes=40, under_minutes=20, counters=("1",)),),
        occasions=(LifeSituation(id="move", names={"de": "Umzug"}, services=("reg", "pass"), pictogram="home-move"),),
        profiles=(Profile(id="cars", names={"de": "Autos"}, services=("car", "pass")),),
        helpers=(Helper(id="guide", names={"de": "Lotse"}),),
        situations=(
            Situation(
                id="evacuation",
                names={"de": "Räumung", "en": "Evacuation"},
                reason="evacuation",
                displays={"de": "Bitte verlassen Sie das Haus."},
                phones={"de": "Das Haus ist geräumt."},
                counters={"de": "Bitte alle hinaus."},
                speak=True,
            ),
            Situation(id="meeting", names={"de": "Besprechung"}, reason="meeting", services=("pass", "reg")),
        ),
        calendars=(Calendar(id="desks", names={"de": "Schalter"}, counters=("1", "2")),),
        webhooks=(Webhook(id="portal", address="https://portal.example/hook", secret_file="portal.secret"),),
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
        self.promise: PromiseTo | None = None
        self.clock: int | None = None  # how far the store's own clock is ahead of `now`; None: they agree
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
            nonce=self.nonce(),
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

    def nonce(self) -> str:
        return f"n{self._presses:015d}"

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

    def begin(self, office: Office) -> Self:
        self.does(c.ConfigureOffice(office=office), SYSTEM, key=f"office:{office.revision}")
        self.does(c.OpenDay(), self.supervisor)
        return self

    def open(self, *counters: str, by: Actor | None = None) -> Self:
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

    def through_the_booth(self, counter: str) -> None:
        """Serves the next ticket and sends it to the station `booth`, which finishes it."""
        self.serve(counter)
        self.does(c.SendToStation(counter=counter, station="booth"))
        self.call("booth", self.booth)
        self.does(c.StartService(counter="booth"), self.booth)
        self.does(c.FinishService(counter="booth"), self.booth)

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


def instant(ms: int) -> datetime:
    """Milliseconds in the form of commands."""
    return datetime.fromtimestamp(ms / 1000, UTC)


Make = Callable[..., Room]
