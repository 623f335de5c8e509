"""A thousand people who open the slot page of an office within half a minute, and choose the slot that they see first.

Run as `python -m bench.readers`, told by a line of JSON on stdin: port, path, people, seconds. Each comes from an address of
their own by the header of a trusted proxy. Prints the milliseconds of each page and of each choice, and how many hold a slot.
"""

import asyncio
import json
import random
import re
import sys
import time
from html import unescape
from typing import Any
from urllib.parse import urlencode

FIELD = re.compile(rb'type="hidden" name="(\w+)" value="([^"]*)"')
START = re.compile(rb'name="start" value="([^"]+)" aria-label')


class Reader:
    """One person."""

    def __init__(self, said: dict[str, Any], number: int) -> None:
        self._said = said
        self._head = (
            f"Host: bench\r\nAccept: text/html\r\nX-Forwarded-For: 198.18.{number // 250}.{number % 250 + 1}\r\n"
        )
        self.page_ms = self.choice_ms = 0.0
        self.held = False

    async def live(self) -> None:
        await asyncio.sleep(random.random() * self._said["seconds"])
        reader, writer = await asyncio.open_connection("127.0.0.1", self._said["port"])
        begin = time.perf_counter()
        writer.write(f"GET {self._said['path']} HTTP/1.1\r\n{self._head}\r\n".encode())
        status, page = await _answer(reader)
        self.page_ms = (time.perf_counter() - begin) * 1000
        if status != 200:
            raise SystemExit(f"the slot page: {status} {page[:200]!r}")
        start = START.search(page)
        if start is not None:
            form = next(
                one
                for one in re.findall(rb"<form method=\"post\".*?</form>", page, re.DOTALL)
                if b'value="hold"' in one
            )
            fields = {name.decode(): unescape(value.decode()) for name, value in FIELD.findall(form)}
            body = urlencode({**fields, "start": start[1].decode()}).encode()
            path = self._said["path"].partition("?")[0]
            head = f"POST {path} HTTP/1.1\r\n{self._head}Content-Type: application/x-www-form-urlencoded\r\n"
            begin = time.perf_counter()
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            status, page = await _answer(reader)
            self.choice_ms = (time.perf_counter() - begin) * 1000
            self.held = status == 303
            if status not in (303, 409):  # 409: somebody was quicker
                raise SystemExit(f"a choice: {status} {page[:200]!r}")
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)


async def main() -> None:
    said = json.loads(sys.stdin.readline())
    people = [Reader(said, number) for number in range(said["people"])]
    await asyncio.gather(*(one.live() for one in people))
    choices = [one.choice_ms for one in people if one.choice_ms]
    found = {"pages": [one.page_ms for one in people], "choices": choices, "held": sum(one.held for one in people)}
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
