"""Who is on duty: the plan of a single day replaces the week's, breaks are off duty; without a plan, who works now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.messages import commands as c
from server.office.roster import on_duty, shifts

if TYPE_CHECKING:
    from tests.office.conftest import Room

MINUTE, HOUR = 60_000, 3_600_000


def span(counter: str, start: str, end: str, kind: str = "open") -> c.DutySpan:
    return c.DutySpan(counter=counter, from_=start, to=end, kind="break" if kind == "break" else "open")


def test_without_a_roster_it_is_who_works_now(room: Room) -> None:
    room.open("1")

    assert shifts(room.state, room.now) is None
    assert "1" in on_duty(room.state, room.now)
    assert "2" not in on_duty(room.state, room.now)


def test_a_break_is_off_duty_and_its_end_is_not(room: Room) -> None:
    """It is Monday, 09:00."""
    plan = (span("1", "08:00", "12:00"), span("1", "10:00", "10:30", "break"), span("2", "11:00", "24:00"))
    room.press(c.SetRoster(weekday="mon", duty=plan), room.supervisor)

    assert on_duty(room.state, room.now) == {"1"}
    assert on_duty(room.state, room.now + HOUR) == frozenset()
    assert on_duty(room.state, room.now + HOUR + 30 * MINUTE) == {"1"}
    assert on_duty(room.state, room.now + 3 * HOUR) == {"2"}


def test_a_single_day_goes_before_the_week(room: Room) -> None:
    room.press(c.SetRoster(weekday="mon", duty=(span("1", "08:00", "12:00"),)), room.supervisor)
    room.press(c.SetRoster(date="2026-11-23", duty=()), room.supervisor)

    assert shifts(room.state, room.now) is not None
    assert on_duty(room.state, room.now) == frozenset()
