"""Tickets that nobody can call, and those that wait for a station that does not answer, until its limit is over and
any counter may take them. All staff boards show them."""

from collections.abc import Iterator

from server.messages import boards as b
from server.messages.facts import Ticket
from server.office.boards.sheet import Sheet
from server.office.boards.sight import Sight, presence
from server.office.reach import LISTED
from server.office.state import State

SILENT = ("unknown", "offline")


def uncallable(sheet: Sheet, sight: Sight) -> tuple[tuple[b.Stranded, ...], int]:
    """The first `LISTED` of them, and how many there are in all."""
    return sheet.once("uncallable", lambda: _uncallable(sheet, sight), sight.seen)


def _uncallable(sheet: Sheet, sight: Sight) -> tuple[tuple[b.Stranded, ...], int]:
    state, now = sheet.state, sheet.now
    found, total = sheet.stranded()
    listed = {ticket.id for ticket, _ in found}
    silent = [ticket for ticket in _at_silent_stations(state, now, sight) if ticket.id not in listed]
    first = [*found, *((ticket, "station_silent") for ticket in silent)][:LISTED]
    return tuple(_stranded(ticket, why) for ticket, why in first), total + len(silent)


def _at_silent_stations(state: State, now: int, sight: Sight) -> Iterator[Ticket]:
    for station in state.office.stations:
        kept = state.lines.bound.get(station.id)
        if kept and presence(sight.seen.get(f"station:{station.id}"), now) in SILENT:
            waiting = (state.tickets[name] for _, _, name in kept)
            yield from (one for one in waiting if one.only_until is None or now < one.only_until)


def _stranded(ticket: Ticket, why: str) -> b.Stranded:
    return b.Stranded(
        id=ticket.id,
        number=ticket.number,
        services=ticket.services,
        needs=ticket.needs,
        place=ticket.only_counter,
        reason=why,
    )
