"""Which appointments a group of counters is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.messages.instants import DAY, HOUR
from server.office.boards import agenda

if TYPE_CHECKING:
    from tests.office.room import Room


def test_a_group_is_told_of_what_its_counters_can_serve_in_the_order_of_the_slots(room: Room) -> None:
    late = room.book(room.now + DAY + HOUR, "pass")
    soon = room.book(room.now + DAY, "reg", persons=2)
    car = room.book(room.now + DAY, "car")

    def told(*counters: str, since: int = 0) -> list[str]:
        return [room.state.appointments[one.id].code for one in agenda(room.state, counters, since)]

    assert told("2") == [soon, late]
    assert told("2", since=room.now + DAY + 1) == [late]
    assert told("1")[2:] == [late]
    assert {*told("1")} == {soon, car, late}, "counter 1 can serve cars too"
    assert told() == []
    (first, _) = agenda(room.state, ("2",), 0)
    assert (first.start, first.persons, first.services, first.moved) == (room.now + DAY, 2, ("reg",), 0)
