"""A ticket while it is being drawn: blocks from top to bottom, mirrored for scripts from right to left.

Called only by `picture`. It is drawn in grey and made black and white at the end, so that edges are in the right place.
"""

import io
from functools import lru_cache

import segno
from PIL import Image, ImageDraw

from ticket_printer.direction import right_to_left
from ticket_printer.faces import Style
from ticket_printer.sheet import Sheet
from ticket_printer.typesetting import Line, balanced, line, wrap

QUIET = 4
"""Quiet zone of a QR code in modules (ISO/IEC 18004)."""
_LARGEST = 1_200
"""Dots of a side of a logo: no paper is wider."""
_THRESHOLD = 150
"""Thermal printers print a little too dark: grey from this value on becomes white."""


class Page:
    """A growing strip of paper. Every method draws one block at the bottom and moves on."""

    def __init__(self, sheet: Sheet, language: str, *, rtl: bool) -> None:
        self.sheet = sheet
        self._language = language
        self._rtl = rtl
        self._y = sheet.gap
        self._take(Image.new("L", (sheet.width, sheet.width * 2), 255))

    def _take(self, image: Image.Image) -> None:
        self._image = image
        self._draw = ImageDraw.Draw(image)

    def _room(self, height: int) -> None:
        """Makes the paper longer if `height` more dots need it."""
        needed = self._y + height + self.sheet.gap
        if needed <= self._image.height:
            return
        longer = Image.new("L", (self.sheet.width, needed + self.sheet.width), 255)
        longer.paste(self._image)
        self._take(longer)

    def _put(self, text: Line, x: float) -> None:
        self._room(text.height)
        text.draw(self._image, x, self._y)

    def _start(self, width: float) -> float:
        """The x position of something of this width at the edge where reading begins."""
        return self.sheet.width - self.sheet.margin - width if self._rtl else self.sheet.margin

    def _end(self, width: float) -> float:
        return self.sheet.margin if self._rtl else self.sheet.width - self.sheet.margin - width

    def logo(self, file: bytes) -> None:
        """The office's own picture, centred: as wide as half of the paper at most. One that is no picture is left out, for the
        citizen needs the ticket more. Grey becomes dots; what is transparent is paper."""
        try:
            with Image.open(io.BytesIO(file), formats=("PNG",)) as picture:
                if max(picture.size) > _LARGEST:
                    return
                found = picture.convert("RGBA")
        except (OSError, SyntaxError, ValueError):
            return
        white = Image.new("RGBA", found.size, "white")
        grey = Image.alpha_composite(white, found).convert("L")
        scale = min(self.sheet.inner / 2 / grey.width, self.sheet.big * 2.5 / grey.height, 1)
        small = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
        self._room(small.height)
        dots = small.convert("1").convert("L")
        self._image.paste(dots, ((self.sheet.width - small.width) // 2, self._y))
        self._y += small.height + self.sheet.gap

    def ends(self, first: str, last: str, size: int) -> None:
        """One line with a text at each end; two lines if one has no room for both."""
        one, two = (line(text, size, "strong", self._language) for text in (first, last))
        if one.width + two.width + size <= self.sheet.inner:
            self._put(one, self._start(one.width))
            self._put(two, self._end(two.width))
            self._y += max(one.height, two.height)
            return
        for text in (*wrap(first, size, "strong", self._language, self.sheet.inner), two):
            self._put(text, self._start(text.width))
            self._y += text.height

    def rule(self) -> None:
        self._y += self.sheet.gap // 2
        self._bar(self.sheet.margin, self.sheet.width - self.sheet.margin)
        self._y += self.sheet.stroke

    def dashes(self) -> None:
        """A dashed rule; the small print follows below it."""
        self._y += self.sheet.gap
        dash, edge = self.sheet.stroke * 3, self.sheet.width - self.sheet.margin
        for x in range(self.sheet.margin, edge, dash * 3 // 2):
            self._bar(x, min(x + dash, edge))
        self._y += self.sheet.stroke + self.sheet.gap // 2

    def _bar(self, left: int, right: int) -> None:
        self._room(self.sheet.stroke)
        self._draw.rectangle((left, self._y, right - 1, self._y + self.sheet.stroke - 1), fill=0)

    def ink(self, text: Line) -> None:
        """A line placed by its ink, not by its line height: for the number, with equal space above and below."""
        strip = Image.new("L", (self.sheet.width, text.height), 255)
        text.draw(strip, (self.sheet.width - text.width) / 2, 0)
        _, top, _, bottom = strip.point(lambda grey: 255 - grey).getbbox() or (0, 0, 1, 1)
        air = self.sheet.gap * 2
        self._y += air
        self._room(bottom - top + air)
        self._image.paste(strip.crop((0, top, self.sheet.width, bottom)), (0, self._y))
        self._y += bottom - top + air * 3 // 4

    def centred(self, text: str, size: int, style: Style, inset: int = 0, language: str | None = None) -> None:
        """By default in the language of the page."""
        for one in balanced(text, size, style, language or self._language, self.sheet.inner - 2 * inset):
            self._put(one, (self.sheet.width - one.width) / 2)
            self._y += one.height

    def box(self, lines: list[tuple[str, int, Style]]) -> None:
        """Centred lines of (text, size, style) in a frame with round corners; empty texts are left out."""
        self._y += self.sheet.gap
        top, inset = self._y, self.sheet.gap
        self._y += self.sheet.gap * 3 // 5
        for text, size, style in lines:
            self.centred(text, size, style, inset)
        self._y += self.sheet.gap * 3 // 5
        self._room(0)
        frame = (self.sheet.margin, top, self.sheet.width - self.sheet.margin - 1, self._y)
        self._draw.rounded_rectangle(frame, self.sheet.radius, outline=0, width=self.sheet.stroke)

    def code(self, url: str, text: str) -> None:
        """A QR code with a text that says what it is for: next to it, or below on narrow paper."""
        self._y += self.sheet.gap * 6 // 5
        symbol, quiet = _symbol(url, self.sheet.qr)
        self._room(symbol.height)
        if not self.sheet.beside:
            self._image.paste(symbol, ((self.sheet.width - symbol.width) // 2, self._y))
            self._y += symbol.height + quiet
            self.centred(text, self.sheet.text, "text")
            return
        self._image.paste(symbol, (round(self._start(symbol.width)), self._y))
        room = self.sheet.inner - symbol.width - quiet
        lines = balanced(text, self.sheet.text, "text", self._language, room)
        bottom = self._y + symbol.height
        self._y += max(0, (symbol.height - sum(one.height for one in lines)) // 2)
        for one in lines:
            left = self._start(one.width) + (-1 if self._rtl else 1) * (symbol.width + quiet)
            self._put(one, left)
            self._y += one.height
        self._y = max(bottom, self._y)

    def paragraph(self, text: str, language: str) -> None:
        """Small print in any language, aligned to the edge where reading begins in that language."""
        self._y += self.sheet.gap // 3
        for one in balanced(text, self.sheet.text, "text", language, self.sheet.inner):
            left = (
                self.sheet.width - self.sheet.margin - one.width if right_to_left(language, text) else self.sheet.margin
            )
            self._put(one, left)
            self._y += one.height

    def item(self, text: str, language: str) -> None:
        """One item of a list, with a dash, and its lines aligned below each other."""
        dash = line("– ", self.sheet.text, "text", self._language)
        indent = dash.width + self.sheet.text // 4
        self._room(dash.height)
        dash.draw(self._image, self._start(dash.width), self._y)
        for one in balanced(text, self.sheet.text, "text", language, self.sheet.inner - indent):
            self._put(one, self._start(one.width) + (-indent if self._rtl else indent))
            self._y += one.height

    def finished(self) -> Image.Image:
        """The paper cut below the last block, in black and white."""
        cut = self._image.crop((0, 0, self.sheet.width, self._y + self.sheet.gap))
        return cut.point(lambda grey: 255 if grey > _THRESHOLD else 0, mode="1")


@lru_cache(maxsize=8)
def _symbol(url: str, wished: int) -> tuple[Image.Image, int]:
    """The QR code (level M, without its quiet zone), with whole dots per module and near the wished size; and its quiet zone."""
    rows = segno.make_qr(url, error="m").matrix
    box = max(3, wished // len(rows))
    bits = bytes(0 if module else 255 for row in rows for module in row)
    image = Image.frombytes("L", (len(rows), len(rows)), bits)
    return image.resize((len(rows) * box, len(rows) * box), Image.Resampling.NEAREST), QUIET * box
