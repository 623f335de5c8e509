"""Quiet hours and volume of a zone by the office's clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.messages.office import Hours
from server.office import loudness
from server.office.hours import clock
from tests.office.room import NINE, small_office

if TYPE_CHECKING:
    from server.messages.office import Office

MONDAY = date(2026, 11, 23)


def with_quiet(quiet: Hours | None) -> Office:
    office = small_office()
    first, *others = office.zones
    return replace(office, zones=(replace(first, quiet=quiet), *others))


def test_a_plan_that_names_no_day_is_never_on_and_never_changes() -> None:
    office = with_quiet(Hours())

    assert loudness.quiet_until(office, "hall", NINE) is None
    assert list(loudness.changes_at(office, NINE)) == []


def test_quiet_hours_begin_and_end_by_the_offices_clock() -> None:
    office = with_quiet(Hours(week={"mon": (("12:00", "13:00"),)}))
    noon, one = (clock(office, MONDAY, at) for at in ("12:00", "13:00"))

    assert list(loudness.changes_at(office, NINE)) == [noon]
    assert loudness.quiet_until(office, "hall", noon) == one
    assert loudness.quiet_until(office, "up", noon) is None
    assert list(loudness.changes_at(office, noon)) == [one]
