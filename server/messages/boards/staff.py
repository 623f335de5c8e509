"""Parts of the boards of staff: tickets in lists, counters, services, what can be taken back, devices."""

from server.messages.boards.part import Part, Texts
from server.messages.boards.parts import Expected, Why
from server.messages.terms import Category, CounterState, DirectChannel, Need, Phrase, TicketState, TroubleCode


class Line(Part, omit_defaults=True, kw_only=True):
    """One ticket in a list for staff.

    `quantities`: how many of a service, where it is more than one. `waiting_since`: its issue; for somebody who checked in early
    for an appointment, shortly before the slot. What has a default of null is left out of the JSON while it is null.
    """

    id: str
    number: str
    services: tuple[str, ...]
    category: Category
    needs: tuple[Need, ...]
    persons: int
    state: TicketState
    waiting_since: str
    expected: Expected | None
    why_order: Why | None
    misses: int
    expected_reason: str | None = None
    language: str | None = None
    not_before: str | None = None
    since: str | None = None
    counter: str | None = None
    slot: str | None = None
    quantities: dict[str, int] = {}


class QueueLine(Line, kw_only=True):
    """One ticket in a counter's lists, of which every open page gets twenty.

    What is true of most tickets is left out of the JSON too: it waits, is one person, missed no call and speaks the office's
    first language.
    """

    state: TicketState = "waiting"
    persons: int = 1
    misses: int = 0


class AsideLine(QueueLine, kw_only=True):
    """One ticket that does not wait.

    What is true of most of them is left out of the JSON too: it needs nothing, has no priority, and nobody can say how long it
    takes.
    """

    category: Category = "walk_in"
    needs: tuple[Need, ...] = ()
    expected: Expected | None = None
    why_order: Why | None = None


class Current(Part):
    """The ticket that a counter holds. `in_hand`: the services that "finish" completes, whatever the counter serves now.
    `phrase`: what the display over the counter says to them."""

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
    channel: DirectChannel = "counter"
    phrase: Phrase | None = None
    quantities: dict[str, int] = {}


class Next(Part):
    """Who is likely to be next."""

    id: str
    number: str
    services: tuple[str, ...]
    why: Why | None


class CounterFace(Part, omit_defaults=True):
    """One counter as staff see it. What has a default of null is left out of the JSON while it is null."""

    id: str
    label: str
    zone: str
    state: CounterState
    services: tuple[str, ...]
    skills: tuple[str, ...]
    features: tuple[str, ...]
    since: str | None
    current: str | None
    coming_pause: bool
    held: bool
    holder_is_me: bool
    current_state: TicketState | None = None
    reason: str | None = None
    back_at: str | None = None


class Trouble(Part):
    """How a service stands, worst first: no_counter (nobody serves it), needs (`count` people need what no open counter of it
    has: `need`), over_target (somebody has waited longer than the target, or whoever draws a ticket now probably will), closed
    (no new tickets), tight (whoever draws one may wait longer), unknown (there is no estimate), on_target. Without a need,
    `count` is how many wait. The table of a city and the alerts use the same code, so a service is described by one word
    everywhere."""

    code: TroubleCode
    need: Need | None = None
    count: int = 0


class ServiceLine(Part, omit_defaults=True):
    """How many people wait for one service, for staff. `longest_wait` is an instant: the earliest `waiting_since`.

    `served`: whether an open counter serves it, even if no new tickets are given out. Only on the supervisor's table:
    `trouble`; `reachable_today`: whether a ticket drawn now is still served today (yes: with a chance of 90 %, likely, no);
    while that is not sure, `last_reached`: the number of the last one waiting that is, and `beyond`: how many wait after it.
    Without a roster open counters stay until everybody is served: then `reachable_today` is null, and these two say who is
    called before closing, if that is not sure for all. While a supervisor brings it forward or limits it: `boost` in minutes,
    until `boost_until`; `limit`, with how many numbers were `drawn` today. What has a default of null is left out of the JSON
    while it is null.
    """

    id: str
    letter: str
    names: Texts
    open: bool
    waiting: int
    longest_wait: str | None
    expected: Expected | None
    served: bool
    target: int
    expected_reason: str | None = None
    reason: str | None = None
    until: str | None = None
    trouble: Trouble | None = None
    reachable_today: str | None = None
    last_reached: str | None = None
    beyond: int | None = None
    boost: int | None = None
    boost_until: str | None = None
    limit: int | None = None
    drawn: int | None = None


class Given(Part):
    """A supervisor's assignment. `before`: what the counter served until then, and will serve again from `until`."""

    services: tuple[str, ...]
    by: str
    reason: str | None
    until: str | None
    before: tuple[str, ...]


class Did(Part):
    """One thing that a press did to a ticket, a counter (its label) or a service. `added`, `removed`: services that the counter
    serves now and did not before, or the reverse; `until`: when the change ends; `tickets`: how many were moved."""

    type: str
    number: str | None = None
    counter: str | None = None
    service: str | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    until: str | None = None
    to_service: str | None = None
    helper: str | None = None
    preset: str | None = None
    minutes: int | None = None
    tickets: int | None = None


class ShortDid(Did, omit_defaults=True):
    """The same on a counter's board that has no room: what does not apply is left out of the JSON."""


