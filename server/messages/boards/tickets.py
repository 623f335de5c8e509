"""Where a ticket is issued, and what its owner sees: kiosk, printer, the personal display."""

from server.messages.boards.part import Part, Texts
from server.messages.boards.parts import Expected, HelpCall, Note, Place, Reasoned, ServiceWords
from server.messages.terms import Feature, Longer, PrintState, TicketState


class Ticket(Part):
    """One ticket in its owner's hand. `passed_by`: how many issued later were called earlier, by reason.

    `leave_until`: how long its owner may leave the room; null: too short to leave, or nobody knows.
    `longer`: why it takes longer than was promised at its issue; no counter is named. `messages`: words for phones.
    `moved_at`: when a supervisor moved it to the service that it waits for; its place in the order stays.
    """

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
    away_minutes: int = 0
    leave_until: str | None = None
    longer: Longer | None = None
    messages: tuple[Note, ...] = ()
    moved_at: str | None = None


class SpecialWait(Part):
    """The wait for a counter with these features, where not every counter of the service has them."""

    features: tuple[Feature, ...]
    expected: Expected | None
    expected_reason: str | None


class KioskService(Part):
    """One service at the kiosk.

    If it is closed: `reason` (a code) and `opens_at`. Somebody who needs none of the features in `by_features` waits as
    `expected` says. `most`: how many of it one ticket may ask for. `longest_wait`: the earliest `waiting_since`, told to staff
    only.
    """

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
    by_features: tuple[SpecialWait, ...] = ()
    pictogram: str | None = None
    longest_wait: str | None = None
    most: int = 1
    asks_persons: bool = False


class OfferedTogether(Part):
    """A life situation that brings several services of this kiosk on one ticket."""

    id: str
    names: Texts
    services: tuple[str, ...]
    pictogram: str | None


class Printed(Part):
    """How the printing of one of a kiosk's tickets went."""

    ticket: str
    state: PrintState


class Intake(Part):
    """What a kiosk that is cut off has to know of a service: `hours` of today, each with begin and end, and how many more numbers
    there are today (`left`; null without a limit)."""

    hours: tuple[tuple[str, ...], ...]
    left: int | None = None


class Kiosk(Part):
    """A kiosk's board. `printer`: ok, paper_low, paper_out, ... or null without one. `prints`: of the last two minutes.
    `more_room`: whether a counter has it; `away_minutes`: how long somebody who goes for their papers keeps the place.
    `prints_at`: the spare printer, while the kiosk's own cannot print. `alone`: the server cannot be reached, and the box beside
    the kiosk gives lent numbers: nobody's wait is known. `intake`: by service. `papers`: jobs that the
    kiosk's own browser prints."""

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
    more_room: bool = False
    occasions: tuple[OfferedTogether, ...] = ()
    away_minutes: int = 0
    prints_at: str | None = None
    alone: bool = False
    intake: dict[str, Intake] = {}
    papers: tuple[str, ...] = ()


class Job(Part):
    """An open print job, under two minutes old. `ticket`: what is printed."""

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
    large_print: bool = False
