"""A printer that is a folder: each ticket is a PNG, and the bytes for a network printer. For preview and tests."""

import asyncio
import io
from pathlib import Path

from PIL import Image

from ticket_printer.bytes import WIDEST, escpos_bytes
from ticket_printer.transport import Outcome, PrinterState


class FolderPrinter:
    """A `Transport` that writes `<office>-<job>.png` and `.bin` into a folder. Full or missing folders are `error`.

    Several offices may share the folder, and their jobs may have the same ids.
    """

    def __init__(self, folder: Path, office: str = "") -> None:
        self._folder, self._office = folder, office
        self._turn = asyncio.Lock()

    async def status(self) -> PrinterState:
        try:
            await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        except OSError:
            return "error"
        return "ok"

    async def print(self, job: str, image: Image.Image) -> Outcome:
        async with self._turn:
            if await self.status() != "ok":
                return Outcome("failed", "error")
            try:
                await asyncio.to_thread(self._write, _file_name(self._office, job), image)
            except OSError:
                return Outcome("unknown", "error")
        return Outcome("confirmed")

    def _write(self, name: str, image: Image.Image) -> None:
        if image.width <= WIDEST:
            self._appear(f"{name}.bin", escpos_bytes(image))
        drawn = io.BytesIO()
        image.save(drawn, "PNG")
        self._appear(f"{name}.png", drawn.getvalue())

    def _appear(self, name: str, content: bytes) -> None:
        """Writes a file whole or not at all: other programs may watch the folder."""
        part = self._folder / f".{name}.part"
        part.write_bytes(content)
        part.replace(self._folder / name)


def _file_name(office: str, job: str) -> str:
    """The office and the job as a file name that cannot lead out of the folder."""
    name = f"{office}-{job}" if office else job
    return "".join(c if c.isalnum() or c in "-_" else "_" for c in name)
