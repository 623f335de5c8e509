"""What a board shows of the last forecast. A newer forecast that says the same there changes nothing: so push need not draw it.

Only for boards of which there are many: counters and tickets.
"""

from server.messages.terms import BoardKind
from server.office.boards.counter import Lists, lists
from server.office.boards.sheet import Sheet


def awaited(sheet: Sheet, kind: BoardKind, id: str) -> int | None:
    """A hash of the waits on a board that the office has; None for kinds that are drawn again with every forecast."""
    match kind:
        case "ticket":
            outlook = sheet.outlook
            if (ticket := sheet.state.tickets.get(id)) is None:
                return None  # it ended while boards were drawn
            return hash((outlook.of_ticket(ticket), outlook.leave(ticket), outlook.longer(ticket)))
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
