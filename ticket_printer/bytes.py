"""A ticket's picture as ESC/POS bytes: initialise, picture, feed, one cut.

python-escpos builds the bytes and nothing else; it never sees a printer. Called by `network_printer`.
"""

from escpos.printer import Dummy
from PIL import Image

_PROFILE = "TM-T20II"
"""A profile with 72 mm of printable width and a cutter. Narrower papers fit into it; printers without a cutter skip the cut."""
WIDEST = 576


def escpos_bytes(image: Image.Image) -> bytes:
    """The bytes that print a 1-bit picture, at most `WIDEST` dots wide, once, and cut once."""
    builder = Dummy(profile=_PROFILE)
    builder.hw("INIT")
    builder.image(image, impl="bitImageRaster")
    builder.cut()
    return bytes(builder.output)
