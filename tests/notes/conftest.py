"""A database on disk, a clock that stands still, and the notes of two nodes on both."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import Clock
from server.history.database import close_database, open_database
from server.notes.notes import Notes
from tests.standing_database import clock, engine, later, url

__all__ = ["clock", "engine", "later", "url"]


@pytest.fixture
def notes(engine: AsyncEngine, clock: Clock) -> Notes:
    return Notes(engine, clock)


@pytest.fixture
async def other_node(url: str, clock: Clock) -> AsyncIterator[Notes]:
    """A second process on the same database, with its own connections."""
    engine = await open_database(url)
    yield Notes(engine, clock)
    await close_database(engine)
