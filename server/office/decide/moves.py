"""Several of a supervisor's moves as one set: applied all or none, and taken back together at any time of the day."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import convert, to_builtins
from msgspec.structs import replace

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import CalledHelper, Gain, Moves, Ticket
from server.messages.instants import MINUTE
from server.office.decide import counters, guards, supervision, tickets
from server.office.decide.press import Case, No, Rules
from server.office.equipped import existing
from server.office.evolve import evolve
from server.office.moves import POLICY, Thing, found, in_time, left_of, own, shared, shown, stands, taken_back
from server.office.office_grid import SETS, can_be_taken_back, sets
from server.office.state import HELD, State

_OF_ONE: Rules = {
    **counters.RULES,
    **supervision.RULES,
    **tickets.RULES,
}


def apply_moves(case: Case, command: c.ApplyMoves) -> None:
    """All or none: each move is decided on a trial state that the moves before it have changed."""
    guards.by_supervisor(case)
    until = guards.to_come(case, "until", command.until)
    for index, move in enumerate(command.moves):
        with _of_move(index):
            guards.as_seen(case, move, command.seen_seq)
            guards.as_seen(case, move, getattr(move, "seen_seq", None))
    told = None if command.told is None else convert(to_builtins(command.told), Gain)
    as_one(case, command.moves, until=until, reason=command.reason, told=told)


@contextmanager
def _of_move(index: int) -> Iterator[None]:
    """A refusal of one move refuses the whole set; its `move` says which one it was, from 0, as its field does."""
    try:
        yield
    except No as no:
        refused = no.refusal
        errors = tuple(replace(one, field=f"moves[{index}].{one.field}") for one in refused.errors)
        detail = f"moves[{index}].{refused.detail}" if errors else refused.detail
        raise No(refused.code, detail, errors=errors, **refused.more, move=index) from no


def as_one(
    case: Case, moves: Sequence[c.Command], *, until: int | None, told: Gain | None = None, **marks: str | None
) -> None:
    """Decides several moves as one set, all or none. `marks`: reason, situation, rule."""
    # an evacuation is never refused because of earlier moves
    if marks.get("situation") is None and sets(case.state) >= SETS:
        raise No("too_many", f"{SETS} sets of moves stand already; take one back first")
    trial = case.state.copy()
    for index, move in enumerate(moves):
        part = case.part(trial, move)
        with _of_move(index):
            _OF_ONE[type(move)](part, move)
        for event in part.events:
            evolve(trial, event, trial.seq + 1, trial.mark)
            case.events.append(event)
    if case.events:
        before = replace(_before(case, trial), until=until, **marks)
        case.say(e.MovesApplied, before=before, count=len(moves), told=told)


def _before(case: Case, after: State) -> Moves:
    """Everything that the moves touched, as it was before."""
    state = case.state
    tickets = tuple(old for name, old in state.tickets.items() if after.tickets.get(name, old).last_seq > old.last_seq)
    policy = after.preset_seq != state.preset_seq
    return Moves(
        key=case.press.key,
        by=case.events[0].by,
        at=case.now,
        counters=tuple(old for name, old in state.counters.items() if after.counters[name] != old),
        services=tuple(old for name, old in state.services.items() if after.services[name] != old),
        tickets=tickets,
        policy=(state.preset or state.office.policy.preset) if policy else None,
        policy_until=state.preset_until if policy else None,
        policy_before=state.preset_before if policy else "",
        policy_seq=state.preset_seq if policy else 0,
        boosts={one.id: given for one in tickets if (given := after.tickets[one.id].boost - one.boost)},
        helpers=tuple(
            state.helpers.get(name, CalledHelper(id=name))
            for name, one in after.helpers.items()
            if one != state.helpers.get(name)
        ),
        messages=tuple(name for name in after.messages if name not in state.messages),
    )


def revert_moves(case: Case, command: c.RevertMoves) -> None:
    guards.by_supervisor(case)
    moves = case.state.moves.get(_meant(case, command.key) or "")
    if moves is None:
        raise No("nothing_to_undo", f"no move has the key {command.key} today")
    if not can_be_taken_back(case.state, moves):
        raise No("nothing_to_undo", "its time is over, or others have changed since what it did")
    revert(case, moves)


def _meant(case: Case, key: str) -> str | None:
    """The name of the move: the sender's own move with this key, if there is one; else the move that boards show by this
    key."""
    mine = (own(case.state, principal, key) for principal in case.actor.principals)
    return next((one for one in mine if one is not None), found(case.state, key))


def revert(case: Case, moves: Moves) -> None:
    """Restores what the set changed and nobody touched since. Tickets that are at a counter now are left alone."""
    state, last = case.state, moves.last_seq
    known = ((state.counters[old.id], existing(state, old)) for old in moves.counters if old.id in state.counters)
    counters = _changed((current, left_of(state, current, in_time(old, case.now), last)) for current, old in known)
    standing = state.counters | {one.id: one for one in counters}
    open_ones = {one.id for one in standing.values() if one.state != "closed"}
    services = ((state.services[old.id], old) for old in moves.services if old.id in state.services)
    before = {old.id: old for old in moves.tickets}
    closing = {one.id for one in counters if one.state == "closed"}
    named = (one for one in state.living() if one.id in before or one.only_counter in closing)
    case.say(
        e.MovesReverted,
        set=shown(moves, shared(state)),
        counters=counters,
        services=_changed((current, taken_back(current, in_time(old, case.now), last)) for current, old in services),
        tickets=_changed(
            (
                current,
                _told(current, _ticket(state, current, before.get(current.id, current), moves, open_ones), case.now),
            )
            for current in named
            if current.state not in HELD
        ),
        messages=tuple(name for name in moves.messages if name in state.messages),
        helpers=_helpers(case, moves),
        **_policy(case, moves),
    )


def _helpers(case: Case, moves: Moves) -> tuple[CalledHelper, ...]:
    """Helpers whom the set called are sent back, or get the end that they had before it, if that is still to come."""
    called = ((case.state.helpers.get(old.id), old) for old in moves.helpers)
    gone = [old for now, old in called if now is not None and stands(old.last_seq, now.last_seq, moves.last_seq)]
    return tuple(CalledHelper(id=old.id) if old.until is not None and old.until <= case.now else old for old in gone)


def _changed(pairs: Iterable[tuple[Thing, Thing]]) -> tuple[Thing, ...]:
    """The second of each pair that differs. What the set did not change, or somebody changed since, stays."""
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


def _told(current: Ticket, then: Ticket, now: int) -> Ticket:
    """Whoever waits for another service again is told so on phone and wall, as when they were moved."""
    return replace(then, moved_at=now) if then.services != current.services else then


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


def note_effect(case: Case, command: c.NoteEffect) -> None:
    guards.allowed(case)
    row = case.state.book.get(found(case.state, command.set) or "")
    if row is not None and row.happened is None:
        case.say(e.EffectNoted, set=command.set, minutes=command.minutes)


RULES: Rules = {c.ApplyMoves: apply_moves, c.RevertMoves: revert_moves, c.NoteEffect: note_effect}
