"""Behaviour 39: oversize, deep, not UTF-8, not JSON, endless or silent. Refused with a reason; nobody else notices."""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import websockets

from tests.crash.conftest import MakeUp
from tests.crash.room import AT_ONCE_S, Room, room
from tests.crash.up import OFFICE
from tests.crash.walls import wrong

LIMIT_S = 20.0
DEEP = 20_000
ISSUE = {"type": "issue_ticket", "services": ["ausweis"]}


@pytest.fixture
async def quiet_room(make_up: MakeUp, rng: random.Random) -> AsyncIterator[Room]:
    up = make_up()
    await up.start()
    async with room(up, rng) as one:
        yield one
        assert one.wall.lives == one.counter.lives == 1, "others were cut off"
        issued = await one.hand.press(**ISSUE)
        assert issued["result"]["ticket"]["number"]
        await one.agrees()
        assert "Traceback" not in up.words()
        assert one.token not in up.words()


def padded(size: int) -> bytes:
    """A good command in a body of exactly `size` bytes."""
    body = json.dumps(ISSUE).encode()
    return body[:-1] + b" " * (size - len(body)) + b"}"


@dataclass(frozen=True)
class Sent:
    """A body, and the expected answer."""

    body: bytes
    status: int
    code: str | None
    media: str = "application/json"


BODIES = {
    "64 KiB": Sent(padded(64 * 1024), 200, None),
    "one byte more": Sent(padded(64 * 1024 + 1), 413, "too_large"),
    "8 MiB": Sent(padded(8 * 1024 * 1024), 413, "too_large"),
    "deep lists": Sent(b"[" * DEEP, 422, "invalid"),
    "deep lists that end": Sent(b"[" * DEEP + b"]" * DEEP, 422, "invalid"),
    "deep in a field": Sent(b'{"type":"issue_ticket","services":' + b"[" * DEEP + b"]" * DEEP + b"}", 422, "invalid"),
    "deep in a field nobody knows": Sent(
        b'{"type":"issue_ticket","services":["ausweis"],"x":' + b'{"x":' * 8_000 + b"1" + b"}" * 8_000 + b"}",
        422,
        "invalid",
    ),
    "not UTF-8": Sent(b'{"type":"issue_ticket","services":["\xff\xfe"]}', 400, "malformed"),
    "half a surrogate": Sent(b'{"type":"issue_ticket","services":["\\ud800"]}', 400, "malformed"),
    "a null byte": Sent(b'{"type":"issue_ticket","services":["ausweis\x00"]}', 400, "malformed"),
    "nothing": Sent(b"", 400, "malformed"),
    "no object": Sent(b"42", 422, "invalid"),
    "an unknown command": Sent(b'{"type":"drop_table"}', 422, "invalid"),
    "a huge number": Sent(
        b'{"type":"issue_ticket","services":["ausweis"],"persons":1' + b"0" * 400 + b"}", 422, "invalid"
    ),
    "no JSON": Sent(b"services=ausweis", 415, "not_json", "application/x-www-form-urlencoded"),
}


async def test_bodies(quiet_room: Room) -> None:
    """Each gets its own code as an answer; after all of them one ticket was issued, for the good body."""
    url = f"{quiet_room.up.url}/api/v1/offices/{OFFICE}/commands"
    mistaken: dict[str, object] = {}
    async with httpx.AsyncClient(trust_env=False, timeout=LIMIT_S) as client:
        for name, sent in BODIES.items():
            headers = {
                "Authorization": f"Bearer {quiet_room.token}",
                "Content-Type": sent.media,
                "Idempotency-Key": name.replace(" ", "-"),
            }
            answer = await client.post(url, content=sent.body, headers=headers)
            said: dict[str, Any] = answer.json()
            if (answer.status_code, said.get("code")) != (sent.status, sent.code):
                mistaken[name] = (answer.status_code, said)
            if answer.status_code != 200 and answer.headers["content-type"] != "application/problem+json":
                mistaken[name] = (answer.status_code, answer.headers["content-type"])

    assert mistaken == {}


HELLO = '{"type":"hello","board":"display","id":"hall"}'
FRAMES: dict[str, tuple[list[str | bytes], int]] = {
    "no JSON": (["hello?"], 4400),
    "bytes": ([HELLO.encode()], 4400),
    "deep": (["[" * DEEP], 4400),
    "deep after the hello": ([HELLO, '{"type":"command","key":"k","command":' + "[" * DEEP + "]" * DEEP + "}"], 4400),
    "no hello first": (['{"type":"speak","zone":"hall"}'], 4400),
    "hello twice": ([HELLO, HELLO], 4400),
    "a board nobody has": (['{"type":"hello","board":"display","id":"nowhere"}'], 4404),
    "a bad token": (['{"type":"hello","board":"supervisor","token":"aufruf_guessed"}'], 4401),
    "no token": (['{"type":"hello","board":"counter","id":"1"}'], 4401),
    "silence": ([], 4401),
}


async def test_frames(quiet_room: Room) -> None:
    """Each socket is closed with its own code, a silent one after five seconds."""

    async def said(frames: list[str | bytes]) -> int:
        async with websockets.connect(quiet_room.up.live, compression=None, proxy=None, close_timeout=1) as line:
            for frame in frames:
                await line.send(frame)
            async with asyncio.timeout(LIMIT_S):
                await line.wait_closed()
            assert line.close_code
            return line.close_code

    codes = await asyncio.gather(*(said(frames) for frames, _ in FRAMES.values()))

    assert dict(zip(FRAMES, codes, strict=True)) == {name: code for name, (_, code) in FRAMES.items()}


async def test_a_frame_too_large_ends_its_own_socket_only(quiet_room: Room) -> None:
    async with websockets.connect(quiet_room.up.live, compression=None, proxy=None, close_timeout=1) as line:
        await line.send(HELLO)
        await line.recv()
        await line.send('{"type":"report","kind":"' + "x" * 70_000 + '"}')
        async with asyncio.timeout(LIMIT_S):
            await line.wait_closed()

    assert line.close_code in (1009, 4400)


RAW = {
    "nothing at all": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: ",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00" + bytes(range(256)),
    "a head without end": b"GET / HTTP/1.1\r\n" + b"X-More: more and more\r\n" * 40_000,
    "half a body": b"POST /api/v1/offices/mitte/commands HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
    "half a handshake": b"GET /api/v1/offices/mitte/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
}


async def test_lines_that_lead_nowhere_are_answered_or_ended(quiet_room: Room) -> None:
    """Whatever they send or do not send, the server answers or closes them within its own time limits."""

    async def ended(words: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", quiet_room.up.port)
        try:
            writer.write(words)
            await writer.drain()
            await reader.read(1)  # an answer, or the end
        except ConnectionError:
            return
        finally:
            writer.close()

    async with asyncio.timeout(LIMIT_S + 10):
        lines = {name: asyncio.create_task(ended(words)) for name, words in RAW.items()}
        await asyncio.wait(lines.values(), timeout=LIMIT_S)
        left = [name for name, line in lines.items() if not line.done()]
        for line in lines.values():
            line.cancel()

    assert left == []
    assert (await wrong([quiet_room.wall], quiet_room.up, time.monotonic() + AT_ONCE_S)).walls == []
