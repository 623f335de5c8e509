"""The historian: nothing missing, nothing doubled, whoever writes, wherever it is killed."""

import asyncio
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from server.clock import Clock
from server.history.historian import PATIENCE_S, Historian
from server.history.position import Fenced, first_position, position
from server.history.raw import event_of
from server.history.tables import entries
from server.history.writing import write
from server.log.memory_log import MemoryLog
from server.log.port import Row, Tail
from server.messages.events import decode
from server.messages.instants import DAY, HOUR
from tests.history.conftest import Live
from tests.history.whole import is_whole, many, prompt, stored, until

Later = Callable[[int], None]


async def test_a_day_is_written_whole(engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live) -> None:
    rows, _ = live(7, 400, days=2)
    log.store.add("mitte", rows)

    await prompt(engine, log, clock).catch_up("mitte")

    await is_whole(engine, "mitte", rows)


@many
@given(data=st.data())
async def test_batches_cut_anywhere_make_the_same_history(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live, fresh_office: Callable[[], str], data: st.DataObject
) -> None:
    office = fresh_office()
    rows, _ = live(data.draw(st.integers(0, 2**32)), 60, days=2, ahead=data.draw(st.sampled_from((0, HOUR, 400 * DAY))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(rows) - 1), max_size=8)))
    historian = prompt(engine, log, clock, rows=data.draw(st.sampled_from((1, 3, 200))))
    for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True):
        log.store.add(office, rows[start:end])
        await historian.catch_up(office)

    await is_whole(engine, office, rows)


@many
@given(seed=st.integers(0, 2**32))
async def test_a_historian_killed_anywhere_leaves_nothing_half_done(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live, fresh_office: Callable[[], str], seed: int
) -> None:
    office, chance = fresh_office(), random.Random(seed)
    rows, _ = live(seed, 40)
    log.store.add(office, rows)
    for _ in range(6):
        victim = asyncio.create_task(prompt(engine, log, clock, rows=3).catch_up(office))
        for _ in range(chance.randrange(400)):
            await asyncio.sleep(0)
        victim.cancel()
        await asyncio.wait([victim], timeout=10)
        stands = await position(engine, office)
        raw = await stored(engine, entries, office)
        assert len(raw) == (stands.seq if stands else 0), "raw entries and position move together"
    (await first_position(engine, office)).holder  # noqa: B018 - whoever held it is gone

    heir = prompt(engine, log, clock)
    await take_over(heir, engine, office, clock)
    await is_whole(engine, office, rows)


async def take_over(heir: Historian, engine: AsyncEngine, office: str, clock: Clock) -> None:
    """Moves the standing clock until the dead historian's time is over and this one writes."""
    heir.follow([office])
    try:
        async with asyncio.timeout(20):
            while (stands := await position(engine, office)) is None or heir.health()[office].doing != "writing":
                vars(clock)["ms"] += int(PATIENCE_S * 1000)
                heir.wake(office)
                await asyncio.sleep(0)
            del stands
    finally:
        await heir.stop()


@many
@given(seed=st.integers(0, 2**32))
async def test_two_historians_at_once_write_once(
    engine: AsyncEngine,
    other_engine: AsyncEngine,
    log: MemoryLog,
    clock: Clock,
    live: Live,
    fresh_office: Callable[[], str],
    seed: int,
) -> None:
    office = fresh_office()
    rows, _ = live(seed, 50)
    log.store.add(office, rows)
    both = [prompt(engine, log, clock, rows=2), prompt(other_engine, log, clock, rows=3)]

    for _ in range(3):
        await asyncio.gather(*(one.catch_up(office) for one in both))
    await is_whole(engine, office, rows)


async def test_the_fence_stops_who_comes_second(engine: AsyncEngine, other_engine: AsyncEngine, live: Live) -> None:
    rows, _ = live(3, 20)
    batch = [(row, decode(row.body)) for row in rows]
    old = await first_position(engine, "mitte")
    await write(engine, old, batch[:5], "one", 0)

    with pytest.raises(Fenced):
        await write(other_engine, old, batch[:7], "two", 0)

    assert len(await stored(engine, entries, "mitte")) == 5
    assert (await first_position(engine, "mitte")).holder == "one"


