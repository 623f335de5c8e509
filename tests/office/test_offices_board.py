"""The table of a city: one row for each office, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.boards import Expected, OfficeRow
from server.messages.instants import DAY, MINUTE, rfc3339
from server.office.boards import Sheet
from server.office.boards.alerts import Condition
from server.office.boards.offices import LISTED, STATES, office_row, offices
from server.office.waits import Drawn, Waits
from tests.office.room import small_office

if TYPE_CHECKING:
    from tests.office.room import Make, Room


def row(room: Room, waits: Waits | None = None, **more: Any) -> OfficeRow:
    return office_row(Sheet(room.state, room.now, waits), more.pop("alerts", ()), **more)


@pytest.fixture
def one(make_room: Make) -> Room:
    """An office with one service and one counter, which is open."""
    office = small_office()
    plan = replace(office.services[0], target_minutes=30)
    counter = replace(office.counters[1], services=("pass",), skills=("pass",))
    made = make_room(office=replace(office, services=(plan,), counters=(counter,), stations=(), kiosks=()))
    made.does(c.OpenCounter(counter="2"), made.supervisor)
    return made


def told(median: int, high: int) -> Waits:
    wait = Expected(low=0, median=median, high=high, at=rfc3339(0), learning=False)
    return Waits(known=True, drawn={("pass", "walk_in"): Drawn(shown=wait, low=0, high=high)})


def test_a_row_says_what_its_office_is_like(one: Room) -> None:
    first = one.now
    one.ticket("pass")
    one.now += MINUTE
    one.ticket("pass")
    alerts = (Condition("printer", "main").alert(5), Condition("device", "x").alert(5))
    made = row(one, told(20, 25), alerts=alerts)

    assert (made.office, made.state, made.counters_open, made.counters) == ("amt", "on_target", 1, 1)
    assert (made.waiting, made.longest_wait, made.service, made.target) == (2, rfc3339(first), "pass", 30)
    assert (made.expected, made.alerts, made.alert) == (told(20, 25).drawn["pass", "walk_in"].shown, 2, "printer")


def test_the_state_is_that_of_the_service_that_hurts_most(one: Room) -> None:
    assert row(one).state == "unknown"
    assert row(one, told(20, 30)).state == "on_target"
    assert row(one, told(20, 35)).state == "tight"
    assert row(one, told(31, 45)).state == "over_target"
    assert row(one, told(31, 45), away=True).state == "away"
    one.ticket("pass", needs=("hearing_loop",))
    assert row(one, told(20, 30)).state == "needs"
    one.does(c.CloseCounter(counter="2"), one.supervisor)
    assert (row(one, told(20, 30)).state, row(one).service) == ("no_counter", "pass")
    assert (row(one).expected, row(one).expected_reason) == (None, "no_counter")


def test_a_closed_office_shows_no_service(one: Room) -> None:
    one.now += DAY // 2
    made = row(one)

    assert (made.state, made.service, made.names, made.expected, made.target) == ("closed", None, {}, None, None)
    one.does(c.CloseDay(), one.supervisor)
    assert row(one).state == "closed"


def test_an_open_office_without_an_open_counter_says_so_though_nobody_waits(one: Room) -> None:
    one.does(c.CloseCounter(counter="2"), one.supervisor)

    assert (row(one).state, row(one).service) == ("no_counter", None)


def test_an_office_without_services_has_a_row_too(one: Room) -> None:
    plan = replace(one.state.office.services[0], retired=True)
    one.does(c.ConfigureOffice(office=replace(one.state.office, services=(plan,), revision=2)), one.system)

    assert row(one).state == "closed"


def test_the_worst_come_first_and_more_than_two_hundred_are_counted(one: Room) -> None:
    plain = replace(row(one), longest_wait=None)
    rows = [
        replace(plain, office="calm", state="on_target"),
        replace(plain, office="short", state="tight", longest_wait="2026-11-23T09:05:00Z"),
        replace(plain, office="long", state="tight", longest_wait="2026-11-23T09:00:00Z"),
        replace(plain, office="alerted", state="tight", alerts=2),
        replace(plain, office="gone", state="away"),
    ]
    board = offices(rows)
    assert [one.office for one in board.offices] == ["gone", "alerted", "long", "short", "calm"]
    many = offices(replace(plain, office=str(n)) for n in range(LISTED + 3))
    assert (len(many.offices), many.offices_total) == (LISTED, LISTED + 3)
    assert {plain.state} <= set(STATES)
