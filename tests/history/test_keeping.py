"""Deletion after the days of the office file."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import Clock
from server.history.historian import Historian
from server.history.keeping import forget
from server.history.tables import calls, entries, visits
from server.log.memory_log import MemoryLog
from server.log.port import Row
from server.messages.facts import Ticket
from server.messages.instants import DAY
from server.messages.office import Keeping

Live = Callable[..., tuple[list[Row], dict[str, Ticket]]]


async def counts(engine: AsyncEngine) -> dict[str, int]:
    async with engine.connect() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (entries, visits, calls)
        }


async def test_raw_entries_go_before_the_visits_and_other_offices_stay(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    rows, _ = live(22, 100)
    for office in ("mitte", "nord"):
        log.store.add(office, rows)
        await Historian(engine, log, clock).catch_up(office)
    before = await counts(engine)
    now = clock.now_ms() + 31 * DAY

    days = Keeping(entries=30, visits=365, calls=365)

    gone = await forget(engine, "mitte", now, days)

    assert gone == {"entries": len(rows), "visits": 0, "calls": 0}
    later = await forget(engine, "mitte", now + 365 * DAY, days)
    assert later == {"entries": 0, "visits": before["visits"] // 2, "calls": before["calls"] // 2}
    after = await counts(engine)
    assert after == {name: count // 2 for name, count in before.items()}


async def test_what_was_written_under_a_clock_far_ahead_goes_too(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    rows, _ = live(23, 100)
    log.store.add("mitte", rows)
    await Historian(engine, log, clock).catch_up("mitte")
    days = Keeping(entries=30, visits=365, calls=365)

    await forget(engine, "mitte", clock.now_ms() - 6 * DAY, days)
    assert all((await counts(engine)).values()), "a week may be anybody's"
    await forget(engine, "mitte", clock.now_ms() - 50 * 365 * DAY, days)
    assert not any((await counts(engine)).values())
