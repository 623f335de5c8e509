"""Which past day the history hands over, so that a rule can be tried on it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.history.database import close_database, open_database
from server.history.witness import HistoryWitness
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.events import decode
from tests.conftest import FreshDatabase
from tests.desk.conftest import Site
from tests.desk.test_the_past import AMT, House


@pytest.fixture
async def house(site: Site, tmp_path: Path, fresh_database: FreshDatabase) -> AsyncIterator[House]:
    engine = await open_database(fresh_database(tmp_path))
    yield House(site, engine, tmp_path / "known")
    await close_database(engine)


async def test_the_history_gives_the_last_day_on_which_somebody_was_called(house: House) -> None:
    """Days without a call between it and today do not count, and today does not, also if it was closed and opened again."""
    node = await house.opened()
    witness = HistoryWitness(house.engine)
    days: list[str | None] = []
    for calls in (True, True, False, True):
        days.append(node.desk.state.day)
        if calls:
            await node.done(c.OpenCounter(counter="1"))
            await house.tickets(node, 1)
            await node.done(c.CallNext(counter="1"))
            await node.done(c.StartService(counter="1"))
            await node.done(c.FinishService(counter="1"))
        if len(days) < 4:
            house.site.clock.step(24 * 3_600)
            await node.done(c.OpenDay(), SYSTEM)
    await house.read()

    found = await witness.busy_day(AMT, days[3])
    events = [decode(row.body) for row in found]

    assert [one.day for one in events if isinstance(one, e.DayOpened)] == [days[1]]
    assert isinstance(events[0], e.DayOpened)
    assert sum(isinstance(one, e.TicketCalled) for one in events) == 1
    assert await witness.busy_day(AMT, days[1]) != found
    assert await witness.busy_day("elsewhere", None) == ()
