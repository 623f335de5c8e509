"""What one device shows: its board, the numbers on a wall, and an office in which something of everything is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import Sight, board
from server.office.boards.sight import BLIND

if TYPE_CHECKING:
    from tests.office.room import Room


def shown(room: Room, kind: BoardKind, id: str = "", sight: Sight = BLIND) -> Any:
    found = board(room.state, kind, id, room.now, sight)
    assert not isinstance(found, Refusal), found
    return found


def busy(room: Room) -> Room:
    """A clerk holds a counter at a page and has called somebody; others wait, with needs, and in another language."""
    room.open("1", by=room.anna)
    for _ in range(4):
        room.ticket("pass", needs=("step_free", "interpreter"), language="tr")
    room.call("1", room.anna)
    room.ticket("social")
    return room


def numbers(room: Room, display: str = "hall") -> list[str]:
    return [call.number for call in shown(room, "display", display).calls]
