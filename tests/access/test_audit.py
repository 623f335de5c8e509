"""Who did what: one chain for all nodes, in which every change of an entry shows; filtered, and deleted after a year."""

import asyncio
from collections.abc import Callable
from typing import get_args

import pytest
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.access.access import Access
from server.access.audit import KEPT_MS, LONGEST, Act, ActsWanted
from server.auditing import ACTS, Auditor
from server.clock import Clock
from server.history.tables import entries, positions
from server.messages import events
from server.messages.instants import DAY

TABLE = tables.audit


async def three_days(access: Access, later: Callable[[int], None]) -> None:
    for day in range(3):
        await access.audit.note("a-1", "signed_in", way="password")
        await access.audit.note("a-2", "token_revoked", "mitte", token=f"t-{day}")
        later(DAY)


def broken(found: list[object]) -> list[int | None]:
    return [day.broken for day in found]  # type: ignore[attr-defined]


async def test_each_day_has_its_last_hash_and_nothing_is_broken(access: Access, later: Callable[[int], None]) -> None:
    await three_days(access, later)

    found = await access.audit.verify()
    assert [(day.day, day.entries) for day in found] == [("2026-11-22", 2), ("2026-11-23", 2), ("2026-11-24", 2)]
    assert broken([*found]) == [None, None, None]
    assert len({day.hash for day in found}) == 3


@pytest.mark.parametrize(
    "values", [{"by": "a-9"}, {"act": "x"}, {"about": ""}, {"at": 1}, {"office": "nord"}, {"day": "2026-11-22"}]
)
async def test_a_changed_entry_shows(
    access: Access, engine: AsyncEngine, later: Callable[[int], None], values: dict[str, object]
) -> None:
    await three_days(access, later)
    async with engine.begin() as connection:
        await connection.execute(update(TABLE).where(TABLE.c.number == 4).values(**values))

    assert 4 in broken([*await access.audit.verify()])


async def test_a_removed_entry_shows_at_the_next_one(
    access: Access, engine: AsyncEngine, later: Callable[[int], None]
) -> None:
    await three_days(access, later)
    async with engine.begin() as connection:
        await connection.execute(delete(TABLE).where(TABLE.c.number == 4))

    assert broken([*await access.audit.verify()]) == [None, None, 5]


async def test_nodes_that_write_at_the_same_time_write_one_chain(access: Access, other_node: Access) -> None:
    await asyncio.gather(*(node.audit.note("a-1", f"act_{n}") for n in range(10) for node in (access, other_node)))

    (day,) = await access.audit.verify()
    assert (day.entries, day.broken) == (20, None)


async def test_entries_are_found_by_who_what_where_and_when(access: Access, later: Callable[[int], None]) -> None:
    await three_days(access, later)
    audit = access.audit
    newest = (await audit.read(ActsWanted(), 1))[0]

    assert [one.number for one in await audit.read(ActsWanted(by="a-1"), 9)] == [5, 3, 1]
    assert [one.number for one in await audit.read(ActsWanted(act="token_revoked"), 2)] == [6, 4]
    assert [one.number for one in await audit.read(ActsWanted(offices=frozenset({"mitte"})), 9)] == [6, 4, 2]
    assert await audit.read(ActsWanted(offices=frozenset()), 9) == []
    assert [one.number for one in await audit.read(ActsWanted(since=newest.at), 9)] == [6, 5]
    assert [one.number for one in await audit.read(ActsWanted(until=newest.at, before=4), 9)] == [3, 2, 1]
    assert await audit.acts() == ["signed_in", "token_revoked"]


async def test_what_is_older_than_a_year_is_deleted_and_the_rest_is_whole(
    access: Access, later: Callable[[int], None], clock: Clock
) -> None:
    await three_days(access, later)
    later(KEPT_MS - 2 * DAY)

    assert await access.audit.forget(clock.now_ms()) == 2
    assert broken([*await access.audit.verify()]) == [None, None]
    later(2 * KEPT_MS)
    assert await access.audit.forget(clock.now_ms()) == 4
    assert await access.audit.verify() == []


