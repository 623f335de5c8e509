"""Fixtures over a fresh database and a clock that stands still: access, notes and history import them into their conftest."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.database import close_database, open_database
from tests.clocks import StandingClock
from tests.conftest import FreshDatabase

NOON = 1_795_345_200_000  # 2026-11-22T11:00:00Z


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(NOON)


@pytest.fixture
def later(clock: StandingClock) -> Callable[[int], None]:
    """Moves the clock by this many milliseconds."""
    return clock.pass_time


@pytest.fixture
def url(tmp_path: Path, fresh_database: FreshDatabase) -> str:
    return fresh_database(tmp_path / "data")


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(url)
    yield engine
    await close_database(engine)
