"""A device's endless loops: one that fails costs itself a moment, not the device."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from device_line.address import Address
from device_line.lasting import lasting
from device_line.line import Line, NotLetIn
from device_line.restarts import LoopRestarts
from server.messages.agreed import RESTART_TOLD_MS
from server.messages.frames import Report
from server.messages.instants import SECOND
from tests.device_line.server import BoxServer, running


@pytest.fixture
def nowhere() -> Line:
    """The line of a device that has no server yet."""
    return Line(Address("http://127.0.0.1:1", "token"), "printer", "entrance")


async def fails() -> None:
    raise RuntimeError("a bug")


async def returns() -> None:
    """A loop that returns although it should not."""


async def is_cancelled_within() -> None:
    inner: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    inner.cancel()
    await inner


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        (fails, "speaking failed and is begun again"),
        (returns, "speaking ended and is begun again"),
        (is_cancelled_within, "speaking was cancelled from within and is begun again"),
    ],
)
async def test_however_a_loop_ends_it_is_begun_again(
    nowhere: Line, ending: Callable[[], Awaitable[None]], said: str, caplog: pytest.LogCaptureFixture
) -> None:
    begun, well = 0, asyncio.Event()

    async def loop() -> None:
        nonlocal begun
        begun += 1
        if begun < 3:
            await ending()
        else:
            well.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(lasting(loop, "speaking", nowhere, first_pause_s=0.0))
        async with asyncio.timeout(10):
            await well.wait()
        task.cancel()

    assert begun == 3
    assert [record.message for record in caplog.records] == [said, said]


async def test_a_device_that_is_refused_ends(nowhere: Line) -> None:
    async def loop() -> None:
        raise NotLetIn("not_allowed", "no")

    with pytest.raises(NotLetIn, match="no"):
        await lasting(loop, "the line", nowhere)


async def test_the_server_is_told_which_loop_was_begun_again_and_told_again_after_each_hello() -> None:
    """It may have been restarted itself, or the device came to another node."""
    async with BoxServer() as server:
        line, failed = Line(server.address, "printer", "entrance"), asyncio.Event()

        async def prints() -> None:
            if not failed.is_set():
                failed.set()
                raise ValueError("a bug")
            await asyncio.Event().wait()

        async def hear(_: object) -> None:
            return

        async with running(lasting(lambda: line.run(hear), "the line", line)):
            await server.until(lambda: server.sockets)
            async with running(lasting(prints, "printing", line)):
                await server.until(lambda: len(server.heard) == 1)
                await server.sockets[-1].close()
                await server.until(lambda: len(server.heard) == 2)

    told = {"type": "report", "kind": "restart", "restarts": 1, "loop": "printing: ValueError"}
    assert server.heard == [told, told]


def test_a_device_made_anew_goes_on_counting_and_old_restarts_are_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    restarts, now = LoopRestarts(), 1_000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    assert restarts.report() is None

    restarts.note("the agent", "RuntimeError")
    restarts.note("printing", "it returned")
    assert restarts.report() == Report(kind="restart", restarts=2, loop="printing: it returned")

    now += RESTART_TOLD_MS / SECOND + 1
    assert restarts.report() is None
