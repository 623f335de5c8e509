"""The fonts of a printed ticket: which file draws which character.

Pillow has no font fallback, so each style is a list of files, and the first one that has a character draws it.
Fonts are in `fonts/` with their licences. Called by `typesetting`.
"""

from functools import cache
from importlib import resources
from typing import Literal

from fontTools.ttLib import TTFont
from PIL import ImageFont, features

from server.messages.pictograms import PICTOGRAMS

Style = Literal["text", "strong", "number", "sign"]

_CHAINS: dict[Style, tuple[str, ...]] = {
    "text": ("Inter-Medium.ttf", "NotoSansArabic-Medium.ttf"),
    "strong": ("Inter-Bold.ttf", "NotoSansArabic-Bold.ttf"),
    "sign": ("Tabler-Pictograms.ttf",),
    "number": ("Inter-ExtraBold.ttf", "Inter-Bold.ttf", "NotoSansArabic-Bold.ttf"),
}
FIRST_PICTOGRAM = 0xE000
"""Where the font has the first of `PICTOGRAMS`; the others follow in their order."""
_SCALE = {"NotoSansArabic-Medium.ttf": 1.08, "NotoSansArabic-Bold.ttf": 1.08}
"""Arabic letters are small in their em: at this scale they look as large as Inter's."""


class MissingGlyph(LookupError):
    """No font of the style has this character: an empty box would be printed."""

    def __init__(self, character: str) -> None:
        self.character = character
        super().__init__(f"no ticket font draws U+{ord(character):04X} {character!r}")


def pictogram(name: str | None) -> str:
    """The letter of the pictogram font that draws it; nothing for one that only a newer server knows."""
    return chr(FIRST_PICTOGRAM + PICTOGRAMS.index(name)) if name in PICTOGRAMS else ""


def _path(file: str) -> str:
    return str(resources.files("ticket_printer") / "fonts" / file)


@cache
def coverage(file: str) -> frozenset[int]:
    """The code points a font file draws."""
    with TTFont(_path(file), lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def face(file: str, size: int) -> ImageFont.FreeTypeFont:
    """A font at a size in dots, shaped by Raqm: without it Arabic letters are not joined."""
    if not features.check("raqm"):
        raise RuntimeError("this Pillow cannot shape text (no Raqm): install the wheel from PyPI")
    scaled = round(size * _SCALE.get(file, 1))
    return ImageFont.truetype(_path(file), scaled, layout_engine=ImageFont.Layout.RAQM)


def file_for(character: str, style: Style, before: str | None) -> str:
    """The file that draws a character; spaces and marks use the font of the character before them."""
    code = ord(character)
    chain = _CHAINS[style]
    if before is not None and _joins(character) and code in coverage(before):
        return before
    for file in chain:
        if code in coverage(file):
            return file
    raise MissingGlyph(character)


def _joins(character: str) -> bool:
    return (
        character in " \u00a0\u200c\u200d،؛؟" or "\u0300" <= character <= "\u036f" or "\u064b" <= character <= "\u065f"
    )


def is_tall(file: str) -> bool:
    """Whether a script is higher and deeper than Latin, so that its lines need more room."""
    return file.startswith("NotoSansArabic")
