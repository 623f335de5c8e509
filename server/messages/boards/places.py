"""The boards of places where people work: counter, supervisor's table, reception, station.

The `may` fields name the commands that the server would accept now from whoever looks. `may`: for the whole office, and at a
counter or station also for it and the ticket it holds. `may_of_tickets`: about a ticket that no counter holds, by its state; if a
counter holds it, the counter's list says it. `not_printed`: ids from the lists that are printed only if a printer is named.
Every list is bounded and has its length beside it. `waiting_total`: how many wait; of them the lists show the first 20 in the
order of call, and the supervisor's table the 20 who have waited longest. The whole is the board `line`, or asked for by
`GET tickets?query=`.
`call_next` and `call_ticket` of a counter that serves somebody must finish that service first (`finish_current`); `close_day`
needs `force` while anybody is called or served. `practice`: nothing in this office is real.
"""

from server.messages.boards.advice import Advice
from server.messages.boards.alerts import Alert
from server.messages.boards.curve import Curve, Fairness
from server.messages.boards.part import Part
from server.messages.boards.parts import Alarm, HelpCall, Note, ProfileWords, Reasoned, ServiceWords, StationWords
from server.messages.boards.rosters import OnDuty
from server.messages.boards.staff import (
    AsideLine,
    CounterFace,
    Current,
    Device,
    Given,
    HelperLine,
    Line,
    MovesSet,
    Next,
    QueueLine,
    RuleLine,
    ServiceLine,
    ShiftRow,
    SituationLine,
    Speaker,
    Stranded,
    Takeback,
    Worry,
    ZoneSound,
)
from server.messages.boards.tickets import KioskService
from server.messages.terms import TicketState


class Counter(Part, kw_only=True):
    """The counter page's board. `lines`: this counter's services; `queue`: the first 20 that it may call, in the order of call.

    `not_here`: ids from the lists that this counter can neither call nor resume now. `helpers`: who was called in; `moved`: the
    newest move of the shift book that still holds and concerns this counter or what it serves. `rules`: those that made it, or
    the assignment. `noted`: ids from the lists on which a colleague has written a note.
    `over_desk`: a display hangs over it, which can show a phrase.
    `parked`: this counter's first; `missed`: the last; `away`: those who come back soonest: 3 of each. `messages`: the last 5.
    Services are named in the languages of staff.
    `colleagues`: 3, those that are not closed first; the board `desk` has all counters.
    A board that would have more than 10 KB has shorter lists, the queue last; then `lines` have no names (`services` has them),
    and `colleagues` do not say what they give.
    """

    office: str
    name: str
    languages: tuple[str, ...] = ()
    time_zone: str
    day: str | None
    practice: bool = False
    arrival: str
    away_minutes: int = 0
    stations: tuple[StationWords, ...]
    services: tuple[ServiceWords, ...]
    break_reasons: tuple[Reasoned, ...]
    reasons: tuple[Reasoned, ...] = ()
    profiles: tuple[ProfileWords, ...] = ()
    picking: bool
    alarms: tuple[Alarm, ...]
    help: tuple[HelpCall, ...] = ()
    helpers: tuple[HelperLine, ...] = ()
    uncallable_total: int
    colleagues_total: int = 0
    next: Next | None
    waiting: int
    queue: tuple[QueueLine, ...]
    parked: tuple[AsideLine, ...]
    missed: tuple[AsideLine, ...]
    away: tuple[AsideLine, ...]
    waiting_total: int = 0
    parked_total: int = 0
    missed_total: int = 0
    away_total: int = 0
    lines_total: int = 0
    lines: tuple[ServiceLine, ...]
    colleagues: tuple[CounterFace, ...]
    messages: tuple[Note, ...]
    uncallable: tuple[Stranded, ...]
    counter: CounterFace
    current: Current | None
    assignment: Given | None
    undo: Takeback | None
    may: tuple[str, ...] = ()
    may_of_tickets: dict[TicketState, tuple[str, ...]] = {}
    not_here: tuple[str, ...] = ()
    not_printed: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    over_desk: bool = False
    moved: ShiftRow | None = None
    rules: tuple[RuleLine, ...] = ()
    messages_total: int = 0


