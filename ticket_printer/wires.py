"""The wires to a receipt printer: a TCP connection, a serial line, a device file of USB. Bytes out, bytes in, nothing else.

Each wire is for one printer and one conversation at a time. Its methods raise only Broken. Used by `network_printer`.
"""

import asyncio
import contextlib
import fcntl
import os
import socket as socketlib
import struct
import sys
import termios
from dataclasses import dataclass
from typing import Literal, Protocol

from ticket_printer.transport import Reason

Flow = Literal["rts", "xon", "none"]
"""Who stops a serial line when the printer's buffer is full: the wires RTS and CTS, the signs XON and XOFF, or nobody."""
BAUDS = {
    9600: termios.B9600,
    19200: termios.B19200,
    38400: termios.B38400,
    57600: termios.B57600,
    115200: termios.B115200,
}
"""The speeds of receipt printers, in bits per second."""
EMPTY_S = 0.02
"""Seconds until a USB printer that had nothing to say is asked again: its device file is readable all the time."""


class Broken(Exception):
    """The connection to the printer failed; `reason` says how."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


class Wire(Protocol):
    """An open wire. Waits have no limit of their own: whoever calls sets it."""

    async def send(self, data: bytes) -> None:
        """Returns when the data has left this process."""
        ...

    async def receive(self) -> bytes:
        """The next bytes, at least one."""
        ...

    async def deliver(self, limit: float) -> None:
        """Ends a conversation with a printer that never answers, in such a way that the last bytes are not lost."""
        ...

    async def close(self, limit: float) -> None: ...


class Outlet(Protocol):
    """Where a printer is."""

    async def open(self) -> Wire: ...


@dataclass(frozen=True)
class TcpPort:
    """A printer or print server that listens on a TCP port."""

    host: str
    port: int

    async def open(self) -> Wire:
        try:
            return _TcpWire(*await asyncio.open_connection(self.host, self.port))
        except ConnectionRefusedError:
            raise Broken("refused") from None
        except OSError:
            raise Broken("offline") from None


class _TcpWire:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        writer.transport.set_write_buffer_limits(high=0)

    async def send(self, data: bytes) -> None:
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError:
            raise Broken("died") from None

    async def receive(self) -> bytes:
        try:
            data = await self._reader.read(256)
        except OSError:
            raise Broken("died") from None
        if not data:
            raise Broken("died")
        return data

    async def deliver(self, limit: float) -> None:
        try:
            self._writer.write_eof()
            async with asyncio.timeout(limit):
                while await self._reader.read(256):
                    pass
        except TimeoutError:
            if _left_over(self._writer):
                raise Broken("no_answer") from None
        except OSError:
            raise Broken("died") from None
        if _left_over(self._writer):
            raise Broken("died")

    async def close(self, limit: float) -> None:
        self._writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(limit):
                await self._writer.wait_closed()
        self._writer.transport.abort()


def _left_over(writer: asyncio.StreamWriter) -> bool:
    """Whether some written bytes have not been acknowledged by the other side's kernel."""
    socket: socketlib.socket = writer.get_extra_info("socket")
    if socket.getsockopt(socketlib.SOL_SOCKET, socketlib.SO_ERROR):
        return True
    if sys.platform != "linux":
        return False
    unacknowledged = struct.unpack("i", fcntl.ioctl(socket.fileno(), termios.TIOCOUTQ, bytes(4)))[0]
    return bool(unacknowledged > 1)  # our own end of stream counts as one


@dataclass(frozen=True)
class Device:
    """A printer behind a file of this machine: /dev/usb/lp0, or with a `baud` a serial line such as /dev/ttyS0."""

    path: str
    baud: int | None = None
    flow: Flow = "rts"

    async def open(self) -> Wire:
        try:
            file = os.open(self.path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:  # not plugged in, switched off, no right to open it, or another program has it
            raise Broken("offline") from None
        try:
            self._taken(file)
        except BaseException:
            os.close(file)
            raise
        return _DeviceWire(file)

    def _taken(self, file: int) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # two agents would mix their tickets
        except OSError:
            raise Broken("refused") from None
        if self.baud is None:
            return
        try:
            _prepare(file, BAUDS[self.baud], self.flow)
        except (termios.error, OSError):  # no serial line, or one whose plug was pulled
            raise Broken("offline") from None


def _prepare(file: int, speed: int, flow: Flow) -> None:
    """Eight bits, no parity, one stop bit; bytes as they are; what an earlier conversation left is thrown away."""
    control = termios.CS8 | termios.CREAD | termios.CLOCAL | (termios.CRTSCTS if flow == "rts" else 0)
    settings = termios.tcgetattr(file)
    # XOFF of the printer stops us; we never send one, for a printer's answers are a few bytes
    settings[:6] = [termios.IXON if flow == "xon" else 0, 0, control, 0, speed, speed]
    termios.tcsetattr(file, termios.TCSANOW, settings)
    termios.tcflush(file, termios.TCIOFLUSH)


class _DeviceWire:
    def __init__(self, file: int) -> None:
        self._file = file
        self._serial = os.isatty(file)
        self._delivered = False

    async def send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(self._file, rest) :]
            except BlockingIOError:
                await self._ready(writing=True)
            except OSError:
                raise Broken("died") from None

    async def receive(self) -> bytes:
        while True:
            try:
                data = os.read(self._file, 256)
            except BlockingIOError:
                await self._ready(writing=False)
                continue
            except OSError:
                raise Broken("died") from None
            if data:
                return data
            if self._serial:
                raise Broken("died")
            await asyncio.sleep(EMPTY_S)

    async def deliver(self, limit: float) -> None:
        """A file tells only that the last bytes were taken over."""
        try:
            async with asyncio.timeout(limit):
                await self._ready(writing=True)
                while self._serial and self._queued():
                    await asyncio.sleep(EMPTY_S)
            self._delivered = True
        except TimeoutError:
            raise Broken("no_answer") from None

    def _queued(self) -> int:
        """Bytes that the kernel has not sent yet."""
        try:
            return int(struct.unpack("i", fcntl.ioctl(self._file, termios.TIOCOUTQ, bytes(4)))[0])
        except OSError:
            raise Broken("died") from None

    async def _ready(self, *, writing: bool) -> None:
        loop = asyncio.get_running_loop()
        add, remove = (loop.add_writer, loop.remove_writer) if writing else (loop.add_reader, loop.remove_reader)
        ready = asyncio.Event()
        try:
            add(self._file, ready.set)
        except OSError:  # no device: a file on a disk cannot be waited for
            raise Broken("offline") from None
        try:
            await ready.wait()
        finally:
            remove(self._file)

    async def close(self, limit: float) -> None:
        """What the kernel still holds for a dead printer is thrown away: nothing of a ticket comes out later."""
        with contextlib.suppress(OSError, termios.error):
            if self._serial and not self._delivered:
                termios.tcflush(self._file, termios.TCOFLUSH)
        os.close(self._file)
