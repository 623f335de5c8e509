"""A change of PostgreSQL's tables is tried without effect: afterwards they are as the older release left them."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from server.history.database import async_url, rehearsed
from server.history.forward import MIGRATIONS, newest
from tests.postgres import postgres

OLD = "0007"


@pytest.fixture
def url() -> Iterator[str]:
    with postgres() as folder:
        yield f"postgresql://aufruf@/postgres?host={folder}"


def older(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, OLD)


async def test_an_update_is_tried_and_taken_back(url: str) -> None:
    engine = create_async_engine(async_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(older)
    await engine.dispose()

    assert await rehearsed(url) == (OLD, newest())
    assert await rehearsed(url) == (OLD, newest())
