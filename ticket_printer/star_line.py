"""The language of Star printers, Star line mode: raster rows, and a status block that counts what was printed.

From Star's "Line Mode Command Specifications" for line thermal printers; not tried on a device. Used by `receipt_printer`.
"""

import asyncio

from PIL import Image

from ticket_printer.transport import PrinterState
from ticket_printer.wires import Broken, Wire

NO_UNASKED = b"\x1b\x1ea\x00"
"""ESC RS a 0: no automatic status, which forbids the questions below."""
QUESTION = b"\x1b\x06\x01"
"""ESC ACK SOH: the status block, at once. The next question waits until the answer is there."""
ZERO = b"\x1b\x1eE\x00"
"""ESC RS E 0: the counter of printed blocks becomes zero."""
END_OF_BLOCK = b"\x17"
"""ETB: once everything before it is printed, the counter is one higher."""
ENTER, LEAVE = b"\x1b*rA", b"\x1b*rB"
ENDLESS, CUT = b"\x1b*rP0\x00", b"\x1b*rE13\x00"
"""Raster mode without pages; at its end the paper is fed to the cutter and cut."""
END_OF_DOCUMENT = b"\x1b\x0c\x04"
LOOK_S = 0.05
_XON, _XOFF = 0x11, 0x13


def line_mode_bytes(image: Image.Image) -> bytes:
    """The bytes that print a 1-bit picture once, and cut once. In the picture white is 1, on paper black is 1."""
    width = -(-image.width // 8)
    mask = 0xFF << (-image.width % 8) & 0xFF
    rows = bytes(byte ^ 0xFF for byte in image.convert("1").tobytes())
    out = bytearray(ENTER + ENDLESS + CUT)
    for start in range(0, len(rows), width):
        row = rows[start : start + width]
        row = (row[:-1] + bytes((row[-1] & mask,))).rstrip(b"\0") or b"\0"
        out += b"b" + len(row).to_bytes(2, "little") + row
    return bytes(out + END_OF_DOCUMENT + LEAVE)


def length_of(header: int) -> int:
    """How many bytes a status block has, by its first one: bits 1 to 3, and bit 5 as eight."""
    return header >> 1 & 7 | header >> 2 & 8


def state_of(block: bytes) -> PrinterState:
    """The state that a status block means; a cause that a person can remove goes first."""
    printer, error, _, paper = block[2:6]
    found: list[tuple[bool, PrinterState]] = [
        (bool(printer & 0x20), "cover_open"),
        (bool(paper & 0x08), "paper_out"),
        (bool(error & 0x08), "cutter"),
        (bool(error & 0x64), "error"),
        (bool(printer & 0x08), "offline"),
        (bool(paper & 0x06), "paper_low"),
    ]
    return next((state for is_so, state in found if is_so), "ok")


def counter_of(block: bytes) -> int:
    """How many blocks were printed since it was zero: five bits in the eighth byte."""
    (count,) = block[7:8]
    return count >> 1 & 7 | count >> 2 & 24


class StarLine:
    """A `Dialect`."""

    def data(self, image: Image.Image) -> bytes:
        return line_mode_bytes(image)

    async def status(self, wire: Wire) -> PrinterState:
        await wire.send(NO_UNASKED)
        return state_of(await self._block(wire))

    async def begin(self, wire: Wire) -> None:
        """A count that is left over would look like a confirmation: the ticket waits until it is zero."""
        await wire.send(ZERO)
        while counter_of(await self._block(wire)):
            await asyncio.sleep(LOOK_S)

    async def confirm(self, wire: Wire) -> None:
        await wire.send(END_OF_BLOCK)
        while not counter_of(await self._block(wire)):
            await asyncio.sleep(LOOK_S)

    async def _block(self, wire: Wire) -> bytes:
        """The next status block; on a network two bytes, and what they count, follow it."""
        await wire.send(QUESTION)
        got = await _at_least(wire, b"", 1)
        if got[0] & 0x91 != 0x01 or length_of(got[0]) < 8:
            raise Broken("no_answer")
        size = length_of(got[0])
        got = await _at_least(wire, got, size)
        (network,) = got[1:2]
        if network & 0x80:
            got = await _at_least(wire, got, size + 2)
            await _at_least(wire, got, size + 2 + int.from_bytes(got[size : size + 2], "big"))
        return got[:size]


async def _at_least(wire: Wire, got: bytes, size: int) -> bytes:
    while len(got) < size:
        got += bytes(byte for byte in await wire.receive() if byte not in (_XON, _XOFF))
    return got
