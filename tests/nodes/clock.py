"""Time that a test controls: an event loop that never waits, and the clock of a store and its nodes that runs with it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

EIGHT = 1_795_330_800_000
"""2026-11-22T07:00:00Z, eight in the morning in Berlin."""

T = TypeVar("T")


class HurryingLoop(asyncio.SelectorEventLoop):
    """When no task can run, its time jumps to the next timer. For work without threads and sockets."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        if not self._ready:  # type: ignore[attr-defined]
            timers = self._scheduled  # type: ignore[attr-defined]
            due = min((timer.when() for timer in timers if not timer.cancelled()), default=self._now)
            self._now = max(self._now, due)
        super()._run_once()  # type: ignore[misc]


def hurry(work: Coroutine[Any, Any, T]) -> T:
    """Runs it without real waiting."""
    with asyncio.Runner(loop_factory=HurryingLoop) as runner:
        return runner.run(work)


class LoopClock:
    """A machine's clock for tests: it runs with the loop in which it was made, and can be moved ahead."""

    def __init__(self, ms: int = EIGHT) -> None:
        self._loop = asyncio.get_running_loop()
        self._ms = ms - int(self._loop.time() * 1000)

    def now_ms(self) -> int:
        return self._ms + int(self._loop.time() * 1000)

    def monotonic(self) -> float:
        return self.now_ms() / 1000

    def advance(self, ms: int) -> None:
        """Moves the time ahead; nobody has noticed it yet."""
        self._ms += ms
