"""Commands of a supervisor: services, assignments, policy, messages, silence, the roster, sets of moves."""

from typing import Annotated, Literal

from msgspec import Meta, field

from server.messages.commands.command import (
    AsSeen,
    Boost,
    Command,
    DateTime,
    Ids,
    Some,
    TextByLanguage,
    TimeOfDay,
    WholeHour,
)
from server.messages.commands.counters import CloseCounter, OpenCounter, PauseCounter, ResumeCounter
from server.messages.commands.tickets import BoostTicket, MoveTickets
from server.messages.office import DAY_SHARES, DAY_SPANS, Weekday
from server.messages.terms import END, Id, Key, NoticePlace, OneLine, Reason
from server.messages.value import Value


class BoostService(AsSeen):
    """Lets all tickets for a service count as if they had waited this many minutes longer.

    `until`: when that ends by itself.
    """

    service: Id
    minutes: Boost
    until: DateTime | None = None


class AssignCounter(AsSeen):
    """Changes which services a counter gives, from its next call on. With `until` the change ends by itself."""

    counter: Id
    services: Ids
    until: DateTime | None = None
    reason: Reason | None = None


class OpenService(AsSeen):
    """Opens a service again: new tickets are issued for it."""

    service: Id


class CloseService(AsSeen):
    """Closes a service: no new tickets are issued for it.

    Whoever waits for it is still served. `until`: when it opens by itself.
    """

    service: Id
    reason: Reason | None = None
    until: DateTime | None = None


class LimitService(AsSeen):
    """Issues at most this many tickets for a service today; null: a supervisor sets no limit."""

    service: Id
    tickets: Annotated[int, Meta(ge=0, le=100_000)] | None


class SetPolicy(AsSeen):
    """Chooses the order of call: one of the presets. `until`: when the earlier preset comes back by itself."""

    preset: Id
    until: DateTime | None = None


class CallHelper(AsSeen):
    """Calls in a helper of the office's list.

    Without `until` they stay as long as the office file says; `counter`: where they help.
    """

    helper: Id
    until: DateTime | None = None
    counter: Id | None = None
    reason: Reason | None = None


class PostMessage(Command):
    """Shows a message on screens. `places`: the kinds of screens it is for; empty: displays and counters."""

    text: TextByLanguage
    displays: Some = ()
    counters: Some = ()
    zones: Some = ()
    speak: bool = False
    until: DateTime | None = None
    places: Annotated[tuple[NoticePlace, ...], Meta(max_length=3)] = ()


class ClearMessage(Command):
    """Removes a message from all screens."""

    message: Id


class AcknowledgeMessage(Command):
    """The clerk at this counter has read a message."""

    counter: Id
    message: Id


class SilenceZone(Command):
    """Makes the announcements of a zone silent, until `until` or until `end_silence`."""

    zone: Id
    until: DateTime | None = None


class EndSilence(Command):
    """Lets a zone be announced in again."""

    zone: Id


class TestCall(Command):
    """Speaks a test announcement in a zone. `tone`: noise as loud as speech instead, to set the loudspeaker by."""

    __test__ = False
    zone: Id
    tone: bool = False


class DutySpan(Value, forbid_unknown_fields=True, omit_defaults=True):
    """A span in which one counter is staffed, or has a break, by the office's clock."""

    counter: Id
    from_: TimeOfDay = field(name="from")
    to: TimeOfDay
    kind: Literal["open", "break"] = "open"


class SetRoster(Command):
    """The whole plan of one `date` ("2026-11-23") or `weekday` ("mon"); `day` may name either.

    `duty`: spans of work and breaks; empty, nobody works; null, the supervisor's plan of this day is removed, so the office
    file or the weekday says who works. `seen`: the
    `version` of the plan that the sender saw (board `roster`); if the plan has changed since, the refusal is `overtaken`.
    """

    duty: Annotated[tuple[DutySpan, ...], Meta(max_length=DAY_SPANS)] | None
    date: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}" + END)] | None = None
    weekday: Weekday | None = None
    day: Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|mon|tue|wed|thu|fri|sat|sun)" + END)] | None = None
    seen: Annotated[OneLine, Meta(max_length=32)] | None = None


class WalkInShare(Value, forbid_unknown_fields=True, omit_defaults=True):
    """The share of the time from `from` to `to` (whole hours of the office's clock) that is kept for people who just come.
    Without `services`: of all."""

    percent: Annotated[int, Meta(ge=0, le=100)]
    from_: WholeHour = field(name="from", default="00:00")
    to: WholeHour = "24:00"
    services: Some = ()


class SetWalkIns(Command):
    """What is kept for people who just come on one date.

    `shares`: the first one that fits counts, else the office file; null: only the office file counts again.
    """

    date: Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}" + END)]
    shares: Annotated[tuple[WalkInShare, ...], Meta(max_length=DAY_SHARES)] | None


Move = (
    AssignCounter
    | OpenService
    | CloseService
    | LimitService
    | SetPolicy
    | OpenCounter
    | CloseCounter
    | PauseCounter
    | ResumeCounter
    | BoostTicket
    | BoostService
    | MoveTickets
    | CallHelper
    | PostMessage
)


class Gain(Value, forbid_unknown_fields=True, omit_defaults=True):
    """By how many minutes a set of moves is said to shorten the longest wait; `advice`: the id of the advice that says so."""

    low: Annotated[float, Meta(ge=-1440, le=1440)]
    median: Annotated[float, Meta(ge=-1440, le=1440)]
    high: Annotated[float, Meta(ge=-1440, le=1440)]
    chance: Annotated[float, Meta(ge=0)] | None = None
    advice: Id | None = None


class ApplyMoves(AsSeen):
    """Several moves as one: all or nothing. If one is refused, all are, and the refusal's `move` says which, counted from 0.

    So it is if something that one of them touches has changed since `seen_seq`.
    """

    moves: Annotated[tuple[Move, ...], Meta(min_length=1, max_length=50)]
    until: DateTime | None = None
    reason: Reason | None = None
    told: Gain | None = None


class StartSituation(Command):
    """A situation of the office file: no new tickets, and words on all screens, as one set of moves."""

    situation: Id
    until: DateTime | None = None
    reason: Reason | None = None


class RuleText(Value, forbid_unknown_fields=True):
    """A standing rule as it is written on the table: once the wait for `service` is over `over_minutes`, `counters` also serve
    `take` (that service, if none is named), until it is under `under_minutes`."""

    service: Id
    over_minutes: Annotated[int, Meta(ge=1, le=480)]
    under_minutes: Annotated[int, Meta(ge=0, le=479)]
    counters: Ids
    take: Ids = ()


class SetRule(Command):
    """Switches a rule on or off, until it is switched again. Off: what it has done is taken back.

    `says`: writes the rule first, also in place of an earlier text; `remove`: deletes it. A rule of the office file is only
    switched.
    """

    rule: Reason
    on: bool
    says: RuleText | None = None
    remove: bool = False


class RevertMoves(Command):
    """Takes a move back, also a set of them as one. `key`: that of the sender's own press, or the key that a board shows for the
    move: colleagues may have used the same key."""

    key: Key
