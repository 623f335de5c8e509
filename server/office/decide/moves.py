"""Several of a supervisor's moves as one: applied all or nothing, taken back as one, any time of the day."""

from msgspec.structs import replace

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Counter, Moves, Service, Ticket
from server.office.decide import counters, supervision, tickets
from server.office.decide.press import Case, No, Rules
from server.office.decide.supervision import may, until_after
from server.office.evolve import evolve
from server.office.evolve.day import existing
from server.office.state import ALIVE, HELD, State

_OF_ONE: Rules = {
    **counters.RULES,
    **supervision.RULES,
    **tickets.RULES,
}


def apply_moves(case: Case, command: c.ApplyMoves) -> None:
    """All or nothing: each move is decided on what the ones before it made true."""
    may(case)
    until = until_after(case, "until", command.until)
    trial = case.state.copy()
    for move in command.moves:
        part = Case(trial, move, case.press)
        part.now = case.now
        _OF_ONE[type(move)](part, move)
        for event in part.events:
            evolve(trial, event, trial.seq + 1, trial.mark)
            case.events.append(event)
    if not case.events:
        return
    before = _before(case, trial, until, command.reason)
    case.say(e.MovesApplied, before=before, count=len(command.moves))


def _before(case: Case, after: State, until: int | None, reason: str | None) -> Moves:
    """Whatever the moves touched, as it was."""
    state = case.state
    return Moves(
        key=case.press.key,
        by=case.events[0].by,
        at=case.now,
        until=until,
        reason=reason,
        counters=tuple(old for name, old in state.counters.items() if after.counters[name] != old),
        services=tuple(old for name, old in state.services.items() if after.services[name] != old),
        tickets=tuple(
            old for name, old in state.tickets.items() if after.tickets.get(name, old).last_seq > old.last_seq
        ),
        policy=(state.preset or state.office.policy.preset) if after.preset != state.preset else None,
    )


def revert_moves(case: Case, command: c.RevertMoves) -> None:
    may(case)
    moves = case.state.moves.get(command.key)
    if moves is None:
        raise No("nothing_to_undo", f"no set of moves has the key {command.key} today")
    revert(case, moves)


def revert(case: Case, moves: Moves) -> None:
    """What has gone since stays gone; who is at a counter by now is left alone."""
    state = case.state
    before = (_in_time(existing(state, old), case.now) for old in moves.counters if old.id in state.counters)
    counters = ((state.counters[old.id], old) for old in before)
    services = ((state.services[old.id], old) for old in moves.services if old.id in state.services)
    tickets = ((state.tickets[old.id], old) for old in moves.tickets if old.id in state.tickets)
    case.say(
        e.MovesReverted,
        set=moves.key,
        counters=tuple(_counter(now, old, moves) for now, old in counters),
        services=tuple(_service(now, old, case.now) for now, old in services),
        tickets=tuple(_ticket(state, now, old, moves) for now, old in tickets if now.state in ALIVE - HELD),
        policy=moves.policy,
    )


def _counter(now: Counter, old: Counter, moves: Moves) -> Counter:
    """Its services again; open, paused or closed again only if nobody touched it since."""
    if now.last_seq > moves.last_seq:
        return replace(now, services=old.services, assignment=old.assignment)
    return old


def _in_time(old: Counter, at: int) -> Counter:
    """A counter as it was, but for an assignment that has ended by itself since: its tick does not come twice."""
    given = old.assignment
    if given is None or given.until is None or given.until > at:
        return old
    return replace(old, services=given.before, assignment=None)


def _service(now: Service, old: Service, at: int) -> Service:
    """As it was, but for a closing or a boost that has ended by itself since."""
    old = replace(old, issued=now.issued)
    if old.closed and old.until is not None and old.until <= at:
        old = replace(old, closed=False, reason=None, until=None)
    if old.boost_until is not None and old.boost_until <= at:
        old = replace(old, boost=0, boost_until=None)
    return old


def _ticket(state: State, now: Ticket, old: Ticket, moves: Moves) -> Ticket:
    """Its services and its boost again, wherever it is by now; what was served in between is not wanted again."""
    services = tuple(name for name in old.services if name in state.kinds and name not in now.done) or now.services
    if now.last_seq <= moves.last_seq:
        return replace(old, services=services)
    boosted = now.boost - old.boost
    return replace(now, services=services, boost=old.boost, reference=now.reference + boosted * 60_000)


RULES: Rules = {c.ApplyMoves: apply_moves, c.RevertMoves: revert_moves}