async def test_the_second_steps_in_only_when_the_first_is_silent(
    engine: AsyncEngine, other_engine: AsyncEngine, log: MemoryLog, clock: Clock, later: Later, live: Live
) -> None:
    rows, _ = live(5, 60)
    first, second = prompt(engine, log, clock), prompt(other_engine, log, clock)
    log.store.add("mitte", rows[:20])
    await first.catch_up("mitte")
    log.store.add("mitte", rows[20:])

    await second.catch_up("mitte")
    assert (await first_position(engine, "mitte")).seq == 20
    second.follow(["mitte"])
    await until(lambda: second.health()["mitte"].doing == "standing_by")
    assert first.id in second.health()["mitte"].detail

    later(int(PATIENCE_S * 1000))
    second.wake("mitte")
    await until(lambda: second.health()["mitte"].doing == "writing")
    await second.stop()

    await is_whole(engine, "mitte", rows)
    assert (await first_position(engine, "mitte")).holder == "", "it gave the office back"


async def test_entries_are_written_as_they_come(engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live) -> None:
    rows, _ = live(11, 60)
    historian = prompt(engine, log, clock)
    historian.follow(["mitte", "nord"])
    for row in rows:
        log.store.add("mitte", [row])
        historian.wake("mitte")
        await asyncio.sleep(0)
    await until(lambda: (at := historian.health()["mitte"].position) is not None and at.seq == rows[-1].seq)
    await historian.stop()

    await is_whole(engine, "mitte", rows)


async def test_an_entry_of_a_newer_release_stops_the_office_and_says_so(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    rows, _ = live(6, 30)
    newer = Row(len(rows) + 1, "m" * 12, b'{"type":"ticket_teleported","v":1,"at":1,"by":"system"}')
    after = Row(len(rows) + 2, "m" * 12, rows[-1].body)
    log.store.add("mitte", [*rows, newer, after])
    historian = prompt(engine, log, clock)
    with capture_logs() as said:
        historian.follow(["mitte"])

        await until(lambda: historian.health()["mitte"].doing == "too_new")
        await historian.stop()

    assert f"entry {len(rows) + 1}: entry ticket_teleported v1 is newer than this release" in str(said)
    await is_whole(engine, "mitte", rows)


async def test_a_store_that_is_away_is_a_red_line_and_then_caught_up(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.history.historian.PAUSE_S", 0.01)
    rows, _ = live(6, 30)
    log.store.add("mitte", rows)
    log.store.go_away(reason="gone for lunch")
    historian = prompt(engine, log, clock)
    historian.follow(["mitte"])
    await until(lambda: historian.health()["mitte"].doing == "failing")
    assert "gone for lunch" in historian.health()["mitte"].detail

    log.store.come_back()
    await until(lambda: historian.health()["mitte"].doing == "writing")
    await historian.stop()

    await is_whole(engine, "mitte", rows)


async def test_nothing_that_leads_to_a_person_is_kept(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    rows, _ = live(13, 120)
    assert any(b'"who"' in row.body and b'"digest"' in row.body for row in rows)
    assert any(b'"holder"' in row.body for row in rows)
    log.store.add("mitte", rows)

    await prompt(engine, log, clock).catch_up("mitte")

    async with engine.connect() as connection:
        bodies = [row.body for row in await connection.execute(select(entries.c.body))]
        count = (await connection.execute(select(func.count()).select_from(entries))).scalar()
    assert count == len(rows)
    for hidden in ('"who"', '"digest"', '"holder"', '"keys"', "token:"):
        assert not any(hidden in body for body in bodies), hidden
    assert [event_of(body).at for body in bodies] == [decode(row.body).at for row in rows], "they can be read again"


async def test_the_port_of_the_log_is_what_the_historian_reads(log: MemoryLog) -> None:
    tail, _ = await log.tail("nowhere")

    assert tail == Tail(0, "")
