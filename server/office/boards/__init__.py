"""Boards: all that a device shows, computed from (state, now, sight). Pure; `next_change` says when to draw again."""

from server.messages.boards import Part
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import announced, own_ticket, public, roster, staff, wall
from server.office.boards.agenda import agenda
from server.office.boards.announced import announcements
from server.office.boards.awaited import WHOLE, awaited
from server.office.boards.booked import BookedRow, booked_days, booked_on, without_room
from server.office.boards.counter import Said, counter, said
from server.office.boards.found import Wanted, find
from server.office.boards.free import free_slots, minutes_of
from server.office.boards.next_change import changed_between, next_change
from server.office.boards.offered import Overbooking, offered, overbooked_by
from server.office.boards.sheet import Sheet
from server.office.boards.sight import BLIND, Sight, ToSay, presence
from server.office.boards.voices import AUDIBLE, silent_zones
from server.office.intake import closed_for
from server.office.replan import Replan
from server.office.slots import Visitors
from server.office.state import State
from server.office.waits import has_room

__all__ = [
    "AUDIBLE",
    "BLIND",
    "WHOLE",
    "BookedRow",
    "Overbooking",
    "Replan",
    "Said",
    "Sheet",
    "Sight",
    "ToSay",
    "Visitors",
    "Wanted",
    "agenda",
    "announcements",
    "awaited",
    "board",
    "booked_days",
    "booked_on",
    "changed_between",
    "closed_for",
    "drawn",
    "find",
    "free_slots",
    "has_room",
    "minutes_of",
    "next_change",
    "offered",
    "overbooked_by",
    "presence",
    "said",
    "silent_zones",
    "without_room",
]

_UNKNOWN = {
    "display": "unknown_display",
    "counter": "unknown_counter",
    "announcer": "unknown_zone",
    "ticket": "unknown_ticket",
    "line": "unknown_service",
}


def board(state: State, kind: BoardKind, id: str, now: int, sight: Sight = BLIND) -> Part | Refusal:
    """The board a device asked for; a refusal if the office has no such device."""
    return drawn(Sheet(state, now, sight.waits), kind, id, sight)


def drawn(sheet: Sheet, kind: BoardKind, id: str, sight: Sight) -> Part | Refusal:
    """The same as `board`, but parts that several boards have in common are drawn once for the whole sheet."""
    found = _board(sheet, kind, id, sight)
    if found is None:
        return Refusal(code=_UNKNOWN.get(kind, "unknown_device"), detail=f"there is no {kind} {id}")
    return found


def _board(sheet: Sheet, kind: BoardKind, id: str, sight: Sight) -> Part | None:
    state, now = sheet.state, sheet.now
    match kind:
        case "display":
            return wall.wall(sheet, id, sight)
        case "announcer":
            return announced.announcer(state, id, now, sight)
        case "counter":
            return counter(sheet, id, sight)
        case "supervisor":
            return staff.supervisor(sheet, sight)
        case "desk":
            return staff.desk(sheet, sight)
        case "line":
            return staff.line(sheet, id)
        case "station":
            return staff.station(sheet, id, sight)
        case "roster":
            return roster.roster(state)
        case "kiosk":
            return public.kiosk(sheet, id, sight)
        case "printer":
            return public.printer(state, id, now, sight)
        case "ticket":
            return own_ticket.ticket(sheet, id)
        case _:
            return None
