"""What a counter's or a ticket's board is computed from.

There are many of these boards; where this is unchanged, push draws nothing. For a ticket it is everything; for a counter it is
what its board shows of the last forecast, so a newer forecast often changes nothing.
"""

from server.messages.terms import BoardKind
from server.office.boards import own_ticket
from server.office.boards.counter_lists import Lists, callers, lists
from server.office.boards.sheet import Sheet

WHOLE: frozenset[BoardKind] = frozenset({"ticket"})
"""These boards are unchanged if this is, whatever happened.

The other kinds are unchanged only if nothing but the forecast is new.
"""


def awaited(sheet: Sheet, kind: BoardKind, id: str) -> object:
    """A value to compare; None for kinds that are drawn again with every forecast, and if the office has no such board."""
    match kind:
        case "ticket":
            return own_ticket.facts(sheet, id)  # None: the ticket ended while boards were drawn
        case "counter":
            if (counter := sheet.state.counters.get(id)) is None:
                return None
            shown = lists(sheet, counter, callers(sheet, counter))
            return sheet.once("awaited", lambda: _of_lists(sheet, shown), shown)
        case _:
            return None


def _of_lists(sheet: Sheet, shown: Lists) -> int:
    aside = (sheet.aside(one.first) for one in (shown.parked, shown.missed, shown.away))
    return hash(tuple(sheet.said(rows) for rows in (sheet.short(shown.queue.first), *aside, shown.lines)))
