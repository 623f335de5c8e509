"""Every node learns that a session or token ended: through the database, through the store, or through the one that works."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.access import Access
from server.access.tokens import Tokens
from server.clock import Clock
from server.history.database import close_database, open_database
from server.log.memory_presence import MemoryPresence
from server.messages.instants import HOUR
from tests.nodes.served import quick_passwords

GOOD = "Kaffee um halb zehn"
Later = Callable[[int], None]
End = Callable[[Access, str, str], Awaitable[None]]


@pytest.fixture
def presence() -> MemoryPresence:
    return MemoryPresence()


@pytest.fixture
async def here(engine: AsyncEngine, clock: Clock, presence: MemoryPresence) -> AsyncIterator[Access]:
    access = await Access.open(engine, clock, lambda office: "2026-11-22", presence, passwords=quick_passwords())
    yield access
    await access.stop()


@pytest.fixture
async def there(url: str, clock: Clock, presence: MemoryPresence) -> AsyncIterator[Access]:
    engine = await open_database(url)
    access = await Access.open(engine, clock, lambda office: "2026-11-22", presence, passwords=quick_passwords())
    yield access
    await access.stop()
    await close_database(engine)


async def take_away(engine: AsyncEngine) -> None:
    """Makes every statement of access fail, as when the database is unreachable."""
    async with engine.begin() as connection:
        for table in ("accounts", "tokens", "ended"):
            await connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_elsewhere"))


async def give_back(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        for table in ("accounts", "tokens", "ended"):
            await connection.execute(text(f"ALTER TABLE {table}_elsewhere RENAME TO {table}"))


async def signed_out(access: Access, account: str, cookie: str) -> None:
    session = access.sessions.read(cookie)
    assert session is not None
    await access.sessions.end(session)


async def everywhere(access: Access, account: str, cookie: str) -> None:
    await access.accounts.sign_out_everywhere(account)


async def disabled(access: Access, account: str, cookie: str) -> None:
    await access.accounts.disable(account)


async def another_password(access: Access, account: str, cookie: str) -> None:
    await access.accounts.set_password(account, "Tee um viertel nach")


async def a_role_taken_away(access: Access, account: str, cookie: str) -> None:
    await access.accounts.set_grants(account, [("clerk", "nord")])


ENDS = (signed_out, everywhere, disabled, another_password, a_role_taken_away)


@pytest.mark.parametrize("end", ENDS)
async def test_a_node_without_its_database_hears_of_every_end_through_the_store(
    here: Access, there: Access, engine: AsyncEngine, later: Later, end: End
) -> None:
    account = await here.accounts.create("meyer", GOOD, [("clerk", "mitte")])
    cookie = here.sessions.begin(account)
    assert await there.gate.known(cookie=cookie) is not None
    asker = await there.gate.known(cookie=cookie)
    assert asker is not None

    await end(here, account.id, cookie)
    await here.ended.look()
    await take_away(engine)
    later(2_000)
    await there.ended.look()

    assert await there.gate.known(cookie=cookie) is None
    assert there.gate.not_ended({asker}) == set(), "open sockets too"


async def test_a_revoked_token_is_heard_of_through_the_store(
    here: Access, there: Access, engine: AsyncEngine, clock: Clock, later: Later
) -> None:
    """The command line revokes in the database; a node that reads this tells the others through the store."""
    secret, token = await here.tokens.create("kiosk", ["mitte"], device="entrance")
    kept, _ = await here.tokens.create("printer", ["mitte"], device="entrance")
    command_line = Tokens(engine, clock)
    for one in (secret, kept):
        assert await there.tokens.verify(one) is not None

    await command_line.revoke(token.id)
    await here.ended.look()
    await take_away(engine)
    later(2_000)
    await there.ended.look()

    assert await there.tokens.verify(secret) is None
    assert await there.tokens.verify(kept) is not None, "who is known goes on"


async def test_without_its_database_a_node_takes_signing_out_and_writes_it_down_later(
    here: Access, there: Access, engine: AsyncEngine, clock: Clock
) -> None:
    account = await here.accounts.create("meyer", GOOD, [("clerk", "mitte")])
    cookie = here.sessions.begin(account)
    assert await there.gate.known(cookie=cookie) is not None
    await take_away(engine)

    await signed_out(there, account.id, cookie)
    await here.ended.look()

    for node in (here, there):
        assert node.sessions.read(cookie) is None
    await give_back(engine)
    await there.ended.look()
    started_anew = await Access.open(engine, clock, lambda office: "2026-11-22", passwords=quick_passwords())
    await started_anew.ended.look()
    assert started_anew.sessions.read(cookie) is None


async def test_without_the_store_the_database_tells(here: Access, there: Access, presence: MemoryPresence) -> None:
    account = await here.accounts.create("meyer", GOOD, [("clerk", "mitte")])
    cookie = here.sessions.begin(account)
    presence.store.go_away()

    await signed_out(here, account.id, cookie)
    await there.ended.look()

    assert there.sessions.read(cookie) is None


async def test_a_notice_is_kept_as_long_as_its_session_would_have_lasted(
    here: Access, engine: AsyncEngine, later: Later
) -> None:
    account = await here.accounts.create("meyer", GOOD, [("clerk", "mitte")])
    await signed_out(here, account.id, here.sessions.begin(account))
    later(12 * HOUR)
    await here.ended.look()
    await signed_out(here, account.id, here.sessions.begin(account))

    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM ended"))).scalar() == 1
