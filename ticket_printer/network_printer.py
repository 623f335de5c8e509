"""A receipt printer on the network, over TCP port 9100: its state is asked, then the data is sent, then it is asked again.

Bytes that the kernel took are not printed yet: only the printer's own answer after the data shows that. Made by `address`.
"""

import asyncio
import contextlib
import socket as socketlib
import struct
import sys
from dataclasses import dataclass

from PIL import Image

from ticket_printer.bytes import WIDEST, escpos_bytes
from ticket_printer.status_bytes import CONFIRM, QUESTIONS, Sifter, is_confirmation, is_status, state_of
from ticket_printer.transport import Outcome, PrinterState, Reason, trouble


@dataclass(frozen=True)
class Limits:
    """The longest waits, in seconds."""

    # A printer in the same building accepts a connection in milliseconds; if it takes longer, it is not there.
    connect: float = 2.0
    # Four real-time answers take 3 ms on a healthy printer.
    status: float = 2.0
    # A printer prints while it reads: its buffer may be full for as long as one ticket takes, not longer.
    stall: float = 8.0
    # From the last byte to the answer: printing, feeding, cutting.
    confirm: float = 10.0
    # A one-way print server closes the connection when it has read everything; some never do.
    close: float = 3.0


PIECE = 2048
"""Bytes sent at a time: small, so that a dead printer is noticed early and the kernel holds little that it never read."""


class Broken(Exception):
    """The connection to the printer failed; `reason` says how."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


class NetworkPrinter:
    """A `Transport` over TCP. `one_way`: the print server never answers, so outcomes are `sent`, never `confirmed`."""

    def __init__(self, host: str, port: int = 9100, *, one_way: bool = False, limits: Limits | None = None) -> None:
        self._host, self._port, self._one_way = host, port, one_way
        self._limits = limits or Limits()
        # Receipt printers allow one connection; a second one is refused or, worse, its data is mixed in.
        self._turn = asyncio.Lock()

    async def status(self) -> PrinterState:
        async with self._turn:
            try:
                async with _Connection(self._host, self._port, self._limits) as printer:
                    return "no_status" if self._one_way else await printer.status()
            except Broken as broken:
                return broken.reason

    async def print(self, job: str, image: Image.Image) -> Outcome:
        if image.width > WIDEST:
            return Outcome("failed", "undrawable")
        data = await asyncio.to_thread(escpos_bytes, image)
        async with self._turn:
            try:
                async with _Connection(self._host, self._port, self._limits) as printer:
                    return await self._print(printer, data)
            except Broken as broken:
                return Outcome("failed", broken.reason)

    async def _print(self, printer: "_Connection", data: bytes) -> Outcome:
        state: PrinterState = "no_status" if self._one_way else await printer.status()
        if (cannot := trouble(state)) is not None:
            return Outcome("failed", cannot)
        # From here on something may be printed: after any failure the outcome is `unknown`.
        low = state == "paper_low"
        try:
            await printer.stream(data)
            if self._one_way:
                await printer.hang_up()
                return Outcome("sent")
            await printer.confirm()
        except Broken as broken:
            reason = broken.reason if self._one_way else await printer.cause(broken.reason)
            return Outcome("unknown", reason, low)
        return Outcome("confirmed", paper_low=low)


class _Connection:
    """One connection to a printer. Its methods raise only Broken."""

    _reader: asyncio.StreamReader
    _writer: asyncio.StreamWriter

    def __init__(self, host: str, port: int, limits: Limits) -> None:
        self._host, self._port, self._limits = host, port, limits
        self._sifter = Sifter()

    async def __aenter__(self) -> "_Connection":
        try:
            async with asyncio.timeout(self._limits.connect):
                self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        except TimeoutError:
            raise Broken("offline") from None
        except ConnectionRefusedError:
            raise Broken("refused") from None
        except OSError:
            raise Broken("offline") from None
        self._writer.transport.set_write_buffer_limits(high=0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(self._limits.close):
                await self._writer.wait_closed()
        self._writer.transport.abort()

    async def status(self) -> PrinterState:
        """The real-time status. An answer that no printer can give counts as no answer."""
        answers = bytearray()
        try:
            async with asyncio.timeout(self._limits.status):
                for question in QUESTIONS:
                    await self._send(question)
                    answers.append(await self._answer())
        except TimeoutError:
            raise Broken("no_answer") from None
        return state_of(bytes(answers))

    async def _answer(self) -> int:
        while True:
            for byte in await self._receive():
                if is_status(byte):
                    return byte
                raise Broken("no_answer")

    async def stream(self, data: bytes) -> None:
        """Sends all data in pieces, each within the stall limit."""
        for start in range(0, len(data), PIECE):
            try:
                async with asyncio.timeout(self._limits.stall):
                    await self._send(data[start : start + PIECE])
            except TimeoutError:
                raise Broken("no_answer") from None

    async def confirm(self) -> None:
        """Waits until the printer has processed everything sent so far."""
        try:
            async with asyncio.timeout(self._limits.confirm):
                await self._send(CONFIRM)
                while not any(is_confirmation(byte) for byte in await self._receive()):
                    pass  # late answers to earlier questions: skipped: skipped
        except TimeoutError:
            raise Broken("no_answer") from None

    async def cause(self, reason: Reason) -> Reason:
        """The reason of an unknown outcome: a printer that stopped may still report that its paper ran out."""
        if reason != "no_answer":
            return reason
        try:
            state = await self.status()
        except Broken as broken:
            return broken.reason
        return trouble(state) or reason

    async def hang_up(self) -> None:
        """Closes a one-way connection in such a way that the last bytes are not lost."""
        try:
            self._writer.write_eof()
            async with asyncio.timeout(self._limits.close):
                while await self._reader.read(PIECE):
                    pass
        except TimeoutError:
            if _left_over(self._writer):
                raise Broken("no_answer") from None
        except OSError:
            raise Broken("died") from None
        if _left_over(self._writer):
            raise Broken("died")

    async def _send(self, data: bytes) -> None:
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError:
            raise Broken("died") from None

    async def _receive(self) -> bytes:
        try:
            data = await self._reader.read(256)
        except OSError:
            raise Broken("died") from None
        if not data:
            raise Broken("died")
        return self._sifter.feed(data)


def _left_over(writer: asyncio.StreamWriter) -> bool:
    """Whether some written bytes have not been acknowledged by the other side's kernel."""
    socket: socketlib.socket = writer.get_extra_info("socket")
    if socket.getsockopt(socketlib.SOL_SOCKET, socketlib.SO_ERROR):
        return True
    if sys.platform != "linux":
        return False
    import fcntl
    import termios

    unacknowledged = struct.unpack("i", fcntl.ioctl(socket.fileno(), termios.TIOCOUTQ, bytes(4)))[0]
    return bool(unacknowledged > 1)  # our own end of stream counts as one
