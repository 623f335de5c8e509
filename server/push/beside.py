"""Work in the background with an upper bound: renderings, leases. Work over the bound is not begun, and the caller is told."""

from collections.abc import Coroutine
from typing import Any

from server.tasks import Tasks


class Beside(Tasks):
    """At most `most` tasks at once."""

    def __init__(self, owner: str, most: int) -> None:
        super().__init__(owner)
        self._most = most

    def offer(self, work: Coroutine[Any, Any, Any], name: str) -> bool:
        """Starts the work unless too many run already; returns whether it was started."""
        if len(self._running) >= self._most:
            work.close()
            return False
        self.start(work, name)
        return True
