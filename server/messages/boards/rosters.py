"""The roster as the supervisor's table shows and changes it."""

from typing import Literal

from msgspec import field

from server.messages.boards.part import Part


class OnDuty(Part):
    """For each half hour of one `day`, from midnight on: how many counters are on duty during all of it."""

    day: str
    counts: tuple[int, ...]


class DutyLine(Part):
    """A span of a counter's day by the office's clock, "08:00" to "12:30": open, or a break."""

    counter: str
    from_: str = field(name="from")
    to: str
    kind: Literal["open", "break"]


class RosterDay(Part):
    """The plan written for a date or a weekday; `duty` null: there is none. `counts` as of today on the supervisor's table.

    `changed`: a supervisor set it; `set_roster` with `duty: null` removes it. `version`: what `seen` of `set_roster` names.
    """

    day: str
    duty: tuple[DutyLine, ...] | None
    counts: tuple[int, ...]
    changed: bool
    version: str


class WalkInLine(Part):
    """The share of these hours that is kept for people who just come; `services` empty: of all."""

    percent: int
    from_: str = field(name="from")
    to: str
    services: tuple[str, ...]


class WalkInDay(Part):
    """What a supervisor keeps for people who just come on one day. The first row that fits counts, else the office file."""

    day: str
    shares: tuple[WalkInLine, ...]


class RosterCounter(Part):
    id: str
    label: str


class Roster(Part):
    """Who is on duty when: the seven weekdays, then the single days from today on that have a plan of their own.

    `walk_ins`: the days from today on for which `set_walk_ins` said what is kept for people who just come.
    """

    office: str
    name: str
    time_zone: str
    today: str
    counters: tuple[RosterCounter, ...]
    days: tuple[RosterDay, ...]
    walk_ins: tuple[WalkInDay, ...]
