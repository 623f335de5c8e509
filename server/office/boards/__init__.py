"""Boards: what each device shows, computed whole from (state, now, sight). Pure; `next_change` says when to look again."""

from server.messages.boards import Part
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import public, staff, wall
from server.office.boards.next_change import next_change
from server.office.boards.sight import BLIND, Sight
from server.office.boards.voices import AUDIBLE, silent_zones
from server.office.boards.wall import announcements
from server.office.state import State

__all__ = ["AUDIBLE", "BLIND", "Sight", "announcements", "board", "next_change", "silent_zones"]

_UNKNOWN = {
    "display": "unknown_display",
    "counter": "unknown_counter",
    "announcer": "unknown_zone",
    "ticket": "unknown_ticket",
}


def board(state: State, kind: BoardKind, id: str, now: int, sight: Sight = BLIND) -> Part | Refusal:
    """The board a device asked for; a refusal if the office has no such device."""
    found = _board(state, kind, id, now, sight)
    if found is None:
        return Refusal(code=_UNKNOWN.get(kind, "unknown_device"), detail=f"there is no {kind} {id}")
    return found


def _board(state: State, kind: BoardKind, id: str, now: int, sight: Sight) -> Part | None:
    match kind:
        case "display":
            return wall.wall(state, id, now, sight)
        case "announcer":
            return wall.announcer(state, id, now, sight)
        case "counter":
            return staff.counter(state, id, now, sight)
        case "supervisor":
            return staff.supervisor(state, now, sight)
        case "desk":
            return staff.desk(state, now, sight)
        case "station":
            return staff.station(state, id, now, sight)
        case "kiosk":
            return public.kiosk(state, id, now, sight)
        case "printer":
            return public.printer(state, id, now, sight)
        case "ticket":
            return public.ticket(state, id, now, sight)
        case _:
            return None
