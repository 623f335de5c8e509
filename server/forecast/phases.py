"""The changes of an office that come by themselves, when something ends: assignments, boosts, closings, presets, sets of
moves, helpers. Pure. Each end is decided and folded by the rules of production, on a copy, so none of these rules is
written twice."""

from collections.abc import Collection
from typing import NamedTuple

from server.messages.actor import SYSTEM, Actor
from server.messages.events import Event
from server.office.decide import EveryCommand, Press, decide
from server.office.due import key_of, ticks
from server.office.evolve import evolve
from server.office.state import State

ENDS = frozenset({"assignment", "service", "boost", "policy", "helper", "moves"})
"""Ticks that change who serves whom; the others change what is shown, or are simulated person by person."""
MOST = 100
"""The most ends that are looked at; later ones are left out."""
NONCE = "0" * 16


class Phase(NamedTuple):
    """The state from `at` on (ms)."""

    at: int
    state: State


def phases(state: State, now: int, until: int) -> list[Phase]:
    """The state now, and after each end that comes before `until`."""
    found = [Phase(now, state)]
    for _ in range(MOST):
        last = found[-1]
        due = [one for one in ticks(last.state) if one.kind in ENDS and one.due <= until]
        if not due:
            break
        tick = min(due, key=lambda one: (one.due, one.kind, one.id))
        at, after = max(tick.due, last.at), last.state.copy()
        events = decided(after, tick, at, key_of(tick))
        if not events:
            break
        fold(after, events)
        found = [*(found[:-1] if at == last.at else found), Phase(at, after)]
    return found


def decided(state: State, command: EveryCommand, at: int, key: str, actor: Actor = SYSTEM) -> list[Event]:
    """What a command would cause at this instant, ms; nothing if it is refused."""
    events = decide(state, command, Press(actor=actor, key=key, now=at, nonce=NONCE))
    return events if isinstance(events, list) else []


def is_by_time(event: Event, kinds: Collection[str]) -> bool:
    """Whether a tick of one of these kinds made it."""
    return event.key.startswith("tick:") and event.key.split(":")[1] in kinds


def fold(state: State, events: list[Event]) -> None:
    """Folds what was decided, as the log would."""
    for event in events:
        evolve(state, event, state.seq + 1, state.mark)
