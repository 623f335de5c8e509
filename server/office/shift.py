"""Corrects the log's time: every instant keeps its distance from now. Pure; `evolve` calls it for `epoch_changed`.

A machine that started with a wrong clock leaves a log that is ahead of the true time. Events never go backwards, so the office
goes on from there (`time_kept`) until somebody confirms the clock: with that entry a new epoch begins, which follows the clock.
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
"""Instants agreed with people outside (appointments). They are true times and are not moved."""
TABLES = (
    "tickets", "counters", "services", "prints", "messages", "alarms", "help", "holds", "appointments", "leases",
    "moves", "shown", "helpers", "book",
)  # fmt: skip
BY_NAME = ("silences", "last_issued")
"""Tables whose values are instants themselves, by the id of what they belong to."""

V = TypeVar("V")


def moved(value: V, ms: int) -> V:
    """The value with every instant in it moved by `ms`."""
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
    """Moves the whole state, so that now is `at` on `day`. Presses from before cannot be undone any more."""
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
    """Numbers held back move to the corrected day; if that day was open once before, its numbers are held back too."""
    found = state.reserved
    if found is not None and found.day == state.day:
        found = replace(found, day=day)
    return both(found, next((one for one in state.earlier if one.day == day), None))
