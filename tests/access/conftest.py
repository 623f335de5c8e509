"""A database on disk, a clock that stands still until it is moved, and access on both."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.access import Access
from server.clock import Clock
from server.history.database import close_database, default_url, open_database

NOON = 1_795_345_200_000  # 2026-11-22T11:00:00Z


class StandingClock:
    def __init__(self) -> None:
        self.ms = NOON

    def now_ms(self) -> int:
        return self.ms

    def monotonic(self) -> float:
        return self.ms / 1000


@pytest.fixture
def clock() -> Clock:
    return StandingClock()


@pytest.fixture
def later(clock: StandingClock) -> Callable[[int], None]:
    """Lets so many milliseconds pass."""

    def pass_time(ms: int) -> None:
        clock.ms += ms

    return pass_time


@pytest.fixture
def url(tmp_path: Path) -> str:
    return default_url(tmp_path / "data")


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(url)
    yield engine
    await close_database(engine)


@pytest.fixture
async def access(engine: AsyncEngine, clock: Clock) -> Access:
    return await Access.open(engine, clock, day_of=lambda office: "2026-11-22")


@pytest.fixture
async def other_node(url: str, clock: Clock) -> AsyncIterator[Access]:
    """A second process on the same database: own connections, own caches."""
    engine = await open_database(url)
    yield await Access.open(engine, clock, day_of=lambda office: "2026-11-22")
    await close_database(engine)
