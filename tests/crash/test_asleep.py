"""Presses that were held up: before a stopped node, in a stopped client, on the way between. None of them is done late.

A press is too old after 15 s, so that is how long everybody sleeps here; a slow machine only makes it older.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from typing import Any, Self

import httpx
import msgspec
import pytest
import websockets

from device_line.address import Address
from device_line.line import LIVE, Line
from device_line.presses import NotTaken, Presses
from server.messages.frames import FromServer
from server.tasks import Tasks
from tests.crash.conftest import MakeUp
from tests.crash.reading import log_of
from tests.crash.up import OFFICE, ROOT, Up

TOO_OLD_S = 16.0
CHUNK = 1 << 16


class Gate:
    """Between a client and a node: holds the first packet that contains `word`, in either direction, until `let_through`."""

    def __init__(self, port: int, word: bytes) -> None:
        self._port, self._word = port, word
        self.holds, self._open = asyncio.Event(), asyncio.Event()
        self._tasks = Tasks("gate")

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._tasks.close()

    def let_through(self) -> None:
        self._open.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, there = await asyncio.open_connection("127.0.0.1", self._port)
        self._tasks.start(self._hand_on(reader, there), "there")
        self._tasks.start(self._hand_on(back, writer), "back")

    async def _hand_on(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while said := await source.read(CHUNK):
                if self._word in said:
                    self.holds.set()
                    await self._open.wait()
                sink.write(said)
        except OSError:
            return
        finally:
            sink.close()


@contextlib.contextmanager
def pressing(up: Up, url: str, counter: str, token: str) -> Iterator[subprocess.Popen[bytes]]:
    """`aufruf press next` as a separate process."""
    secret = up.data / f"{counter}.token"
    secret.write_text(token)
    where = ["--server", url, "--token-file", str(secret), "--counter", f"{OFFICE}/{counter}"]
    command = [sys.executable, "-m", "server.command_line", "press", "next", *where]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


async def said(process: subprocess.Popen[bytes]) -> tuple[int | None, str]:
    _, words = await asyncio.to_thread(process.communicate)
    return process.returncode, words.decode()


async def not_taken(press: Coroutine[Any, Any, Any]) -> str:
    with pytest.raises(NotTaken) as refused:
        await press
    return str(refused.value.problem["code"])


class Room:
    """A supervisor at a node: opens counters, issues tickets, counts calls."""

    def __init__(self, up: Up, token: str) -> None:
        self.up, self.token, self._keys = up, token, 0
        self._http = httpx.AsyncClient(
            base_url=up.url, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=60
        )

    async def press(self, **command: Any) -> dict[str, Any]:
        self._keys += 1
        headers = {"Idempotency-Key": f"room-{self._keys}"}
        answer = await self._http.post(f"/api/v1/offices/{OFFICE}/commands", json=command, headers=headers)
        return dict(answer.json())

    async def close(self) -> None:
        await self._http.aclose()

    async def calls(self) -> int:
        return len([event for event in await log_of(self.up, self.token) if event["type"] == "ticket_called"])


async def test_no_press_that_lay_is_done_late(make_up: MakeUp) -> None:
    up = make_up()
    await up.start()
    room = Room(up, await up.token("supervisor"))
    for counter in "12345":
        await room.press(type="open_counter", counter=counter, services=["ausweis"])
        await room.press(type="issue_ticket", services=["ausweis"])
    tasks = Tasks("asleep")
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(room.close)
        stack.push_async_callback(tasks.close)
        live = asyncio.Event()
        line = Line(
            Address(up.url, room.token),
            "counter",
            "2",
            office=OFFICE,
            stands=lambda state: live.set() if state == LIVE else None,
        )
        presses = Presses(line)

        async def hear(frame: FromServer) -> None:
            presses.hear(frame)

        tasks.start(line.run(hear), "line")
        await live.wait()
        socket = await stack.enter_async_context(websockets.connect(up.live))
        await socket.send(
            msgspec.json.encode({"type": "hello", "board": "counter", "id": "3", "token": room.token}).decode()
        )
        assert "welcome" in str(await socket.recv())
        late = await stack.enter_async_context(Gate(up.port, b"POST"))
        sleeping = await stack.enter_async_context(Gate(up.port, b"aufruf-at"))
        sent = stack.enter_context(pressing(up, late.url, "4", room.token))
        asleep = stack.enter_context(pressing(up, sleeping.url, "5", room.token))
        await late.holds.wait()
        await sleeping.holds.wait()

        asleep.send_signal(signal.SIGSTOP)
        os.kill(up.pid, signal.SIGSTOP)
        late.let_through()
        sleeping.let_through()
        bare = tasks.start(room.press(type="call_next", counter="1"), "bare")
        agent = tasks.start(not_taken(presses.press({"type": "call_next", "counter": "2"})), "agent")
        await socket.send('{"type":"command","key":"s","age_ms":0,"command":{"type":"call_next","counter":"3"}}')
        await asyncio.sleep(TOO_OLD_S)
        os.kill(up.pid, signal.SIGCONT)
        asleep.send_signal(signal.SIGCONT)

        assert (await bare)["code"] == "stale_press"
        while "key" not in (answer := msgspec.json.decode(await socket.recv())):
            pass
        assert answer["problem"]["code"] == "stale_press"
        assert await agent in ("stale_press", "unanswered")
        for process in (sent, asleep):
            code, words = await said(process)
            assert code == 1, words
            assert words.strip()
        assert await room.calls() == 0
        with pressing(up, up.url, "4", room.token) as awake:
            assert (await said(awake))[0] == 0, "who presses now is served at once"
        assert await room.calls() == 1
