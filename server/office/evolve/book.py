"""The shift book: today's moves of supervisors and rules, the newest `MOST`, with what each did, why and until when.

A move outside a set is kept with a picture of what it touched, as a set of one, so that it can be taken back later in the same
way (`revert_moves`). Called for every event, before the event's own rule: the picture is of before.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import CalledHelper, Counter, Deed, Moves, Row, Service, Ticket
from server.office.standing import acting, of_row, quieted
from server.office.state import State

MOST = 50
MOST_DEEDS = 12
"""How many events of one press are kept to be named: closing a day is thousands of events."""
SUPERVISOR, RULE = "supervisor:", "rule:"
AUTHORS = (SUPERVISOR, RULE)
"""How `by` begins if a move stands in the book: what clerks do at their counters does not."""
_DEED = tuple(name for name in Deed.__struct_fields__ if name not in ("type", "before", "tickets"))


def deed(state: State, event: e.Event) -> Deed:
    """What the event did, to be named later; `state` is that before it."""
    said = {name: getattr(event, name) for name in _DEED if name in event.__struct_fields__}
    before = state.counters[event.counter].services if isinstance(event, e.CounterAssigned) else ()
    tickets = len(event.tickets) if isinstance(event, e.TicketsMoved) else None
    return Deed(type=str(event.__struct_config__.tag), before=before, tickets=tickets, **said)


def _counter(state: State, event: Any) -> dict[str, Any]:
    counters: tuple[Counter, ...] = (state.counters[event.counter],)
    return {"counters": counters}


def _closed(state: State, event: e.CounterClosed) -> dict[str, Any]:
    return {**_counter(state, event), "tickets": tuple(state.tickets[name] for name in event.unbound)}


def _service(state: State, event: Any) -> dict[str, Any]:
    services: tuple[Service, ...] = (state.services[event.service],)
    return {"services": services}


def _boosted(state: State, event: e.TicketBoosted) -> dict[str, Any]:
    ticket: Ticket = state.tickets[event.ticket]
    return {"tickets": (ticket,), "boosts": {ticket.id: event.minutes}}


def _moved(state: State, event: e.TicketsMoved) -> dict[str, Any]:
    return {"tickets": tuple(state.tickets[name] for name in event.tickets)}


def _policy(state: State, event: e.PolicySet) -> dict[str, Any]:
    return {
        "policy": state.preset or state.office.policy.preset,
        "policy_until": state.preset_until,
        "policy_before": state.preset_before,
        "policy_seq": state.preset_seq,
    }


def _helper(state: State, event: e.HelperCalled) -> dict[str, Any]:
    return {"helpers": (state.helpers.get(event.helper, CalledHelper(id=event.helper)),)}


PICTURES: Mapping[type[e.Event], Callable[[State, Any], dict[str, Any]]] = {
    **dict.fromkeys((e.CounterAssigned, e.CounterOpened, e.CounterPaused, e.CounterResumed), _counter),
    **dict.fromkeys((e.ServiceOpened, e.ServiceClosed, e.ServiceLimited, e.ServiceBoosted), _service),
    e.CounterClosed: _closed,
    e.TicketBoosted: _boosted,
    e.TicketsMoved: _moved,
    e.PolicySet: _policy,
    e.HelperCalled: _helper,
}
"""What each kind of move touches, as it was before it: fields of `Moves`."""


def note(state: State, event: e.Event) -> None:
    """Writes the event into the book, if it is a move, or the end or the effect of one."""
    match event:
        case e.MovesApplied():
            _applied(state, event)
        case e.MovesReverted():
            _taken_back(state, event)
        case e.EffectNoted():
            _change(state, event.set, happened=event.minutes)
        case e.Undone():
            _undone(state, event)
        case _ if type(event) in PICTURES and event.v > 1 and event.key and event.by.startswith(AUTHORS):
            _moved_one(state, event)


def _moved_one(state: State, event: Any) -> None:
    until = getattr(event, "until", None) or getattr(event, "back_at", None)
    row = Row(key=event.key, at=event.at, by=event.by, type=str(event.__struct_config__.tag), until=until)
    known = state.book.get(event.key)
    if known is not None and (known.at, known.by) == (row.at, row.by):
        row = known  # another event of the same set, whose own entry follows
    _write(state, replace(row, reason=getattr(event, "reason", None), did=(*row.did, deed(state, event))[:MOST_DEEDS]))
    kept = state.moves.get(event.key)
    if kept is None or kept.single:  # keys belong to whoever made them: another supervisor's set may have this one too
        picture = PICTURES[type(event)](state, event)
        state.moves[event.key] = Moves(
            key=event.key, by=event.by, at=event.at, last_seq=state.seq, single=True, **picture
        )


def _applied(state: State, event: e.MovesApplied) -> None:
    before = event.before
    if event.v > 1:
        row = state.book.get(before.key) or Row(key=before.key, at=event.at, by=event.by, type="")
        kind = "moves_applied" if before.situation is None else "situation_started"
        _write(
            state,
            replace(
                row, type=kind, reason=before.reason, until=before.until, told=event.told, situation=before.situation
            ),
        )


def _write(state: State, row: Row) -> None:
    """Puts it at the end, and drops the oldest row if there are too many; a single move then cannot be taken back any more."""
    state.book.pop(row.key, None)
    state.book[row.key] = row
    if len(state.book) > MOST:
        gone = next(iter(state.book))
        del state.book[gone]
        if gone in state.moves and state.moves[gone].single:
            del state.moves[gone]


def _taken_back(state: State, event: e.MovesReverted) -> None:
    row = state.book.get(event.set)
    if row is not None and row.by.startswith(RULE) and event.by.startswith(SUPERVISOR):
        moves = state.moves.get(event.set)
        state.quiet = quieted(state, *(of_row(row) if moves is None or moves.rule is None else [acting(moves.rule)]))
    _change(state, event.set, ended=True)


def _change(state: State, key: str, **changes: Any) -> None:
    if key in state.book:
        state.book[key] = replace(state.book[key], **changes)


def _undone(state: State, event: e.Undone) -> None:
    """A move that its maker took back at once has never been."""
    row = state.book.get(event.of)
    if row is not None and row.by == event.by:
        del state.book[event.of]
        state.moves.pop(event.of, None)
