"""What lives in one office: a fold of its log. `evolve` changes it, everybody else reads.

Values are replaced, never changed, so a copy is shallow. `put_*` keep the lines, the numbers and the undo images in step.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from server.messages.facts import (
    Alarm,
    Appointment,
    Counter,
    Deed,
    Duty,
    Help,
    Hold,
    Lease,
    Message,
    Moves,
    Print,
    Reserved,
    Service,
    Ticket,
)
from server.messages.instants import DAY, MINUTE, SECOND
from server.messages.office import CounterPlan, Office, Preset, ServicePlan, StationPlan, Zone
from server.messages.terms import CounterState
from server.messages.value import Value
from server.office.keys import Kept, Keys
from server.office.lines import Lines
from server.office.order import presets

ALIVE = frozenset({"waiting", "called", "serving", "parked", "away", "missed"})
HELD = frozenset({"called", "serving"})
KEY_LIFE_MS = DAY
UNDO_FOR_MS = 10 * SECOND
ACT_LIFE_MS = MINUTE


def range_of(plan: ServicePlan) -> str:
    """The number range of a service; services may share one."""
    return f"{plan.letter}{plan.first}"


class Shown(Value, gc=False):
    """A call on the walls. `at` is its last call; `until` when it leaves, once service began or it was withdrawn.

    `calm`: up again because a press was undone; it never stands out.
    """

    ticket: str
    number: str
    counter: str
    at: int
    attempt: int
    until: int | None = None
    withdrawn: bool = False
    calm: bool = False


class Said(Value, gc=False):
    """A call to be spoken, by its id: the mark of its entry and its seq. Without ticket: a test, or a `message` read out."""

    id: str
    seq: int
    at: int
    zone: str
    ticket: str
    number: str
    counter: str
    attempt: int
    language: str | None
    message: str = ""


class Act:
    """What one press touched, as it was before: what undo restores. Copied before it grows: states share it."""

    __slots__ = ("at", "counters", "did", "last_seq", "number", "services", "tickets", "type")

    def __init__(self, type: str, at: int) -> None:
        self.type, self.at, self.last_seq = type, at, 0
        self.number: str | None = None
        self.did: tuple[Deed, ...] = ()
        self.tickets: dict[str, Ticket | None] = {}
        self.counters: dict[str, Counter] = {}
        self.services: dict[str, Service] = {}

    def copy(self) -> "Act":
        other = Act(self.type, self.at)
        other.last_seq, other.number, other.did = self.last_seq, self.number, self.did
        other.tickets, other.counters = self.tickets.copy(), self.counters.copy()
        other.services = self.services.copy()
        return other


class State:
    """One office. `seq`, `mark`: the entry folded last; `at`: its instant; `day`: the open day or None.

    `coming`: (start, id) of the appointments still expected, in the order of their slots.
    """

    def __init__(self) -> None:
        self.office = Office(id="", name="", services=(), counters=())
        self.configured = False
        self.coming_zone: str | None = None
        self.epoch = ""
        self.seq = 0
        self.mark = ""
        self.at = 0
        self.day: str | None = None
        self.last_day: str | None = None
        self.preset = ""
        self.preset_until: int | None = None
        self.preset_before = ""
        self.preset_seq = 0
        self.preset_before_seq = 0
        self.tickets: dict[str, Ticket] = {}
        self.counters: dict[str, Counter] = {}
        self.services: dict[str, Service] = {}
        self.prints: dict[str, Print] = {}
        self.messages: dict[str, Message] = {}
        self.alarms: dict[str, Alarm] = {}
        self.help: dict[str, Help] = {}
        self.silences: dict[str, int | None] = {}
        self.holds: dict[str, Hold] = {}
        self.appointments: dict[str, Appointment] = {}
        self.leases: dict[str, Lease] = {}
        self.moves: dict[str, Moves] = {}
        self.roster: dict[str, tuple[Duty, ...]] = {}
        self.helpers: dict[str, int | None] = {}
        self.keys = Keys()
        self.numbers: dict[str, int] = {}
        self.last_issued: dict[str, int] = {}
        self.lost: tuple[str, ...] = ()
        self.lost_at = 0
        self.reserved: Reserved | None = None
        self.earlier: tuple[Reserved, ...] = ()
        self.ahead = 0
        self.shown: dict[str, Shown] = {}
        self.said: deque[Said] = deque()
        self.overtakers: dict[str, list[tuple[int, str]]] = {}
        # derived
        self.codes: dict[str, str] = {}
        self.coming: list[tuple[int, str]] = []
        self.lines = Lines()
        self.alive: dict[str, str] = {}
        self.leaving: deque[tuple[int, str]] = deque()
        self.acts: Kept[Act] = Kept()
        self.act: Act | None = None
        self._config()

    # the office file, by id

    def _config(self) -> None:
        self.places: dict[str, CounterPlan | StationPlan] = {
            **{c.id: c for c in self.office.counters},
            **{s.id: s for s in self.office.stations},
        }
        self.plans: dict[str, ServicePlan] = {s.id: s for s in self.office.services}
        self.zones: dict[str, Zone] = {z.id: z for z in self.office.zones}
        known = presets(self.office)
        self.rules: Preset = known.get(self.preset or self.office.policy.preset) or known["balanced"]

    def configure(self, office: Office) -> None:
        """Takes an office file: what is new stands closed, what lives on was kept in it by `decide`."""
        self.office, self.configured = office, True
        self._config()
        for counter in office.counters:
            if counter.id not in self.counters:
                self.counters[counter.id] = Counter(id=counter.id, state="closed", services=counter.services)
        for station in office.stations:
            if station.id not in self.counters:
                state: CounterState = "open" if self.day else "closed"
                self.counters[station.id] = Counter(id=station.id, state=state, services=station.services)
        for service in office.services:
            self.services.setdefault(service.id, Service(id=service.id, limit=service.daily_limit))
        self.counters = {name: c for name, c in self.counters.items() if name in self.places}
        self.services = {name: s for name, s in self.services.items() if name in self.plans}

    def set_preset(self, preset: str, until: int | None, before: str = "") -> None:
        """`before`: what holds again at `until`."""
        self.preset, self.preset_until, self.preset_before = preset, until, before
        self._config()

    # changing values

    def ready_at(self, ticket: Ticket) -> int:
        """From when a waiting ticket may be called: its not-before, and for an appointment shortly before its slot.

        One that was called early once does not wait for its slot again.
        """
        slot = 0
        if ticket.slot is not None and ticket.calls == 0:
            slot = ticket.slot - self.office.policy.appointment_before * SECOND
        return max(ticket.not_before or 0, slot)

    def put_ticket(self, ticket: Ticket) -> None:
        old = self.tickets.get(ticket.id)
        if self.act is not None:
            self.act.tickets.setdefault(ticket.id, old)
            self.act.number = ticket.number
        ticket = replace(ticket, last_seq=self.seq, hand=ticket.hand if ticket.state in HELD else ())
        self.tickets[ticket.id] = ticket
        if old is not None and old.state == "waiting":
            self.lines.remove(ticket.id)
        if ticket.state == "waiting":
            self.lines.add(ticket, self.ready_at(ticket), self.at)
        if ticket.state in ALIVE:
            self.alive[ticket.number] = ticket.id
        else:
            self.alive.pop(ticket.number, None)
            self.leaving.append((ticket.ended_at or self.at, ticket.id))

    def stays_for(self) -> int:
        """How long an ended ticket is kept, ms: the phone's grace, and as long as its end can be undone."""
        return max(self.office.calls.grace * SECOND, UNDO_FOR_MS + 1)

    def replace_lines(self) -> None:
        """Everybody waiting is put where the rules of now want them: the office file changed."""
        self.lines = Lines()
        for ticket in self.tickets.values():
            if ticket.state == "waiting":
                self.lines.add(ticket, self.ready_at(ticket), self.at)

    def put_counter(self, counter: Counter) -> None:
        if self.act is not None:
            self.act.counters.setdefault(counter.id, self.counters[counter.id])
        self.counters[counter.id] = replace(counter, last_seq=self.seq)

    def put_service(self, service: Service) -> None:
        if self.act is not None:
            self.act.services.setdefault(service.id, self.services[service.id])
        self.services[service.id] = replace(service, last_seq=self.seq)

    def put_appointment(self, appointment: Appointment) -> None:
        self._not_coming(appointment.id)
        self.appointments[appointment.id] = appointment
        self.codes[appointment.code] = appointment.id
        if _comes(appointment):
            insort(self.coming, (appointment.start, appointment.id))

    def drop_appointment(self, name: str) -> None:
        self._not_coming(name)
        del self.codes[self.appointments.pop(name).code]

    def set_appointments(self, appointments: Sequence[Appointment]) -> None:
        """Exactly these."""
        self.appointments = {one.id: one for one in appointments}
        self.codes = {one.code: one.id for one in appointments}
        self.coming = sorted((one.start, one.id) for one in appointments if _comes(one))

    def _not_coming(self, name: str) -> None:
        known = self.appointments.get(name)
        if known is not None and _comes(known):
            del self.coming[bisect_left(self.coming, (known.start, name))]

    def use_number(self, service: str, ordinal: int | None) -> None:
        """A number range is used up to here; ranges are told apart by letter and first number."""
        if ordinal is not None:
            self.numbers[range_of(self.plans[service])] = ordinal

    def drop_ticket(self, ticket: str) -> None:
        """A finished ticket leaves; the history remembers."""
        del self.tickets[ticket]
        self.shown.pop(ticket, None)

    def hush(self, ticket: str, above: int = 0) -> None:
        """Speech of this ticket (of attempts above one) that was not spoken yet is dropped."""
        if self.said and any(said.ticket == ticket and said.attempt > above for said in self.said):
            self.said = deque(said for said in self.said if said.ticket != ticket or said.attempt <= above)

    def note_passed(self, ticket: Ticket, *, gone: bool = False) -> None:
        """Notes who was called for the first time, for those it passed; `gone`: it was not called after all."""
        if gone:
            for places in self.overtakers.values():
                at = bisect_left(places, (ticket.seq, ""))
                if at < len(places) and places[at][0] == ticket.seq:
                    del places[at]
            return
        for name in ticket.services:
            insort(self.overtakers.setdefault(name, []), (ticket.seq, ticket.category))

    # reading

    def ticket_at(self, counter: Counter) -> Ticket | None:
        return self.tickets.get(counter.ticket) if counter.ticket else None

    def waiting(self, service: str) -> int:
        """People waiting whose ticket wants this service, those who may not be called yet included."""
        lines = sum(len(line.places) for line in self.lines.all() if service in line.services)
        bound = (place for places in self.lines.bound.values() for place in places)
        return lines + sum(service in self.tickets[name].services for _, _, name in (*self.lines.later, *bound))

    def living(self) -> Iterator[Ticket]:
        """Every ticket that has not ended, in no order. Those that have stay for their phones, and nothing happens to them."""
        return (self.tickets[name] for name in self.alive.values())

    def waiting_tickets(self) -> list[Ticket]:
        """Every waiting ticket, in the order in which they joined a line: not the order of call."""
        return [self.tickets[name] for name in self.lines.where]

    def copy(self) -> "State":
        """A state that can run ahead of this one."""
        other = State.__new__(State)
        other.__dict__.update({name: _copied(value) for name, value in self.__dict__.items()})
        other.overtakers = {name: places.copy() for name, places in self.overtakers.items()}
        return other


def _comes(appointment: Appointment) -> bool:
    """Still expected: neither here nor missed."""
    return appointment.ticket is None and not appointment.missed


def _copied(value: object) -> object:
    return value.copy() if isinstance(value, dict | list | deque | Lines) else value
