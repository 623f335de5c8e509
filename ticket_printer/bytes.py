"""A ticket's picture as ESC/POS bytes: initialise, picture, feed, one cut.

python-escpos builds the bytes and nothing else; it never sees a printer. Called by `escpos` and `folder_printer`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from escpos.printer import Dummy
from PIL import Image

_PROFILE = "TM-T20II"
"""A profile with 72 mm of printable width and a cutter. Narrower papers fit into it; printers without a cutter skip the cut."""
WIDEST = 576
_MOST_ROWS = 255
"""The most rows of one piece: ESC J feeds at most as many dots."""
_LEAST_WHITE = 4
"""White rows that are worth a feed of their own."""


class _Band(NamedTuple):
    """First row, row behind the last, and width in dots; width 0: all white, else a multiple of eight."""

    top: int
    bottom: int
    right: int


def escpos_bytes(image: Image.Image) -> bytes:
    """The bytes that print a 1-bit picture, at most `WIDEST` dots wide, once, and cut once."""
    builder = Dummy(profile=_PROFILE)
    builder.hw("INIT")
    builder.image(image, impl="bitImageRaster")
    builder.cut()
    return bytes(builder.output)


def slim_bytes(image: Image.Image) -> bytes:
    """The same paper in fewer bytes: white rows are fed, and what is white at the end of a row is not sent.

    A serial line of 19,200 bits per second needs 28 s for a whole picture.
    """
    builder = Dummy(profile=_PROFILE)
    builder.hw("INIT")
    for top, bottom, right in _bands(image):
        if right == 0:
            builder._raw(b"\x1bJ" + bytes((bottom - top,)))
            continue
        piece = Image.new("1", (right, bottom - top), 1)
        piece.paste(image.crop((0, top, min(right, image.width), bottom)))
        width = right // 8
        builder._raw(b"\x1dv0\0" + width.to_bytes(2, "little") + (bottom - top).to_bytes(2, "little"))
        builder._raw(bytes(byte ^ 0xFF for byte in piece.tobytes()))
    builder.cut()
    return bytes(builder.output)


def _bands(image: Image.Image) -> Iterator[_Band]:
    """The stripes of a picture from top to bottom."""
    ends = [_end(image.crop((0, y, image.width, y + 1))) for y in range(image.height)]
    top = 0
    while top < len(ends):
        bottom = top + 1
        if ends[top] == 0:
            while bottom < len(ends) and ends[bottom] == 0 and bottom - top < _MOST_ROWS:
                bottom += 1
            yield _Band(top, bottom, 0)
        else:
            while bottom < len(ends) and any(ends[bottom : bottom + _LEAST_WHITE]) and bottom - top < _MOST_ROWS:
                bottom += 1
            yield _Band(top, bottom, max(ends[top:bottom]))
        top = bottom


def _end(row: Image.Image) -> int:
    """The first dot behind the last black one, rounded up to whole bytes."""
    box = row.point(lambda dot: 255 - dot).getbbox()
    if box is None:
        return 0
    _, _, right, _ = box
    return -(-right // 8) * 8
