"""Rule 8 on a real store whose clock is set wrong while it runs: noticed and reported, but not followed; no double calls."""

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.crash.callers import Load
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.figures import Figures
from tests.crash.reading import log_of
from tests.crash.room import room
from tests.crash.stores import FAKETIME, RunningStore
from tests.crash.walls import Wall, until, watching

HOUR_S = 3_600
LEEWAY_S = 60
"""No test takes this long; a clock that was followed is off by an hour."""


@pytest.fixture
def hands(tmp_path: Path) -> Path:
    """The file that says by how many seconds the store's clock is off."""
    file = tmp_path / "clock"
    file.write_text("+0\n")
    return file


@pytest.fixture
def store(run_store: RunStore, hands: Path) -> RunningStore:
    """The embedded Valkey. Debian's Redis cannot be used: its allocator asks for the time before libfaketime is ready."""
    if FAKETIME is None:
        pytest.skip("faketime is not installed: make system")
    faked = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(hands),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    return run_store(environment=faked)


@pytest.mark.parametrize("jump_s", [HOUR_S, -HOUR_S])
async def test_a_store_whose_clock_is_set_an_hour_off(
    jump_s: int, store: RunningStore, hands: Path, make_up: MakeUp, rng: random.Random, figures: Figures
) -> None:
    up = make_up(redis=store.url)
    await up.start()
    async with room(up, rng) as one, Load([up.url], one.token, rng.randrange(2**32)) as load:
        table = Wall(up.live, "supervisor", "", one.token)
        async with watching([table]):
            load.gate.open()
            await load.acknowledged(100)
            _set(hands, jump_s)
            await until(_shows(table, jump_s), 20, "the table asks about the clock")
            await load.acknowledged(200)
            _set(hands, 0)
            await until(_shows(table, None), 20, "the clock is right again")
            await load.acknowledged(100)
            await load.gate.close()
        one.record.acknowledged |= load.record.acknowledged
        one.record.faults += load.record.faults
        log = await log_of(up, one.token)
        instants = [datetime.fromisoformat(event["at"]).timestamp() for event in log]

        assert instants == sorted(instants), "the log's time never goes back"
        assert instants[-1] - instants[0] < LEEWAY_S, "and does not follow"
        await one.agrees()

    figures.note(f"The store's clock {jump_s:+} s", acknowledged=len(load.record.acknowledged), lost=0)


def _set(hands: Path, seconds: int) -> None:
    """In one step, because the store may read it at any moment."""
    new = hands.with_suffix(".new")
    new.write_text(f"{seconds:+}\n")
    new.replace(hands)


def _shows(table: Wall, jump_s: int | None) -> Callable[[], bool]:
    def asked() -> bool:
        found = None if table.board is None else table.board["clock_jump"]
        return found is None if jump_s is None else found is not None and abs(found - jump_s) <= 5

    return asked
