"""`evolve(state, event, seq, mark)`: applies one event to the given state, and touches nothing else.

Pure and total: every event of every release so far has one rule here, in the module of its subject.
"""

from collections.abc import Callable
from typing import Any

from server.messages.events import Event
from server.messages.facts import Deed
from server.messages.instants import MINUTE, SECOND
from server.office.evolve import (
    book,
    bookings,
    calls,
    counters,
    day,
    devices,
    distress,
    moves,
    supervision,
    tickets,
    undo,
)
from server.office.state import ACT_LIFE_MS, KEY_LIFE_MS, Act, State
from server.office.touched import changed_by
from server.office.undoable import LASTING

Folding = Callable[[State, Any], None]

RULES: dict[type[Event], Folding] = {
    **tickets.RULES,
    **calls.RULES,
    **counters.RULES,
    **supervision.RULES,
    **moves.RULES,
    **devices.RULES,
    **distress.RULES,
    **undo.RULES,
    **bookings.RULES,
    **day.RULES,
}


def evolve(state: State, event: Event, seq: int, mark: str) -> None:
    """Applies the event to `state`. `seq` and `mark` are its entry's place in the log."""
    state.seq, state.mark, state.at = seq, mark, max(state.at, event.at)
    state.act = _act(state, event)
    book.note(state, event)
    RULES[type(event)](state, event)
    for name in changed_by(event):
        state.touched[name] = seq
    if state.act is not None:
        state.act.last_seq = seq
        state.act = None
    if event.key:
        state.keys.spend(event.who, event.key, event.digest, seq, event.at)
    _pass_time(state)


def _act(state: State, event: Event) -> Act | None:
    if not event.key or event.who == "system":
        return None
    kind = str(event.__struct_config__.tag)
    known = state.acts.get((event.who, event.key))
    # other copies of the state may share the known act, so a copy of it is changed
    act = Act(kind, event.at) if known is None else known.copy()
    # what lasts cannot be undone, so no picture of before is needed; and its `services` may be whole values, not names
    act.did = (*act.did, Deed(type=kind) if kind in LASTING else book.deed(state, event))[: book.MOST_DEEDS]
    if kind in LASTING:
        act.type = kind
    state.acts.keep((event.who, event.key), act)
    return act


def _pass_time(state: State) -> None:
    """Applies the time that has passed: due tickets move into their lines; old keys, calls and ended tickets are forgotten."""
    now = state.at
    for name in state.lines.due(now):
        ticket = state.tickets[name]
        state.lines.remove(name)
        state.lines.add(ticket, 0, state.waits_since(ticket), now)
    state.keys.forget(now - KEY_LIFE_MS)
    state.acts.forget(now - ACT_LIFE_MS)
    stays = state.stays_for()
    while state.leaving:
        ended_at, name = state.leaving[0]
        if ended_at + stays > now:
            break
        state.leaving.popleft()
        gone = state.tickets.get(name)
        if gone is not None and gone.ended_at == ended_at:
            state.drop_ticket(name)
    spoken = MINUTE + state.office.calls.repeat_after * SECOND
    while state.said and state.said[0].at + spoken <= now:
        state.said.popleft()
    if state.shown:
        for name in [n for n, call in state.shown.items() if call.until is not None and call.until <= now]:
            del state.shown[name]
