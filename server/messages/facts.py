"""What the log says about a ticket, a counter, a service. Checkpoints and undo carry these values whole.

Made by `server.office` only; every other room reads. Times are milliseconds (UTC), lengths are milliseconds.
"""

from typing import Literal

from msgspec import field

from server.messages.terms import (
    Category,
    CounterState,
    DirectChannel,
    Millis,
    Need,
    NoticePlace,
    Phrase,
    PrintState,
    ServiceOutcome,
    TicketState,
)
from server.messages.value import Value


class Fact(Value, omit_defaults=True, gc=False):
    """A value that is replaced, never changed."""


class Told(Fact):
    """What was promised: the wait in minutes (10 %, 50 %, 90 %), by which `model`; `learning`: it knew little yet.

    `leave`: minutes for which its holder may leave the room; 0: too short to leave.
    `p10`, `p90`: the ends before they were rounded outward, from which the next model learns.
    """

    low: int
    median: int
    high: int
    model: str = ""
    learning: bool = False
    leave: int = 0
    p10: float | None = None
    p90: float | None = None


class Duty(Fact):
    """A span of a counter's day by the office's clock ("08:00" to "12:30"): open, or a break."""

    counter: str
    from_: str = field(name="from")
    to: str
    kind: Literal["open", "break"] = "open"


class Why(Fact):
    """Why this ticket was next. `code`: longest_wait, appointment, priority, boost, language, only, picked, returned, early."""

    code: str
    waited: int = 0
    slot: Millis | None = None


class Ticket(Fact):
    """One visit. `reference` gives its place in its line; `seq` (of its issue) decides between equals.

    `services`: those still wanted; `quantities`: how many of a service, where it is more than one; `served`: finished stretches
    of service in ms; `misses`: no-shows since it was last served; `came_back`: it returned once after a miss, and the next time
    its place counts from then. `hand`: the services that the counter which holds it gave when it came; if the counter's
    services change, that counts from the next call. `away`: all its pauses in ms, the running one up to its end. `called_from`,
    `paused_until`: its state before the call, for a withdrawal. `told`: the promise at issue. `moved_at`: when a supervisor
    moved it to the service that it waits for. `wanted_seq`, `placed_seq`: the entries that last set its services, and its place
    by their own instant.
    """

    id: str
    number: str
    services: tuple[str, ...]
    state: TicketState
    seq: int
    last_seq: int
    issued_at: Millis
    reference: Millis
    done: tuple[str, ...] = ()
    category: Category = "walk_in"
    needs: tuple[Need, ...] = ()
    persons: int = 1
    quantities: dict[str, int] = {}
    channel: DirectChannel = "counter"
    language: str | None = None
    kiosk: str | None = None
    counter: str | None = None
    called_at: Millis | None = None
    first_called_at: Millis | None = None
    calls: int = 0
    attempt: int = 0
    why: Why | None = None
    started_at: Millis | None = None
    served: int = 0
    waited: int = 0
    misses: int = 0
    missed_at: Millis | None = None
    came_back: bool = False
    not_before: Millis | None = None
    away_until: Millis | None = None
    away: int = 0
    called_from: TicketState | None = None
    paused_until: Millis | None = None
    only_counter: str | None = None
    only_until: Millis | None = None
    station: str | None = None
    station_counter: str | None = None
    slot: Millis | None = None
    appointment: str | None = None
    boost: int = 0
    moved_at: Millis | None = None
    wanted_seq: int = 0
    placed_seq: int = 0
    direct: bool = False
    ended_at: Millis | None = None
    outcome: ServiceOutcome | None = None
    hand: tuple[str, ...] = ()
    told: Told | None = None


class Assignment(Fact):
    """Services that a supervisor gave a counter. `before`: what it served until then, restored at `until`."""

    services: tuple[str, ...]
    before: tuple[str, ...]
    by: str
    at: Millis
    until: Millis | None = None
    reason: str | None = None


class Counter(Fact):
    """One counter now. `ticket`: the ticket it holds; `coming_pause`: it pauses after the finish; `holder`: who opened it;
    `phrase`: what its display says to whom it serves.

    `served_seq`, `state_seq`: the entries that last set its services and its state.
    """

    id: str
    state: CounterState
    services: tuple[str, ...]
    since: Millis = 0
    last_seq: int = 0
    ticket: str | None = None
    holder: str | None = None
    reason: str | None = None
    back_at: Millis | None = None
    coming_pause: bool = False
    phrase: Phrase | None = None
    assignment: Assignment | None = None
    served_seq: int = 0
    state_seq: int = 0


class Service(Fact):
    """One service today. `closed`: by a supervisor, with reason and `until`; `situation`: the one it is closed for; `limit`: of
    tickets from kiosks today.

    `closed_seq`, `limit_seq`, `boost_seq`: the entries that last set these.
    """

    id: str
    closed: bool = False
    reason: str | None = None
    until: Millis | None = None
    limit: int | None = None
    issued: int = 0
    boost: int = 0
    boost_until: Millis | None = None
    last_seq: int = 0
    closed_seq: int = 0
    limit_seq: int = 0
    boost_seq: int = 0
    situation: str | None = None


