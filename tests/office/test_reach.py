"""Everybody who waits can be called by somebody, or those who work there are told who cannot be called, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from server.messages import boards as b
from server.messages import commands as c
from server.office.boards import BLIND, Sight, board

if TYPE_CHECKING:
    from tests.office.conftest import Room

MINUTE = 60_000


def told(room: Room, kind: str = "supervisor", id: str = "", sight: Sight = BLIND) -> dict[str, str]:
    """Numbers and reasons on a staff board."""
    shown = board(room.state, kind, id, room.now, sight)  # type: ignore[arg-type]
    assert isinstance(shown, b.Supervisor | b.Counter | b.Desk)
    assert shown.uncallable_total >= len(shown.uncallable)
    return {one.number: one.reason for one in shown.uncallable}


def reason(room: Room, ticket: str) -> str | None:
    shown = board(room.state, "ticket", ticket, room.now)
    assert isinstance(shown, b.Ticket)
    return shown.expected_reason


@pytest.mark.parametrize(("kind", "id"), [("supervisor", ""), ("desk", ""), ("counter", "2")])
def test_all_who_work_there_are_told_whom_nobody_can_call(room: Room, kind: str, id: str) -> None:
    ticket = room.ticket("pass")
    assert told(room, kind, id) == {room.number(ticket): "no_counter"}
    room.open("1")
    assert told(room, kind, id) == {}


def test_a_long_line_is_told_by_its_first_and_its_length(room: Room) -> None:
    tickets = [room.ticket("pass") for _ in range(25)]
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    assert [one.id for one in shown.uncallable] == tickets[:20]
    assert shown.uncallable_total == 25


def test_needs_that_no_open_counter_covers(room: Room) -> None:
    room.open("2", "3")
    ramp, loop, both = (
        room.ticket("pass", needs=needs) for needs in (("step_free",), ("hearing_loop",), ("step_free", "hearing_loop"))
    )
    assert told(room) == {room.number(loop): "no_hearing_loop", room.number(both): "no_counter"}
    car = room.ticket("car", needs=("step_free",))
    assert told(room)[room.number(car)] == "no_step_free"
    assert [reason(room, one) for one in (ramp, loop, both, car)] == [None, "no_counter", "no_counter", "no_step_free"]
    room.open("1")
    assert told(room) == {room.number(car): "no_step_free"}


def test_a_citizen_is_told_what_nobody_serves_and_what_is_closed(room: Room) -> None:
    ticket = room.ticket("pass")
    assert reason(room, ticket) == "no_counter"
    room.does(c.CloseService(service="pass"), room.supervisor)
    assert reason(room, ticket) == "closed"
    room.open("1")
    assert reason(room, ticket) is None, "who waits is still served"
    room.call("1")
    assert reason(room, ticket) is None


def test_a_service_says_why_nobody_would_be_called(room: Room) -> None:
    def said() -> tuple[str | None, ...]:
        wall, kiosk, table = (
            board(room.state, kind, id, room.now)  # type: ignore[arg-type]
            for kind, id in (("display", "hall"), ("kiosk", "side"), ("supervisor", ""))
        )
        assert isinstance(wall, b.Display)
        assert isinstance(kiosk, b.Kiosk)
        assert isinstance(table, b.Supervisor)
        line = next(one for one in table.services if one.id == "pass")
        assert line.served == (line.expected_reason is None or not line.open)
        return wall.waiting[0].expected_reason, kiosk.services[0].expected_reason, line.expected_reason

    assert said() == ("no_counter",) * 3
    room.open("1")
    assert said() == (None,) * 3
    room.does(c.CloseService(service="pass"), room.supervisor)
    assert said() == ("closed",) * 3


def test_a_counter_on_a_break_comes_back(room: Room) -> None:
    room.open("1")
    room.does(c.PauseCounter(counter="1"))
    room.ticket("pass")
    assert told(room) == {}


# kept for one place


def test_sent_to_a_counter_that_is_closed_or_lacks_what_is_needed(room: Room) -> None:
    room.open("1", "2")
    closed, needy = room.ticket("pass"), room.ticket("pass")
    room.does(c.TransferTicket(ticket=closed, to_counter="3"))
    room.does(c.TransferTicket(ticket=needy, to_counter="2"))
    room.does(c.SetNeeds(ticket=needy, needs=("hearing_loop",)))
    assert told(room) == {room.number(closed): "counter_closed", room.number(needy): "place_lacks"}
    room.open("3")
    assert told(room) == {room.number(needy): "place_lacks"}


def test_one_whose_time_has_not_come_is_looked_at_as_of_then(room: Room, at: Callable[[int], Any]) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.does(c.TransferTicket(ticket=ticket, to_service="car", not_before=at(room.now + 30 * MINUTE)))
    assert told(room) == {room.number(ticket): "no_counter"}
    room.open("3")
    assert told(room) == {}