class GainTold(Part):
    """By how many minutes a move was said to shorten the longest wait: median, from the 10 % to the 90 % quantile."""

    low: float
    median: float
    high: float
    chance: float | None


class ShiftRow(Part):
    """One row of the shift book. `open`: `revert_moves` with this key would still change something; `happened`: minutes by which
    the longest wait got shorter; `not_compared`: nobody will know what became of what was told, because the day ended too
    soon."""

    key: str
    at: str
    by: str
    type: str
    did: tuple[Did, ...]
    reason: str | None
    until: str | None
    told: GainTold | None
    happened: float | None
    open: bool
    ended: bool
    situation: str | None = None
    not_compared: bool = False


class HelperLine(Part):
    """Somebody on the office's list who may be called in. Called now: `since`, `until` and `counter`, where they help."""

    id: str
    names: Texts
    since: str | None
    until: str | None
    counter: str | None


class SituationLine(Part):
    """A situation of the office file. While it is on: `key`, with which `revert_moves` ends it, since and until when."""

    id: str
    names: Texts
    key: str | None
    since: str | None
    until: str | None


class RuleLine(Part):
    """A standing rule: what it says, whether it is on, and whether it acts now (`key`: with which `revert_moves` ends that);
    `written`: it was written on the table, so it can be changed or deleted there."""

    id: str
    service: str
    over_minutes: int
    under_minutes: int
    counters: tuple[str, ...]
    take: tuple[str, ...]
    on: bool
    acting: bool
    key: str | None
    quiet: bool
    written: bool = False


class MovesSet(Given):
    """A set of moves that `revert_moves` can take back by its `key`: what it changed, and whether it changed the policy."""

    key: str
    at: str
    counters: tuple[str, ...]
    policy: bool


class Stranded(Part):
    """A waiting ticket that nobody can call. `reason`: no_counter, no_step_free, no_hearing_loop, no_more_room (no open counter
    that serves it has that), counter_closed, station_closed, place_lacks (it is kept for `place`, which is closed or lacks what
    it needs), station_silent (the station does not answer)."""

    id: str
    number: str
    services: tuple[str, ...]
    needs: tuple[Need, ...]
    place: str | None
    reason: str


class Takeback(Part):
    """The press that can be undone: when it was, until when that is possible, and all that it did; `type`: the first of these."""

    key: str
    until: str
    type: str
    number: str | None
    did: tuple[Did, ...] = ()
    at: str | None = None


class Device(Part):
    """A device of the office file. `state`: unknown (never seen), online, late, offline; `seen_at`: its last sign of life, while
    it is online in steps of 15 s; `delay_ms`: from append to report. `paired`: it is signed in; `name`: as it was called when
    it was paired or later, else as in the office file. `version`: of its page, `outdated` if this node has another one; `keeps`:
    whether its page survives a reload without the server: ready, insecure (it needs https), unsupported, failed."""

    id: str
    kind: str
    name: str
    state: str
    seen_at: str | None
    seq: int | None
    delay_ms: int | None
    sound: str | None
    detail: str | None
    paired: bool = False
    version: str | None = None
    outdated: bool = False
    keeps: str | None = None


class ZoneSound(Part):
    """The voice of a zone. `silent`: somebody wanted silence, until `until` (null: until it is ended); `quiet_until`: the end of
    the quiet hours that are on; `volume`: percent; `heard`: whether a device there can be heard, null if none ever could."""

    zone: str
    names: Texts
    silent: bool
    until: str | None
    quiet_until: str | None
    volume: int
    heard: bool | None


class Speaker(Part):
    """Which voice speaks a language now; null: none, the gong alone is heard. `passed`: a voice that goes before it and is not
    asked, and `why` not: its last fault, or that it is not installed."""

    language: str
    voice: str | None
    passed: str | None = None
    why: str | None = None


class Worry(Part):
    """Something that staff should know although the office is open. `code`: one of `WORRIES`; `detail`: in English, for the
    people who run the server."""

    code: str
    detail: str
    seconds: int | None = None


WORRIES = (
    "database",
    "history",
    "task",
    "durability",
    "replicas",
    "one_store",
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
    "letters",
    "webhooks",
    "voices",
    "restarted",
)
"""database: SQL does not answer. history: not written, or late. task: one that must always run ended and was started again.
durability: the store may lose what was acknowledged. replicas: too few to be safe if one is lost. one_store: the only one
left goes on alone (`--accept-one-store`). clock: the log's time is
ahead of the clock. fork: the store had another history. past: nobody could say whether the log is complete. day: it does not
open. not_made: a board, an announcement or something else that is pushed cannot be made (`detail`: which). mute: no device
in a zone can be heard (`detail`: its id). file: the office does not use its file as it is now. certificate: a renewed one
cannot be used. deletion: it is stopped because the clock jumped. forecast: nobody is told how long they wait. letters: alerts do
not reach whom the office file names (`detail`: by which channel, and why). webhooks: other systems do not take what they are
told (`detail`: which, and why). voices: no voice of this machine speaks a language of
the office (`detail`: which). restarted: a part of a device ended and was started again (`detail`: of which, and how)."""
