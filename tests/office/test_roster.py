"""Who is on duty: the plan of a single day replaces the week's, breaks are off duty; without a plan, who works now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.facts import Duty
from server.messages.instants import HOUR, MINUTE
from server.messages.office import WEEKDAYS, Office, Roster, Weekday
from server.office.boards import board
from server.office.roster import counts, on_duty, shifts, version
from server.office.state import State

if TYPE_CHECKING:
    from tests.office.room import Room


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


def planned(counter: str) -> tuple[Duty, ...]:
    return (Duty(counter=counter, from_="08:00", to="12:00"),)


def configured(room: Room, roster: Roster) -> None:
    office = room.state.office
    room.does(c.ConfigureOffice(office=replace(office, roster=roster, revision=office.revision + 1)), room.system)


@pytest.mark.parametrize(
    ("file", "week", "day", "on"),
    [
        (Roster(week={"mon": planned("1")}), None, None, {"1"}),
        (Roster(week={"mon": planned("1")}), "2", None, {"2"}),
        (Roster(week={"mon": planned("1")}, days={"2026-11-23": planned("3")}), "2", None, {"3"}),
        (Roster(week={"mon": planned("1")}, days={"2026-11-23": planned("3")}), "2", "4", {"4"}),
        (Roster(week={"mon": planned("1")}, days={"2026-11-23": ()}), "2", None, set()),
        (Roster(week={"tue": planned("1")}), None, None, None),
    ],
)
def test_a_date_goes_before_the_weekday_and_a_supervisors_plan_before_the_files(
    room: Room, file: Roster, week: str | None, day: str | None, on: set[str] | None
) -> None:
    """It is Monday, 23 November, 09:00."""
    configured(room, file)
    if week:
        room.does(c.SetRoster(weekday="mon", duty=(span(week, "08:00", "12:00"),)), room.supervisor)
    if day:
        room.does(c.SetRoster(date="2026-11-23", duty=(span(day, "08:00", "12:00"),)), room.supervisor)

    assert (shifts(room.state, room.now) is None) == (on is None)
    assert on is None or on_duty(room.state, room.now) == on


@pytest.mark.parametrize("day", ["mon", "2026-11-23"])
def test_a_plan_that_is_removed_gives_way_to_the_files(room: Room, day: str) -> None:
    configured(room, Roster(week={"mon": planned("1")}, days={"2026-11-23": planned("1")}))
    room.does(c.SetRoster(date="2026-11-23", duty=(span("2", "08:00", "12:00"),)), room.supervisor)
    room.does(c.SetRoster(weekday="mon", duty=()), room.supervisor)

    assert room.does(c.SetRoster(day=day, duty=None), room.supervisor) == ["roster_set"]
    assert room.does(c.SetRoster(day=day, duty=None), room.supervisor) == []
    assert on_duty(room.state, room.now) == ({"1"} if day == "2026-11-23" else {"2"})


def test_a_plan_that_somebody_else_changed_meanwhile_is_not_overwritten(room: Room) -> None:
    configured(room, Roster(week={"mon": planned("1")}))
    days: tuple[Weekday, ...] = ("mon", "tue")
    seen = {day: version(room.state, day) for day in days}
    mine = (span("2", "08:00", "12:00"),)
    room.does(c.SetRoster(weekday="mon", duty=(span("3", "08:00", "12:00"),), seen=seen["mon"]), room.supervisor)

    assert (seen["tue"], seen["mon"] != "") == ("", True)
    assert room.code(c.SetRoster(weekday="mon", duty=mine, seen=seen["mon"]), room.supervisor) == "overtaken"
    assert room.does(c.SetRoster(weekday="tue", duty=mine, seen=seen["tue"]), room.supervisor) == ["roster_set"]
    assert room.does(c.SetRoster(weekday="mon", duty=mine, seen=version(room.state, "mon")), room.supervisor)


def test_the_board_shows_the_week_and_the_days_to_come_with_what_is_needed_to_change_them(room: Room) -> None:
    """It is Monday, 23 November."""
    configured(room, Roster(week={"mon": planned("1")}, days={"2026-11-22": planned("1"), "2026-11-24": ()}))
    lunch = span("2", "10:00", "10:30", "break")
    room.does(c.SetRoster(date="2026-11-25", duty=(span("2", "08:00", "12:00"), lunch)), room.supervisor)
    shown = board(room.state, "roster", "", room.now)
    assert isinstance(shown, b.Roster)

    days = {one.day: one for one in shown.days}
    assert list(days) == [*WEEKDAYS, "2026-11-24", "2026-11-25"]
    assert (shown.today, [one.id for one in shown.counters]) == (
        "2026-11-23",
        [one.id for one in room.state.office.counters],
    )
    assert [(name, one.duty, one.version) for name, one in days.items() if not one.duty and name != "2026-11-24"] == [
        (name, None, "") for name in WEEKDAYS[1:]
    ]
    assert (days["2026-11-24"].duty, days["2026-11-24"].changed) == ((), False)
    assert days["2026-11-25"].duty == (
        b.DutyLine(counter="2", from_="08:00", to="12:00", kind="open"),
        b.DutyLine(counter="2", from_="10:00", to="10:30", kind="break"),
    )
    assert days["2026-11-25"].changed
    assert days["2026-11-25"].counts[15:22] == (0, 1, 1, 1, 1, 0, 1)


def test_the_supervisors_table_shows_who_is_on_duty_today(room: Room) -> None:
    def today() -> b.OnDuty | None:
        shown = board(room.state, "supervisor", "", room.now)
        assert isinstance(shown, b.Supervisor)
        return shown.roster

    assert today() is None
    room.does(c.SetRoster(weekday="mon", duty=(span("2", "08:00", "08:30"),)), room.supervisor)
    found = today()
    assert found is not None
    assert (found.day, [half for half, count in enumerate(found.counts) if count]) == ("2026-11-23", [16])


def test_midnight_alone_changes_no_board_until_the_day_has_ended_in_the_log(room: Room) -> None:
    """A board is drawn again at an entry, or at an instant that was foreseen."""
    configured(room, Roster(week={"mon": planned("1"), "tue": planned("2")}, days={"2026-11-23": planned("1")}))

    def shown() -> tuple[object, object]:
        table, whole = board(room.state, "supervisor", "", room.now), board(room.state, "roster", "", room.now)
        assert isinstance(table, b.Supervisor)
        assert isinstance(whole, b.Roster)
        return table.roster, (whole.today, [one.day for one in whole.days])

    before = shown()
    room.sleep(24 * HOUR)
    assert shown() == before
    room.tick()
    after = shown()
    assert (before[1], after[1]) == (("2026-11-23", [*WEEKDAYS, "2026-11-23"]), ("2026-11-24", list(WEEKDAYS)))


def test_before_the_first_day_nobody_is_on_duty(office: Office) -> None:
    state = State()
    state.configure(office)
    table, whole = board(state, "supervisor", "", 0), board(state, "roster", "", 0)

    assert isinstance(table, b.Supervisor)
    assert isinstance(whole, b.Roster)
    assert (table.roster, whole.today) == (None, "")


def test_a_half_hour_counts_the_counters_that_are_there_all_the_time() -> None:
    found = counts(
        (
            Duty(counter="1", from_="08:00", to="10:00"),
            Duty(counter="1", from_="09:10", to="09:20", kind="break"),
            Duty(counter="2", from_="08:15", to="08:40"),
            Duty(counter="2", from_="08:40", to="24:00"),
        )
    )

    assert found[15:22] == (0, 1, 2, 1, 2, 1, 1)
    assert (len(found), found[47]) == (48, 1)
