"""A database on disk, a clock that stands still until a test moves it, and access on both."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.access import Access
from server.clock import Clock
from server.history.database import close_database, open_database
from tests.nodes.served import quick_passwords
from tests.standing_database import clock, engine, later, url

__all__ = ["clock", "engine", "later", "url"]


@pytest.fixture
async def access(engine: AsyncEngine, clock: Clock) -> Access:
    return await Access.open(engine, clock, day_of=lambda office: "2026-11-22", passwords=quick_passwords())


@pytest.fixture
async def other_node(url: str, clock: Clock) -> AsyncIterator[Access]:
    """A second process on the same database: own connections, own caches."""
    engine = await open_database(url)
    yield await Access.open(engine, clock, day_of=lambda office: "2026-11-22", passwords=quick_passwords())
    await close_database(engine)