class Supervisor(Part):
    """The supervisor's table. `curve`, `fairness` are null until the forecast gives them.

    `clock_jump`: by how many seconds the store's clock jumped, while the office does not follow it.
    `roster`: of today; null if nobody planned the day. The whole is the board `roster`.
    `may_of_counters`: for each counter and the ticket it holds; `may_of_services`: for each service.
    `shift_book`: today's moves, newest first, at most 50.
    `advice`: the one move worth making now; `advice_none`: moves were tried, and none helps; `advice_short`: nobody is expected
    to wait long, so none was tried; `advice_rests`: from when on counters that were moved lately may be moved again. Null and all
    false: nobody looked lately.
    `alerts`: the worst first, at most 20; `alerts_total` counts all.
    `tickets`: at most 100 at counters, 20 each of parked, away and missed, then the 20 who wait longest; `tickets_total`: all.
    `keeps_devices`: whoever looks may pair devices, rename, move and ask them.
    `sound`: how each zone sounds; `speakers`: which voice speaks each language of the office.
    `worries`: what staff should know about this office or its node, as in `degraded` of `GET /health/ready`.
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
    curve: Curve | None
    fairness: Fairness | None
    last_ticket_at: dict[str, str]
    advice: Advice | None
    undo: Takeback | None
    uncallable: tuple[Stranded, ...]
    uncallable_total: int
    lost_more: int = 0
    languages: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    may_of_counters: dict[str, tuple[str, ...]] = {}
    may_of_tickets: dict[TicketState, tuple[str, ...]] = {}
    roster: OnDuty | None = None
    may_of_services: dict[str, tuple[str, ...]] = {}
    not_printed: tuple[str, ...] = ()
    shift_book: tuple[ShiftRow, ...] = ()
    helpers: tuple[HelperLine, ...] = ()
    situations: tuple[SituationLine, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    alerts: tuple[Alert, ...] = ()
    alerts_total: int = 0
    waiting_total: int = 0
    tickets_total: int = 0
    advice_none: bool = False
    advice_short: bool = False
    advice_rests: str | None = None
    keeps_devices: bool = False
    sound: tuple[ZoneSound, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    practice: bool = False


class Desk(Part):
    """Reception: what it needs to issue, find, return and answer a call for help. `may` and `tickets` as on the supervisor's
    table, but all tickets in the order of call."""

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
    languages: tuple[str, ...] = ()
    away_minutes: int = 0
    may: tuple[str, ...] = ()
    may_of_counters: dict[str, tuple[str, ...]] = {}
    may_of_tickets: dict[TicketState, tuple[str, ...]] = {}
    not_printed: tuple[str, ...] = ()
    helpers: tuple[HelperLine, ...] = ()
    waiting_total: int = 0
    tickets_total: int = 0
    break_reasons: tuple[Reasoned, ...] = ()
    practice: bool = False


class WholeLine(Part):
    """The board `line`: everybody who waits for one service, in the order of call; at most 2,000."""

    office: str
    name: str
    languages: tuple[str, ...]
    time_zone: str
    day: str | None
    service: ServiceLine
    tickets: tuple[Line, ...]
    waiting_total: int
    practice: bool = False


class Found(Part):
    """What `GET tickets` found: `total` tickets, of which these begin at `offset`; those with the number asked for first, then in
    the order of call. `not_here`: which of them the counter that was named can neither call nor resume now."""

    total: int
    offset: int
    tickets: tuple[Line, ...]
    not_here: tuple[str, ...]
    not_printed: tuple[str, ...]


class Station(Part):
    """A step beside the counters, such as a photo terminal or the cash desk. `help`: its last call for help, while it is new."""

    office: str
    station: str
    label: str
    current: Current | None
    waiting: int
    may: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    time_zone: str | None = None
    services: tuple[ServiceWords, ...] = ()
    next: Next | None = None
    help: HelpCall | None = None
    practice: bool = False
