"""Timers by name: the earlier instant counts, also one that is over already."""

import asyncio
import time

import pytest

from server.push.again import Again

NOW, LATER = 0.0, 3_600_000.0
"""Milliseconds from now."""


@pytest.fixture
def rang() -> list[str]:
    return []


@pytest.fixture
def again(rang: list[str]) -> Again:
    return Again(rang.append)


@pytest.mark.parametrize(
    ("first", "second", "rings"),
    [(NOW, NOW, ["a"]), (NOW, LATER, ["a"]), (LATER, NOW, ["a"]), (LATER, LATER, []), (-1_000.0, -2_000.0, ["a"])],
)
async def test_a_name_set_twice_rings_once_at_the_earlier_instant(
    again: Again, rang: list[str], first: float, second: float, rings: list[str]
) -> None:
    now = time.monotonic() * 1000
    again.at("a", now + first)
    again.at("a", now + second)
    await asyncio.sleep(0.05)
    assert rang == rings
    assert ("a" in again) is not bool(rings)
    again.stop()


async def test_stopped_timers_do_not_ring(again: Again, rang: list[str]) -> None:
    again.at("a", time.monotonic() * 1000)
    again.stop()
    await asyncio.sleep(0.05)
    assert not rang
