"""The log's time set right: everything that lives keeps its distance to now. Pure; applied by `evolve` to `epoch_changed`.

A machine that began with a wrong clock leaves a log ahead of the time. Events never go backwards, so the office goes on from
there (`time_kept`) until somebody says that the clock is right: from that entry on a new epoch reckons by the clock again.
"""

from collections import deque
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from server.messages.facts import Reserved, Spent
from server.messages.wire import INSTANTS
from server.office.keys import Keys
from server.office.reserved import both
from server.office.state import State

FIXED = frozenset({"slot", "start"})
"""What was agreed with somebody outside stays when it was agreed."""
TABLES = (
    "tickets", "counters", "services", "prints", "messages", "alarms", "help", "holds", "appointments", "leases",
    "moves", "shown",
)  # fmt: skip
BY_NAME = ("silences", "helpers", "last_issued")
"""Instants by the name of what they are about."""

V = TypeVar("V")


def moved(value: V, ms: int) -> V:
    """A value with every instant in it so much later."""
    if isinstance(value, Struct):
        fields = {name: _field(name, getattr(value, name), ms) for name in value.__struct_fields__}
        return replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(moved(item, ms) for item in value)  # type: ignore[return-value]
    return value


def _field(name: str, value: object, ms: int) -> object:
    if name in INSTANTS and name not in FIXED and isinstance(value, int):
        return value + ms
    return moved(value, ms)


def shift(state: State, ms: int, at: int, day: str) -> None:
    """From now on it is `at` on `day`; nobody's press from before can be undone."""
    for table in TABLES:
        setattr(state, table, {name: moved(one, ms) for name, one in getattr(state, table).items()})
    for table in BY_NAME:
        known = getattr(state, table).items()
        setattr(state, table, {name: None if when is None else when + ms for name, when in known})
    state.said = deque(moved(one, ms) for one in state.said)
    state.leaving = deque((when + ms, name) for when, name in state.leaving)
    state.keys = Keys((name, _spent(spent, ms)) for name, spent in state.keys.items())
    state.acts.clear()
    state.lost_at += ms if state.lost_at else 0
    state.preset_until = None if state.preset_until is None else state.preset_until + ms
    state.reserved = _reserved(state, day)
    state.day, state.last_day = (None if state.day is None else day), (None if state.last_day is None else day)
    state.at, state.ahead = at, 0
    state.replace_lines()


def _spent(spent: Spent, ms: int) -> Spent:
    return replace(spent, at=spent.at + ms)


def _reserved(state: State, day: str) -> Reserved | None:
    """What is held back moves with its day; a day that is today again has given out numbers already."""
    found = state.reserved
    if found is not None and found.day == state.day:
        found = replace(found, day=day)
    return both(found, next((one for one in state.earlier if one.day == day), None))
