"""What devices show: one class per board, complete and sent whole. Made by `server.office.boards`, drawn by pages.

Instants are RFC 3339 strings, lengths are seconds, `expected` is minutes. Never an age: pages count from an instant.
Beside each `expected` that is null, `expected_reason` says why it must be: no_counter (no open counter serves it),
no_step_free, closed (and no counter serves it any more), situation, stale; null where somebody serves it.
"""

from server.messages.terms import Arrow, Category, CounterState, Need, PrintState, TicketState
from server.messages.value import Value

Texts = dict[str, str]


class Part(Value, gc=False):
    """A part of a board."""


class Expected(Part):
    """Expected wait in minutes, 10 % to 90 %; `learning` under 200 finished tickets. Null wherever nobody can serve."""

    low: int
    median: int
    high: int
    at: str
    learning: bool


class Place(Part):
    """A counter as citizens see it. `arrow`: where it lies, seen from the waiting room; null draws none."""

    id: str
    label: str
    way: Texts
    zone: str
    arrow: Arrow | None = None


class Call(Part):
    """One call on a wall. `fresh` while it shall stand out; `withdrawn`: "please wait"."""

    number: str
    counter: Place
    called_at: str
    attempt: int
    fresh: bool
    withdrawn: bool


class Waiting(Part):
    """People waiting for one service, as the public sees it. `name` is empty where the service hides what it is about."""

    service: str
    letter: str
    names: Texts
    count: int
    expected: Expected | None
    expected_reason: str | None
    open: bool


class Note(Part):
    """A supervisor's message on a screen."""

    id: str
    text: Texts
    at: str
    until: str | None
    speak: bool


class Display(Part):
    """A wall display. `hide_after`: seconds without a beat after which calls are hidden."""

    office: str
    name: str
    display: str
    title: str
    time_zone: str
    languages: tuple[str, ...]
    open: bool
    zones: tuple[str, ...]
    lines: int
    calls: tuple[Call, ...]
    waiting: tuple[Waiting, ...]
    messages: tuple[Note, ...]
    numbers_waiting: tuple[str, ...]
    missed: tuple[str, ...]
    hide_after: int


class Why(Part):
    """Why this ticket is where it is in the order: a code, seconds waited when it was called (0 before), its slot."""

    code: str
    waited: int
    slot: str | None


class Line(Part):
    """One ticket in a list for staff."""

    id: str
    number: str
    services: tuple[str, ...]
    category: Category
    needs: tuple[Need, ...]
    language: str | None
    persons: int
    state: TicketState
    waiting_since: str
    expected: Expected | None
    expected_reason: str | None
    why_order: Why | None
    not_before: str | None
    since: str | None
    counter: str | None
    slot: str | None
    misses: int


class Current(Part):
    """The ticket a counter holds. `in_hand`: those of its services that "finish" ends, whatever the counter serves by now."""

    ticket: str
    number: str
    state: TicketState
    services: tuple[str, ...]
    in_hand: tuple[str, ...]
    needs: tuple[Need, ...]
    category: Category
    persons: int
    language: str | None
    since: str
    waited: int
    attempt: int
    why: Why | None
    issued_at: str
    note: str | None
    seen_on: tuple[str, ...]
    displays: int
    spoken: bool | None


class Next(Part):
    """Who is likely next."""

    id: str
    number: str
    services: tuple[str, ...]
    why: Why | None


class CounterFace(Part):
    """One counter as staff see it."""

    id: str
    label: str
    zone: str
    state: CounterState
    services: tuple[str, ...]
    skills: tuple[str, ...]
    features: tuple[str, ...]
    since: str | None
    current: str | None
    current_state: TicketState | None
    reason: str | None
    back_at: str | None
    coming_pause: bool
    held: bool
    holder_is_me: bool


class ServiceLine(Part):
    """How full one service is, for staff. `longest_wait` is an instant: the oldest ticket's issue.

    `served`: a counter that is open serves it, whether new tickets are given out or not.
    """

    id: str
    letter: str
    names: Texts
    open: bool
    reason: str | None
    until: str | None
    waiting: int
    longest_wait: str | None
    expected: Expected | None
    expected_reason: str | None
    served: bool
    target: int


class Given(Part):
    """What a supervisor assigned. `before`: what the counter served until then, and will again at `until`."""

    services: tuple[str, ...]
    by: str
    reason: str | None
    until: str | None
    before: tuple[str, ...]


