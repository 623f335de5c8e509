"""Text with mixed directions, compared with FriBiDi: Pillow's Raqm uses it to order whole lines."""

from functools import cache
from io import BytesIO
from itertools import groupby

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from ticket_printer.direction import levels, plain, visual_order

# Hebrew letters are of class R, Arabic ones of class AL (they do not join in this font); the rest are a ticket's signs.
CHARACTERS = "ab\u05d0\u05d1\u0628\u062c0123 –:.,/%€+-·!"


@cache
def ladder() -> ImageFont.FreeTypeFont:
    """A font in which each character is a bar of its own height, so that the order can be read from the picture."""
    names = [".notdef", *(f"g{i}" for i in range(len(CHARACTERS)))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"g{i}" for i, c in enumerate(CHARACTERS)})
    glyphs = {}
    for i, name in enumerate(names):
        pen, height = TTGlyphPen(None), i * 30 + 20
        pen.moveTo((100, 0))
        for corner in ((100, height), (900, height), (900, 0)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": "Ladder", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return ImageFont.truetype(BytesIO(file.getvalue()), 100, layout_engine=ImageFont.Layout.RAQM)


def by_fribidi(text: str, *, rtl: bool) -> str:
    image = Image.new("L", (100 * len(text), 110), 0)
    draw = ImageDraw.Draw(image)
    draw.text((0, 100), text, fill=255, font=ladder(), anchor="ls", direction="rtl" if rtl else "ltr")
    seen = ""
    for i in range(len(text)):
        box = image.crop((i * 100 + 40, 0, i * 100 + 60, 110)).point(lambda grey: 255 * (grey > 127)).getbbox()
        assert box is not None
        seen += CHARACTERS[round(((100 - box[1]) * 10 - 50) / 30)]
    return seen


def by_us(text: str, *, rtl: bool) -> str:
    runs = [
        (level, "".join(c for c, _ in group))
        for level, group in groupby(zip(text, levels(text, rtl=rtl), strict=True), key=lambda place: place[1])
    ]
    shown = (runs[i] for i in visual_order([level for level, _ in runs]))
    return "".join(part[::-1] if level % 2 else part for level, part in shown)


@given(text=st.text(CHARACTERS, min_size=1, max_size=14).map(str.strip).filter(bool), rtl=st.booleans())
@example(text="\u0628\u062c 20–30 \u05d0\u05d1", rtl=True)
@example(text="12:30 \u062c\u0628", rtl=True)
@example(text="\u0628\u062c 31€ ab.", rtl=True)
@example(text="-1+2%3€€", rtl=False)
def test_every_line_is_ordered_as_fribidi_orders_it(text: str, rtl: bool) -> None:
    # FriBiDi is asked for one line; our lines never end in spaces.
    assert by_us(text, rtl=rtl) == by_fribidi(text, rtl=rtl)


@pytest.mark.parametrize(
    ("text", "rtl", "shown"),
    [
        ("ab 12", False, "ab 12"),
        ("אב ab", True, "ab בא"),
        ("ab 12 אב", False, "ab 12 בא"),
        ("אב 10:36.", True, ".10:36 בא"),
    ],
)
def test_what_a_ticket_says_reads_in_its_order(text: str, rtl: bool, shown: str) -> None:
    assert by_us(text, rtl=rtl) == shown


def test_controls_of_direction_are_not_drawn() -> None:
    assert plain("\u2068A017\u2069\u200f!") == "A017!"
