"""The historian when the log loses entries: forks, entries that are put back, an emptied store, trimmed days."""

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from server.clock import Clock
from server.history.position import position
from server.history.tables import entries
from server.log.memory_log import MemoryLog
from server.log.port import Row
from server.messages import events as e
from server.messages.events import decode, encode
from tests.history.conftest import Live
from tests.history.whole import derived, folded, history_of, is_whole, many, prompt, stored, until


def lost_from(rows: Sequence[Row], seq: int) -> list[Row]:
    """Another history from `seq` on: the same days, with other presses."""
    changed = e.EpochChanged(
        v=1, at=decode(rows[seq - 2].body).at, by="system", key=f"tick:epoch:{seq}", epoch="after", reason="fork"
    )
    return [*rows[: seq - 1], Row(seq, "forkforkfork", encode(changed))]


@many
@given(data=st.data())
async def test_what_a_fork_took_back_is_voided_and_read_again(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live, fresh_office: Callable[[], str], data: st.DataObject
) -> None:
    office = fresh_office()
    rows, _ = live(data.draw(st.integers(0, 2**32)), 50)
    fork = data.draw(st.integers(2, len(rows)))
    log.store.add(office, rows)
    historian = prompt(engine, log, clock)
    await historian.catch_up(office)

    log.store.rows[office] = forked = lost_from(rows, fork)
    await historian.catch_up(office)

    await is_whole(engine, office, forked)
    voided = [row for row in await stored(engine, entries, office, living_only=False) if row[-1]]
    assert [row[1] for row in voided] == list(range(fork, len(rows) + 1)), "kept, but no longer true"


async def test_a_fork_that_grew_longer_than_the_history_is_seen(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    one, _ = live(1, 80)
    other, _ = live(1, 80, days=2)
    log.store.add("mitte", one[:30])
    historian = prompt(engine, log, clock)
    await historian.catch_up("mitte")

    log.store.rows["mitte"] = [*one[:25], *(Row(row.seq, "another-mark", row.body) for row in other[25:])]
    await historian.catch_up("mitte")

    await is_whole(engine, "mitte", log.store.rows["mitte"])


async def test_entries_that_were_put_back_are_true_again(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    rows, _ = live(2, 80)
    historian = prompt(engine, log, clock)
    log.store.add("mitte", rows)
    await historian.catch_up("mitte")
    log.store.rows["mitte"] = lost_from(rows, 20)
    await historian.catch_up("mitte")

    log.store.rows["mitte"] = rows
    await historian.catch_up("mitte")

    await is_whole(engine, "mitte", rows)


async def test_a_log_that_only_lost_its_end_is_waited_for(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    """The nodes restore what the store lost; meanwhile nothing is voided."""
    rows, _ = live(4, 60)
    historian = prompt(engine, log, clock)
    log.store.add("mitte", rows)
    historian.follow(["mitte"])
    await until(lambda: (at := historian.health()["mitte"].position) is not None and at.seq == len(rows))
    for shorter in (rows[: len(rows) // 2], []):
        log.store.rows["mitte"] = shorter
        historian.wake("mitte")
        await until(lambda: historian.health()["mitte"].doing == "waiting_for_log")
        assert len(await stored(engine, entries, "mitte")) == len(rows)
        log.store.rows["mitte"] = rows
        historian.wake("mitte")
        await until(lambda: historian.health()["mitte"].doing == "writing")
    await historian.stop()

    await is_whole(engine, "mitte", rows)


async def test_an_emptied_store_begins_a_new_log_and_the_old_days_stay_true(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    old, _ = live(8, 60)
    new, _ = live(9, 60)
    historian = prompt(engine, log, clock)
    log.store.add("mitte", old)
    await historian.catch_up("mitte")
    before = await derived(engine, "mitte")

    log.store.rows["mitte"] = new
    await historian.catch_up("mitte")

    after = await derived(engine, "mitte")
    assert [row for row in after[0] if row[0] == 1] == before[0]
    assert {v.ticket for v in folded(new).values()} == {row[1] for row in after[0] if row[0] == 2}
    stands = await position(engine, "mitte")
    assert stands is not None
    assert (stands.generation, stands.seq) == (2, len(new))


async def test_a_trimmed_log_is_read_from_its_first_day_opened(
    engine: AsyncEngine, log: MemoryLog, clock: Clock, live: Live
) -> None:
    """A new database beside an old store: what was trimmed is lost, and this is reported."""
    rows, _ = live(12, 120, days=2)
    opened = next(row.seq for row in rows[3:] if isinstance(decode(row.body), e.DayOpened))
    log.store.add("mitte", rows[opened - 1 :])

    with capture_logs() as said:
        await prompt(engine, log, clock).catch_up("mitte")

    known = await history_of(engine, "mitte")
    assert known == folded(rows[opened - 1 :])
    assert f"entries 1 to {opened - 1} were gone" in str(said)
