"""What the counters can do on a day, before anything is sold: who is on duty when, and how much of each hour may be sold."""

from copy import copy
from datetime import date
from math import ceil, sqrt
from typing import Self

from server.messages.facts import Duty, TakenUp
from server.messages.instants import MINUTE
from server.messages.office import WEEKDAYS, Office, WalkIns
from server.office.hours import clock, local, midnight_after, spans
from server.office.roster import shift

PIECE_MS = 5 * MINUTE
ALL = ""
"""Stands for all services together where time is counted by service."""
KNOWN = 200
"""Of fewer appointments that were due lately, nobody knows how many do not come."""
KEPT = 0.86
"""Slots are promises: only while at least this share of those who came was called in time, more than the share is sold."""


def length(office: Office, services: tuple[str, ...], persons: int = 1) -> int:
    """How long a visit is expected to take, ms, in whole pieces: what the services take one by one, less what they share,
    more for each further person."""
    rules = office.appointments
    each = [plan.minutes for plan in office.services if plan.id in services]
    minutes = max(max(each), sum(each) - rules.shared_minutes * (len(each) - 1))
    minutes *= 1 + rules.person_percent / 100 * (persons - 1)
    return ceil(minutes * MINUTE / PIECE_MS) * PIECE_MS


def able(office: Office, services: tuple[str, ...]) -> int:
    """The counters that can serve all of these, one bit each; if none can, those for the first: a visit goes on by transfer."""
    skills = [set() if one.retired else {*one.services, *one.skills} for one in office.counters]
    for wanted in ({*services}, {services[0]}):
        found = sum(1 << place for place, has in enumerate(skills) if wanted <= has)
        if found:
            return found
    return 0


def walk_in_percent(office: Office, shares: tuple[WalkIns, ...], day: date, hour: int, service: str) -> int:
    """The share of an hour that is kept for people who just come. The first row that fits counts: those that a supervisor set
    for this day (`shares`), then those of the office file; else the office's own."""
    return next(
        (row.percent for row in (*shares, *office.appointments.walk_ins) if _about(row, day, hour, service)),
        office.appointments.walk_in_percent,
    )


def _about(row: WalkIns, day: date, hour: int, service: str) -> bool:
    return (
        (not row.services or service in row.services)
        and (not row.weekdays or WEEKDAYS[day.weekday()] in row.weekdays)
        and row.begins <= f"{hour:02}:00" < row.ends
    )


def overbooking(office: Office, lately: TakenUp | None) -> int:
    """By how many per cent more is sold than an hour's share, because as many will not come; at most what the office file
    allows. The learned rate is taken two standard errors lower, so that chance alone hardly ever makes it too high."""
    most = office.appointments.overbook_percent
    if not most or lately is None or lately.booked < KNOWN or not lately.came or lately.in_time < KEPT * lately.came:
        return 0
    missed = 1 - lately.came / lately.booked
    missed -= 2 * sqrt(missed * (1 - missed) / lately.booked)
    return min(most, int(100 * missed / (1 - missed))) if missed > 0 else 0


class Capacity:
    """One day of an office, cut into pieces of five minutes; the piece 0 begins with the day. Without a roster all counters are
    there while something is open. `shares`: what a supervisor keeps for walk-ins on this day. `more`: see `overbooking`."""

    def __init__(
        self,
        office: Office,
        day: date,
        duty: tuple[Duty, ...] | None,
        shares: tuple[WalkIns, ...] = (),
        more: int = 0,
    ) -> None:
        self.office, self.day, self.duty, self.shares, self.more = office, day, duty, shares, more
        self.begin, self.end = clock(office, day, "00:00"), midnight_after(office, day.isoformat())
        many = (self.end - self.begin) // PIECE_MS
        self.hours = [local(office, self.begin + piece * PIECE_MS).hour for piece in range(many)]
        """By piece: the hour that the clock of the office shows."""
        self.counters = self._on_duty(many)
        """By piece: the counters on duty, one bit each."""
        self._sold: dict[tuple[int, str], int] = {}

    def pieces(self, start: int, end: int) -> range:
        """The pieces of this day that a span touches."""
        first, after = (start - self.begin) // PIECE_MS, ceil((end - self.begin) / PIECE_MS)
        return range(max(0, first), min(len(self.hours), after))

    def sold_at_most(self, hour: int, service: str) -> int:
        """How many pieces of an hour may be sold, over all counters that can serve a service. Never more than the counters have:
        who comes although nobody was expected takes time that is kept for walk-ins, and never another visit's counter."""
        if (hour, service) not in self._sold:
            mask = able(self.office, (service,)) if service else -1
            time = sum(
                (mask & here).bit_count() for here, at in zip(self.counters, self.hours, strict=True) if at == hour
            )
            kept = walk_in_percent(self.office, self.shares, self.day, hour, service)
            self._sold[hour, service] = min(time, time * (100 - kept) * (100 + self.more) // 10_000)
        return self._sold[hour, service]

    def overbooked(self, more: int) -> Self:
        """The same day with another overbooking."""
        other = copy(self)
        other.more, other._sold = more, {}
        return other

    def _on_duty(self, many: int) -> list[int]:
        open_ = self._open()
        found = [0] * many
        for place, counter in enumerate(self.office.counters):
            if counter.retired:
                continue
            mine = open_
            if self.duty is not None:
                plan = shift(self.office, self.day, counter.id, self.duty)
                mine = {piece for begin, end in plan.open for piece in self._within(begin, end)} & open_
                mine -= {piece for begin, end in plan.breaks for piece in self.pieces(begin, end)}
            for piece in mine:
                found[piece] |= 1 << place
        return found

    def _open(self) -> set[int]:
        """The pieces in which the office is open, or a service with hours of its own."""
        every = (self.office.hours, *(plan.hours for plan in self.office.services if plan.hours))
        return {
            piece
            for hours in every
            for begin, end in spans(self.office, hours, self.day)
            for piece in self._within(begin, end)
        }

    def _within(self, begin: int, end: int) -> range:
        """The pieces that lie wholly in a span."""
        return range(ceil((begin - self.begin) / PIECE_MS), (end - self.begin) // PIECE_MS)
