"""A scripted live socket, and the terminal counter on it under Textual's own pilot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Static
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from config.words import Words
from counter_client.terminal import TerminalCounter
from device_line.address import Address
from server.messages import boards as wire
from server.messages.commands import AnyCommand
from tests.live_sockets import DEADLINE_S, instant
from tests.staff_pages import office as o

Frame = dict[str, Any]


class Socket:
    """The server's side: shows boards, answers presses, can be cut off."""

    def __init__(self) -> None:
        self.heard: list[Frame] = []
        self.board: wire.Counter = o.counter()
        self.seq, self.refusal, self.mute = 1, 0, False
        self.answer: Callable[[Frame], Frame | None] = lambda _: {"result": {}}
        self.server: Server
        self._open: set[ServerConnection] = set()
        self._changed = asyncio.Condition()

    async def start(self) -> None:
        self.server = await serve(self._live, "127.0.0.1", 0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def show(self, board: wire.Counter) -> None:
        self.board, self.seq = board, self.seq + 1
        for socket in list(self._open):
            await socket.send(self._board())

    async def alarm(self, counter: str) -> None:
        frame = {
            "type": "alarm",
            "counter": counter,
            "label": f"Schalter {counter}",
            "way": {"de": "rechts"},
            "at": instant(),
        }
        for socket in list(self._open):
            await socket.send(msgspec.json.encode(frame).decode())

    async def cut(self) -> None:
        for socket in list(self._open):
            await socket.close(1012)

    async def expect(self, command: Frame) -> None:
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: bool(self.heard)), DEADLINE_S)
        assert [frame["command"] for frame in self.heard] == [command]
        msgspec.convert(command, AnyCommand)
        self.heard.clear()

    def _board(self) -> str:
        frame = {
            "type": "board",
            "epoch": "one",
            "seq": self.seq,
            "at": instant(),
            "board": msgspec.to_builtins(self.board),
        }
        return msgspec.json.encode(frame).decode()

    async def _live(self, socket: ServerConnection) -> None:
        hello = msgspec.json.decode(await socket.recv())
        assert (hello["board"], hello["id"], hello["token"]) == ("counter", "3", "secret")
        if self.refusal:
            await socket.close(self.refusal)
            return
        if self.mute:
            await socket.wait_closed()
            return
        welcome = {"type": "welcome", "epoch": "one", "seq": 1, "beat": 5, "server_time": instant(), "version": "t"}
        await socket.send(msgspec.json.encode(welcome).decode())
        await socket.send(self._board())
        self._open.add(socket)
        try:
            async for said in socket:
                await self._hear(socket, msgspec.json.decode(said))
        except ConnectionClosed:
            pass
        finally:
            self._open.discard(socket)

    async def _hear(self, socket: ServerConnection, frame: Frame) -> None:
        answer = self.answer(frame)
        async with self._changed:
            self.heard.append(frame)
            self._changed.notify_all()
        if answer is None:
            return
        kind = "refused" if "problem" in answer else "done"
        done = {} if kind == "refused" else {"epoch": "one", "seq": self.seq, "replayed": False, "events": []}
        await socket.send(msgspec.json.encode({"type": kind, "key": frame["key"], **done, **answer}).decode())


@pytest.fixture
async def office() -> AsyncIterator[Socket]:
    office = Socket()
    await office.start()
    yield office
    office.server.close()
    await office.server.wait_closed()


@pytest.fixture
async def counter(
    office: Socket, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[TerminalCounter, Pilot[None]]]:
    app = TerminalCounter(Address(office.url, "secret"), "mitte", "3", Words("de"))
    app.settle_s = 0.0
    async with app.run_test(size=(80, 40)) as pilot:
        await until(pilot, lambda: app.board is not None)
        yield app, pilot


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    async with asyncio.timeout(DEADLINE_S):
        while not true():
            await pilot.pause(0.01)


def text(app: TerminalCounter, name: str) -> str:
    return str(app.query_one(name, Static).content)


async def pressed(office: Socket, pilot: Pilot[None], key: str, command: Frame) -> None:
    await pilot.press(*key.split())
    await office.expect(command)
    app = pilot.app
    assert isinstance(app, TerminalCounter)
    await until(pilot, lambda: not app.pressing)
