"""One office as a row on the table of a city, and the order of such rows: the worst first. Pure; `server.push.city` asks."""

from collections.abc import Iterable

from server.messages import boards as b
from server.messages.boards import OfficeRow, Offices
from server.office.boards.sheet import Sheet
from server.office.shown import hidden

LISTED = 200
STATES = ("away", "no_counter", "needs", "over_target", "tight", "unknown", "on_target", "closed")
"""The worst first."""


def office_row(sheet: Sheet, alerts: tuple[b.Alert, ...], *, away: bool = False) -> OfficeRow:
    """`alerts`: those that stand, the worst first. `away`: what is known of the office may be old."""
    state = sheet.state
    lines = [line for line in sheet.troubled() if not state.plans[line.id].retired]
    hall = [line for line in lines if not state.plans[line.id].back_office]
    codes = {line.id: line.trouble.code for line in lines if line.trouble is not None}
    # a service that is closed, or that nobody gives and nobody waits for, is not the one to look at
    told = (line for line in lines if codes[line.id] != "closed" and (line.served or line.waiting))
    worst = min(told, key=lambda line: STATES.index(codes[line.id]), default=None)
    nothing = "no_counter" if any(line.open for line in lines) else "closed"
    opened = [state.counters[plan.id].state != "closed" for plan in state.office.counters if not plan.retired]
    return OfficeRow(
        office=state.office.id,
        name=state.office.name,
        state="away" if away else nothing if worst is None else codes[worst.id],
        counters_open=sum(opened),
        counters=len(opened),
        waiting=sum(not hidden(state, one) for one in state.waiting_tickets()),
        longest_wait=min((line.longest_wait for line in hall if line.longest_wait is not None), default=None),
        service=worst.id if worst is not None else None,
        names=worst.names if worst is not None else {},
        expected=worst.expected if worst is not None else None,
        target=worst.target if worst is not None else None,
        alerts=len(alerts),
        alert=alerts[0].code if alerts else None,
        expected_reason=worst.expected_reason if worst is not None else None,
    )


def offices(rows: Iterable[OfficeRow]) -> Offices:
    ordered = sorted(rows, key=_order)
    return Offices(offices=tuple(ordered[:LISTED]), offices_total=len(ordered))


def _order(row: OfficeRow) -> tuple[int, int, str, str]:
    """Among equals: more alerts first, then whoever waits longest, then the name."""
    return STATES.index(row.state), -row.alerts, row.longest_wait or "~", row.name