class Print(Fact):
    """One print job: a ticket on its way to a printer."""

    job: str
    ticket: str
    printer: str
    at: Millis
    state: PrintState = "requested"
    reason: str | None = None


class Message(Fact):
    """A supervisor's public message. `places`: the kinds of screens it is for; empty: displays and counters."""

    id: str
    text: dict[str, str]
    at: Millis
    by: str
    displays: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    speak: bool = False
    until: Millis | None = None
    acknowledged: tuple[str, ...] = ()
    places: tuple[NoticePlace, ...] = ()


class Alarm(Fact):
    """A silent alarm of a counter or the desk (`place` is "desk" or the counter's id)."""

    place: str
    at: Millis
    accepted_by: tuple[str, ...] = ()


class Help(Fact):
    """Somebody at a kiosk or station asked for help."""

    id: str
    device: str
    at: Millis
    accepted_by: str | None = None


class Hold(Fact):
    """A slot kept for somebody who is filling in the booking form."""

    id: str
    services: tuple[str, ...]
    start: Millis
    until: Millis
    persons: int = 1
    public: bool = False


class Appointment(Fact):
    """A booking. `code`: six characters for the check-in; `reference`: its id in the booking system; `moved`: how often."""

    id: str
    code: str
    services: tuple[str, ...]
    start: Millis
    persons: int = 1
    language: str | None = None
    reference: str | None = None
    ticket: str | None = None
    missed: bool = False
    public: bool = False
    moved: int = 0


class Lease(Fact):
    """Numbers lent to a kiosk that may be cut off. `letters`: those that its services had then."""

    id: str
    device: str
    blocks: tuple[tuple[str, int, int], ...]
    until: Millis
    letters: dict[str, str] = {}


class Deed(Fact):
    """One thing that a press did, with what somebody must know before they undo it. `before`: what the counter served then;
    `tickets`: how many were moved."""

    type: str
    number: str | None = None
    counter: str | None = None
    service: str | None = None
    services: tuple[str, ...] = ()
    until: Millis | None = None
    before: tuple[str, ...] = ()
    to_service: str | None = None
    helper: str | None = None
    preset: str | None = None
    minutes: int | None = None
    tickets: int | None = None


class Reserved(Fact):
    """Numbers that people may hold although the log does not say so: they are not given again on `day`.

    `spans`: letter, first and last number.
    """

    day: str
    spans: tuple[tuple[str, int, int], ...]


class TakenUp(Fact):
    """Of the appointments that were due lately: how many there were, to how many somebody came, and how many of these were called
    in time."""

    booked: int
    came: int
    in_time: int


class Gain(Fact):
    """By how many minutes a move shortens the longest wait, as simulated before it; `chance` that it does. `advice`: its id."""

    low: float
    median: float
    high: float
    chance: float | None = None
    advice: str | None = None


class Row(Fact):
    """One row of the shift book. `type`: of its event, `moves_applied` for a set; `ended`: taken back, or its time is over, at
    `ended_at`.

    `told`, `happened`: by how many minutes it was said to shorten the longest wait, and did. `seq`: of the first entry of its
    press; two supervisors may have used the same key. `name`: used instead of a key that several moves have.
    """

    key: str
    at: Millis
    by: str
    type: str
    did: tuple[Deed, ...] = ()
    reason: str | None = None
    until: Millis | None = None
    told: Gain | None = None
    happened: float | None = None
    ended: bool = False
    situation: str | None = None
    seq: int = 0
    name: str = ""
    ended_at: Millis | None = None


class CalledHelper(Fact):
    """A helper who was called in. `counter`: where they help; `since` None: was not called (in the picture of a set of moves)."""

    id: str
    since: Millis | None = None
    until: Millis | None = None
    counter: str | None = None
    by: str = ""
    last_seq: int = 0


class Moves(Fact):
    """A supervisor's set of moves, taken back as one. `counters`, `services`, `tickets`, `policy`, `helpers`: as before it.

    `last_seq`: of its own entry; anything with a higher seq was changed since. `boosts`: minutes it gave, by ticket.
    `messages`: those it posted. `single`: one move outside a set, kept so that the shift book can take it back. `seq`,
    `name`: as in `Row`.
    """

    key: str
    by: str
    at: Millis
    until: Millis | None = None
    reason: str | None = None
    counters: tuple[Counter, ...] = ()
    services: tuple[Service, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    policy: str | None = None
    policy_until: Millis | None = None
    policy_before: str = ""
    policy_seq: int = 0
    boosts: dict[str, int] = {}
    last_seq: int = 0
    helpers: tuple[CalledHelper, ...] = ()
    messages: tuple[str, ...] = ()
    single: bool = False
    situation: str | None = None
    rule: str | None = None
    seq: int = 0
    name: str = ""


class Spender(Fact):
    """One principal's keys in a checkpoint. Each: key, digest of its command, seq and count of its events, instant."""

    who: str
    keys: tuple[tuple[str, str, int, int, int], ...]


class Spent(Fact):
    """A spent key: its owner, the digest of its command, and where in the log its events are."""

    who: str
    key: str
    digest: str
    seq: int
    count: int
    at: Millis
