"""Tasks that must not end: whatever ends one, it is started again, reported and counted, until its owner closes it."""

import asyncio
import itertools
from collections.abc import Callable

import pytest
import structlog

from server.tasks import FIRST_PAUSE_S, LONGEST_PAUSE_S, NOTED_S, OF_NODE, Restarts, Tasks
from tests.nodes.clock import hurry


async def fails() -> None:
    raise OSError("too many open files")


async def returns() -> None:
    """A task that returns although it should not."""


async def is_cancelled_within() -> None:
    inner: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    inner.cancel()
    await inner


@pytest.mark.parametrize("ending", [fails, returns, is_cancelled_within])
def test_a_task_that_must_live_is_begun_again_however_it_ends(ending: Callable[[], asyncio.Future[None]]) -> None:
    async def lives() -> None:
        restarts, begun = Restarts(), 0
        OF_NODE.set(restarts)
        tasks = Tasks("wiring")

        async def work() -> None:
            nonlocal begun
            begun += 1
            if begun < 4:
                await ending()
            else:
                await asyncio.Event().wait()

        tasks.forever(work, "tidy")
        await asyncio.sleep(LONGEST_PAUSE_S)

        assert begun == 4
        assert restarts.by_name["wiring:tidy"].many == 3
        await tasks.close()

    with structlog.testing.capture_logs() as said:
        hurry(lives())
    assert {line["task"] for line in said if "task" in line} == {"wiring:tidy"}


def test_the_pauses_grow_and_are_short_again_after_a_good_life() -> None:
    async def lives() -> None:
        loop, begun = asyncio.get_running_loop(), list[float]()
        tasks = Tasks("wiring")

        async def work() -> None:
            begun.append(loop.time())
            if len(begun) == 12:
                await asyncio.sleep(120)
            raise OSError

        tasks.forever(work, "tidy")
        await asyncio.sleep(260)
        await tasks.close()

        pauses = [after - before for before, after in itertools.pairwise(begun)]
        assert pauses[0] == pytest.approx(FIRST_PAUSE_S)
        assert pauses[10] == pytest.approx(LONGEST_PAUSE_S)
        assert pauses[12] == pytest.approx(FIRST_PAUSE_S * 2)
        assert pauses[11] == pytest.approx(120 + FIRST_PAUSE_S)

    with structlog.testing.capture_logs():
        hurry(lives())


def test_a_restart_is_told_for_ten_minutes_and_counted_for_ever() -> None:
    async def passes() -> None:
        restarts = Restarts()
        restarts.note("desk mitte:run", "OSError()")
        assert list(restarts.recent()) == ["desk mitte:run"]

        await asyncio.sleep(NOTED_S + 1)
        assert restarts.recent() == {}
        assert restarts.by_name["desk mitte:run"].many == 1

    hurry(passes())


def test_closing_ends_it_for_good() -> None:
    async def closes() -> None:
        restarts = Restarts()
        OF_NODE.set(restarts)
        tasks = Tasks("wiring")
        running = tasks.forever(asyncio.Event().wait, "waits")
        await asyncio.sleep(1)
        await tasks.close()

        assert running.cancelled()
        assert restarts.by_name == {}

    hurry(closes())
