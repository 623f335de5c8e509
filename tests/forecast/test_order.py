"""The simulation calls the tickets that production would call: compared on the states of random lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.random import default_rng

from server.forecast.luck import shared
from server.forecast.model import cold
from server.forecast.people import people
from server.forecast.simulate import choose
from server.forecast.tills import NEVER, Tills
from server.messages.instants import SECOND
from server.office.who_next import who_next

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.room import Room

LIVES, PRESSES = 50, 200
"""10,000 states."""


def differences(room: Room) -> list[tuple[str, str | None, str | None]]:
    """(counter, ticket that production calls now, ticket that the simulation calls now) where they differ."""
    state = room.state
    counters = [state.counters[one.id] for one in state.office.counters]
    rows = len(counters)
    desks = Tills(
        counters, np.zeros((rows, rows)), np.full((rows, 1), NEVER), np.zeros((rows, 1)), np.full(rows, NEVER)
    )
    crowd = people(state, desks, cold(state.office), room.now, rows, shared(default_rng(1)))
    within = float(state.office.policy.language_within * SECOND)
    chosen, there, _ = choose(crowd, crowd.base, np.arange(len(counters)), np.zeros(len(counters)), within)
    found = []
    for at, counter in enumerate(counters):
        real = who_next(state, counter, room.now)
        ours = crowd.ids[chosen[at]] if there[at] else None
        wanted = None if real is None else real[0].id
        if ours != wanted:
            found.append((counter.id, wanted, ours))
    return found


def test_the_next_one_is_the_one_that_production_calls(live: Callable[..., Room]) -> None:
    seen = called = 0

    def look(room: Room) -> None:
        nonlocal seen, called
        assert differences(room) == []
        seen += 1
        called += len(room.state.lines.where)

    for seed in range(LIVES):
        live(seed, PRESSES, look)
    assert seen == LIVES * PRESSES
    assert called > seen  # somebody waits in most of them
