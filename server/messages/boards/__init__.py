"""What devices show: one class per board, always complete. Made by `server.office.boards`, drawn by pages.

Instants are RFC 3339 strings, lengths are seconds, `expected` is minutes. There are no ages: pages count from an instant.
Where `expected` is null, `expected_reason` says why: no_counter (no open counter serves it, or none of
them stays until it would be their turn), no_step_free, closed (and no counter serves it any more), situation, stale; null where
somebody serves it.
`away_minutes`: how long `pause_ticket` lasts if it names no length; `languages`: the office's, its first language first.
"""

from server.messages.boards.advice import *
from server.messages.boards.alerts import *
from server.messages.boards.curve import *
from server.messages.boards.offices import *
from server.messages.boards.pairing import *
from server.messages.boards.part import *
from server.messages.boards.parts import *
from server.messages.boards.places import *
from server.messages.boards.rosters import *
from server.messages.boards.staff import *
from server.messages.boards.tickets import *
from server.messages.boards.walls import *

AnyBoard = (
    Display
    | Counter
    | Supervisor
    | Ticket
    | Kiosk
    | Printer
    | Announcer
    | Desk
    | Station
    | Roster
    | Offices
    | WholeLine
    | Pairing
)

BOARDS: dict[str, type[Part]] = {"line" if b is WholeLine else b.__name__.lower(): b for b in AnyBoard.__args__}
