"""A strict small Star printer on TCP, written from Star's line mode specification: raster rows, status blocks, a counter of ETB.

It has the faults of `fake_printer`, and refuses every command that a ticket does not need.
"""

import asyncio

from PIL import Image

from tests.ticket_printer.fake_printer import FakePrinter, NotUnderstood, Session

STATES = {
    "ok": (0, 0, 0, 0),
    "paper_low": (0, 0, 0, 0x04),
    "paper_out": (0x08, 0, 0, 0x0C),
    "cover_open": (0x28, 0, 0, 0),
    "cutter": (0x08, 0x08, 0, 0),
    "error": (0x08, 0x20, 0, 0),
    "offline": (0x08, 0, 0, 0),
}
"""Status bytes three to six."""
QUESTION = b"\x1b\x06\x01"


class StarPrinter(FakePrinter):
    """`slow_zero`: for so many questions it still shows an old count. `short_blocks`: its interface adds no length."""

    slow_zero = 0
    short_blocks = False

    @property
    def address(self) -> str:
        return f"star://127.0.0.1:{self.port}"

    def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Session:
        return _StarSession(self, reader, writer)


class _StarSession(Session):
    def __init__(self, printer: StarPrinter, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(printer, reader, writer)
        self._star = printer
        self._count, self._silent, self._in_raster = 3, False, False
        self._rows: list[bytes] = []
        self._left = printer.slow_zero

    async def _give_up(self) -> None:
        if self._star.dies_after is not None:
            self._writer.transport.abort()
            raise ConnectionResetError
        self._star.state = "paper_out"
        seen = b""
        while True:
            seen = (seen + await self._reader.readexactly(1))[-3:]
            if seen == QUESTION:
                await self._block()

    async def _command(self, first: int) -> None:
        if first == 0x17:
            await self._printed()
        elif first == ord("b") and self._in_raster:
            await self._row()
        elif first == 0x1B:
            await self._escape((await self._reader.readexactly(1))[0])
        else:
            raise NotUnderstood(f"unknown byte {first:02x}")

    async def _escape(self, second: int) -> None:
        if second == 0x06 and await self._reader.readexactly(1) == b"\x01":
            if not self._silent:
                raise NotUnderstood("a question while automatic status is on")
            await self._block()
        elif second == 0x1E:
            what = await self._reader.readexactly(2)
            if what == b"a\x00":
                self._silent = True
            elif what == b"E\x00":
                self._count, self._left = 0, self._star.slow_zero
            else:
                raise NotUnderstood(f"ESC RS {what!r}")
        elif second == ord("*"):
            await self._raster_command(await self._reader.readexactly(2))
        elif second == 0x0C and await self._take(1) == b"\x04":
            self._end()
        else:
            raise NotUnderstood(f"ESC {second:02x}")

    async def _raster_command(self, name: bytes) -> None:
        if name == b"rA":
            self._in_raster, self._rows = True, []
            self._printer.jobs_begun += 1
        elif name == b"rB" and self._in_raster:
            self._in_raster = False
            if self._rows:
                raise NotUnderstood("rows without an end of the document")
        elif name in (b"rP", b"rE") and self._in_raster:
            said = b""
            while (one := await self._take(1)) != b"\0":
                said += one
            if said != (b"0" if name == b"rP" else b"13"):
                raise NotUnderstood(f"{name!r} {said!r}")
        else:
            raise NotUnderstood(f"ESC * {name!r}")

    async def _row(self) -> None:
        size = int.from_bytes(await self._take(2), "little")
        if not 1 <= size <= 72:
            raise NotUnderstood(f"a row of {size} bytes")
        row = await self._take(size)
        self._rows.append(row)
        dots = bytes(byte ^ 0xFF for byte in row.ljust(72, b"\0"))
        self._printer.scrap.append(Image.frombytes("1", (576, 1), dots))

    def _end(self) -> None:
        if not self._rows:
            raise NotUnderstood("the end of an empty document")
        self._rows = []
        self._printer.cut_off()

    async def _printed(self) -> None:
        if self._printer.dies_before_confirmation:
            self._writer.transport.abort()
            raise ConnectionResetError
        if not self._printer.no_confirmation:
            self._count += 1

    async def _block(self) -> None:
        count = self._count
        if count == 0 and self._left > 0:
            self._left, count = self._left - 1, 3
        third, fourth, fifth, sixth = STATES[self._printer.state]
        eighth = (count & 7) << 1 | (count & 24) << 2
        second = 0x06 if self._star.short_blocks else 0x86
        block = bytes((0x23, second, third, fourth, fifth, sixth, 0, eighth, 0))
        await self._answer(block if self._star.short_blocks else block + b"\0\0")

    async def _answer(self, data: bytes) -> None:
        if self._printer.one_way:
            return
        await self._printer.may_answer.wait()
        self._writer.write((b"\x11" if self._printer.talks_unasked else b"") + data)
        await self._writer.drain()
