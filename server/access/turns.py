"""Sign-ins that wait for their turn: one of an address at a time, and only so many in all; whoever comes then is told to wait.

So a flood costs its own senders, and never more of this machine than a few passwords at once. Called by accounts.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 20
MOST_OF_ADDRESS = 10
"""Half the places stay for others."""
AGAIN_MS = 3_000


class Full(Exception):
    """Too many wait already."""


class Queue:
    """Nothing is looked at, and no database asked, before there is a place."""

    def __init__(self) -> None:
        self._waiting: Counter[str] = Counter()
        self._turns: dict[str, asyncio.Lock] = {}

    def __len__(self) -> int:
        return self._waiting.total()

    @asynccontextmanager
    async def turn(self, address: str, *, known: bool = False) -> AsyncIterator[None]:
        """Within it, it is this one's turn. Full if there is no place to wait; whom we know finds one in any flood."""
        if (len(self) >= MOST and not known) or self._waiting[address] >= MOST_OF_ADDRESS:
            raise Full
        self._waiting[address] += 1
        try:
            async with self._turns.setdefault(address, asyncio.Lock()):
                yield
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address], self._turns[address]
