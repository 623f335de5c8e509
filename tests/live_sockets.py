"""The server's side of live sockets in browser tests: greets pages, shows them boards, notes what they say.

The stages of citizens' pages and of staff's pages build on it; each says for itself what a command means.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from config.words import FALLBACK, source
from server.messages import boards
from server.messages.instants import rfc3339
from server.web.page_words import page_words

DEADLINE_S = 30.0
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
"""The policy that the product sends with every page."""

Frame = dict[str, Any]


BEAT_S = 5
"""What the welcome says of the server's beats."""


def instant(**ago: float) -> str:
    """An instant as text: `instant(minutes=3)` is three minutes ago."""
    return rfc3339(int((datetime.now(UTC) - timedelta(**ago)).timestamp() * 1000))


async def page_words_file(request: Request) -> Response:
    """The words of a page in a language, filled up from the others as the product does."""
    language = request.path_params["language"]
    others = [name for name in (language.split("-")[0], FALLBACK) if name != language]
    try:
        text = page_words(request.path_params["page"], source(language), *map(source, others))
    except LookupError:
        return Response(status_code=404)
    return Response(text, media_type="text/plain; charset=utf-8")


def with_files_to_keep(app: ASGIApp) -> ASGIApp:
    """Files under `/static/` stay in the browser from page to page, as those of the product do."""

    async def answers(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["headers"] = [*message["headers"], (b"cache-control", b"max-age=86400")]
            await send(message)

        await app(scope, receive, sent if scope.get("path", "").startswith("/static/") else send)

    return answers


class LiveSockets:
    """One office as a page sees it. Tests call it from their own thread; the sockets live in the server's loop.

    `heard`: every frame that pages sent; `opened`: how many sockets there were; `silent`: greets nobody; `refusal`: closes each
    socket with this code.
    """

    def __init__(self) -> None:
        self.epoch, self.seq = "one", 1
        self.board: Frame = {}
        self.opened = 0
        self.silent = False
        self.refusal: int | None = None
        self.heard: list[Frame] = []
        self._open: set[WebSocket] = set()
        self._changed = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None

    def now(self, **before: float) -> str:
        return instant(**before)

    def show(self, board: boards.Part) -> int:
        """Sends a board as the next entry of the log, also to every page that opens later. Returns its seq."""
        self.seq += 1
        self.board = msgspec.to_builtins(board)
        self.send(self.board_frame())
        return self.seq

    def board_frame(self) -> Frame:
        return {"type": "board", "epoch": self.epoch, "seq": self.seq, "at": self.now(), "board": self.board}

    def send(self, frame: Frame) -> None:
        self._run(self._send_all(frame))

    def cut(self, code: int = 1012) -> None:
        """Closes every socket."""
        self._run(self._close_all(code))

    def until(self, true: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(true, DEADLINE_S), f"it did not come; heard {self.heard[-5:]}"

    async def live(self, ws: WebSocket) -> None:
        """The socket of one page, from hello to its end."""
        self._loop = asyncio.get_running_loop()
        self.opened += 1
        await ws.accept()
        try:
            self._note(await ws.receive_json())
            await self._greet(ws)
            while True:
                await self._hear(ws, await ws.receive_json())
        except WebSocketDisconnect:
            pass
        finally:
            self._leave(ws)

    async def _greet(self, ws: WebSocket) -> None:
        if self.refusal:
            await ws.close(self.refusal, "refused")
            raise WebSocketDisconnect(self.refusal)
        if self.silent:
            return
        welcome = {"type": "welcome", "epoch": self.epoch, "seq": self.seq, "beat": BEAT_S, "server_time": self.now()}
        await ws.send_json(welcome | {"version": "test", "stale_after": 15})
        if self.board:
            await ws.send_json(self.board_frame())
        self._enter(ws)

    async def _hear(self, ws: WebSocket, frame: Frame) -> None:
        raise NotImplementedError

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
