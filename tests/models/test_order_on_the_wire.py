"""The order of sending: the presser's own answer, announcers, displays, counters, supervisors, phones.

A whole node in this process, on the loop that `up` runs on, with real sockets. Judged by the order in which the kernel was
handed what was written: when the bytes arrive depends on who reads how fast.
"""

import asyncio
import contextlib
import itertools
import json
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import websockets

from server.messages.terms import Role
from server.options import Options
from server.push import source
from server.web.line.http_line import HttpLine
from server.wiring import Node, node
from tests.nodes.node import MITTE

STAGES = ["presser", "announcer", "display", "counter", "supervisor", "phone"]
ROUNDS = 4
LIMIT_S = 20.0
LOOK_S = 0.02
Frame = dict[str, Any]
Press = Callable[[Frame], Awaitable[None]]


class Wire:
    """What the server gave to the kernel: for whom, and which frames."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.names: dict[int, str] = {}
        self.written: list[tuple[str, Frame]] = []

    def note(self, transport: asyncio.WriteTransport, data: bytes) -> None:
        name = self.names.get(transport.get_extra_info("peername")[1])
        if name is not None:
            assert transport.get_write_buffer_size() == 0, f"what {name} is told waits in this process"
            self.written += [(name, frame) for frame in frames(bytes(data)) if frame["type"] != "beat"]

    async def until(self, good: Callable[[list[tuple[str, Frame]]], bool]) -> None:
        """Waits until what was written fits."""
        async with asyncio.timeout(LIMIT_S):
            while not good(self.written):
                await asyncio.sleep(LOOK_S)


def frames(data: bytes) -> list[Frame]:
    """The WebSocket frames in one write, or the answer to a request."""
    if data.startswith(b"HTTP/"):
        _, _, body = data.partition(b"\r\n\r\n")
        return [{"type": "answer", **json.loads(body)}] if body.startswith(b"{") else []
    if data.startswith(b"{"):
        return [{"type": "answer", **json.loads(data)}]
    found = []
    while len(data) > 2:
        first, length, start = data[0], data[1], 2
        if length >= 126:
            wide = 2 if length == 126 else 8
            length, start = int.from_bytes(data[2 : 2 + wide]), 2 + wide
        if first & 0x0F == 1:
            found.append(json.loads(data[start : start + length]))
        data = data[start + length :]
    return found


class Noted:
    """A transport of the server that notes what is written when it has left this process."""

    def __init__(self, transport: asyncio.WriteTransport, wire: Wire) -> None:
        self._transport, self._wire = transport, wire

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self._transport.write(data)
        self._wire.note(self._transport, data)


@pytest.fixture
async def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    """Notes what a node writes on its connections, and writes it. Without paces, because a paced board shows no order."""
    monkeypatch.setattr(source, "PACE_MS", {})
    with socket.create_server(("127.0.0.1", 0)) as free:
        wire = Wire(free.getsockname()[1])
    made: Callable[[HttpLine, Any], None] = HttpLine.connection_made
    monkeypatch.setattr(HttpLine, "connection_made", lambda line, transport: made(line, Noted(transport, wire)))
    return wire


class Room:
    """A node and everybody who is connected to it."""

    def __init__(self, running: Node, wire: Wire, stack: contextlib.AsyncExitStack) -> None:
        self._running, self.wire, self._stack = running, wire, stack
        self.url = f"ws://127.0.0.1:{wire.port}/api/v1/offices/{MITTE.id}/live"

    async def token(self, role: Role, device: str | None = None) -> str:
        secret, _ = await self._running.access.tokens.create(role, (MITTE.id,), device)
        return secret

    async def listens(self, name: str, **hello: Any) -> websockets.ClientConnection:
        """A socket that has its board and reads everything that comes."""
        line = await self._stack.enter_async_context(
            websockets.connect(self.url, compression=None, proxy=None, ping_interval=None, close_timeout=1)
        )
        self.wire.names[line.local_address[1]] = name
        await line.send(json.dumps({"type": "hello", **hello}))
        reading = asyncio.create_task(_read(line))
        self._stack.callback(reading.cancel)
        return line

    async def program(self, name: str, token: str) -> Press:
        """A program that presses over HTTP, on one connection."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.wire.port)
        self._stack.callback(writer.close)
        self.wire.names[writer.get_extra_info("sockname")[1]] = name
        reading = asyncio.create_task(_drain(reader))
        self._stack.callback(reading.cancel)

        async def press(command: Frame) -> None:
            body = json.dumps(command)
            writer.write(
                f"POST /api/v1/offices/{MITTE.id}/commands HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
                f"Idempotency-Key: {secrets.token_hex(8)}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            await writer.drain()

        return press


async def _read(line: websockets.ClientConnection) -> None:
    with contextlib.suppress(websockets.ConnectionClosed):
        async for _ in line:
            pass


async def _drain(reader: asyncio.StreamReader) -> None:
    while await reader.read(1 << 16):
        pass


@pytest.fixture
async def room(wire: Wire, tmp_path: Path) -> AsyncIterator[Room]:
    """Two of each kind, joined in the reverse of the right order."""
    async with contextlib.AsyncExitStack() as stack:
        options = Options(offices=(MITTE.id,), data=tmp_path, port=wire.port)
        running = await stack.enter_async_context(node(options, [MITTE]))
        async with asyncio.timeout(LIMIT_S):
            while running.desks[MITTE.id].state.day is None:
                await asyncio.sleep(0.02)
        async with contextlib.AsyncExitStack() as lines:
            room = Room(running, wire, lines)
            supervisor, clerk = await room.token("supervisor"), await room.token("clerk")
            voice = await room.token("announcer", "hall")
            for _ in range(2):
                await room.listens("supervisor", board="supervisor", token=supervisor)
                await room.listens("counter", board="counter", id="2", token=clerk)
                await room.listens("display", board="display", id="hall")
                await room.listens("announcer", board="announcer", id="hall", token=voice)
            await wire.until(all_have_joined)
            yield room


def all_have_joined(written: list[tuple[str, Frame]]) -> bool:
    """A board that comes with a late welcome says nothing about the order of a call."""
    return all(
        sum(who == name and frame["type"] == "board" for who, frame in written) >= 2
        for name in ("supervisor", "counter", "display", "announcer")
    )


def hears(stage: str, number: str, seq: int) -> Callable[[Frame], bool]:
    """The frame that tells somebody about a call."""
    match stage:
        case "presser":
            return lambda frame: frame["type"] in ("done", "answer") and frame["seq"] == seq
        case "announcer":
            return lambda frame: frame["type"] == "announcement" and frame["number"] == number
        case "display":
            return lambda frame: (
                frame["type"] == "board" and number in [one["number"] for one in frame["board"]["calls"]]
            )
        case "phone":
            return lambda frame: frame["type"] == "board" and frame["board"]["state"] == "called"
        case _:
            return lambda frame: frame["type"] == "board" and frame["seq"] >= seq


def places_of(written: list[tuple[str, Frame]], number: str, seq: int) -> dict[str, list[int]]:
    """The places in the order of writing at which each stage was told about a call."""
    places: dict[str, list[int]] = {stage: [] for stage in STAGES}
    for place, (name, frame) in enumerate(written):
        if name in places and hears(name, number, seq)(frame):
            places[name].append(place)
    return places


def all_told(written: list[tuple[str, Frame]], number: str, seq: int) -> bool:
    """Two of each stage, but one presser."""
    return all(len(at) >= (1 if stage == "presser" else 2) for stage, at in places_of(written, number, seq).items())


def judge(written: list[tuple[str, Frame]], number: str, seq: int) -> None:
    """Everybody of a stage must come before anybody of the next."""
    assert all_told(written, number, seq)
    places = places_of(written, number, seq)
    for before, after in itertools.pairwise(STAGES):
        told = places[before][: 1 if before == "presser" else 2]
        assert max(told) < min(places[after]), f"{after} heard before {before}"


def answers(written: list[tuple[str, Frame]], name: str) -> list[Frame]:
    return [frame for who, frame in written if who == name and frame["type"] in ("answer", "done")]


async def calls(room: Room, clerk: Press, presser: Press) -> None:
    """Citizens come and are called; for each call, what the server wrote, in order."""
    wire = room.wire

    async def done(press: Press, name: str, **command: Any) -> Frame:
        await press(command)
        await wire.until(lambda written: bool(answers(written, name)))
        (answer,) = answers(wire.written, name)
        return answer

    await done(clerk, "clerk", type="open_counter", counter="1", services=["ausweis"])
    for _ in range(ROUNDS):
        wire.written.clear()
        ticket = (await done(clerk, "clerk", type="issue_ticket", services=["ausweis"]))["result"]["ticket"]
        for _ in range(2):
            await room.listens("phone", board="ticket", id=ticket["secret"])
        await wire.until(lambda written: sum(who == "phone" and it["type"] == "board" for who, it in written) >= 2)
        wire.written.clear()
        answer = await done(presser, "presser", type="call_next", counter="1")
        assert answer["result"]["ticket"]["number"] == ticket["number"]
        await wire.until(partial(all_told, number=ticket["number"], seq=answer["seq"]))
        judge(wire.written, ticket["number"], answer["seq"])
        for type in ("start_service", "finish_service"):
            wire.written.clear()
            await done(clerk, "clerk", type=type, counter="1")
        wire.names = {port: name for port, name in wire.names.items() if name != "phone"}


async def test_a_press_through_http_is_answered_before_anybody_is_told(room: Room) -> None:
    token = await room.token("clerk")

    await calls(room, await room.program("clerk", token), await room.program("presser", token))


async def test_a_press_through_the_socket_is_answered_before_anybody_is_told(room: Room) -> None:
    token = await room.token("clerk")
    counter = await room.listens("presser", board="counter", id="1", token=token)

    async def press(command: Frame) -> None:
        await counter.send(json.dumps({"type": "command", "key": secrets.token_hex(8), "command": command}))

    await calls(room, await room.program("clerk", token), press)


async def test_the_wire_sees_what_has_not_left() -> None:
    """To check this test itself: nobody reads, and the kernel takes no more."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        _, writer = await asyncio.open_connection(*deaf.getsockname())
        wire = Wire(0)
        wire.names[deaf.getsockname()[1]] = "display"
        with pytest.raises(AssertionError, match="what display is told waits"):
            Noted(writer.transport, wire).write(bytes(1 << 26))
        writer.transport.abort()


def test_the_judge_sees_a_wrong_order() -> None:
    """To check this test itself: for each two stages, one of the later is told before the last of the earlier."""
    told: dict[str, Frame] = {
        "presser": {"type": "done", "seq": 7},
        "announcer": {"type": "announcement", "number": "A001"},
        "display": {"type": "board", "board": {"calls": [{"number": "A001"}]}},
        "counter": {"type": "board", "seq": 7},
        "supervisor": {"type": "board", "seq": 7},
        "phone": {"type": "board", "board": {"state": "called"}},
    }
    right = [(stage, told[stage]) for stage in STAGES for _ in range(1 if stage == "presser" else 2)]
    judge(right, "A001", 7)
    for place in (0, 2, 4, 6, 8):
        wrong = [*right[:place], right[place + 1], right[place], *right[place + 2 :]]
        with pytest.raises(AssertionError):
            judge(wrong, "A001", 7)
