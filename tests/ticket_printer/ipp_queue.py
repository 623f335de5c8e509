"""A strict small print queue for tests: an HTTP server that reads and answers IPP (RFC 8010), and fails on demand."""

import asyncio
import ssl
import struct
from dataclasses import dataclass, field
from typing import Self

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0008, 0x0009, 0x000B
OK, REFUSED_FORMAT = 0x0000, 0x040A


class NotUnderstood(Exception):
    """A request that is no IPP."""


@dataclass
class IppQueue:
    """`papers`: the documents that were printed. Set a fault before the agent connects."""

    reasons: tuple[str, ...] = ("none",)
    state: int = 3
    accepting: bool = True
    papers: list[bytes] = field(default_factory=list)
    held: list[bytes] = field(default_factory=list)
    canceled: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    refuses_job: bool = False
    hangs_up_in_job: bool = False
    hangs_up_behind_job: bool = False
    holds_job: bool = False
    aborts_job: bool = False
    silent: bool = False
    garbage: bytes = b""

    async def start(self, tls: ssl.SSLContext | None = None) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=tls)
        self.port = int(self._server.sockets[0].getsockname()[1])
        self._tasks: set[asyncio.Task[None]] = set()
        return self

    async def stop(self) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def address(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while True:
                await self._request(reader, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        except NotUnderstood as fault:
            self.faults.append(str(fault))
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = {name.lower(): value for name, _, value in (one.partition(": ") for one in head.split("\r\n")[1:])}
        if not head.startswith("POST /ipp/print HTTP/1.1") or lines.get("content-type") != "application/ipp":
            raise NotUnderstood(head)
        if self.silent:
            await asyncio.Event().wait()
        size = int(lines["content-length"])
        begun = await reader.readexactly(8)
        operation = struct.unpack(">h", begun[2:4])[0]
        if operation == PRINT_JOB and self.hangs_up_in_job:
            writer.transport.abort()
            raise ConnectionResetError
        values, document = _read(begun + await reader.readexactly(size - 8))
        answer = self.garbage or self._answer(operation, begun[4:8], values, document)
        if operation == PRINT_JOB and self.hangs_up_behind_job:
            writer.transport.abort()
            raise ConnectionResetError
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n")
        writer.write(f"Content-Length: {len(answer)}\r\n\r\n".encode() + answer)
        await writer.drain()

    def _answer(self, operation: int, request: bytes, values: dict[str, bytes], document: bytes) -> bytes:
        begin = b"\x02\x00" + struct.pack(">h", REFUSED_FORMAT if self._refuses(operation) else OK) + request
        begin += b"\x01" + _text(0x47, "attributes-charset", "utf-8")
        begin += _text(0x48, "attributes-natural-language", "en-us")
        if self._refuses(operation):
            return begin + b"\x03"
        if operation == PRINT_JOB:
            if values.get("document-format") != b"application/pdf" or not document.startswith(b"%PDF-"):
                raise NotUnderstood(f"a document of {values.get('document-format')!r}")
            (self.held if self.holds_job or self.aborts_job else self.papers).append(document)
            return begin + b"\x02" + _number(0x21, "job-id", 7) + _number(0x23, "job-state", 5) + b"\x03"
        if operation == GET_JOB:
            state = 8 if self.aborts_job else 4 if self.holds_job else 9
            return begin + b"\x02" + _number(0x21, "job-id", 7) + _number(0x23, "job-state", state) + b"\x03"
        if operation == CANCEL_JOB:
            self.canceled.append(struct.unpack(">i", values["job-id"])[0])
            return begin + b"\x03"
        if operation != GET_PRINTER:
            raise NotUnderstood(f"operation {operation}")
        said = _number(0x23, "printer-state", self.state)
        for place, reason in enumerate(self.reasons):
            said += _text(0x44, "printer-state-reasons" if place == 0 else "", reason)
        said += b"\x22" + struct.pack(">h", 25) + b"printer-is-accepting-jobs" + b"\0\x01" + bytes((self.accepting,))
        return begin + b"\x04" + said + b"\x03"

    def _refuses(self, operation: int) -> bool:
        return self.refuses_job and operation == PRINT_JOB


def _text(tag: int, name: str, value: str) -> bytes:
    said = value.encode()
    return bytes((tag,)) + struct.pack(">h", len(name)) + name.encode() + struct.pack(">h", len(said)) + said


def _number(tag: int, name: str, value: int) -> bytes:
    return bytes((tag,)) + struct.pack(">h", len(name)) + name.encode() + b"\0\x04" + struct.pack(">i", value)


def _read(request: bytes) -> tuple[dict[str, bytes], bytes]:
    """The first value of each attribute, and what follows them."""
    values: dict[str, bytes] = {}
    at = 8
    while request[at] != 3:
        if request[at] < 0x10:
            at += 1
            continue
        long = struct.unpack(">h", request[at + 1 : at + 3])[0]
        name = request[at + 3 : at + 3 + long].decode()
        at += 3 + long
        size = struct.unpack(">h", request[at : at + 2])[0]
        values.setdefault(name, request[at + 2 : at + 2 + size])
        at += 2 + size
    return values, request[at + 1 :]
