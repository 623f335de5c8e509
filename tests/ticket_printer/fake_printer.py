"""A strict small receipt printer on TCP: prints what ESC/POS tells it, refuses everything else, and fails on demand.

`python -m tests.ticket_printer.fake_printer HOST PORT TRAY` is one in a process of its own: each paper is a picture in TRAY.
"""

import asyncio
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from PIL import Image

ASB = b"\x10\x00\x00\x00"
STATUS = {
    "ok": "12121212",
    "paper_low": "1212121e",
    "paper_out": "1a32127e",
    "cover_open": "1a161212",
    "cutter": "1a521a12",
    "error": "1a523212",
    "offline": "1a121212",
}


class NotUnderstood(Exception):
    """Bytes that are no command of this printer."""


@dataclass
class FakePrinter:
    """`papers`: what was cut off. `scrap`: rasters printed and never cut. Set a fault before the agent connects."""

    state: str = "ok"
    papers: list[Image.Image] = field(default_factory=list)
    scrap: list[Image.Image] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    jobs_begun: int = 0
    never_reads: bool = False
    closes_at_once: bool = False
    one_way: bool = False
    no_confirmation: bool = False
    dies_before_confirmation: bool = False
    talks_unasked: bool = False
    dies_after: int | None = None  # bytes of a ticket
    stops_after: int | None = None  # paper runs out there; real-time status is still answered
    garbage: bytes = b""
    rest_s: float = 0.0  # after each connection, new ones are reset for this time
    turned_away: int = 0
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    cut: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._rests_until = 0.0

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> Self:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # as small as a printer's
        listener.bind((host, port))
        self._server = await asyncio.start_server(self._accept, sock=listener, limit=4096)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    @property
    def paper_count(self) -> int:
        """Papers that a person could hold: cut ones, and an uncut one that hangs out of the printer."""
        return len(self.papers) + bool(self.scrap)

    def cut_off(self) -> None:
        """What was printed since the last cut becomes one paper."""
        parts, self.scrap = self.scrap, []
        paper = Image.new("1", (max(part.width for part in parts), sum(part.height for part in parts)), 1)
        top = 0
        for part in parts:
            paper.paste(part, (0, top))
            top += part.height
        self.papers.append(paper)
        self.cut.set()

    async def stop(self) -> None:
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> "Session":
        return Session(self, reader, writer)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if asyncio.get_running_loop().time() < self._rests_until:
            self.turned_away += 1
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open.add(writer)
        self.connections += 1
        self.most_at_once = max(self.most_at_once, len(self._open))
        try:
            if not self.closes_at_once:
                await self._session(reader, writer).run()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # the other side left, or the test is over
        except NotUnderstood as fault:
            self.faults.append(str(fault))
        finally:
            self._rests_until = asyncio.get_running_loop().time() + self.rest_s
            self._open.discard(writer)
            self._tasks.discard(task)
            writer.close()


class Session:
    def __init__(self, printer: FakePrinter, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._printer, self._reader, self._writer = printer, reader, writer
        self._taken = 0

    async def run(self) -> None:
        if self._printer.never_reads:
            self._writer.transport.pause_reading()  # type: ignore[attr-defined]
            await asyncio.Event().wait()
        if self._printer.garbage:
            self._writer.write(self._printer.garbage)
        while True:
            await self._command((await self._reader.readexactly(1))[0])

    async def _take(self, count: int) -> bytes:
        """Takes bytes of a ticket; here a printer may die or run out of paper."""
        taken = bytearray()
        while len(taken) < count:
            limits = [limit for limit in (self._printer.dies_after, self._printer.stops_after) if limit is not None]
            room = min([count - len(taken), *(limit - self._taken for limit in limits)])
            if room <= 0:
                await self._give_up()
            part = await self._reader.readexactly(room)
            taken += part
            self._taken += len(part)
        return bytes(taken)

    async def _give_up(self) -> None:
        if self._printer.dies_after is not None:
            self._writer.transport.abort()
            raise ConnectionResetError
        # Out of paper: it still takes bytes and answers real-time questions, nothing else.
        self._printer.state = "paper_out"
        seen = b""
        while True:
            seen = (seen + await self._reader.readexactly(1))[-3:]
            if seen[:2] == b"\x10\x04":
                await self._answer_status(seen[2])

    async def _command(self, first: int) -> None:
        if first == 0x10:
            if await self._reader.readexactly(1) != b"\x04":
                raise NotUnderstood("DLE without EOT")
            await self._answer_status((await self._reader.readexactly(1))[0])
            return
        name = bytes((first,)) + await self._reader.readexactly(1)
        if name == b"\x1b@":
            self._printer.jobs_begun += 1
        elif name == b"\x1bd":
            await self._take(1)
        elif name == b"\x1bJ":
            self._printer.scrap.append(Image.new("1", (8, (await self._take(1))[0]), 1))
        elif name == b"\x1dv":
            await self._raster()
        elif name == b"\x1dV":
            await self._cut()
        elif name == b"\x1dr":
            await self._confirm()
        else:
            raise NotUnderstood(f"unknown command {name!r}")

    async def _raster(self) -> None:
        kind, mode, *size = await self._take(6)
        if (kind, mode) != (0x30, 0):
            raise NotUnderstood(f"raster of kind {kind} {mode}")
        width, height = size[0] + 256 * size[1], size[2] + 256 * size[3]
        if not 0 < width <= 72:
            raise NotUnderstood(f"{width * 8} dots do not fit on 576")
        dots = await self._take(width * height)
        picture = Image.frombytes("1", (width * 8, height), bytes(byte ^ 0xFF for byte in dots))
        self._printer.scrap.append(picture)

    async def _cut(self) -> None:
        if await self._take(1) not in (b"\x00", b"\x01"):
            raise NotUnderstood("a cut of another kind")
        if not self._printer.scrap:
            raise NotUnderstood("a cut without a picture")
        self._printer.cut_off()

    async def _confirm(self) -> None:
        if await self._reader.readexactly(1) != b"\x01":
            raise NotUnderstood("GS r of another kind")
        if self._printer.dies_before_confirmation:
            self._writer.transport.abort()
            raise ConnectionResetError
        low = self._printer.state == "paper_low"
        await self._answer(b"" if self._printer.no_confirmation else b"\x03" if low else b"\x00")

    async def _answer_status(self, question: int) -> None:
        await self._answer(bytes((bytes.fromhex(STATUS[self._printer.state])[question - 1],)))

    async def _answer(self, data: bytes) -> None:
        if self._printer.one_way:
            return
        await self._printer.may_answer.wait()
        self._writer.write((ASB + b"\x11" if self._printer.talks_unasked else b"") + data)
        await self._writer.drain()


async def main(host: str, port: int, tray: Path) -> None:
    printer = await FakePrinter().start(port, host)
    kept = 0
    while True:
        await printer.cut.wait()
        printer.cut.clear()
        for paper in printer.papers[kept:]:
            kept += 1
            making = tray / f"{kept}.new"
            paper.save(making, "PNG")
            making.rename(tray / f"{kept}.png")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])))
