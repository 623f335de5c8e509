"""The connections to the store: a few, with one caller at a time on each and a time limit on everything.

A call that fails in the middle (cancelled, too late, cut) closes its connection, so that no caller ever reads the answer for
another caller. Called by the Redis log and the Redis presence.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from redis.asyncio.connection import AbstractConnection
from redis.exceptions import ReadOnlyError, RedisError, ResponseError

from server.log.dial import Dial
from server.log.faults import unavailable
from server.log.machine import Machine, OneByOne, StoreCommand
from server.log.port import StoreUnavailable

LIMIT_S = 5.0
"""Seconds for one call. The store syncs in milliseconds; if its disk stalls longer than this, the store counts as away."""
MOST = 16


class Lines(OneByOne):
    """At most `most` connections. When all are busy, callers wait in turn, within their own time limits."""

    def __init__(self, dial: Dial, most: int = MOST, limit_s: float = LIMIT_S) -> None:
        self._dial = dial
        self._free: list[AbstractConnection] = []
        self._turns = asyncio.Semaphore(most)
        self._limit_s = limit_s
        self._closed = False
        self.place: object = self
        self.hung_up = 0
        """How often an idle connection was found closed by the other side, as after a restart of the store."""

    async def calls(self, *commands: StoreCommand, extra_s: float = 0.0) -> list[Any]:
        """The answers to several commands sent together on one connection. Errors of single commands are among the answers."""
        try:
            async with asyncio.timeout(self._limit_s + extra_s), self._turns, self._line() as line:
                if len(commands) == 1:
                    await line.send_command(*commands[0])
                else:
                    await line.send_packed_command(line.pack_commands(commands))
                answers = [await _answer(line) for _ in commands]
                if any(isinstance(answer, ReadOnlyError) for answer in answers):
                    await line.disconnect(
                        nowait=True
                    )  # it is no longer the primary; the next call asks again which store is
                return answers
        except TimeoutError as late:
            raise StoreUnavailable(f"no answer within {self._limit_s + extra_s:g} s") from late
        except (RedisError, OSError) as error:
            await asyncio.sleep(
                0
            )  # a refused connection takes no turn of the loop; a caller that retries at once would block the loop
            raise unavailable(error) from error

    async def at(self, key: str, ask: Callable[[Machine], Awaitable[Any]]) -> Any:
        """What is asked of the machine that has this key: here there is only one."""
        return await ask(self)

    async def every(self) -> tuple["Lines", ...]:
        """The lines to every machine that holds a part of the keys."""
        return (self,)

    async def close(self) -> None:
        """Close idle connections; the others are closed when their callers are done."""
        self._closed = True
        await self.hang_up()

    async def hang_up(self) -> None:
        """Close idle connections, so that the next call opens a new one."""
        while self._free:
            await self._free.pop().disconnect()

    @contextlib.asynccontextmanager
    async def _line(self) -> AsyncIterator[AbstractConnection]:
        line = await self._rested() or await self._dial()
        try:
            yield line
        except BaseException:
            await line.disconnect(nowait=True)
            raise
        if self._closed:
            await line.disconnect(nowait=True)
        elif line.is_connected:
            self._free.append(line)

    async def _rested(self) -> AbstractConnection | None:
        """An idle connection that is still good: nothing unread in it, not closed by the other side."""
        if self._closed:
            raise StoreUnavailable("this log was closed")
        while self._free:
            line = self._free.pop()
            if not await _spoiled(line):
                return line
            self.hung_up += 1
            await line.disconnect(nowait=True)
        return None


async def _spoiled(line: AbstractConnection) -> bool:
    try:
        return bool(await line.can_read())
    except (RedisError, OSError):
        return True


async def _answer(line: AbstractConnection) -> Any:
    try:
        return await line.read_response()
    except ResponseError as refused:
        return refused
