"""The reception's board, kept up to date over the live socket: all that a simulated crowd sees of the office."""

import asyncio
import contextlib
import random

import msgspec
import websockets

from server.messages import boards, frames

RECONNECT_S = (0.2, 3.0)
"""Least and most seconds before the socket is opened again; drawn at random, so that many do not come at the same time."""
MOST_BYTES = 8 * 1024 * 1024

_frame = msgspec.json.Decoder(frames.FromServer)
_board = msgspec.json.Decoder(boards.Desk)


class Watch:
    """`board`: the newest one, None until the first has come; `seq`: the entry it shows."""

    def __init__(self, server: str, office: str, token: str) -> None:
        scheme, _, rest = server.partition("://")
        self._url = f"{'wss' if scheme == 'https' else 'ws'}://{rest}/api/v1/offices/{office}/live"
        self._hello = msgspec.json.encode(frames.Hello(board="desk", token=token)).decode()
        self.board: boards.Desk | None = None
        self.seq = 0
        self._changed = asyncio.Event()

    async def run(self) -> None:
        """Follows the board until cancelled; connects again after every loss."""
        while True:
            with contextlib.suppress(OSError, TimeoutError, websockets.WebSocketException):
                await self._follow()
            await asyncio.sleep(random.uniform(*RECONNECT_S))  # noqa: S311

    async def _follow(self) -> None:
        async with websockets.connect(self._url, max_size=MOST_BYTES, compression=None, proxy=None) as socket:
            await socket.send(self._hello)
            async for text in socket:
                frame = _frame.decode(text)
                if isinstance(frame, frames.Board):
                    self.board, self.seq = _board.decode(frame.board), frame.seq
                    self._changed.set()
                    self._changed = asyncio.Event()

    async def changed(self, timeout: float) -> None:
        """Returns when a newer board came, or after `timeout` seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), timeout)

    async def first(self, timeout: float) -> boards.Desk:
        async with asyncio.timeout(timeout):
            while self.board is None:
                await self._changed.wait()
        return self.board

    def counter(self, id: str) -> boards.CounterFace | None:
        return next((one for one in self.board.counters if one.id == id), None) if self.board else None

    def service(self, id: str) -> boards.KioskService | None:
        return next((one for one in self.board.services if one.id == id), None) if self.board else None

    def waits_for(self, services: tuple[str, ...]) -> bool:
        """Whether anybody waits who could be called to a counter with these services. True while nothing is known."""
        if self.board is None:
            return True
        mine = frozenset(services)
        return any(
            line.state == "waiting" and line.not_before is None and not mine.isdisjoint(line.services)
            for line in self.board.tickets
        )
