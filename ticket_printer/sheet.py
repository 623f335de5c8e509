"""The papers for tickets: their widths, and the sizes of everything on them, in dots.

Called by `picture`. A thermal printer has 203 dots per inch (8 per millimetre), an office printer 300.
"""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Sheet:
    """Sizes in dots. `beside`: there is room for text next to the QR code."""

    width: int
    margin: int
    head: int
    text: int
    service: int
    big: int
    number: int
    qr: int
    gap: int
    stroke: int
    radius: int
    beside: bool

    @property
    def inner(self) -> int:
        return self.width - 2 * self.margin

    def enlarged(self, width: int) -> "Sheet":
        """The same sheet, drawn larger."""
        grown = {f.name: round(getattr(self, f.name) * width / self.width) for f in fields(self) if f.name != "beside"}
        return Sheet(**grown, beside=self.beside)

    def in_large_print(self) -> "Sheet":
        """The same paper for people who see badly: what is read is half as large again, and the code stands above its text."""
        sizes = {name: round(getattr(self, name) * LARGE) for name in ("head", "text", "service", "big")}
        return replace(self, **sizes, number=round(self.number * LARGE_NUMBER), beside=False)


LARGE, LARGE_NUMBER = 1.5, 1.25
"""80 mm: capital letters of 3.7 mm instead of 2.5, a number of 19 mm instead of 15. A longer number is made to fit."""
WIDE = Sheet(
    width=576, margin=28, head=25, text=27, service=33, big=44, number=176, qr=210, gap=20, stroke=3, radius=14,
    beside=True,
)  # fmt: skip
"""72 of 80 mm are printable. Capital letters are 2.5 mm high, the number 15 mm."""
NARROW = Sheet(
    width=384, margin=14, head=22, text=24, service=29, big=36, number=124, qr=216, gap=16, stroke=3, radius=12,
    beside=False,
)  # fmt: skip
"""48 of 58 mm are printable."""

SHEETS = {58: NARROW, 80: WIDE, 105: WIDE.enlarged(1240)}
"""By the paper's width in millimetres. A6 is printed upright at 300 dots per inch."""


def at_most(width_mm: int) -> int:
    """The widest of these papers that a printer with this width takes."""
    return max(width for width in SHEETS if width <= max(width_mm, min(SHEETS)))
