"""When to look again: the next instant at which a board may look different, or a tick is due, without a new event."""

from server.office import hours
from server.office.decide.tick import ticks
from server.office.state import SECOND, UNDO_FOR, State


def next_change(state: State, now: int) -> int | None:
    """Milliseconds, after `now`; None if nothing will change by itself."""
    if not state.configured:
        return None
    found = [at for at in _instants(state, now) if at > now]
    return min(found, default=None)


def _instants(state: State, now: int) -> list[int]:
    calls = state.office.calls
    found = [tick.due for tick in ticks(state)]
    for call in state.shown.values():
        found.append(call.at + calls.fresh * SECOND)
        if call.until is not None:
            found.append(call.until)
    found += [said.at + 30_001 for said in state.said]
    found += [at for at, _, _ in state.lines.later]
    found += [act.at + UNDO_FOR + 1 for act in state.acts.values()]
    found += [
        t.missed_at + calls.missed_shown * SECOND
        for t in state.tickets.values()
        if t.state == "missed" and t.missed_at is not None
    ]
    found += [made.at + 120_000 for made in state.prints.values() if made.state == "requested"]
    for service in (None, *(kind for kind in state.office.services if kind.hours)):
        at = hours.changes_at(state.office, service, now)
        if at is not None:
            found.append(at)
    return found
