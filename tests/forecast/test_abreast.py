"""Offices that are simulated side by side: each result is the one that the office has alone."""

from __future__ import annotations

from pickle import dumps
from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.forecast import abreast
from server.forecast.ahead import Basis
from server.forecast.candidates import KINDS, candidates
from server.forecast.model import HALF_HOURS, cold
from server.forecast.promise import Pace
from server.forecast.what_if import moved
from server.messages.instants import MINUTE
from server.messages.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from server.office.state import State
    from tests.office.room import Room

SOON = 20 * MINUTE


def changed(room: Room) -> list[State]:
    """The office as it is, and after every move that is worth a look; all end in the middle of the look."""
    services = sorted(room.state.services)
    wanted = [one for kind in KINDS for one in candidates(room.state, kind, services, room.now, room.now + SOON, {})]
    made = [moved(room.state, room.now, one.moves, one.until) for one in wanted]
    return [room.state, *(one for one in made if not isinstance(one, Refusal))]


def test_side_by_side_and_alone_are_the_same(live: Callable[..., Room], monkeypatch: pytest.MonkeyPatch) -> None:
    together = 0
    for seed in range(3):
        room = live(seed, 60)
        if room.state.day is None:
            continue
        states = changed(room)
        model = replace(cold(room.state.office), walk_in={"pass": (4.0,) * HALF_HOURS})
        basis = Basis(room.state, model, Pace(), room.now, seed, (), rows=4, minutes=60.0)
        monkeypatch.setattr(abreast, "CELLS", 1 << 17)
        found = basis.looks(states)
        monkeypatch.setattr(abreast, "CELLS", 1)

        assert dumps(found) == dumps([basis.look(one) for one in states]), seed
        together += len(states)
    assert together > 15
