"""The server's side of live sockets in browser tests: which are open, what they said, and frames to all of them.

The stages of citizens' pages and of staff's pages build on it; each says for itself what a command means.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.websockets import WebSocket

DEADLINE_S = 30.0
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
"""The policy that the product sends with every page."""

Frame = dict[str, Any]


class LiveSockets:
    """Called from the test's thread; the sockets live in the server's loop. `heard`: every frame that pages sent."""

    def __init__(self) -> None:
        self.heard: list[Frame] = []
        self._open: set[WebSocket] = set()
        self._changed = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None

    def send(self, frame: Frame) -> None:
        self._run(self._send_all(frame))

    def cut(self, code: int = 1012) -> None:
        """Closes every socket."""
        self._run(self._close_all(code))

    def until(self, true: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(true, DEADLINE_S), f"it did not come; heard {self.heard[-5:]}"

    async def _begin(self, ws: WebSocket) -> None:
        """Accepts a socket and hears its hello."""
        self._loop = asyncio.get_running_loop()
        await ws.accept()
        self._note(await ws.receive_json())

    def _note(self, frame: Frame) -> None:
        with self._changed:
            self.heard.append(frame)
            self._changed.notify_all()

    def _enter(self, ws: WebSocket) -> None:
        with self._changed:
            self._open.add(ws)
            self._changed.notify_all()

    def _leave(self, ws: WebSocket) -> None:
        with self._changed:
            self._open.discard(ws)
            self._changed.notify_all()

    async def _send_all(self, frame: Frame) -> None:
        for ws in list(self._open):
            await ws.send_json(frame)

    async def _close_all(self, code: int) -> None:
        for ws in list(self._open):
            self._open.discard(ws)
            await ws.close(code)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            return work.close()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(DEADLINE_S)
