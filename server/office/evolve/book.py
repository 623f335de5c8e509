"""The shift book: today's moves of supervisors and rules, the newest `MOST`, with what each did, why and until when.

A move outside a set is kept with a picture of what it touched, as a set of one, so that it can be taken back later in the same
way (`revert_moves`). Called for every event, before the event's own rule: the picture is of before.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import CalledHelper, Counter, Deed, Moves, Row, Service, Ticket
from server.office.moves import begun, found, name_of, own
from server.office.standing import acting, of_row, quieted
from server.office.state import State

MOST = 50
MOST_DEEDS = 12
"""For how many events of one press the book says what they did: closing a day is thousands of events."""
SUPERVISOR, RULE = "supervisor:", "rule:"
AUTHORS = (SUPERVISOR, RULE)
"""How `by` begins in moves that go into the book; what clerks do at their counters does not."""
_DEED = tuple(name for name in Deed.__struct_fields__ if name not in ("type", "before", "tickets"))


def deed(state: State, event: e.Event) -> Deed:
    """What the event did, for the book; `state` is the state before it."""
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
            _change(state, found(state, event.set), happened=event.minutes)
        case e.Undone():
            _undone(state, event)
        case _ if type(event) in PICTURES and event.v > 1 and event.key and event.by.startswith(AUTHORS):
            _moved_one(state, event)


def _moved_one(state: State, event: Any) -> None:
    until = getattr(event, "until", None) or getattr(event, "back_at", None)
    about = {"key": event.key, "at": event.at, "by": event.by, **begun(state, event)}
    row = Row(**about, type=str(event.__struct_config__.tag), until=until)
    # there is a row already, if this is another event of the same set, whose own entry follows
    row = state.book.get(name_of(row), row)
    _write(state, replace(row, reason=getattr(event, "reason", None), did=_first(row, deed(state, event))))
    picture = PICTURES[type(event)](state, event)
    state.moves[name_of(row)] = Moves(**about, last_seq=state.seq, single=True, **picture)


def _first(row: Row, new: Deed) -> tuple[Deed, ...]:
    """The first `MOST_DEEDS` of a press. That people were moved is never left out, because walls show it."""
    kept = row.did[: MOST_DEEDS - 1] if new.type == "tickets_moved" else row.did
    return (*kept, new)[:MOST_DEEDS]


def _applied(state: State, event: e.MovesApplied) -> None:
    before = event.before
    if event.v > 1:
        row = Row(key=before.key, at=event.at, by=event.by, type="", **begun(state, event))
        row = state.book.get(name_of(row), row)
        kind = "moves_applied" if before.situation is None else "situation_started"
        _write(
            state,
            replace(
                row, type=kind, reason=before.reason, until=before.until, told=event.told, situation=before.situation
            ),
        )


def _write(state: State, row: Row) -> None:
    """Adds the row at the end, and drops the oldest one if there are too many; if that is a single move, it cannot be taken
    back any more."""
    state.book.pop(name_of(row), None)
    state.book[name_of(row)] = row
    if len(state.book) > MOST:
        gone = next(iter(state.book))
        del state.book[gone]
        if gone in state.moves and state.moves[gone].single:
            del state.moves[gone]


def _taken_back(state: State, event: e.MovesReverted) -> None:
    known = found(state, event.set)
    row = state.book.get(known or "")
    if row is not None and row.by.startswith(RULE) and event.by.startswith(SUPERVISOR):
        moves = state.moves.get(name_of(row))
        state.quiet = quieted(state, *(of_row(row) if moves is None or moves.rule is None else [acting(moves.rule)]))
    _change(state, known, ended=True, ended_at=event.at)


def _change(state: State, name: str | None, **changes: Any) -> None:
    if name in state.book:
        state.book[name] = replace(state.book[name], **changes)


def _undone(state: State, event: e.Undone) -> None:
    """Removes a move that its maker undid at once."""
    gone = own(state, event.who, event.of)
    state.book.pop(gone or "", None)
    state.moves.pop(gone or "", None)
