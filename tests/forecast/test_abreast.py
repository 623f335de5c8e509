"""Offices that are simulated side by side: each result is the one that the office has alone."""

from __future__ import annotations

from pickle import dumps
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from server.forecast import abreast
from server.forecast.ahead import Basis
from server.forecast.candidates import KINDS, candidates
from server.forecast.model import HALF_HOURS, cold
from server.forecast.promise import Pace
from server.forecast.what_if import Difference, moved, what_if
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from server.messages.problems import Refusal
from server.office.state import State
from tests.forecast.test_what_if import steady

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.office.room import Room

SOON = 20 * MINUTE


def changed(room: Room) -> list[State]:
    """The office as it is, and after every move that is worth a look. All moves end halfway through the look."""
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


def test_orders_of_call_that_end_at_other_times_are_the_same_side_by_side_and_alone(
    room: Room, at: Callable[[int], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under "punctual" scores rise at several speeds. It ends in five minutes, in twenty, or not at all."""
    mixed(room)
    room.does(c.SetPolicy(preset="punctual", until=at(room.now + 5 * MINUTE)), room.supervisor)
    moves: list[c.AnyCommand] = [
        c.SetPolicy(preset="punctual"),
        c.SetPolicy(preset="punctual", until=at(room.now + SOON)),
        c.SetPolicy(preset="plain", until=at(room.now + SOON)),
        c.OpenCounter(counter="2"),
    ]
    states = [room.state, *(made for one in moves if isinstance(made := moved(room.state, room.now, [one]), State))]
    assert len(states) == 5
    basis = Basis(room.state, steady(room), Pace(), room.now, 7, (), rows=8)
    found = basis.looks(states)
    monkeypatch.setattr(abreast, "CELLS", 1)

    assert dumps(found) == dumps([basis.look(one) for one in states])


def test_priority_waits_less_if_punctual_holds_for_longer(room: Room, at: Callable[[int], Any]) -> None:
    mixed(room)
    room.does(c.SetPolicy(preset="punctual", until=at(room.now + 5 * MINUTE)), room.supervisor)
    found = what_if(Basis(room.state, steady(room), Pace(), room.now, 7, rows=32), [c.SetPolicy(preset="punctual")])

    assert isinstance(found, Difference)
    assert found.services["reg"].range[1] < -10


def mixed(room: Room) -> None:
    """Counter 1 serves a passport; others have waited for an hour, when priority tickets for `reg` are drawn."""
    room.open("1")
    for _ in range(10):
        room.ticket("pass")
    room.sleep(HOUR)
    room.serve("1")
    for _ in range(4):
        room.ticket("reg", category="priority")
