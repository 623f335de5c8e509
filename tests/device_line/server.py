"""The server's side of a device's line on a real socket: who am I, welcome, and whatever a test makes it send."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from typing import Any, Self

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from device_line.address import Address

TOKEN = "a-token-of-some-box"
SOON_S = 10.0
TIME = "2026-11-23T09:21:00.000Z"
Sent = dict[str, Any]


@asynccontextmanager
async def running(agent: Coroutine[Any, Any, object]) -> AsyncIterator[None]:
    """A device's agent, as long as this lasts."""
    task = asyncio.create_task(agent)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class BoxServer:
    """`says`: the frames after each welcome. `heard`: what the device sent after its hellos."""

    def __init__(self, *says: Sent) -> None:
        self.says = says
        self.me: Sent = {"role": "printer", "offices": ["mitte"], "for": "entrance", "since": "the next release"}
        self.me_status = HTTPStatus.OK
        self.closes_with = 0
        self.hellos: list[Sent] = []
        self.heard: list[Sent] = []
        self.sockets: list[ServerConnection] = []
        self._changed = asyncio.Condition()
        self._server: Server

    async def __aenter__(self) -> Self:
        self._server = await serve(self._talk, "127.0.0.1", 0, process_request=self._answer)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def address(self) -> Address:
        return Address(f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}", TOKEN)

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(SOON_S), self._changed:
            await self._changed.wait_for(true)

    async def send(self, **frame: Any) -> None:
        await self.sockets[-1].send(json.dumps(frame))

    def hangs(self) -> None:
        """As a stopped process: its sockets stand, and nobody reads them."""
        self.sockets[-1].transport.pause_reading()

    def goes_on(self) -> None:
        self.sockets[-1].transport.resume_reading()

    def _answer(self, socket: ServerConnection, request: Request) -> Response | None:
        if request.path != "/api/v1/me":
            return None
        known = request.headers.get("Authorization") == f"Bearer {TOKEN}"
        return socket.respond(self.me_status if known else HTTPStatus.UNAUTHORIZED, json.dumps(self.me))

    async def _talk(self, socket: ServerConnection) -> None:
        await self._note(self.hellos, await socket.recv())
        if self.closes_with:
            await socket.close(self.closes_with)
            return
        welcome = {
            "type": "welcome",
            "epoch": "one",
            "seq": 1,
            "beat": 5,
            "server_time": TIME,
            "version": "9",
            "more": 1,
        }
        for frame in (welcome, *self.says):
            await socket.send(msgspec.json.encode(frame).decode())
        self.sockets.append(socket)
        await self._note()
        with suppress(ConnectionClosed):
            async for text in socket:
                await self._note(self.heard, text)

    async def _note(self, where: list[Sent] | None = None, text: str | bytes = b"") -> None:
        async with self._changed:
            if where is not None:
                where.append(json.loads(text))
            self._changed.notify_all()
