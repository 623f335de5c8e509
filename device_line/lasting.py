"""The endless loops of a device: one that ends is started again, so that the others need not end with it.

The server has `server.tasks` for this, which devices may not import. Called by the printer agent, the
announcer and the terminal counter.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from device_line.line import Line, NotLetIn

FIRST_PAUSE_S = 0.1
"""Seconds until it is started again; doubled every time, up to LONGEST_PAUSE_S."""
LONGEST_PAUSE_S = 10.0
WELL_S = 60.0
"""After this many seconds without a failure the pauses begin at the first again."""

_log = logging.getLogger("aufruf.device_line")


async def lasting(
    work: Callable[[], Awaitable[None]], name: str, line: Line, first_pause_s: float = FIRST_PAUSE_S
) -> None:
    """Does the work until cancelled. Each time it ends by itself, that is logged, and the server is told over `line`.

    Raises NotLetIn: a device that the server refuses ends and says why.
    """
    loop, pause = asyncio.get_running_loop(), first_pause_s
    while True:
        began = loop.time()
        fault = await _outlived(work, name)
        if loop.time() - began > WELL_S:
            pause = first_pause_s
        await line.tell_restart(name, fault)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_S)


async def _outlived(work: Callable[[], Awaitable[None]], name: str) -> str:
    """How the work ended.

    A cancellation that nobody requested is a failure of the work like any other: a group of tasks would take it for a wish to
    end, and go on without this loop.
    """
    try:
        await work()
    except NotLetIn:
        raise
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        _log.error("%s was cancelled from within and is begun again", name)
        return "cancelled from within"
    except Exception as fault:
        _log.exception("%s failed and is begun again", name)
        return type(fault).__name__
    _log.error("%s ended and is begun again", name)
    return "it returned"
