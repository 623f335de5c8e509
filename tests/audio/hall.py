"""A small server for an announcer: one office, one zone, HTTP and live socket on one port, as in the product."""

import asyncio
import http
import time
from collections.abc import Callable
from typing import Any

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from audio.samples import decoded, encoded
from device_line.line import Pace
from server.messages import boards, frames
from server.messages.instants import rfc3339

SOON = 10.0
TOKEN = "secret-of-the-hall"
PACE = Pace(first_s=0.01, refused_s=0.01)


def now() -> int:
    return time.time_ns() // 1_000_000


class Hall:
    """A small server: one office, one zone. `frames`: what the agent sent; `files`: what it may fetch."""

    def __init__(self, tone: Callable[..., bytes]) -> None:
        self.me: dict[str, Any] = {"role": "announcer", "offices": ["mitte"], "for": "hall"}
        self.me_status = http.HTTPStatus.OK
        self.leases = True
        self.close_with: int | None = None
        self.stumbles = 0
        self.files = {"/audio/speech.flac": encoded(*decoded(tone(2.0)), "flac")}
        self.fetched: list[str] = []
        self.lines: list[ServerConnection] = []
        self.hellos: list[frames.Hello] = []
        self.said: list[frames.FromClient] = []
        self.listed: list[boards.Announcement] = []
        self.silent = False
        self.seq = 100
        self._changed = asyncio.Condition()
        self._server: Server | None = None

    async def open(self, port: int = 0) -> None:
        self._server = await serve(self._line, "127.0.0.1", port, process_request=self._request, compression=None)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(next(iter(self._server.sockets)).getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _request(self, line: ServerConnection, request: Request) -> Response | None:
        if request.path.endswith("/live"):
            return None
        async with self._changed:
            self.fetched.append(request.path)
            self._changed.notify_all()
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _answer(http.HTTPStatus.UNAUTHORIZED, b"{}")
        if request.path == "/api/v1/me":
            return _answer(self.me_status, msgspec.json.encode(self.me))
        if self.stumbles:
            self.stumbles -= 1
            return _answer(http.HTTPStatus.SERVICE_UNAVAILABLE, b"{}")
        file = self.files.get(request.path)
        return _answer(http.HTTPStatus.NOT_FOUND, b"{}") if file is None else _answer(http.HTTPStatus.OK, file)

    async def _line(self, line: ServerConnection) -> None:
        hello = msgspec.json.decode(await line.recv(), type=frames.FromClient)
        assert isinstance(hello, frames.Hello)
        async with self._changed:
            self.hellos.append(hello)
            self._changed.notify_all()
        if self.close_with is not None:
            await line.close(self.close_with, "no")
            return
        self.lines.append(line)
        await self._send(line, self._welcome())
        await self._send(line, self._board())
        async for text in line:
            await self._take(line, msgspec.json.decode(text, type=frames.FromClient))

    async def _take(self, line: ServerConnection, frame: frames.FromClient) -> None:
        if isinstance(frame, frames.Speak):
            until = rfc3339(now() + 10_000)
            await self._send(line, frames.Lease(zone=frame.zone, held=self.leases, until=until))
        async with self._changed:
            self.said.append(frame)
            self._changed.notify_all()

    def _welcome(self) -> frames.Welcome:
        return frames.Welcome(epoch="e", seq=self.seq, beat=5, server_time=rfc3339(now()), version="0")

    def _board(self) -> frames.Board:
        board = boards.Announcer(
            office="mitte",
            zone="hall",
            gong="calm",
            announcements=tuple(self.listed),
            silence=None,
            silent=self.silent,
        )
        raw = msgspec.Raw(msgspec.json.encode(board))
        return frames.Board(epoch="e", seq=self.seq, at=rfc3339(now()), board=raw)

    async def _send(self, line: ServerConnection, frame: frames.FromServer) -> None:
        await line.send(msgspec.json.encode(frame).decode())

    async def send(self, frame: frames.FromServer) -> None:
        for line in self.lines:
            await self._send(line, frame)

    async def show(self) -> None:
        """Sends the current board as one log entry later."""
        self.seq += 1
        await self.send(self._board())

    async def call(
        self, id: str, audio: str | None = "/audio/speech.flac", age: int = 0, zone: str = "hall", **more: Any
    ) -> None:
        """Sends a call as the server does: first the frame, then the board."""
        self.seq += 1
        about: dict[str, Any] = {
            "id": id,
            "seq": self.seq,
            "at": rfc3339(now() - age),
            "zone": zone,
            "number": "A017",
            "counter": "3",
            "languages": ("de",),
            "texts": {"de": "Nummer A, null eins sieben"},
            "audio": audio,
            "attempt": 1,
            **more,
        }
        self.listed.append(boards.Announcement(**about))
        await self.send(frames.Announcement(epoch="e", **about))
        await self.send(self._board())

    async def until(self, ready: Callable[[], Any]) -> None:
        async with asyncio.timeout(SOON), self._changed:
            await self._changed.wait_for(ready)

    @property
    def wishes(self) -> int:
        return sum(isinstance(frame, frames.Speak) for frame in self.said)

    def states(self, id: str | None = None) -> list[tuple[str | None, str | None, str | None]]:
        """(announcement, state, reason) as the agent reported them, in order."""
        reports = [frame for frame in self.said if isinstance(frame, frames.Report) and frame.kind == "announcement"]
        return [(r.announcement, r.state, r.reason) for r in reports if id in (None, r.announcement)]

    def ended(self, *ids: str) -> bool:
        return all(any(state != "started" for _, state, _ in self.states(id)) for id in ids)


def _answer(status: http.HTTPStatus, body: bytes) -> Response:
    headers = Headers({"Content-Length": str(len(body)), "Connection": "close"})
    return Response(status.value, status.phrase, headers, body)


Start = Callable[..., Any]
