"""How events change sets of moves: kept while they can be taken back, and taken back."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.office.moves import begun, found, name_of, without
from server.office.state import State


def _applied(state: State, event: e.MovesApplied) -> None:
    moves = replace(event.before, last_seq=state.seq, **begun(state, event))
    state.moves[name_of(moves)] = moves


def _reverted(state: State, event: e.MovesReverted) -> None:
    gone = state.moves.pop(found(state, event.set) or "", None)
    # the first release did not correct the pictures of later sets, and its logs must fold as they did then
    if gone is not None and event.v > 1:
        state.moves = {key: without(state, moves, gone) for key, moves in state.moves.items()}
    for counter in event.counters:
        state.put_counter(counter)
    for service in event.services:
        state.put_service(service)
    for ticket in event.tickets:
        state.put_ticket(ticket)
    for name in event.messages:
        state.messages.pop(name, None)
    for helper in event.helpers:
        if helper.since is None:
            state.helpers.pop(helper.id, None)
        else:
            state.helpers[helper.id] = helper
    if event.policy is not None:
        state.set_preset(event.policy, event.policy_until, event.policy_before)
        state.preset_seq = event.policy_seq


def _effect(state: State, event: e.EffectNoted) -> None:
    """Changes nothing here: the shift book keeps it (`book.note`)."""


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.MovesApplied: _applied,
    e.MovesReverted: _reverted,
    e.EffectNoted: _effect,
}
