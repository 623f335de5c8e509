"""Something that may last as long as the server is away, and a wish to stop. Called by the printer agent and the MQTT outbox."""

import asyncio
from collections.abc import Coroutine


async def or_stopped(work: Coroutine[None, None, str], stop: asyncio.Event) -> str | None:
    """The result of the work, or None if the agent is asked to stop before it ends."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if task.done():
        return task.result()
    task.cancel()
    return None