async def test_no_entry_is_longer_than_people_read(access: Access) -> None:
    await access.audit.note("a-1", "signed_in", name="x" * 10_000)

    assert len((await access.audit.read(ActsWanted(), 1))[0].about) == LONGEST


def test_the_acts_of_supervisors_are_events() -> None:
    assert {str(kind.__struct_config__.tag) for kind in get_args(events.AnyEvent)} >= ACTS
    assert not {one for one in ACTS if one.startswith(("ticket_called", "ticket_issued", "counter_opened"))}


def entry(seq: int, by: str, at: int, mark: str = "", type: str = "service_closed") -> dict[str, object]:
    return {
        "office": "mitte",
        "generation": 1,
        "seq": seq,
        "mark": mark or f"m{seq}",
        "epoch": "e",
        "v": 1,
        "type": type,
        "at": at,
        "by": by,
        "key": "k",
        "ticket": None,
        "body": '{"service":"ausweis","reason":null,"by":"x","at":1,"code":"GEHEIM"}',
        "voided": False,
    }


async def written(engine: AsyncEngine, *rows: dict[str, object]) -> None:
    place = {"office": "mitte", "generation": 1, "seq": rows[-1]["seq"], "mark": rows[-1]["mark"], "epoch": "e"}
    async with engine.begin() as connection:
        await connection.execute(entries.insert(), list(rows))
        await connection.execute(delete(positions))
        await connection.execute(positions.insert().values(**place, day="2026-11-22", holder="h", moved_at=1))


async def test_acts_of_supervisors_are_copied_once_and_those_of_clerks_never(
    access: Access, engine: AsyncEngine, clock: Clock
) -> None:
    now = clock.now_ms()
    await written(engine, entry(1, "supervisor:a-1", now), entry(2, "counter:3", now), entry(3, "system", now))
    await written(engine, entry(5, "supervisor:a-1", now, type="ticket_called"))
    auditors = [Auditor(engine, access.audit, clock) for _ in range(2)]
    for auditor in auditors * 2:
        await auditor.look()
    await written(engine, entry(4, "supervisor:t-2", now))
    await asyncio.gather(*(auditor.look() for auditor in auditors))

    found = await access.audit.read(ActsWanted(), 9)
    assert [(one.by, one.act, one.office, one.about) for one in found] == [
        ("t-2", "service_closed", "mitte", '{"service":"ausweis"}'),
        ("a-1", "service_closed", "mitte", '{"service":"ausweis"}'),
    ]
    assert broken([*await access.audit.verify()]) == [None]


async def test_what_a_fork_brought_again_is_copied_too(access: Access, engine: AsyncEngine, clock: Clock) -> None:
    """Another entry with the same number: the store had lost the first."""
    now, auditor = clock.now_ms(), Auditor(engine, access.audit, clock)
    await written(engine, entry(1, "supervisor:a-1", now), entry(2, "supervisor:a-1", now))
    await auditor.look()
    await written(engine, entry(2, "supervisor:a-2", now, "other"))
    await auditor.look()

    assert [one.by for one in await access.audit.read(ActsWanted(), 9)] == ["a-2", "a-1", "a-1"]


async def test_an_entry_that_is_too_old_to_keep_is_not_copied_again(
    access: Access, engine: AsyncEngine, clock: Clock
) -> None:
    await written(engine, entry(1, "supervisor:a-1", clock.now_ms() - KEPT_MS - 1))
    await Auditor(engine, access.audit, clock).look()

    assert await access.audit.read(ActsWanted(), 9) == []


async def test_an_act_may_say_when_it_was(access: Access) -> None:
    await access.audit.write([Act(by="a-1", act="late", at=5)])

    (found,) = await access.audit.read(ActsWanted(), 9)
    assert (found.at, found.day) == (5, "2026-11-22")
