"""A staff session that nobody uses ends on the server and on every node; one that is used on any node continues."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.access import Access
from server.access.gate import Pass
from server.clock import Clock
from server.history.database import close_database, open_database
from server.messages.instants import MINUTE
from tests.nodes.served import quick_passwords

Later = Callable[[int], None]
IDLE = 30 * MINUTE


@pytest.fixture
async def here(engine: AsyncEngine, clock: Clock) -> Access:
    return await Access.open(engine, clock, lambda office: "2026-11-22", idle_ms=IDLE, passwords=quick_passwords())


@pytest.fixture
async def there(url: str, clock: Clock) -> AsyncIterator[Access]:
    engine = await open_database(url)
    yield await Access.open(engine, clock, lambda office: "2026-11-22", idle_ms=IDLE, passwords=quick_passwords())
    await close_database(engine)


@pytest.fixture
async def cookie(here: Access) -> str:
    account = await here.accounts.create("meyer", "Kaffee um halb zehn", [("clerk", "mitte")])
    return here.sessions.begin(account)


async def known(access: Access, cookie: str) -> Pass:
    asker = await access.gate.known(cookie=cookie)
    assert asker is not None
    return asker


async def test_an_idle_session_ends_with_its_sockets_on_every_node(
    here: Access, there: Access, cookie: str, later: Later
) -> None:
    asker = await known(here, cookie)
    later(IDLE - 1)
    assert await here.gate.living({asker}) == {asker}, "that an open page is looked at is no use of it"
    later(1)

    assert await here.gate.living({asker}) == set()
    await there.ended.look()
    assert there.gate.not_ended({asker}) == set()
    for node in (here, there):
        assert await node.gate.known(cookie=cookie) is None


async def test_a_request_after_too_long_finds_it_ended(here: Access, cookie: str, later: Later) -> None:
    later(IDLE)

    assert await here.gate.known(cookie=cookie) is None
    assert here.sessions.read(cookie) is None


async def test_what_is_used_on_one_node_goes_on_at_the_other(
    here: Access, there: Access, cookie: str, later: Later
) -> None:
    asker = await known(there, cookie)
    later(IDLE - MINUTE)
    here.used(asker)
    await here.uses.note()
    later(MINUTE)

    assert await there.gate.living({asker}) == {asker}
    later(IDLE - MINUTE)
    assert await there.gate.living({asker}) == set()


async def test_a_use_is_written_at_most_once_a_minute_and_gone_with_the_session(
    here: Access, cookie: str, engine: AsyncEngine, clock: Clock, later: Later
) -> None:
    asker, begun, seen = await known(here, cookie), clock.now_ms(), []
    for _ in range(13):
        here.used(asker)
        await here.uses.note()
        async with engine.connect() as connection:
            seen.append((await connection.execute(text("SELECT used_at FROM session_uses"))).scalar_one() - begun)
        later(10_000)
    assert sorted(set(seen)) == [0, MINUTE, 2 * MINUTE]

    later(12 * 60 * MINUTE)
    here.uses.use("another")
    await here.uses.note()
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT session FROM session_uses"))).scalars().all() == ["another"]


async def test_without_the_option_nothing_is_noted_and_nobody_ends(
    access: Access, cookie: str, engine: AsyncEngine, later: Later
) -> None:
    asker = await known(access, cookie)
    access.used(asker)
    await access.uses.note()
    later(11 * 60 * MINUTE)

    assert await access.gate.living({asker}) == {asker}
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM session_uses"))).scalar() == 0
