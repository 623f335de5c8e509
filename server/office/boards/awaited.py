"""What the boards of which there are many follow from: counters' and tickets'. Where it is the same, push draws nothing.

Of a ticket it is everything, of a counter what its board shows of the last forecast: so a newer one may change nothing.
"""

from server.messages.terms import BoardKind
from server.office.boards import own_ticket
from server.office.boards.counter import Lists, lists
from server.office.boards.sheet import Sheet

WHOLE: frozenset[BoardKind] = frozenset({"ticket"})
"""Boards that are the same if this is, whatever happened. The others are if nothing but the forecast is new."""


def awaited(sheet: Sheet, kind: BoardKind, id: str) -> object:
    """Something to be compared; None for kinds that are drawn again with every forecast, and if the office has no such board."""
    match kind:
        case "ticket":
            return own_ticket.facts(sheet, id)  # None: it ended while boards were drawn
        case "counter":
            if (counter := sheet.state.counters.get(id)) is None:
                return None
            shown = lists(sheet, counter)
            return sheet.once("awaited", lambda: _of_lists(sheet, shown), shown)
        case _:
            return None


def _of_lists(sheet: Sheet, shown: Lists) -> int:
    aside = (sheet.aside(one.first) for one in (shown.parked, shown.missed, shown.away))
    return hash(tuple(sheet.said(rows) for rows in (sheet.short(shown.queue.first), *aside, shown.lines)))
