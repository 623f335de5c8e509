"""A device's endless loops: one that fails costs itself a moment, not the device."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from device_line.lasting import lasting
from device_line.line import NotLetIn


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
    ending: Callable[[], Awaitable[None]], said: str, caplog: pytest.LogCaptureFixture
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
        task = group.create_task(lasting(loop, "speaking", first_pause_s=0.0))
        async with asyncio.timeout(10):
            await well.wait()
        task.cancel()

    assert begun == 3
    assert [record.message for record in caplog.records] == [said, said]


async def test_a_device_that_is_refused_ends() -> None:
    async def loop() -> None:
        raise NotLetIn("not_allowed", "no")

    with pytest.raises(NotLetIn, match="no"):
        await lasting(loop, "the line")
