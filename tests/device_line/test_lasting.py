"""A device's endless loops: one that fails costs itself a moment, not the device."""

import asyncio

import pytest

from device_line.lasting import lasting
from device_line.line import NotLetIn


async def test_what_fails_or_returns_is_begun_again(caplog: pytest.LogCaptureFixture) -> None:
    begun, well = 0, asyncio.Event()

    async def loop() -> None:
        nonlocal begun
        begun += 1
        if begun == 1:
            raise RuntimeError("a bug")
        if begun > 2:
            well.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(lasting(loop, "speaking", first_pause_s=0.0))
    await well.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert begun == 3
    assert [record.message for record in caplog.records] == [
        "speaking failed and is begun again",
        "speaking ended and is begun again",
    ]
    assert "a bug" in caplog.text


async def test_a_device_that_is_refused_ends() -> None:
    async def loop() -> None:
        raise NotLetIn("not_allowed", "no")

    with pytest.raises(NotLetIn, match="no"):
        await lasting(loop, "the line")
