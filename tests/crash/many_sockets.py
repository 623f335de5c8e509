"""Opens very many useless sockets: silent ones, half request heads, handshakes without a hello, screens that never read.

Usage: python -m tests.crash.many_sockets PORT COUNT KIND. Prints `open N`, keeps them until its stdin ends, then prints
`ended N`: how many the server had hung up on by then. Each thousand comes from another address of 127.0.0.0/8.
"""

import asyncio
import contextlib
import resource
import socket
import sys

HANDSHAKE = (
    b"GET /api/v1/offices/mitte/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
)
AT_ONCE = 200
SMALL = 4096


def masked(text: bytes) -> bytes:
    """A text frame under 126 bytes, masked with zeros."""
    return b"\x81" + bytes([0x80 | len(text)]) + bytes(4) + text


WORDS: dict[str, list[bytes]] = {
    "silent": [],
    "half-head": [b"GET / HTTP/1.1\r\nHost: x\r\n"],
    "no-hello": [HANDSHAKE],
    "no-reading": [HANDSHAKE, masked(b'{"type":"hello","board":"display","id":"hall"}')],
}
"""What is sent, one part after another; an answer is awaited only between two parts."""


async def opened(port: int, number: int, words: list[bytes]) -> socket.socket | None:
    """A connection that has sent its parts and reads no answer; None if it was not accepted."""
    line = socket.socket()
    line.setblocking(False)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    loop = asyncio.get_running_loop()
    try:
        line.bind((f"127.0.{1 + number // 1000}.1", 0))
        async with asyncio.timeout(20):
            await loop.sock_connect(line, ("127.0.0.1", port))
            for said, more in enumerate(words):
                if said:
                    await loop.sock_recv(line, SMALL)
                await loop.sock_sendall(line, more)
    except OSError:
        line.close()
        return None
    return line


async def hung_up(line: socket.socket) -> bool:
    """Whether the server has closed it."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(0.05):
            while await loop.sock_recv(line, 1 << 20):
                pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


async def main(port: int, count: int, kind: str) -> None:
    lines: list[socket.socket] = []
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        made = await asyncio.gather(*(opened(port, number, WORDS[kind]) for number in numbers))
        lines += [line for line in made if line]
    print(f"open {len(lines)}", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    ended = 0
    for start in range(0, len(lines), AT_ONCE):
        ended += sum(await asyncio.gather(*(hung_up(line) for line in lines[start : start + AT_ONCE])))
    print(f"ended {ended}", flush=True)
    for line in lines:
        line.close()


if __name__ == "__main__":
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
