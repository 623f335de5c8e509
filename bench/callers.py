"""Fifty callers in one process; each presses over HTTP as soon as its last press was answered.

Run as `python -m bench.callers`, told by a line of JSON on stdin. Half the presses issue a ticket, half cancel it. Prints the
count, the seconds and the latencies in ms.
"""

import asyncio
import json
import os
import sys
import time
from typing import Any

CREATED = b'"ticket":{"id":"'


class Caller:
    """One kept-alive connection."""

    def __init__(self, said: dict[str, Any], token: str) -> None:
        self._said = said
        self._head = f"POST {said['path']} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        self._head += f"Authorization: Bearer {token}\r\n"
        self._name, self._number = os.urandom(6).hex(), 0
        self.waits: list[float] = []

    async def live(self, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._said["port"])
        ticket = b""
        while time.perf_counter() < until:
            body = (
                b'{"type":"cancel_ticket","ticket":"' + ticket + b'"}'
                if ticket
                else b'{"type":"issue_ticket","services":["ausweis"]}'
            )
            begin = time.perf_counter()
            answer = await self._press(reader, writer, body)
            self.waits.append((time.perf_counter() - begin) * 1000)
            ticket = b"" if ticket else answer.partition(CREATED)[2].partition(b'"')[0]
        writer.close()

    async def _press(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> bytes:
        self._number += 1
        key = f"Idempotency-Key: {self._name}-{self._number}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write((self._head + key).encode() + body)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        answer = await reader.readexactly(length)
        if b" 200 " not in head[:20]:
            raise SystemExit(answer.decode())
        return answer


async def main() -> None:
    said = json.loads(sys.stdin.readline())
    callers = [Caller(said, token) for token in said["tokens"]]
    begin = time.perf_counter()
    await asyncio.gather(*(caller.live(begin + said["seconds"]) for caller in callers))
    waits = [wait for caller in callers for wait in caller.waits]
    print(json.dumps({"seconds": time.perf_counter() - begin, "waits": waits}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
