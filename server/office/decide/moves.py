"""Several of a supervisor's moves as one: applied all or nothing, taken back as one, any time of the day."""

from typing import Any

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Moves
from server.office.decide import counters, supervision, tickets
from server.office.decide.press import Case, No, Rules
from server.office.decide.supervision import may, until_after
from server.office.evolve import evolve

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
    before = _before(case, command.moves, until, command.reason)
    case.say(e.MovesApplied, before=before, count=len(command.moves))


def _before(case: Case, moves: tuple[Any, ...], until: int | None, reason: str | None) -> Moves:
    counters = dict.fromkeys(name for move in moves if (name := getattr(move, "counter", None)) is not None)
    services = dict.fromkeys(name for move in moves if (name := getattr(move, "service", None)) is not None)
    policy = any(isinstance(move, c.SetPolicy) for move in moves)
    state = case.state
    return Moves(
        key=case.press.key,
        by=case.events[0].by,
        at=case.now,
        until=until,
        reason=reason,
        counters=tuple(state.counters[name] for name in counters),
        services=tuple(state.services[name] for name in services),
        policy=(state.preset or state.office.policy.preset) if policy else None,
    )


def revert_moves(case: Case, command: c.RevertMoves) -> None:
    may(case)
    moves = case.state.moves.get(command.key)
    if moves is None:
        raise No("nothing_to_undo", f"no set of moves has the key {command.key} today")
    revert(case, moves)


def revert(case: Case, moves: Moves) -> None:
    case.say(e.MovesReverted, set=moves.key, counters=moves.counters, services=moves.services, policy=moves.policy)


RULES: Rules = {c.ApplyMoves: apply_moves, c.RevertMoves: revert_moves}
