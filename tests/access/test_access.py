"""Access as wiring uses it: it starts, stops, and survives an unreachable database."""

from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from server.access.access import Access
from server.messages.instants import MINUTE


async def test_what_was_used_is_written_at_the_end(access: Access, other_node: Access) -> None:
    secret, _ = await access.tokens.create("display", ["mitte"], device="hall")
    await access.start()
    await access.tokens.verify(secret)

    await access.stop()

    assert (await other_node.tokens.list())[0].used_at is not None


async def test_old_failures_are_tidied_away(access: Access, engine: AsyncEngine, later: Callable[[int], None]) -> None:
    await access.accounts.sign_in("nobody", "wrong password", "192.0.2.7")
    later(15 * MINUTE + 1)

    await access.stop()

    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM attempts"))).scalar() == 0


async def test_a_database_that_is_away_costs_a_line_in_the_log(access: Access, engine: AsyncEngine) -> None:
    secret, _ = await access.tokens.create("display", ["mitte"], device="hall")
    await access.tokens.verify(secret)
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE tokens RENAME TO elsewhere"))

    with capture_logs() as said:
        await access.stop()

    assert "last uses were not written" in str(said)
    assert secret not in str(said)