class Did(Part):
    """One thing that a press did: to a ticket, a counter (its label) or a service. `added`, `removed`: services of the
    counter that it did not or did serve before; `until`: when it ends by itself."""

    type: str
    number: str | None = None
    counter: str | None = None
    service: str | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    until: str | None = None


class MovesSet(Given):
    """A set of moves that `revert_moves` takes back by its `key`: what it touched, and whether the policy too."""

    key: str
    at: str
    counters: tuple[str, ...]
    policy: bool


class Stranded(Part):
    """Somebody who waits and whom nobody can call. `reason`: no_counter, no_step_free, no_hearing_loop (no open counter that
    serves it has that), counter_closed, station_closed, place_lacks (kept for `place`, which is closed or lacks what is
    needed), station_silent (the station does not answer)."""

    id: str
    number: str
    services: tuple[str, ...]
    needs: tuple[Need, ...]
    place: str | None
    reason: str


class Takeback(Part):
    """The press that can be undone, until when, and all that it did, in order; `type` is the first of it."""

    key: str
    until: str
    type: str
    number: str | None
    did: tuple[Did, ...] = ()


class Alarm(Part):
    """A silent alarm."""

    place: str
    label: str
    way: Texts
    at: str
    accepted_by: tuple[str, ...]


class Reasoned(Part):
    """A code of the office file with its words."""

    id: str
    names: Texts


class ServiceWords(Part):
    """What a service is called; enough for pages to name it."""

    id: str
    letter: str
    names: Texts
    back_office: bool


class HelpCall(Part):
    """Somebody asked for help at a kiosk or station. `name`: what the office calls it."""

    id: str
    device: str
    at: str
    accepted_by: str | None
    name: str = ""


class Counter(Part):
    """The counter page's board. `lines`: my services; `queue`: in the order of call, at most 200."""

    office: str
    name: str
    time_zone: str
    day: str | None
    arrival: str
    counter: CounterFace
    current: Current | None
    next: Next | None
    waiting: int
    queue: tuple[Line, ...]
    parked: tuple[Line, ...]
    missed: tuple[Line, ...]
    away: tuple[Line, ...]
    lines: tuple[ServiceLine, ...]
    colleagues: tuple[CounterFace, ...]
    stations: tuple[Reasoned, ...]
    services: tuple[ServiceWords, ...]
    messages: tuple[Note, ...]
    assignment: Given | None
    break_reasons: tuple[Reasoned, ...]
    picking: bool
    undo: Takeback | None
    alarms: tuple[Alarm, ...]
    uncallable: tuple[Stranded, ...]
    uncallable_total: int
    reasons: tuple[Reasoned, ...] = ()
    help: tuple[HelpCall, ...] = ()


class Device(Part):
    """A device of the office file. `state`: unknown (never seen), online, late, offline; `delay_ms`: append to its report."""

    id: str
    kind: str
    name: str
    state: str
    seen_at: str | None
    seq: int | None
    delay_ms: int | None
    sound: str | None
    detail: str | None


class Worry(Part):
    """What is weak, although the office is open. `code`: one of `WORRIES`; `detail`: for who keeps the server, in English."""

    code: str
    detail: str
    seconds: int | None = None


WORRIES = (
    "database",
    "history",
    "task",
    "durability",
    "replicas",
    "clock",
    "fork",
    "past",
    "day",
    "not_made",
    "mute",
    "file",
    "certificate",
    "deletion",
)
"""database: SQL is away. history: not written, or late. task: one that must live ended and was begun again. durability: the
store may forget what was acknowledged. replicas: fewer than it takes to lose one. clock: the log's time is ahead of the
clock. fork: the store's history was another. past: nobody could say whether the log is whole. day: it does not open.
not_made: a board, an announcement or something else that is pushed cannot be made (`detail`: which). mute: nobody who can be
heard has the voice of a zone (`detail`: its id). file: the office does not go by its file as it is now. certificate: a
renewed one cannot be served. deletion: it rests because the clock leapt."""


