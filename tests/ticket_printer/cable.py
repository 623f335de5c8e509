"""A serial or USB cable for tests: a real terminal device of this machine, with a fake printer at its other end."""

import asyncio
import os
import tempfile
import tty
from pathlib import Path
from typing import Self

from tests.ticket_printer.fake_printer import FakePrinter


class Cable:
    """`path`: the device file, by a name of its own: the number of a terminal that is gone soon belongs to another test, and its
    printer would get the ticket. A printer that hangs up pulls its plug: the device is gone, as that of a USB printer."""

    def __init__(self, printer: FakePrinter) -> None:
        self._printer = printer
        self._near, far = os.openpty()
        tty.setraw(far)
        self._folder = tempfile.TemporaryDirectory(prefix="aufruf-cable-")
        self.path = f"{self._folder.name}/device"
        self.device = os.ttyname(far)
        """The same under /dev, where an address has to lie; only for a plug that nobody pulls."""
        Path(self.path).symlink_to(self.device)
        self._far: int | None = far  # held, so that the device stays when the agent closes it
        os.set_blocking(self._near, False)
        self.carried = asyncio.Event()
        """The printer has said something."""
        self._tasks: set[asyncio.Task[None]] = set()

    async def plug_in(self) -> Self:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._printer.port)
        self._writer = writer
        self._tasks = {asyncio.create_task(self._there(writer)), asyncio.create_task(self._back(reader, writer))}
        return self

    async def _there(self, writer: asyncio.StreamWriter) -> None:
        while True:
            await _ready(self._near)
            try:
                data = os.read(self._near, 1024)
                writer.write(data)
                await writer.drain()
            except OSError:
                return

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1024):
                os.write(self._near, data)
                self.carried.set()
        except OSError:
            pass
        self.pull()
        writer.transport.abort()

    def pull(self) -> None:
        if self._far is not None:
            asyncio.get_running_loop().remove_reader(self._near)
            self._folder.cleanup()
            os.close(self._far)
            os.close(self._near)
            self._far = None

    async def remove(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._writer.transport.abort()
        self.pull()


async def _ready(file: int) -> None:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(file, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(file)
