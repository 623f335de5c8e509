"""Several of a supervisor's moves as one set: applied all or none, and taken back together at any time of the day."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Moves, Ticket
from server.messages.instants import MINUTE
from server.office.decide import counters, guards, supervision, tickets
from server.office.decide.press import Case, No, Rules
from server.office.decide.supervision import until_after
from server.office.equipped import existing
from server.office.evolve import evolve
from server.office.moves import POLICY, Thing, in_time, stands, taken_back
from server.office.office_grid import SETS
from server.office.state import HELD, State

_OF_ONE: Rules = {
    **counters.RULES,
    **supervision.RULES,
    **tickets.RULES,
}


def apply_moves(case: Case, command: c.ApplyMoves) -> None:
    """All or none: each move is decided on a trial state that the moves before it have changed."""
    guards.by_supervisor(case)
    until = until_after(case, "until", command.until)
    if len(case.state.moves) >= SETS:
        raise No("too_many", f"{SETS} sets of moves stand already; take one back first")
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
    """Everything that the moves touched, as it was before."""
    state = case.state
    tickets = tuple(old for name, old in state.tickets.items() if after.tickets.get(name, old).last_seq > old.last_seq)
    policy = after.preset_seq != state.preset_seq
    return Moves(
        key=case.press.key,
        by=case.events[0].by,
        at=case.now,
        until=until,
        reason=reason,
        counters=tuple(old for name, old in state.counters.items() if after.counters[name] != old),
        services=tuple(old for name, old in state.services.items() if after.services[name] != old),
        tickets=tickets,
        policy=(state.preset or state.office.policy.preset) if policy else None,
        policy_until=state.preset_until if policy else None,
        policy_before=state.preset_before if policy else "",
        policy_seq=state.preset_seq if policy else 0,
        boosts={one.id: given for one in tickets if (given := after.tickets[one.id].boost - one.boost)},
    )


def revert_moves(case: Case, command: c.RevertMoves) -> None:
    guards.by_supervisor(case)
    moves = case.state.moves.get(command.key)
    if moves is None:
        raise No("nothing_to_undo", f"no set of moves has the key {command.key} today")
    revert(case, moves)


def revert(case: Case, moves: Moves) -> None:
    """Restores what the set changed and nobody touched since. Tickets that are at a counter now are left alone."""
    state, last = case.state, moves.last_seq
    known = ((state.counters[old.id], existing(state, old)) for old in moves.counters if old.id in state.counters)
    counters = _changed((current, taken_back(current, in_time(old, case.now), last)) for current, old in known)
    standing = state.counters | {one.id: one for one in counters}
    open_ones = {one.id for one in standing.values() if one.state != "closed"}
    services = ((state.services[old.id], old) for old in moves.services if old.id in state.services)
    before = {old.id: old for old in moves.tickets}
    closing = {one.id for one in counters if one.state == "closed"}
    named = (one for one in state.living() if one.id in before or one.only_counter in closing)
    case.say(
        e.MovesReverted,
        set=moves.key,
        counters=counters,
        services=_changed((current, taken_back(current, in_time(old, case.now), last)) for current, old in services),
        tickets=_changed(
            (current, _ticket(state, current, before.get(current.id, current), moves, open_ones))
            for current in named
            if current.state not in HELD
        ),
        **_policy(case, moves),
    )


def _changed(pairs: Iterable[tuple[Thing, Thing]]) -> tuple[Thing, ...]:
    """The second of each pair that differs: what the set did not change, or others changed since, is not touched."""
    return tuple(then for current, then in pairs if then != current)


def _ticket(state: State, current: Ticket, old: Ticket, moves: Moves, open_ones: set[str]) -> Ticket:
    """The ticket with its services and boost as before the set. Services that were completed since are not wanted again.

    A ticket is not kept for a counter again if that counter stays closed, or left the office file since.
    """
    then = taken_back(current, old, moves.last_seq)
    if then.only_counter is not None and then.only_counter not in open_ones:
        then = replace(then, only_counter=None, only_until=None)
    if not {then.station, then.station_counter} <= {None, *state.counters}:
        then = replace(then, station=None, station_counter=None)
    services = tuple(name for name in then.services if name in state.plans and name not in current.done)
    then = replace(then, services=services or current.services)
    given = moves.boosts.get(current.id, 0)
    if not given or current.placed_seq > moves.last_seq:  # it lost its place since, and the boost with it
        return then
    return replace(then, boost=current.boost - given, reference=current.reference + given * MINUTE)


def _policy(case: Case, moves: Moves) -> dict[str, Any]:
    """The preset as it was before the set, with its end. If somebody has since chosen a preset for a while, that one stays,
    and only what follows it is restored."""
    state = case.state
    if moves.policy is None:
        return {}
    if stands(moves.policy_seq, state.preset_seq, moves.last_seq):
        over = moves.policy_until is not None and moves.policy_until <= case.now
        if over:
            return {"policy": moves.policy_before or state.office.policy.preset}
        return {name: getattr(moves, name) for name in POLICY}
    if state.preset_until is not None and stands(moves.policy_seq, state.preset_before_seq, moves.last_seq):
        return {
            "policy": state.preset,
            "policy_until": state.preset_until,
            "policy_before": moves.policy_before if moves.policy_until is not None else moves.policy,
            "policy_seq": state.preset_seq,
        }
    return {}


RULES: Rules = {c.ApplyMoves: apply_moves, c.RevertMoves: revert_moves}
