"""One office as a row on the table of a city, and the order of such rows: the worst first. Pure; `server.push.city` asks."""

from collections.abc import Iterable

from server.messages import boards as b
from server.messages.boards import OfficeRow, Offices
from server.office.boards.sheet import Sheet

LISTED = 200
STATES = ("away", "no_counter", "needs", "over_target", "tight", "unknown", "on_target", "closed")
"""The worst first."""


def office_row(sheet: Sheet, alerts: tuple[b.Alert, ...], *, away: bool = False) -> OfficeRow:
    """`alerts`: those that stand, the worst first. `away`: what is known of the office may be old."""
    state, unreached = sheet.state, sheet.reach.unreached()
    lines = sheet.services(tuple(plan.id for plan in state.office.services if not plan.retired))
    standing = {line.id: _state(line, unreached) for line in lines}
    worst = min(lines, key=lambda line: STATES.index(standing[line.id]), default=None)
    how = standing[worst.id] if worst is not None else "closed"
    if how == "closed":
        # a service that is closed like all others is not the one to look at
        worst, how = None, "no_counter" if any(line.open for line in lines) else how
    opened = [state.counters[plan.id].state != "closed" for plan in state.office.counters if not plan.retired]
    return OfficeRow(
        office=state.office.id,
        name=state.office.name,
        state="away" if away else how,
        counters_open=sum(opened),
        counters=len(opened),
        waiting=len(state.lines.where),
        longest_wait=min((line.longest_wait for line in lines if line.longest_wait is not None), default=None),
        service=worst.id if worst is not None else None,
        names=worst.names if worst is not None else {},
        expected=worst.expected if worst is not None else None,
        target=worst.target if worst is not None else None,
        alerts=len(alerts),
        alert=alerts[0].code if alerts else None,
    )


def offices(rows: Iterable[OfficeRow]) -> Offices:
    ordered = sorted(rows, key=_order)
    return Offices(offices=tuple(ordered[:LISTED]), offices_total=len(ordered))


def _order(row: OfficeRow) -> tuple[int, int, str, str]:
    """Among equals: more alerts first, then whoever waits longest, then the name."""
    return STATES.index(row.state), -row.alerts, row.longest_wait or "~", row.name


def _state(line: b.ServiceLine, unreached: dict[str, tuple[int, str]]) -> str:
    if line.waiting and not line.served:
        return "no_counter"
    if line.id in unreached:
        return "needs"
    if line.expected is None:
        return "unknown" if line.waiting or (line.open and line.served) else "closed"
    if line.expected.median > line.target:
        return "over_target"
    return "tight" if line.expected.high > line.target else "on_target"
