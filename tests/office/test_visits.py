"""Visits of several services: none is lost on the way, and what is on the desk stays what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.messages import boards as b
from server.messages import commands as c
from server.office.boards import board

if TYPE_CHECKING:
    from tests.office.conftest import Room


@pytest.mark.parametrize("services", [("car",), ("car", "reg")])
def test_a_move_never_takes_what_is_on_the_desk(room: Room, services: tuple[str, ...]) -> None:
    """Board and server agree: what the counter served when the ticket came is what a finish ends."""
    room.open("1")
    ticket = room.ticket("pass", "small")
    assert room.serve("1") == ticket
    room.does(c.AssignCounter(counter="1", services=services), room.supervisor)
    assert in_hand(room) == ("pass",)
    room.does(c.SetServices(ticket=ticket, services=("small", "pass", "car")))
    assert in_hand(room) == ("pass", "car")
    room.finish("1")
    assert (room.of(ticket).done, room.of(ticket).services) == (("pass", "car"), ("small",))
    assert room.of(ticket).hand == ()


def in_hand(room: Room) -> tuple[str, ...] | None:
    shown = board(room.state, "counter", "1", room.now)
    assert isinstance(shown, b.Counter)
    return shown.current.in_hand if shown.current else None
