"""The minimum for push: one raw XADD with the same fsync, then one ready-made frame written to every socket, on uvloop.

Run as `python -m bench.floor STORE-URL LENGTH`; prints its port. A plain connection that sends "press" lines is the presser;
each is answered with its seq. Everything else is a display.
"""

import asyncio
import sys
from hashlib import sha1

import uvloop
from redis.asyncio import Redis

from bench.sockets import server_frame

BODY = b"x" * 300


class Floor:
    """`length`: bytes of a frame's payload, the same as of a real board."""

    def __init__(self, url: str, length: int) -> None:
        self._redis = Redis(unix_socket_path=url.removeprefix("unix://"))
        self._length = length
        self._seq = 0
        self._displays: list[asyncio.StreamWriter] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        if line == b"press\n":
            await self._presses(reader, writer)
            return
        head = line + await reader.readuntil(b"\r\n\r\n")
        accept = sha1(head, usedforsecurity=False).hexdigest()
        writer.write(f"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        await reader.read(65_536)  # the hello
        writer.write(self._frame())
        self._displays.append(writer)

    async def _presses(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = b"press\n"
        while line:
            await self._redis.xadd("floor", {"m": "abcdefghijkl", "b": BODY})
            self._seq += 1
            writer.write(f"{self._seq}\n".encode())
            frame = self._frame()
            for display in self._displays:
                display.transport.write(frame)
            line = await reader.readline()

    def _frame(self) -> bytes:
        payload = f'{{"type":"board","seq":{self._seq},"board":"'.encode()
        return server_frame(payload.ljust(max(self._length - 2, 0), b"x") + b'"}')


async def main(url: str, length: int) -> None:
    floor = Floor(url, length)
    server = await asyncio.start_server(floor.talk, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2])))
