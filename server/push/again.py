"""Named timers for drawing boards again later. A name set twice rings once, at the earlier instant. Owned by an audience."""

import asyncio
from collections.abc import Callable


class Again:
    """`due(name)` is called at the instant set for a name (ms, the loop's monotonic clock)."""

    def __init__(self, due: Callable[[str], None]) -> None:
        self._due = due
        self._timers: dict[str, tuple[float, asyncio.Handle]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._timers

    def at(self, name: str, when_ms: float) -> None:
        """Sets a name for `when_ms`, unless it is set for an earlier instant already."""
        if (known := self._timers.get(name)) is not None:
            earlier, timer = known
            if earlier <= when_ms:
                return
            timer.cancel()
        # the instant is kept here: uvloop's timer for an instant that is over cannot say for when it was set
        self._timers[name] = (when_ms, asyncio.get_running_loop().call_at(when_ms / 1000, self._ring, name))

    def stop(self) -> None:
        for _, timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _ring(self, name: str) -> None:
        del self._timers[name]
        self._due(name)
