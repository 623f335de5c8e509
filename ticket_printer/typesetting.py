"""Lines of text for a printed ticket: cut into runs, measured, wrapped, drawn.

A run has one font and one direction. Pure, except for the image it draws on; called by `picture`. Most lines of a ticket are
those of the ticket before, so what was measured, wrapped and drawn lately is kept.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice

from PIL import Image, ImageDraw

from ticket_printer import direction
from ticket_printer.faces import Style, face, file_for, is_tall

_MEASURED, _WRAPPED, _INKED = 4096, 512, 256
"""How many lines are kept. The inked ones are pictures: 15 KB each at 80 mm, 60 KB on A6."""
_LEADING, _TALL_LEADING = 1.3, 1.5
"""Line height in font sizes: small for Latin and Cyrillic, larger for scripts whose letters reach deep."""
_BASELINE, _TALL_BASELINE = 1.0, 1.1
"""How far the baseline is below a line's top, in font sizes."""


@dataclass(frozen=True)
class Run:
    """Characters in logical order that one font draws in one direction, and their width in dots."""

    text: str
    file: str
    size: int
    rtl: bool
    width: float


@dataclass(frozen=True)
class Line:
    """One line: its runs from left to right; width, height and baseline in dots."""

    runs: tuple[Run, ...]
    width: float
    height: int
    baseline: int
    language: str

    def draw(self, image: Image.Image, x: float, y: float) -> None:
        """Draws the line with its top left corner at (x, y), in black, on a grey image."""
        ink, left, top = _ink(self)
        image.paste(0, (round(x) + left, round(y) + top), ink)


@lru_cache(maxsize=_INKED)
def _ink(line: Line) -> tuple[Image.Image, int, int]:
    """How black each dot of the line is; and where that begins, from the line's top left corner. Letters may reach out of their
    line on every side."""
    air = line.height
    mask = Image.new("L", (round(line.width) + 2 * air, line.height + 2 * air), 0)
    draw, x = ImageDraw.Draw(mask), 0.0
    for run in line.runs:
        draw.text(
            (round(x) + air, line.baseline + air),
            run.text,
            fill=255,
            font=face(run.file, run.size),
            anchor="ls",
            direction="rtl" if run.rtl else "ltr",
            language=line.language,
        )
        x += run.width
    left, top, right, bottom = mask.getbbox() or (air, air, air + 1, air + 1)
    return mask.crop((left, top, right, bottom)), left - air, top - air


def line(text: str, size: int, style: Style, language: str) -> Line:
    """One line of text, of any length. Raises MissingGlyph."""
    return _line(direction.plain(text), size, style, language.split("-")[0])


@lru_cache(maxsize=_MEASURED)
def _line(text: str, size: int, style: Style, language: str) -> Line:
    rtl = direction.right_to_left(language, text)
    cut = _cut(text, style, rtl)
    runs = [_run(part, file, size, level, language) for part, file, level in cut]
    ordered = tuple(runs[i] for i in direction.visual_order([level for _, _, level in cut]))
    tall = any(is_tall(run.file) for run in runs)
    return Line(
        runs=ordered,
        width=sum(run.width for run in runs),
        height=round(size * (_TALL_LEADING if tall else _LEADING)),
        baseline=round(size * (_TALL_BASELINE if tall else _BASELINE)),
        language=language,
    )


def _run(text: str, file: str, size: int, level: int, language: str) -> Run:
    rtl = level % 2 == 1
    width = face(file, size).getlength(text, direction="rtl" if rtl else "ltr", language=language)
    return Run(text, file, size, rtl, width)


def _cut(text: str, style: Style, rtl: bool) -> list[tuple[str, str, int]]:
    """(text, font file, level) for each stretch of one font and one level."""
    files: list[str] = []
    for character in text:
        files.append(file_for(character, style, files[-1] if files else None))
    fonts = zip(files, direction.levels(text, rtl=rtl), strict=True)
    characters = iter(text)
    return [("".join(islice(characters, len(list(alike)))), file, level) for (file, level), alike in groupby(fonts)]


def wrap(text: str, size: int, style: Style, language: str, width: float) -> list[Line]:
    """The text in lines no wider than `width`; a single word that is wider is broken."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        current = ""
        for word in paragraph.split():
            longer = f"{current} {word}".strip()
            if line(longer, size, style, language).width <= width:
                current = longer
                continue
            if current:
                lines.append(current)
            *full, current = _broken(word, size, style, language, width)
            lines.extend(full)
        lines.append(current)
    return [line(part, size, style, language) for part in lines if part]


@lru_cache(maxsize=_WRAPPED)
def balanced(text: str, size: int, style: Style, language: str, width: float) -> tuple[Line, ...]:
    """The text in as few lines as `wrap` needs, but of nearly equal length, so that no last word is alone in its line; no word
    that fits is broken for it."""
    lines = wrap(text, size, style, language, width)
    narrow = max(sum(one.width for one in lines) / max(1, len(lines)), _widest(text, size, style, language))
    while len(lines) > 1 and narrow < width:
        tried = wrap(text, size, style, language, narrow)
        if len(tried) == len(lines) and max(one.width for one in tried) <= width:
            return tuple(tried)
        narrow += size
    return tuple(lines)


def _broken(word: str, size: int, style: Style, language: str, width: float) -> list[str]:
    parts, current = [], ""
    for character in word:
        if current and line(current + character, size, style, language).width > width:
            parts.append(current)
            current = ""
        current += character
    return [*parts, current]


def _widest(text: str, size: int, style: Style, language: str) -> float:
    """How wide its longest word is."""
    return max((line(word, size, style, language).width for word in text.split()), default=0.0)


def unbroken(text: str, size: int, least: int, style: Style, language: str, width: float) -> int:
    """The size up to `size`, but not below `least`, at which no word is wider than `width`, so that `wrap` breaks none."""
    widest = _widest(text, size, style, language)
    return size if widest <= width else max(least, int(size * width / widest))


def fitted(text: str, size: int, style: Style, language: str, width: float) -> Line:
    """One line at `size`, or smaller if it must be to fit `width`."""
    wished = line(text, size, style, language)
    if wished.width <= width:
        return wished
    return line(text, int(size * width / wished.width), style, language)