class Supervisor(Part):
    """The supervisor's table. `advice`, `curve`, `fairness` are null until the forecast gives them.

    `clock_jump`: by how many seconds the store's clock jumped, while the office does not go by it.
    `worries`: what is weak about this office or its node, in the words of `GET /health/ready`'s `degraded`.
    """

    office: str
    name: str
    time_zone: str
    day: str | None
    open: bool
    services: tuple[ServiceLine, ...]
    counters: tuple[CounterFace, ...]
    assignments: dict[str, Given]
    tickets: tuple[Line, ...]
    devices: tuple[Device, ...]
    alarms: tuple[Alarm, ...]
    help: tuple[HelpCall, ...]
    messages: tuple[Note, ...]
    policy: str
    presets: tuple[str, ...]
    moves: tuple[MovesSet, ...]
    break_reasons: tuple[Reasoned, ...]
    reasons: tuple[Reasoned, ...]
    lost: tuple[str, ...]
    clock_jump: int | None
    worries: tuple[Worry, ...]
    curve: None
    fairness: None
    last_ticket_at: dict[str, str]
    advice: None
    undo: Takeback | None
    uncallable: tuple[Stranded, ...]
    uncallable_total: int


class Ticket(Part):
    """One ticket in its owner's hand. `passed_by`: how many issued later were called earlier, by reason."""

    number: str
    state: TicketState
    ahead: int | None
    expected: Expected | None
    expected_reason: str | None
    passed_by: dict[str, int]
    services: tuple[ServiceWords, ...]
    counter: Place | None
    way: Texts
    papers: dict[str, tuple[str, ...]]
    issued_at: str
    called_at: str | None
    attempt: int
    missed_at: str | None
    not_before: str | None
    away_until: str | None
    office: str
    name: str
    time_zone: str
    language: str | None
    languages: tuple[str, ...]
    may: tuple[str, ...]


class KioskService(Part):
    """One service at the kiosk. Closed: `reason` (a code) and `opens_at`."""

    id: str
    letter: str
    names: Texts
    hints: Texts
    open: bool
    reason: str | None
    opens_at: str | None
    waiting: int
    expected: Expected | None
    expected_reason: str | None
    reachable_today: str | None
    online_url: str | None
    papers: dict[str, tuple[str, ...]]
    step_free: bool


class Printed(Part):
    """How the printing of one of a kiosk's tickets went."""

    ticket: str
    state: PrintState


class Kiosk(Part):
    """A kiosk's board. `printer`: ok, paper_low, paper_out, ... or null without one. `prints`: of the last two minutes."""

    office: str
    name: str
    kiosk: str
    time_zone: str
    services: tuple[KioskService, ...]
    languages: tuple[str, ...]
    printer: str | None
    prints: tuple[Printed, ...]
    reasons: tuple[Reasoned, ...]
    help: HelpCall | None
    open: bool


class Job(Part):
    """An open print job, under two minutes old. `ticket` is what the paper says."""

    job: str
    ticket: dict[str, object]
    state: PrintState
    requested_at: str


class Printer(Part):
    """A printer agent's board."""

    office: str
    printer: str
    address: str
    kind: str
    width_mm: int
    one_way: bool
    jobs: tuple[Job, ...]


class Announcement(Part):
    """One call to be spoken, at most once per `id`; `audio` null until it is rendered."""

    id: str
    seq: int
    at: str
    zone: str
    number: str
    counter: str
    languages: tuple[str, ...]
    texts: Texts
    audio: str | None
    attempt: int


class Announcer(Part):
    """A zone's voice. Lists the announcements of the last 30 s that were not withdrawn.

    `lease`: until when somebody has the zone's voice, as far as this node heard; null when nobody has.
    """

    office: str
    zone: str
    gong: str
    announcements: tuple[Announcement, ...]
    silence: str | None
    silent: bool
    lease: str | None = None


class Desk(Part):
    """Reception: what it needs to issue, find, return and answer a call for help."""

    office: str
    name: str
    time_zone: str
    day: str | None
    services: tuple[KioskService, ...]
    tickets: tuple[Line, ...]
    counters: tuple[CounterFace, ...]
    messages: tuple[Note, ...]
    help: tuple[HelpCall, ...]
    alarms: tuple[Alarm, ...]
    devices: tuple[Device, ...]
    undo: Takeback | None
    uncallable: tuple[Stranded, ...]
    uncallable_total: int


class Station(Part):
    """An unstaffed step."""

    office: str
    station: str
    label: str
    current: Current | None
    waiting: int


AnyBoard = Display | Counter | Supervisor | Ticket | Kiosk | Printer | Announcer | Desk | Station
BOARDS: dict[str, type[Part]] = {b.__name__.lower(): b for b in AnyBoard.__args__}
