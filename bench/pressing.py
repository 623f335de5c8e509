"""Presses timed until the last display has them: at a counter of a real server, and at the minimum server."""

import asyncio
import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.gathering import Gathering
from bench.measuring import ms, now_ns
from bench.running import OFFICE, Presser, Server
from server.messages import commands as c

LIVE = f"/api/v1/offices/{OFFICE}/live"
HALL = {"type": "hello", "board": "display", "id": "hall"}
COUNTER, SERVICE = "1", "ausweis"


class Timed:
    """Milliseconds from the press to its own answer, to the first, the mean and the last display."""

    def __init__(self, answered: float, first: float, mean: float, last: float) -> None:
        self.answered, self.first, self.mean, self.last = answered, first, mean, last


class Counter:
    """One open counter. `quiet_s`: a pause after each press, so that presses do not disturb each other."""

    def __init__(self, presser: Presser, quiet_s: float) -> None:
        self._presser, self._quiet_s = presser, quiet_s

    def open(self) -> None:
        self._presser.press(c.OpenCounter(counter=COUNTER))

    async def call(self, displays: Gathering) -> tuple[Timed, Timed]:
        """One visit: the call of a new number (its voice is made at the same time), and its repetition (the voice exists)."""
        self._presser.press(c.IssueTicket(services=(SERVICE,)))
        await self._quiet()
        called = await self._timed(c.CallNext(counter=COUNTER), displays)
        await self._quiet()
        repeated = await self._timed(c.RepeatCall(counter=COUNTER), displays)
        self._presser.press(c.StartService(counter=COUNTER))
        self._presser.press(c.FinishService(counter=COUNTER))
        await self._quiet()
        return called, repeated

    async def _timed(self, command: c.Command, displays: Gathering) -> Timed:
        displays.forget()
        begin = now_ns()
        answer = self._presser.press(command)
        answered = now_ns()
        came = await asyncio.to_thread(displays.everybody_saw, answer["seq"])
        return Timed(ms(begin, answered), ms(begin, came.first), (came.mean - begin) / 1e6, ms(begin, came.last))

    async def _quiet(self) -> None:
        await asyncio.sleep(self._quiet_s)


class Floor:
    """The client that presses at the minimum server."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid
        self._line = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.close = self._line.close
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    async def press(self, displays: Gathering) -> Timed:
        displays.forget()
        begin = now_ns()
        self._line.send(b"press\n")
        seq = int(self._line.recv(64))
        answered = now_ns()
        came = await asyncio.to_thread(displays.everybody_saw, seq)
        return Timed(ms(begin, answered), ms(begin, came.first), (came.mean - begin) / 1e6, ms(begin, came.last))


@contextmanager
def floor(url: str) -> Iterator[Floor]:
    """The minimum server in its own process."""
    command = [sys.executable, "-m", "bench.floor", url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            with contextlib.closing(Floor(int(process.stdout.readline()), process.pid)) as pressed:
                yield pressed
        finally:
            process.kill()  # it stores nothing


def join_displays(displays: Gathering, server: Server, count: int) -> None:
    displays.join(server.port, LIVE, [HALL] * count)
