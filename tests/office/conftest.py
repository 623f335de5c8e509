"""Rooms for the tests of the core, made as each test wants them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from server.messages.instants import rfc3339
from server.messages.office import Office
from tests.office.life import Life
from tests.office.room import NINE, Make, Room, instant, small_office


@pytest.fixture(scope="session")
def make_room() -> Make:
    """Makes rooms whose day is open: `make_room(now=..., arrival=..., **office)`; keys of policy and calls are given by name."""

    def make(now: int = NINE, *, office: Office | None = None, **changes: Any) -> Room:
        made = office or small_office()
        for table in ("policy", "calls"):
            part = getattr(made, table)
            own = {name: changes.pop(name) for name in part.__struct_fields__ if changes.get(name, UNSET) is not UNSET}
            made = replace(made, **{table: replace(part, **own)})
        made = replace(made, **changes)
        return Room(made, now).begin(made)

    return make


@pytest.fixture
def room(make_room: Make) -> Room:
    """A room at nine on a Monday; all counters closed, nobody waits."""
    return make_room()


@pytest.fixture(scope="session")
def office() -> Office:
    return small_office()


@pytest.fixture(scope="session")
def live(make_room: Make) -> Callable[..., Room]:
    """Random presses for a part of a day: `live(seed, presses, look=..., **office)`."""

    def lived(seed: int, presses: int, look: Callable[[Room], None] = lambda room: None, **changes: Any) -> Room:
        return Life(make_room(**changes), seed).live(presses, look)

    return lived


@pytest.fixture(scope="session")
def make_life() -> Callable[[Room, int], Life]:
    """Random people in a given room: `make_life(room, seed).live(presses)`."""
    return Life


@pytest.fixture(scope="session")
def at() -> Callable[[int], Any]:
    """Milliseconds in the form of commands."""
    return instant


@pytest.fixture(scope="session")
def iso() -> Callable[[int], str]:
    """Milliseconds in the form of answers and boards."""
    return rfc3339
