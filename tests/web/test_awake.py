"""A node that stood still does not believe that the presses that waited for it were just made."""

import asyncio

import pytest

from server.web.awake import DRAINED_S, LOOK_S, STOOD_S, Awake


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def now_ms(self) -> int:
        return int(self.seconds * 1000)

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.mark.parametrize("looked", [False, True], ids=["in the turn in which it wakes", "after its first look"])
def test_what_is_read_after_a_standstill_is_as_old_as_it_may_be(clock: Hand, looked: bool) -> None:
    awake = Awake(clock)
    clock.seconds += 70
    if looked:
        awake.look()

    assert awake.lay_ms() == 70_000


def test_once_all_has_been_read_a_press_is_as_young_as_its_device_says(clock: Hand) -> None:
    awake = Awake(clock)
    clock.seconds += 70
    awake.look()
    clock.seconds += DRAINED_S - LOOK_S
    awake.look()
    assert awake.lay_ms() == 70_000
    clock.seconds += LOOK_S
    awake.look()

    assert awake.lay_ms() == 0


def test_a_busy_loop_is_no_standstill(clock: Hand) -> None:
    awake = Awake(clock)
    clock.seconds += STOOD_S
    assert awake.lay_ms() == 0
    awake.look()

    assert awake.lay_ms() == 0


async def test_it_looks_by_itself(clock: Hand) -> None:
    awake = Awake(clock)
    clock.seconds += 70
    watching = asyncio.ensure_future(awake.watch())
    await asyncio.sleep(0)
    watching.cancel()

    assert awake.lay_ms() == 0, "what was before the watch is not its business"
