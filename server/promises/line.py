"""Who asks the second worker next: people before what the node asks by itself. Used by `second`."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

IN_A_ROW = 4
"""After this many people one other question has its turn: somebody who asks without end must not keep every table from being
drawn."""


class Line:
    """One at a time, in the order in which they came; those that go `first` before the others."""

    def __init__(self) -> None:
        self._first: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()
        self._busy = False
        self._in_a_row = 0

    @asynccontextmanager
    async def turn(self, *, first: bool) -> AsyncIterator[None]:
        await self._comes(self._first if first else self._others)
        self._in_a_row = self._in_a_row + 1 if first else 0
        try:
            yield
        finally:
            self._next()

    async def _comes(self, queue: deque[asyncio.Future[None]]) -> None:
        if not self._busy:
            self._busy = True
            return
        mine = asyncio.get_running_loop().create_future()
        queue.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():  # its turn came at the same moment: it goes to the next one
                self._next()
            raise

    def _next(self) -> None:
        both = (self._first, self._others) if self._in_a_row < IN_A_ROW else (self._others, self._first)
        for queue in both:
            while queue:
                one = queue.popleft()
                if not one.done():
                    one.set_result(None)
                    return
        self._busy = False
