"""Which counters call people in the next hours: spans on duty, breaks that have begun, stations, moves that end. And what a board
says when the forecast sees nobody who could still call somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.forecast.model import cold
from server.forecast.promise import Pace, forecast
from server.messages import commands as c
from server.messages.instants import MINUTE
from server.office.boards.outlook import Outlook
from server.office.reach import Reach
from server.office.waits import Waits
from server.promises.runs import said
from server.promises.shown import shown
from server.promises.wire import Ask
from tests.forecast.test_waits import looked
from tests.office.room import instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.room import Room

DAY = "2026-11-23"


def plan(room: Room, *spans: c.DutySpan) -> None:
    room.does(c.SetRoster(day=DAY, duty=spans), room.supervisor)


def on_duty(counter: str, *spans: tuple[str, str]) -> list[c.DutySpan]:
    return [c.DutySpan(counter=counter, from_=start, to=end) for start, end in spans]


def a_break(counter: str, start: str, end: str) -> c.DutySpan:
    return c.DutySpan(counter=counter, from_=start, to=end, kind="break")


def last_wait(room: Room, tickets: int) -> float:
    """Minutes that the last of that many new tickets waits."""
    *_, last = [room.ticket("pass") for _ in range(tickets)]
    return looked(room).tickets[last].p50


def waits(room: Room) -> Waits:
    """The forecast as boards get it."""
    model = cold(room.state.office)
    found = forecast(room.state, model, Pace(), room.now, 7, rows=60)
    return shown(said(Ask(seq=room.state.seq, now=room.now), model, found, None), Waits(), lambda ticket: None)


@pytest.mark.parametrize("written", ["as two spans", "as a break"])
def test_between_two_spans_on_duty_nobody_is_called(room: Room, written: str) -> None:
    """It is nine. Nobody is at the counter from half past nine until noon; the last of ten people is the seventh after that."""
    room.open("1")
    if written == "as two spans":
        plan(room, *on_duty("1", ("08:00", "09:30"), ("12:00", "18:00")))
    else:
        plan(room, *on_duty("1", ("08:00", "18:00")), a_break("1", "09:30", "12:00"))

    assert last_wait(room, 10) == pytest.approx(240, abs=15)


def test_who_is_on_a_planned_break_is_back_at_its_end(room: Room) -> None:
    room.open("1")
    plan(room, *on_duty("1", ("08:00", "18:00")), a_break("1", "09:00", "10:00"))
    room.does(c.PauseCounter(counter="1"))

    assert last_wait(room, 1) == pytest.approx(60, abs=2)


def test_a_move_that_ends_counts_until_then(room: Room) -> None:
    """Counter 3 helps for ten minutes, and then goes back to its own service."""
    room.open("1", "3")
    move = c.AssignCounter(counter="3", services=("pass",), until=instant(room.now + 10 * MINUTE))
    room.does(move, room.supervisor)

    assert last_wait(room, 14) == pytest.approx(120, abs=10)
    assert looked(room).drawn["pass", "walk_in"].p50 == pytest.approx(130, abs=10)
    assert looked(room).drawn["car", "walk_in"].p50 == pytest.approx(10, abs=4)


def test_a_boost_that_ends_counts_until_then(room: Room) -> None:
    """Until half past nine those with a car go first; three of them are called, the others wait behind everybody."""
    office = room.state.office
    counter = replace(office.counters[0], services=("pass", "car"))
    both = replace(office, counters=(counter, *office.counters[1:]), revision=office.revision + 1)
    room.does(c.ConfigureOffice(office=both), room.system)
    room.open("1")
    first, *_ = [room.ticket("pass") for _ in range(6)]
    for _ in range(6):
        room.ticket("car")
    always = looked(room).tickets[first].p50
    boost = c.BoostService(service="car", minutes=60, until=instant(room.now + 25 * MINUTE))
    room.does(boost, room.supervisor)

    assert always == pytest.approx(0, abs=1)
    assert looked(room).tickets[first].p50 == pytest.approx(30, abs=4)


def test_a_station_calls_those_who_want_its_service(room: Room) -> None:
    waiting = [room.ticket("photo") for _ in range(3)]

    found = looked(room)

    assert [found.tickets[one].p50 for one in waiting] == pytest.approx([0, 10, 20], abs=3)
    assert found.drawn["photo", "walk_in"].p50 == pytest.approx(30, abs=4)


def test_who_was_sent_to_a_station_has_a_wait_there(room: Room) -> None:
    room.open("1")
    sent = room.ticket("pass", "photo")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="cash"))

    assert sent in looked(room).tickets


def test_who_is_not_called_any_more_is_told_so(room: Room) -> None:
    """The only counter for passes leaves at half past nine; counter 3 stays until the evening."""
    room.open("1", "3")
    plan(room, *on_duty("1", ("08:00", "09:30")), *on_duty("3", ("08:00", "18:00")))
    tickets = [room.ticket("pass") for _ in range(10)]
    outlook = Outlook(Reach(room.state, room.now), waits(room))

    first, last = (outlook.of_ticket(room.of(one)) for one in (tickets[0], tickets[-1]))

    assert first.expected is not None
    assert last == (None, "no_counter")


def test_no_fresh_forecast_is_ever_called_stale(live: Callable[..., Room]) -> None:
    """Whatever the room: whoever waits has a range or a reason, and so has every service for every need."""
    compared = 0
    for seed in range(40):
        room = live(seed, 60 + seed % 3 * 60)
        if room.state.day is None:
            continue
        outlook = Outlook(Reach(room.state, room.now), waits(room))
        found = [outlook.of_ticket(one) for one in room.state.living() if one.state in ("waiting", "away")]
        found += [outlook.of_service(plan) for plan in room.state.office.services]
        found += [one for plan in room.state.office.services for one in outlook.by_features(plan).values()]
        assert all((one.expected is None) == (one.reason is not None) for one in found), seed
        assert "stale" not in {one.reason for one in found}, seed
        compared += len(found)
    assert compared > 300
