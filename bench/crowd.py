"""Thousands of displays or phones in one process: connect, say hello, note which board came when. Controlled by JSON lines.

Run as `python -m bench.crowd`, driven by `gathering`. `{"do": "join", ...}` adds sockets and answers once each has its first
board; `{"do": "poll", ...}` adds clients that ask for a board every so often instead; `{"do": "report"}` tells what came since
the last report: per seq how many, the first and the last instant (ns, CLOCK_MONOTONIC) and their sum; and how many frames and
bytes.
"""

import heapq
import json
import random
import resource
import select
import socket
import sys
import time
from itertools import cycle
from typing import Any

from bench.sockets import BOARD, CLOSE, PING, PONG, client_frame, frames, handshake, seq_of

TOGETHER = 128
"""Handshakes at a time: a real crowd does not come within one millisecond, and half-open sockets are limited."""


class One:
    """One client. `seen`: the newest seq it was shown; `door`: the server's address by which it comes."""

    __slots__ = ("buffer", "door", "greeted", "hello", "host", "open", "path", "polls", "seen", "socket")

    def __init__(self, host: str, path: str, hello: bytes, polls: bytes | None, door: str) -> None:
        self.host, self.path, self.hello, self.polls, self.door = host, path, hello, polls, door
        self.buffer = bytearray()
        self.greeted = self.open = False
        self.seen = -1
        self.socket = socket.socket()

    def connect(self, port: int) -> None:
        self.socket.connect((self.door, port))
        self.socket.setblocking(False)
        if self.polls is None:
            self.socket.send(handshake(self.host, self.path))

    def ask(self) -> None:
        assert self.polls is not None
        self.socket.send(self.polls)


class Crowd:
    """All clients of this process. `came`: seq → [how many, first, last, sum] in ns."""

    def __init__(self) -> None:
        self.poller = select.epoll()
        self.ones: dict[int, One] = {}
        self.queue: list[tuple[One, int]] = []
        self.joining = 0
        self.came: dict[int, list[int]] = {}
        self.lost = self.received = self.frames = self.last_length = 0
        self.every_s = 0.0
        self.turns: list[tuple[float, int]] = []
        self._last: tuple[bytes, int] = (b"", 0)

    def live(self) -> None:
        self.poller.register(sys.stdin.fileno(), select.EPOLLIN)
        while True:
            for fd, _ in self.poller.poll(self._until_next()):
                if fd == sys.stdin.fileno():
                    if not self._told(sys.stdin.readline()):
                        return
                else:
                    self._readable(self.ones[fd])
            self._take_turns()
            self._let_in()

    # commands of the driver

    def _told(self, line: str) -> bool:
        if not line:
            return False
        said: dict[str, Any] = json.loads(line)
        if said["do"] == "report":
            self._answer(came={str(seq): found for seq, found in self.came.items()}, lost=self.lost,
                         received=self.received, frames=self.frames, length=self.last_length,
                         open=len(self.ones))  # fmt: skip
            self.came, self.received, self.frames = {}, 0, 0
        else:
            self._add(said)
        return True

    def _add(self, said: dict[str, Any]) -> None:
        self.every_s = said.get("every_s", 0.0)
        polls = None
        if self.every_s:
            head = f"GET {said['path']} HTTP/1.1\r\nHost: {said['host']}\r\n"
            polls = (
                head + "".join(f"{name}: {value}\r\n" for name, value in said["headers"].items()) + "\r\n"
            ).encode()
        for hello, door in zip(said["hellos"], cycle(said["doors"])):
            one = One(said["host"], said["path"], client_frame(hello.encode()), polls, door)
            self.queue.append((one, said["port"]))
        self._let_in()

    def _answer(self, **said: Any) -> None:
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()

    # sockets

    def _let_in(self) -> None:
        while self.queue and self.joining < TOGETHER:
            one, port = self.queue.pop()
            one.connect(port)
            self.ones[one.socket.fileno()] = one
            self.poller.register(one.socket.fileno(), select.EPOLLIN)
            self.joining += 1
            if one.polls is not None:
                one.ask()

    def _inside(self, one: One) -> None:
        if not one.open:
            one.open = True
            self.joining -= 1
            if one.polls is not None:  # from now on at its own moments, spread over the interval
                heapq.heappush(self.turns, (time.monotonic() + random.random() * self.every_s, one.socket.fileno()))
            if not self.joining and not self.queue:
                self._answer(open=len(self.ones))

    def _readable(self, one: One) -> None:
        try:
            data = one.socket.recv(262_144)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        now = time.monotonic_ns()
        if not data:
            self._gone(one)
            return
        self.received += len(data)
        one.buffer += data
        if one.polls is not None:
            self._answered(one, now)
        elif one.greeted or self._greeted(one):
            self._framed(one, now)

    def _greeted(self, one: One) -> bool:
        head, found, rest = bytes(one.buffer).partition(b"\r\n\r\n")
        if not found:
            return False
        if b" 101 " not in head[:20]:
            raise SystemExit(f"no websocket: {head[:200]!r}")
        one.buffer[:] = rest
        one.greeted = True
        one.socket.send(one.hello)
        return True

    def _framed(self, one: One, now: int) -> None:
        for opcode, payload in frames(one.buffer):
            self.frames += 1
            if payload.startswith(BOARD):
                self._shown(one, payload, now)
            elif opcode == PING:
                one.socket.send(client_frame(payload, PONG))
            elif opcode == CLOSE:
                sys.stderr.write(f"closed: {payload!r}\n")
                self._gone(one)
                return

    def _answered(self, one: One, now: int) -> None:
        head, found, rest = bytes(one.buffer).partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(rest) >= length:
            one.buffer.clear()
            if b" 200 " not in head[:20]:
                raise SystemExit(f"no board: {head[:200]!r} {rest[:200]!r}")
            self._noted(one, int(head.lower().partition(b"aufruf-seq: ")[2].partition(b"\r\n")[0]), now)

    def _shown(self, one: One, payload: bytes, now: int) -> None:
        if payload != self._last[0]:
            self._last = (payload, seq_of(payload))
            self.last_length = len(payload)
        self._noted(one, self._last[1], now)

    def _noted(self, one: One, seq: int, now: int) -> None:
        if seq > one.seen:
            one.seen = seq
            found = self.came.get(seq)
            if found is None:
                self.came[seq] = [1, now, now, now]
            else:
                found[0] += 1
                found[2] = now
                found[3] += now
        self._inside(one)

    def _gone(self, one: One) -> None:
        self.lost += 1
        self.poller.unregister(one.socket.fileno())
        self.ones.pop(one.socket.fileno())
        one.socket.close()
        if not one.open:
            raise SystemExit("a socket was closed before its first board")

    # polling

    def _until_next(self) -> float:
        return max(0.0, self.turns[0][0] - time.monotonic()) if self.turns else -1

    def _take_turns(self) -> None:
        now = time.monotonic()
        while self.turns and self.turns[0][0] <= now:
            due, fd = heapq.heappop(self.turns)
            if fd in self.ones:
                self.ones[fd].ask()
                heapq.heappush(self.turns, (due + self.every_s, fd))


if __name__ == "__main__":
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    Crowd().live()
