"""What a board shows of the forecast: where two forecasts say the same, they make the same board."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.messages.boards import Expected, Part
from server.office.boards import Sheet, Sight, awaited, drawn
from server.office.waits import Drawn, Waits, kind_of

if TYPE_CHECKING:
    from server.messages.terms import BoardKind
    from server.office.state import State
    from tests.office.room import Room

few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def forecast(state: State, seed: int) -> Waits:
    """Two forecasts of nearby seeds agree on most."""
    r = random.Random(seed)

    def wait() -> Expected:
        low = r.choice((10, 10, 10, 20))
        return Expected(low=low, median=low, high=low + 5, at="2026-11-23T08:00:00.000Z", learning=False)

    tickets = {name: wait() for name in state.tickets if r.random() < 0.9}
    return Waits(
        known=True,
        seq=state.seq,
        tickets=tickets,
        drawn={kind_of(plan): Drawn(shown=wait(), low=10, high=15) for plan in state.plans.values()},
        leave={name: r.choice((0, 2**50)) for name in tickets},
        fewer=frozenset(name for name in tickets if r.random() < 0.2),
    )


@few
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_boards_differ_only_where_the_forecasts_do(live: Callable[..., Room], seed: int, other: int) -> None:
    room = live(seed, 60)
    counters: list[tuple[BoardKind, str]] = [("counter", one.id) for one in room.state.office.counters]
    tickets: list[tuple[BoardKind, str]] = [("ticket", name) for name in room.state.tickets]
    sheets = [
        Sheet(room.state, room.now, waits) for waits in (forecast(room.state, seed), forecast(room.state, other), None)
    ]
    for kind, id in [*counters, *tickets]:
        made = []
        for sheet in sheets:
            part = drawn(sheet, kind, id, Sight(actor=room.clerk))
            assert isinstance(part, Part)
            said = awaited(sheet, kind, id)
            assert said is not None
            made.append((said, sheet.encode(part)))
        for said, raw in made:
            assert all((said == other_said) == (raw == other_raw) for other_said, other_raw in made)


def test_other_boards_are_drawn_with_every_forecast(room: Room) -> None:
    sheet = Sheet(room.state, room.now)

    assert awaited(sheet, "display", "hall") is None


def test_what_ended_while_boards_were_drawn_has_nothing_to_say(room: Room) -> None:
    sheet = Sheet(room.state, room.now)

    assert awaited(sheet, "ticket", "gone") is None
    assert awaited(sheet, "counter", "gone") is None
