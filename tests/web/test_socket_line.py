"""A frame for many sockets is encoded once, and every client reads the right content."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.utils import ClientDisconnected
from websockets.asyncio.client import ClientConnection, connect

from server.push.packets import Packet
from server.web.line import lines
from server.web.line.serving import PING_S, listener, server
from server.web.line.socket_line import PHONE_PING_S, SocketLine
from tests.nodes.served import ended
from tests.web.conftest import House

LONG_S = 10.0
SIZES = {"a length in the head": 5, "in two bytes": 126, "in two, the last": 65_535, "in eight": 65_536}


class Room:
    """An app that gives away the `send` of every client."""

    port = 0

    def __init__(self) -> None:
        self.senders: list[Any] = []
        self.came = asyncio.Condition()
        self.ended = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        async with self.came:
            self.senders.append(send)
            self.came.notify_all()
        while (await receive())["type"] != "websocket.disconnect":
            pass
        self.ended.set()

    async def full(self, people: int) -> None:
        async with asyncio.timeout(LONG_S), self.came:
            await self.came.wait_for(lambda: len(self.senders) == people)


@asynccontextmanager
async def visited(people: int) -> AsyncIterator[tuple[Room, list[ClientConnection]]]:
    room, door = Room(), listener("127.0.0.1", 0)
    made = server(room)
    running = asyncio.create_task(made.serve(sockets=[door]))
    async with asyncio.timeout(LONG_S):
        while not made.started:
            await asyncio.sleep(0)
    room.port = door.getsockname()[1]
    address = f"ws://127.0.0.1:{room.port}/"
    clients = [await connect(address, max_size=None) for _ in range(people)]
    await room.full(people)
    yield room, clients
    for client in clients:
        await client.close()
    await ended(made, running)
    door.close()


def said(text: str) -> Packet:
    return {"type": "websocket.send", "text": text}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_everybody_reads_the_same_words_and_they_are_framed_once(size: int) -> None:
    packet = said("ü" + "x" * (size - 2))
    async with visited(3) as (room, clients), asyncio.timeout(LONG_S):
        first, *others = room.senders
        await first(packet)
        framed = packet["wire"]
        for send in others:
            await send(packet)
            assert packet["wire"] is framed

        assert [await client.recv() for client in clients] == [packet["text"]] * 3


async def test_the_second_socket_is_sent_the_bytes_of_the_first() -> None:
    """The bytes are exchanged in between, so what the second socket reads shows it."""
    packet, other = said("one"), said("two")
    async with visited(2) as (room, clients), asyncio.timeout(LONG_S):
        first, second = room.senders
        await first(packet)
        await first(other)
        packet["wire"] = other["wire"]
        await second(packet)

        assert [await clients[0].recv(), await clients[0].recv()] == ["one", "two"]
        assert await clients[1].recv() == "two"


async def test_shared_and_other_frames_keep_their_order() -> None:
    async with visited(1) as (room, [client]), asyncio.timeout(LONG_S):
        [send] = room.senders
        await send(said("one"))
        await send({"type": "websocket.send", "bytes": b"two"})
        await send(said("three"))

        assert [await client.recv() for _ in range(3)] == ["one", b"two", "three"]


async def test_who_has_left_is_sent_nothing_and_the_sender_hears_of_it() -> None:
    async with visited(1) as (room, [client]), asyncio.timeout(LONG_S):
        await client.close()
        await room.ended.wait()
        with pytest.raises(ClientDisconnected):
            await room.senders[0](said("too late"))


async def test_nothing_follows_a_goodbye() -> None:
    async with visited(1) as (room, [client]), asyncio.timeout(LONG_S):
        [send] = room.senders
        await send({"type": "websocket.close", "code": 4408, "reason": "too_slow"})
        with pytest.raises(Exception):  # noqa: B017, PT011
            await send(said("too late"))
        await client.wait_closed()

        assert client.close_code == 4408


HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)


def masked(first: int, payload: bytes = b"") -> bytes:
    """A frame under 126 bytes, masked with zeros."""
    return bytes([first, 0x80 | len(payload)]) + bytes(4) + payload


BEFORE = {"pings": b"", "pieces of one text": masked(0x01, b"a")}
WITHOUT_END = {"pings": masked(0x89, bytes(125)) * 500, "pieces of one text": masked(0x00) * 500}
BOUND = 1 << 20


@pytest.mark.parametrize("what", WITHOUT_END)
async def test_whoever_sends_without_end_and_never_reads_is_hung_up_on_before_it_costs_memory(what: str) -> None:
    """The app hears of neither, so nothing else would stop it."""
    async with visited(0) as (room, _), asyncio.timeout(LONG_S):
        with socket.create_connection(("127.0.0.1", room.port)) as deaf:
            deaf.setblocking(False)
            loop = asyncio.get_running_loop()
            await loop.sock_sendall(deaf, HANDSHAKE)
            await room.full(1)
            line = room.senders[0].__self__
            await loop.sock_sendall(deaf, BEFORE[what])
            while not room.ended.is_set():
                with contextlib.suppress(ConnectionError):
                    await loop.sock_sendall(deaf, WITHOUT_END[what])
                assert line.transport.get_write_buffer_size() < BOUND
                assert len(line.frames) < BOUND


async def test_a_phone_is_asked_less_often_than_a_device_whether_it_is_there(house: House) -> None:
    ticket = await house.ticket()
    async with house.talk("display", "hall") as wall, house.talk("ticket", ticket["secret"]) as phone:
        for talk in (wall, phone):
            await talk.shown()
        intervals = sorted(line.ping_interval or 0.0 for line in lines.OPEN._of if isinstance(line, SocketLine))

    assert intervals == [PING_S, PHONE_PING_S]
