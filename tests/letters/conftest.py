"""An office in memory, a database, and where letters arrive."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from server.messages.office import Webhook
from tests.letters.hooked import WANTED, Site
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


@pytest.fixture
async def site(make_room: Make, engine: AsyncEngine) -> AsyncIterator[Site]:
    async with web_sink() as sink:
        made = Site(make_room, engine, sink)
        made.file(Webhook(id="portal", address=sink.url, secret_file="portal.secret", events=WANTED))
        yield made
