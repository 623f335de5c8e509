"""Background tasks: a reference to each is kept, and a failure is reported, never swallowed. The only place that creates them.

Work that has an end is started with `start`. Work that must live as long as its owner is started with `forever`: it is started
again if it ends.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any, NamedTuple

import structlog

FIRST_PAUSE_S = 0.1
"""Seconds until a task that must live is started again; doubled every time, up to LONGEST_PAUSE_S."""
LONGEST_PAUSE_S = 10.0
WELL_S = 60.0
"""After this many seconds without a failure the pauses begin at FIRST_PAUSE_S again."""
NOTED_S = 600.0
"""Seconds for which a restart is reported as a reason to look at this node."""

_log = structlog.get_logger("aufruf.server")

Work = Coroutine[Any, Any, Any]


class Restart(NamedTuple):
    """`many`: how often this task was started again; `at`: the last time, by the loop's clock; `fault`: how it ended then."""

    many: int
    at: float
    fault: str


class Restarts:
    """The tasks of one node that must live and were started again."""

    def __init__(self) -> None:
        self.by_name: dict[str, Restart] = {}

    def note(self, name: str, fault: str) -> None:
        known = self.by_name.get(name)
        self.by_name[name] = Restart(known.many + 1 if known else 1, asyncio.get_running_loop().time(), fault)

    def recent(self) -> dict[str, Restart]:
        """The restarts of the last ten minutes."""
        now = asyncio.get_running_loop().time()
        return {name: restart for name, restart in self.by_name.items() if now - restart.at < NOTED_S}


OF_NODE: ContextVar[Restarts | None] = ContextVar("restarts of this node", default=None)
"""Set by wiring before it makes any room, so that several nodes in one process have separate lists."""


class Tasks:
    """The tasks of one owner; `close` ends them all and waits until they have ended."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._running: set[asyncio.Task[Any]] = set()
        self._restarts = OF_NODE.get() or Restarts()

    def start(self, work: Work, name: str) -> asyncio.Task[Any]:
        """Starts work that has an end."""
        task = asyncio.get_running_loop().create_task(work, name=f"{self._owner}:{name}")
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def forever(self, work: Callable[[], Work], name: str) -> asyncio.Task[Any]:
        """Starts work without an end: if anything but `close` ends it, it is started again, and that is logged and counted."""
        return self.start(self._again_and_again(work, f"{self._owner}:{name}"), name)

    async def _again_and_again(self, work: Callable[[], Work], name: str) -> None:
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE_S
        while True:
            began = loop.time()
            fault = await _outlived(work)
            if loop.time() - began > WELL_S:
                pause = FIRST_PAUSE_S
            self._restarts.note(name, fault)
            _log.error("a task that must live ended and is begun again", task=name, fault=fault, pause_s=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    def stumbled(self, name: str, fault: Exception) -> None:
        """A task that must live caught a failure itself and went on: counted like a restart."""
        self._restarts.note(f"{self._owner}:{name}", repr(fault))

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            _log.error("a task failed", task=task.get_name(), fault=repr(fault), exc_info=fault)

    async def close(self) -> None:
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _outlived(work: Callable[[], Work]) -> str:
    """How the work ended. A cancellation that was not requested of this task is a failure of the work like any other."""
    try:
        await work()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        return "cancelled from within"
    except Exception as fault:
        _log.error("a task failed", fault=repr(fault), exc_info=fault)
        return repr(fault)
    return "it returned"
