"""The part of the live contract that a printer sees: who am I, board, jobs, answers; and every way it can fail."""

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Self

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from server.messages.instants import rfc3339
from server.messages.terms import PrintState

TOKEN = "a-token-of-the-entrance-printer"


class FakeServer:
    """`reports` are report_print commands in order of arrival, without the claims before a print, which are always answered;
    `states` what the printer reports about itself."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self.now_ms = now_ms
        self.board: dict[str, Any] = {
            "office": "mitte",
            "printer": "entrance",
            "address": "",
            "kind": "escpos",
            "width_mm": 80,
            "one_way": False,
            "jobs": [],
        }
        self.reports: list[dict[str, Any]] = []
        self.claims: list[str] = []
        self.claimed: dict[str, str] = {}  # by job, the key of the claim that was first
        self.states: list[str] = []
        self.reasons: list[str | None] = []
        self.hellos: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.problem: dict[str, Any] | None = None  # refuses reports with this
        self.answers = True
        self.gives_jobs = True  # answers claims
        self.close_code: int | None = None  # closes every socket after its hello
        self._seq = 0
        self._changed = asyncio.Condition()
        self._sockets: set[ServerConnection] = set()
        self._server: Server | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> Self:
        self._server = await serve(self._talk, "127.0.0.1", self.port, process_request=self._http)
        self.port = int(next(iter(self._server.sockets)).getsockname()[1])
        return self

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(true)

    def job(
        self, name: str, ticket: dict[str, Any], *, age_ms: int = 0, state: PrintState = "requested"
    ) -> dict[str, Any]:
        at = rfc3339(self.now_ms() - age_ms)
        job = {"job": name, "ticket": ticket, "state": state, "requested_at": at}
        self.board["jobs"].append(job)
        return job

    async def push(self, **frame: Any) -> None:
        """Sends a frame to every socket; without a frame, the board."""
        self._seq += 1
        for socket in list(self._sockets):
            await self._send(socket, **(frame or {"type": "board", "at": rfc3339(self.now_ms()), "board": self.board}))

    async def hang_up(self) -> None:
        for socket in list(self._sockets):
            await socket.close(1012)

    async def _send(self, socket: ServerConnection, **frame: Any) -> None:
        await socket.send(json.dumps({"epoch": "e1", "seq": self._seq} | frame))

    def _http(self, socket: ServerConnection, request: Request) -> Response | None:
        self.paths.append(request.path)
        if request.path != "/api/v1/me":
            return None
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return socket.respond(HTTPStatus.UNAUTHORIZED, "{}")
        return socket.respond(HTTPStatus.OK, json.dumps({"role": "printer", "offices": ["mitte"], "for": "entrance"}))

    async def _talk(self, socket: ServerConnection) -> None:
        async with asyncio.timeout(5):
            hello = json.loads(await socket.recv())
        self.hellos.append(hello)
        if self.close_code is not None:
            await socket.close(self.close_code)
            await self._tell()
            return
        await self._send(socket, type="welcome", beat=5, server_time=rfc3339(self.now_ms()), version="1")
        await self._send(socket, type="board", at=rfc3339(self.now_ms()), board=self.board)
        self._sockets.add(socket)
        await self._tell()
        try:
            async for text in socket:
                await self._frame(socket, json.loads(text))
        except ConnectionClosed:
            pass  # the printer left
        finally:
            self._sockets.discard(socket)
            await self._tell()

    async def _frame(self, socket: ServerConnection, frame: dict[str, Any]) -> None:
        if frame["type"] == "report":
            self.states.append(frame["state"])
            self.reasons.append(frame.get("reason"))
        elif frame["type"] == "command" and frame["key"].startswith("claim:"):
            job = frame["command"]["job"]
            self.claims.append(job)
            won = self.claimed.setdefault(job, frame["key"]) == frame["key"]
            done = {"replayed": False, "events": [{}] if won else [], "result": {}}
            if self.gives_jobs:
                await self._send(socket, type="done", key=frame["key"], **done)
        elif frame["type"] == "command":
            self.reports.append(frame["command"] | {"key": frame["key"]})
            if self.answers and self.problem:
                await self._send(socket, type="refused", key=frame["key"], problem=self.problem)
            elif self.answers:
                self.board["jobs"] = [job for job in self.board["jobs"] if job["job"] != frame["command"]["job"]]
                done = {"replayed": False, "events": [], "result": {}}
                await self._send(socket, type="done", key=frame["key"], **done)
        await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    @property
    def connected(self) -> bool:
        return bool(self._sockets)
