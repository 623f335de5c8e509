"""Looks every few seconds at what an office should do by itself, and asks its desk for each wish that has lasted some minutes.

Every node looks; `decide` does each thing once. Called by `tend`.
"""

from collections.abc import Callable

from server.desk.desk import Desk
from server.messages.actor import SYSTEM
from server.messages.instants import MINUTE, SECOND
from server.office.standing import watches, wishes
from server.office.waits import Waits

STEADY_MS = 3 * MINUTE
"""How long a wish must last before it is done: a wait that jumps for a moment changes nothing."""
APART_MS = 10 * SECOND


class Steward:
    """`waits`: the last forecast of this office; asking keeps it running."""

    def __init__(self, desk: Desk, waits: Callable[[], Waits]) -> None:
        self._desk, self._waits = desk, waits
        self._since: dict[str, int] = {}
        self._next = 0

    async def look(self) -> None:
        state, now = self._desk.state, self._desk.now()
        if not watches(state) or (now < self._next <= now + APART_MS):
            return
        self._next = now + APART_MS
        wished = wishes(state, self._waits(), now)
        self._since = {name: min(self._since.get(name, now), now) for name in wished}
        for name, since in [*self._since.items()]:
            if now - since >= STEADY_MS:
                await self._desk.submit(SYSTEM, wished[name], f"standing:{name}:{since}")
