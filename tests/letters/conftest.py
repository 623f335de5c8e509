"""An office in memory, a database, and where letters arrive."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.letters.place import Place
from tests.letters.sinks import mail_sink, web_sink
from tests.office.conftest import make_room, office, room
from tests.office.room import Make
from tests.standing_database import engine, later, url

__all__ = ["engine", "later", "make_room", "office", "room", "url"]


@pytest.fixture
async def place(make_room: Make, engine: AsyncEngine) -> AsyncIterator[Place]:
    async with mail_sink() as mail, web_sink() as web, web_sink() as service:
        made = Place(make_room, engine, mail, web, service)
        yield made
        for node in made.nodes:
            await node.post.stop()
