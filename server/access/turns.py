"""Sign-ins take turns: one per address at a time, and a limited number in all; further ones are told to come later.

So a flood delays only its own senders, and this machine never checks more than a few passwords at once. Called by accounts.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 20
MOST_OF_ADDRESS = 10
"""The most that may wait from one address: half the places stay free for others."""
AGAIN_MS = 3_000


class Full(Exception):
    """Too many are waiting already."""


class Queue:
    """Gives out places. Before a sign-in has one, nothing of it is checked and no database is asked."""

    def __init__(self) -> None:
        self._waiting: Counter[str] = Counter()
        self._turns: dict[str, asyncio.Lock] = {}

    def __len__(self) -> int:
        return self._waiting.total()

    @asynccontextmanager
    async def turn(self, address: str, *, known: bool = False) -> AsyncIterator[None]:
        """A context in which it is this sign-in's turn. Raises Full if there is no place to wait; a known browser
        always gets one."""
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
