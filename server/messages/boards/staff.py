"""Parts of the boards of staff: tickets in lists, counters, services, what can be taken back, devices."""

from server.messages.boards.part import Part, Texts
from server.messages.boards.parts import Expected, Why
from server.messages.terms import Category, CounterState, Need, TicketState


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
    """The press that can be undone, from when until when, and all that it did, in order; `type` is the first of it."""

    key: str
    until: str
    type: str
    number: str | None
    did: tuple[Did, ...] = ()
    at: str | None = None


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
    "forecast",
)
"""database: SQL is away. history: not written, or late. task: one that must live ended and was begun again. durability: the
store may forget what was acknowledged. replicas: fewer than it takes to lose one. clock: the log's time is ahead of the
clock. fork: the store's history was another. past: nobody could say whether the log is whole. day: it does not open.
not_made: a board, an announcement or something else that is pushed cannot be made (`detail`: which). mute: nobody who can be
heard has the voice of a zone (`detail`: its id). file: the office does not go by its file as it is now. certificate: a
renewed one cannot be served. deletion: it rests because the clock leapt. forecast: nobody is told how long they wait."""
