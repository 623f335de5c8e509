"""The curve of the supervisor's table: once a minute, while somebody looks, the same on every node."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from server.messages.instants import MINUTE
from server.promises.glance import EVERY_S
from server.promises.second import Second
from server.promises.tables import KEPT_S, Tables
from tests.promises.conftest import LONG, Clock, Desk, Written
from tests.promises.test_second import Here

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.log.port import Log
    from tests.office.room import Room


@pytest.fixture
async def looked(room: Room, log: Log) -> tuple[Tables, Clock, Here]:
    """Five were called within two hours, somebody still waits."""
    room.open("1")
    for _ in range(6):
        room.ticket("pass")
    for _ in range(5):
        room.serve("1")
        room.after(20 * MINUTE)
        room.finish("1")
    await Written(room, log).save()
    clock, here = Clock(), Here(log)
    desks = {"amt": Desk(room)}
    return Tables(desks, "", second=Second(desks, "", worker=here), clock=clock), clock, here


async def until(good: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONG):
        while not good():
            await asyncio.sleep(0)


async def test_the_table_shows_today_and_the_hours_ahead(looked: tuple[Tables, Clock, Here], room: Room) -> None:
    tables, _, _ = looked
    told: list[str] = []
    tables.on_change(told.append)
    assert tables.of("amt") is None
    await until(lambda: told == ["amt"])
    found = tables.of("amt")

    assert found is not None
    assert [one.arrivals for one in found.curve.past] == [6, 0, 0, 0]
    assert {one.waits for one in found.curve.past} == {None}  # a mean of fewer than five people is nobody's business
    assert found.curve.ahead[0].at > found.curve.past[-1].at
    assert (found.fairness.called, found.fairness.overtakings) == (5, 0)
    assert (found.fairness.longest_wait, found.fairness.over_60) == (100, 0.5)


async def test_it_is_asked_for_once_a_minute_and_only_while_somebody_looks(looked: tuple[Tables, Clock, Here]) -> None:
    tables, clock, here = looked
    told: list[str] = []
    tables.on_change(told.append)
    for _ in range(5):
        tables.of("amt")
    await until(lambda: len(told) == 1)
    clock.seconds += EVERY_S - 1
    tables.of("amt")
    clock.seconds += 1
    tables.of("amt")
    await until(lambda: len(told) == 2)
    clock.seconds += 3_600  # nobody looks

    assert len(told) == 2
    assert here.begun == 1


async def test_what_is_too_old_or_of_another_day_is_not_shown(looked: tuple[Tables, Clock, Here], room: Room) -> None:
    tables, clock, here = looked
    told: list[str] = []
    tables.on_change(told.append)
    tables.of("amt")
    await until(lambda: bool(told))
    here.fails = "died"
    clock.seconds += KEPT_S - 1
    assert tables.of("amt") is not None
    clock.seconds += 1
    assert tables.of("amt") is None
