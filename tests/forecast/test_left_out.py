"""To save time, the simulation leaves out columns of people who were called in every row. No result may show that."""

from collections.abc import Callable
from pickle import dumps

import pytest
from msgspec.structs import replace

from server.forecast import simulate
from server.forecast.ahead import Basis, Look
from server.forecast.model import HALF_HOURS, cold
from server.forecast.promise import Forecast, Pace, forecast
from server.forecast.what_if import what_if
from server.messages import commands as c
from server.messages.instants import MINUTE
from server.office.waits import Combined
from tests.office.room import Room

TWO = Combined(("pass", "car"), "walk_in", ())


def seen(room: Room, seed: int) -> tuple[Forecast, Look, object]:
    """Waits, the next hours, and what two moves would change there, of which the second ends."""
    model = replace(cold(room.state.office), walk_in={"pass": (4.0,) * HALF_HOURS})
    waits = forecast(room.state, model, Pace(), room.now, seed, rows=12, others=(TWO,))
    basis = Basis(room.state, model, Pace(), room.now, seed, rows=12)
    moves = (c.BoostService(service="pass", minutes=20), c.OpenCounter(counter="1"))
    return waits, basis.as_is, what_if(basis, moves, room.now + 20 * MINUTE)


def test_columns_that_are_left_out_change_nothing(live: Callable[..., Room], monkeypatch: pytest.MonkeyPatch) -> None:
    left_out = 0
    whole = simulate._Run._leave_out

    def counted(run: simulate._Run) -> None:
        nonlocal left_out
        before = len(run.at)
        whole(run)
        left_out += before - len(run.at)

    monkeypatch.setattr(simulate._Run, "_leave_out", counted)
    for seed in range(12):
        room = live(seed, 150)
        if room.state.day is None:
            continue
        monkeypatch.setattr(simulate, "LOOKS", 1_000_000)
        kept = seen(room, seed)
        monkeypatch.setattr(simulate, "LOOKS", 3)
        monkeypatch.setattr(simulate, "WORTH", 0.999)
        assert dumps(seen(room, seed)) == dumps(kept)
    assert left_out > 100
