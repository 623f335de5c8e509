"""Everything that is true in one office now: a fold of its log. Only `evolve` changes it; everybody else reads.

Values are replaced, never changed, so a copy is shallow. `put_*` also update the lines, the numbers and the undo images.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.messages.facts import (
    Alarm,
    Appointment,
    CalledHelper,
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
    Row,
    Service,
    TakenUp,
    Ticket,
)
from server.messages.instants import DAY, MINUTE, SECOND
from server.messages.laid import LaidSetting
from server.messages.office import CounterPlan, Office, Preset, Rule, ServicePlan, StationPlan, WalkIns, Zone
from server.messages.terms import CounterState
from server.messages.value import Value
from server.office.hours import days_of_visit
from server.office.keys import Kept, Keys
from server.office.lines import Lines
from server.office.order import presets

if TYPE_CHECKING:
    from server.office.capacity import Capacity
    from server.office.slots import Overbooked, SlotDay

ALIVE = frozenset({"waiting", "called", "serving", "parked", "away", "missed"})
HELD = frozenset({"called", "serving"})
KEY_LIFE_MS = DAY
UNDO_FOR_MS = 10 * SECOND
ACT_LIFE_MS = MINUTE


def range_of(plan: ServicePlan) -> str:
    """The number range of a service; services may share one."""
    return f"{plan.letter}{plan.first}"


class Shown(Value, gc=False):
    """A call on the walls. `at`: its last call; `until`: when it leaves the walls, set once service began or it was withdrawn.

    `calm`: it is back because a press was undone; it is not highlighted as new. `line`: the first that was free among the calls
    into its zone; two screens beside each other share the calls by it.
    """

    ticket: str
    number: str
    counter: str
    at: int
    attempt: int
    until: int | None = None
    withdrawn: bool = False
    calm: bool = False
    line: int = 0


class SpokenCall(Value, gc=False):
    """A call to be spoken. `id`: mark and seq of its entry. Without a ticket it is a test (`tone`: as noise), or a `message` to
    be read out."""

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
    tone: bool = False


class Act:
    """What one press touched, as it was before, for undo. Copies of a state share acts: an act is copied before it grows."""

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

    `elsewhere`: the living tickets that do not wait. `coming`: (start, id) of the appointments still expected, in the order of
    their slots; `begun`: those that are checked in.
    """

    def __init__(self) -> None:
        # The office file. In Snapshot and in day_opened; `configured` is true after either.
        self.office = Office(id="", name="", services=(), counters=())
        self.configured = False
        self.settings: tuple[LaidSetting, ...] = ()
        self.coming_zone: str | None = None
        # The day and its policy. In Snapshot and in day_opened, except `last_issued`, which begins empty each day.
        self.day: str | None = None
        self.last_day: str | None = None
        self.preset = ""
        self.preset_until: int | None = None
        self.preset_before = ""
        self.preset_seq = self.preset_before_seq = 0
        self.roster: dict[str, tuple[Duty, ...]] = {}
        self.walk_ins: dict[str, tuple[WalkIns, ...]] = {}
        self.helpers: dict[str, CalledHelper] = {}
        self.numbers: dict[str, int] = {}
        self.last_issued: dict[str, int] = {}
        # The things in the office, by id. All in Snapshot. In day_opened too, except what ends with its day: tickets that
        # nobody serves, prints, help, shown, said, overtakers, leaving.
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
        self.book: dict[str, Row] = {}
        self.quiet: tuple[str, ...] = ()
        self.switched: dict[str, bool] = {}
        self.written: dict[str, Rule] = {}
        self.shown: dict[str, Shown] = {}
        self.said: deque[SpokenCall] = deque()
        self.overtakers: dict[str, list[tuple[int, str]]] = {}
        self.leaving: deque[tuple[int, str]] = deque()
        # Log bookkeeping. In Snapshot. In day_opened too, except `seq`, `mark`, `at` (they come with the entry) and `acts`
        # (no press of the day before can be undone). `act` is set only while one event is folded. `touched`: the seq of the last
        # entry that changed a thing other than by a call; of the day it has its opening.
        self.epoch = ""
        self.seq = 0
        self.mark = ""
        self.at = self.ahead = 0
        self.model = ""
        self.taken_up: TakenUp | None = None
        self.lost: tuple[str, ...] = ()
        self.lost_at = self.lost_more = 0
        self.reserved: Reserved | None = None
        self.earlier: tuple[Reserved, ...] = ()
        self.keys = Keys()
        self.acts: Kept[Act] = Kept()
        self.act: Act | None = None
        self.touched: dict[str, int] = {}
        # Derived from the rest: in neither.
        self.codes: dict[str, str] = {}
        self.references: dict[str, str] = {}
        self.coming: list[tuple[int, str]] = []
        self.begun: dict[str, None] = {}
        self.capacity: dict[str, Capacity] = {}
        self.slot_days: dict[str, SlotDay] = {}
        self.overbooked: dict[str, Overbooked] = {}
        self.lines = Lines()
        self.alive: dict[str, str] = {}
        self.elsewhere: dict[str, None] = {}
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
        """Takes a new office file. New counters are closed; rows that are still needed were kept in the file by `decide`."""
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
        """`before`: the preset that applies again from `until`."""
        self.preset, self.preset_until, self.preset_before = preset, until, before
        self._config()

    # changing values

    def ready_at(self, ticket: Ticket) -> int:
        """The instant from which a waiting ticket may be called: its not-before; for an appointment shortly before its slot.

        An appointment that was called before does not wait for its slot again.
        """
        slot = 0
        if ticket.slot is not None and ticket.calls == 0:
            slot = ticket.slot - self.office.policy.appointment_before * SECOND
        return max(ticket.not_before or 0, slot)

    def waits_since(self, ticket: Ticket) -> int:
        """When its wait began: its issue.

        Somebody who checks in early for an appointment waits from shortly before the slot: until then nobody is late.
        """
        if ticket.slot is None:
            return ticket.issued_at
        return max(ticket.issued_at, ticket.slot - self.office.policy.appointment_before * SECOND)

    def put_ticket(self, ticket: Ticket) -> None:
        old = self.tickets.get(ticket.id)
        if self.act is not None:
            self.act.tickets.setdefault(ticket.id, old)
            self.act.number = ticket.number
        # `last_seq` lets undo see that something later touched it; `hand` means something only at a counter
        ticket = replace(ticket, last_seq=self.seq, hand=ticket.hand if ticket.state in HELD else ())
        self.tickets[ticket.id] = ticket
        if old is not None and old.state == "waiting":
            self.lines.remove(ticket.id)
        if ticket.state == "waiting":
            self.lines.add(ticket, self.ready_at(ticket), self.waits_since(ticket), self.at)
        if ticket.state in ALIVE:
            self.note_alive(ticket)
        else:
            self.elsewhere.pop(ticket.id, None)
            self.alive.pop(ticket.number, None)
            self.leaving.append((ticket.ended_at or self.at, ticket.id))

    def note_alive(self, ticket: Ticket) -> None:
        """Notes a ticket that has not ended under its number, and whether it waits."""
        self.alive[ticket.number] = ticket.id
        if ticket.state == "waiting":
            self.elsewhere.pop(ticket.id, None)
        else:
            self.elsewhere[ticket.id] = None

    def stays_for(self) -> int:
        """How long an ended ticket is kept, ms: for its phone (`calls.grace`), and at least as long as its end can be undone."""
        return max(self.office.calls.grace * SECOND, UNDO_FOR_MS + 1)

    def replace_lines(self) -> None:
        """Builds all lines again, after a change of the office file or of the log's time."""
        self.lines = Lines()
        for ticket in self.tickets.values():
            if ticket.state == "waiting":
                self.lines.add(ticket, self.ready_at(ticket), self.waits_since(ticket), self.at)

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
        if appointment.reference is not None:
            self.references[appointment.reference] = appointment.id
        self._other_slots(appointment.start)
        if appointment.ticket is not None:
            self.begun[appointment.id] = None
        if _comes(appointment):  # `coming` is sorted, so that `due` reads only its beginning
            insort(self.coming, (appointment.start, appointment.id))

    def drop_appointment(self, name: str) -> None:
        self._not_coming(name)
        gone = self.appointments.pop(name)
        del self.codes[gone.code]
        if gone.reference is not None:
            del self.references[gone.reference]

    def set_appointments(self, appointments: Sequence[Appointment]) -> None:
        """Replaces all appointments by these."""
        self.appointments = {one.id: one for one in appointments}
        self.codes = {one.code: one.id for one in appointments}
        self.references = {one.reference: one.id for one in appointments if one.reference is not None}
        self.coming = sorted((one.start, one.id) for one in appointments if _comes(one))
        self.begun = {one.id: None for one in appointments if one.ticket is not None}
        self.slot_days, self.capacity, self.overbooked = {}, {}, {}

    def _not_coming(self, name: str) -> None:
        known = self.appointments.get(name)
        self.begun.pop(name, None)
        if known is not None and _comes(known):
            del self.coming[bisect_left(self.coming, (known.start, name))]
        if known is not None:
            self._other_slots(known.start)

    def _other_slots(self, start: int) -> None:
        """Forgets what is known of the slots of a day. Who found no room there is looked at again."""
        if self.slot_days or self.overbooked:
            for one in days_of_visit(self.office, start):
                self.slot_days.pop(one, None)
                if (known := self.overbooked.get(one)) is not None:
                    self.overbooked[one] = known._replace(capacity=None)

    def use_number(self, service: str, ordinal: int | None) -> None:
        """Notes how far the service's number range is used. Services with the same letter and first number share a range."""
        if ordinal is not None:
            self.numbers[range_of(self.plans[service])] = ordinal

    def drop_ticket(self, ticket: str) -> None:
        """Forgets an ended ticket; the history keeps it."""
        del self.tickets[ticket]
        self.shown.pop(ticket, None)

    def hush(self, ticket: str, above: int = 0) -> None:
        """Drops the announcements of this ticket's attempts after `above`."""
        if self.said and any(said.ticket == ticket and said.attempt > above for said in self.said):
            self.said = deque(said for said in self.said if said.ticket != ticket or said.attempt <= above)

    def note_passed(self, ticket: Ticket, *, gone: bool = False) -> None:
        """Notes a first call, so that tickets issued earlier can say who overtook them. `gone`: that call was taken back."""
        if gone:
            for places in self.overtakers.values():
                at = bisect_left(places, (ticket.seq, ""))
                if [seq for seq, _ in places[at : at + 1]] == [ticket.seq]:
                    del places[at]
            return
        for name in ticket.services:
            insort(self.overtakers.setdefault(name, []), (ticket.seq, ticket.category))

    # reading

    def ticket_at(self, counter: Counter) -> Ticket | None:
        return self.tickets.get(counter.ticket) if counter.ticket else None

    def waiting(self, service: str) -> int:
        """How many waiting tickets want this service, including those that may not be called yet."""
        lines = sum(len(line.places) for line in self.lines.all() if service in line.services)
        bound = (place for places in self.lines.bound.values() for place in places)
        return lines + sum(service in self.tickets[name].services for _, _, name in (*self.lines.later, *bound))

    def living(self) -> Iterator[Ticket]:
        """Every ticket that has not ended, in no order. Ended tickets stay in `tickets` for a while, for their phones only."""
        return (self.tickets[name] for name in self.alive.values())

    def others(self) -> list[Ticket]:
        """Every ticket that has not ended and does not wait, in no order: few, however many wait."""
        return [self.tickets[name] for name in self.elsewhere]

    def waiting_tickets(self) -> list[Ticket]:
        """Every waiting ticket, in the order in which they joined a line: not the order of call."""
        return [self.tickets[name] for name in self.lines.where]

    def copy(self) -> "State":
        """A copy that can run ahead of this state."""
        other = State.__new__(State)
        other.__dict__.update({name: _copied(value) for name, value in self.__dict__.items()})
        other.overtakers = {name: places.copy() for name, places in self.overtakers.items()}
        return other


def _comes(appointment: Appointment) -> bool:
    """Whether it is still expected: neither checked in nor missed."""
    return appointment.ticket is None and not appointment.missed


def _copied(value: object) -> object:
    return value.copy() if isinstance(value, dict | list | deque | Lines) else value
