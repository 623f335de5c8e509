"""When an office is open, and who is on duty when. Clock times are "HH:MM" in the office's time zone."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from server.messages.facts import Duty
from server.messages.office.table import Table

Span = tuple[str, str]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROSTER_SPANS, DAY_SPANS = 2_000, 400
"""The most spans of a roster in all, and of one of its days: each is in every checkpoint. 50 counters with four spans on each
weekday are 1,400."""


class Hours(Table):
    """Opening hours: spans per weekday, and single days that differ (`"2026-12-24": []` is closed)."""

    week: dict[Weekday, tuple[Span, ...]] = {}
    days: dict[str, tuple[Span, ...]] = {}


class Roster(Table):
    """Who is on duty when, as a rule: a standard week, and single days that differ. A day that is not named has no plan."""

    week: dict[Weekday, tuple[Duty, ...]] = {}
    days: dict[str, tuple[Duty, ...]] = {}

    def own(self, day: str) -> tuple[Duty, ...] | None:
        """The plan written for this date or weekday."""
        return self.days.get(day) if day not in WEEKDAYS else self.week.get(day)


def planned(roster: Roster, changed: Mapping[str, tuple[Duty, ...]], day: date) -> tuple[Duty, ...] | None:
    """The plan of a day. A single day goes before the weekday; of two plans for the same, a supervisor's (`changed`) goes
    before the office file's. None: nobody planned this day."""
    for name in (day.isoformat(), WEEKDAYS[day.weekday()]):
        found = changed.get(name, roster.own(name))
        if found is not None:
            return found
    return None
