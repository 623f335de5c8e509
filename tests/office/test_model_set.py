"""Which model the waits are forecast by: only the server writes it to the log, so that every node uses it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.messages import commands as c
from server.messages.actor import SYSTEM
from server.messages.instants import HOUR
from server.office.snapshot import freeze, thaw

if TYPE_CHECKING:
    from tests.office.room import Room

FIRST, SECOND = c.SetModel(version="2026-11-22-0f3c"), c.SetModel(version="2026-11-23-77ab")


def test_a_model_is_set_once_and_the_next_takes_its_place(room: Room) -> None:
    assert room.state.model == ""
    assert room.does(FIRST, SYSTEM, key="") == ["model_set"]
    assert room.does(FIRST, SYSTEM, key="") == []
    assert room.does(SECOND, SYSTEM, key="") == ["model_set"]
    assert room.state.model == SECOND.version


def test_only_the_server_sets_one(room: Room) -> None:
    assert room.code(FIRST, room.supervisor) == "not_allowed"


def test_it_lives_over_midnight_and_in_a_snapshot(room: Room) -> None:
    room.does(FIRST, SYSTEM, key="")
    room.sleep(15 * HOUR)
    room.tick()

    kept = thaw(freeze(room.state))

    assert room.state.day == "2026-11-24"
    assert kept is not None
    assert kept.model == room.state.model == FIRST.version
