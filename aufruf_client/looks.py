"""Looks at one board, newest first served: a program that is slow misses looks in between, never the last one."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from msgspec import Struct

from server.messages.frames import Board, FromServer


class BoardSeen(Struct, frozen=True):
    """The whole board as of the entry `seq` of the log, at the instant `at` (RFC 3339)."""

    epoch: str
    seq: int
    at: str
    board: dict[str, Any]


class Looks:
    """Keeps one look. `hear` gets every frame of the line; `ended` says that no more will come."""

    def __init__(self) -> None:
        self._newest: BoardSeen | None = None
        self._over = False
        self._changed = asyncio.Event()

    async def hear(self, frame: FromServer) -> None:
        if isinstance(frame, Board):
            self._newest = BoardSeen(frame.epoch, frame.seq, frame.at, msgspec.json.decode(frame.board))
            self._changed.set()

    def ended(self) -> None:
        self._over = True
        self._changed.set()

    async def __aiter__(self) -> AsyncIterator[BoardSeen]:
        while not self._over:
            await self._changed.wait()
            self._changed.clear()
            look, self._newest = self._newest, None
            if look is not None:
                yield look
