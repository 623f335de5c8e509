"""The minimum for push: one raw XADD with the same fsync, then ready-made frames written to every socket, on uvloop.

Run as `python -m bench.floor STORE-URL`; prints its port. A plain connection that sends "press" lines is the presser; each is
answered with its seq. Every other connection is a display: its path says how long a frame is, and how many there are for each
press (`/3600/1`; a number like 0.5 means one for every other press).
"""

import asyncio
import sys
from hashlib import sha1

import uvloop
from redis.asyncio import Redis

from bench.sockets import server_frame

BODY = b"x" * 300


class Crowd:
    """The displays of one path."""

    def __init__(self, path: str) -> None:
        length, each = path.strip("/").split("/")
        self.length, self.each, self.owed = int(length), float(each), 0.0
        self.displays: list[asyncio.StreamWriter] = []

    def frame(self, seq: int) -> bytes:
        payload = f'{{"type":"board","seq":{seq},"board":"'.encode()
        return server_frame(payload.ljust(max(self.length - 2, 0), b"x") + b'"}')

    def press(self, seq: int) -> None:
        frame = self.frame(seq)
        self.owed += self.each
        while self.owed >= 1:
            self.owed -= 1
            for display in self.displays:
                display.transport.write(frame)


class Floor:
    def __init__(self, url: str) -> None:
        self._redis = Redis(unix_socket_path=url.removeprefix("unix://"))
        self._seq = 0
        self._crowds: dict[str, Crowd] = {}

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        if line == b"press\n":
            await self._presses(reader, writer)
            return
        head = line + await reader.readuntil(b"\r\n\r\n")
        accept = sha1(head, usedforsecurity=False).hexdigest()
        writer.write(f"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        await reader.read(65_536)  # the hello
        path = line.split()[1].decode()
        crowd = self._crowds.get(path) or self._crowds.setdefault(path, Crowd(path))
        writer.write(crowd.frame(self._seq))
        crowd.displays.append(writer)

    async def _presses(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = b"press\n"
        while line:
            await self._redis.xadd("floor", {"m": "abcdefghijkl", "b": BODY})
            self._seq += 1
            writer.write(f"{self._seq}\n".encode())
            for crowd in self._crowds.values():
                crowd.press(self._seq)
            line = await reader.readline()


async def main(url: str) -> None:
    floor = Floor(url)
    server = await asyncio.start_server(floor.talk, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
