"""How each service is doing, as the supervisor's table says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from server.messages import commands as c
from server.messages.boards import Expected, Trouble
from server.messages.instants import MINUTE, rfc3339
from server.office.boards import Sight, changed_between, next_change
from server.office.waits import Drawn, Waits
from tests.office.shown import shown

if TYPE_CHECKING:
    from tests.office.room import Room


def told(low: int, high: int) -> Waits:
    wait = Expected(low=low, median=(low + high) // 2, high=high, at=rfc3339(0), learning=False)
    return Waits(known=True, drawn={("pass", "walk_in"): Drawn(shown=wait, low=low, high=high)})


def stands(room: Room, service: str = "pass", **seen: Any) -> Trouble:
    board = shown(room, "supervisor", "", Sight(actor=room.supervisor, **seen))
    found = {line.id: line.trouble for line in board.services}[service]
    assert isinstance(found, Trouble)
    return found


def test_a_service_without_a_counter_says_so_and_how_many_wait(room: Room) -> None:
    assert stands(room) == Trouble(code="no_counter")
    room.ticket("pass")
    room.does(c.CloseService(service="pass"), room.supervisor)
    room.does(c.CloseService(service="car"), room.supervisor)

    assert stands(room) == Trouble(code="no_counter", count=1)
    assert stands(room, "car") == Trouble(code="closed")


def test_people_whose_need_no_open_counter_covers_are_counted(room: Room) -> None:
    room.open("2")
    for _ in range(3):
        room.ticket("pass", needs=("hearing_loop",))
    room.ticket("pass", needs=("step_free",))
    assert stands(room) == Trouble(code="needs", need="hearing_loop", count=3)
    room.open("1")

    assert stands(room).code == "unknown"


def test_two_needs_of_as_many_tickets_are_told_by_name_though_a_restart_orders_the_lines_anew(room: Room) -> None:
    room.open("2")
    room.ticket("pass", needs=("step_free",))
    room.ticket("pass", needs=("hearing_loop",))

    assert stands(room) == Trouble(code="needs", need="hearing_loop", count=1)


def test_two_needs_that_no_single_counter_covers_are_a_need_too(make_room: Callable[..., Room], room: Room) -> None:
    first, *others = room.state.office.counters
    alone = room.state.office.counters[1]
    deaf = type(first)(id="1", label="1", zone="hall", services=("pass",), features=("hearing_loop",))
    room = make_room(counters=(deaf, alone, *others[1:])).open("1", "2")
    room.ticket("pass", needs=("hearing_loop", "step_free"))

    assert stands(room) == Trouble(code="needs", need="hearing_loop", count=1)


def test_over_the_target_from_the_instant_when_somebody_has_waited_longer(room: Room) -> None:
    room.open("1")
    waits = room.of(room.ticket("pass"))
    due = waits.issued_at + room.state.plans["pass"].target_minutes * MINUTE + 1
    began = room.now
    while (at := next_change(room.state, room.now)) is not None and at < due:
        room.now = at
        assert stands(room).code == "unknown"
    room.now = due

    assert at == due
    assert "supervisor" in changed_between(room.state, began, due).kinds
    assert stands(room) == Trouble(code="over_target", count=1)


def test_only_an_estimate_within_the_target_is_in_the_target(room: Room) -> None:
    room.open("1")
    target = room.state.plans["pass"].target_minutes

    assert stands(room).code == "unknown"
    assert stands(room, waits=told(target - 10, target)).code == "on_target"
    assert stands(room, waits=told(target - 10, target + 5)).code == "tight"
    assert stands(room, waits=told(target - 10, target + 10)).code == "tight"
    assert stands(room, waits=told(target - 10, target + 12)) == Trouble(code="over_target")
    room.does(c.CloseService(service="pass"), room.supervisor)
    assert stands(room, waits=told(0, 5)).code == "closed"
