"""Whether a number on a wall can be read from the farthest seat: under at least 0.7 degree (EN 301 549 5.1.4).

Pure geometry from a display's diagonal, aspect, distance and lines. Asked by `aufruf check` (`config.advice`) and for the plain
wall (`server.web.plain_board`). The wall's own page measures itself by the same rule (`displays/pages/legible.js`).
"""

from math import ceil, hypot, pi, tan
from typing import NamedTuple, Protocol

DEGREES = 0.7
DIGIT_EM = 0.7275
"""Height of the digits of Inter, of its font size."""
INCH_MM = 25.4
SIGNS = 4
"""Of a number such as A017."""

_ONE_COLUMN, _STACKED = 6, 2.1
_BESIDE, _ABOVE = (1.12, 0.92), (0.7, 1.3)
"""As in `legible.js`."""


class Screen(Protocol):
    """A display of the office file, or its board. Inches, "16:9", metres."""

    @property
    def diagonal(self) -> float: ...
    @property
    def aspect(self) -> str: ...
    @property
    def distance(self) -> float: ...
    @property
    def lines(self) -> int: ...


class Fit(NamedTuple):
    """`lines`: how many calls can be read at once, at least one. Heights of digits in mm: `digit` of all
    lines, `alone` of one number, `needed` by the farthest seat."""

    lines: int
    digit: float
    alone: float
    needed: float


def size_mm(screen: Screen) -> tuple[float, float]:
    """Width and height."""
    wide, high = (float(part) for part in screen.aspect.split(":"))
    mm = screen.diagonal * INCH_MM / hypot(wide, high)
    return wide * mm, high * mm


def needed_mm(distance: float) -> float:
    """Height of a digit that is seen under 0.7 degree from so many metres."""
    return 2 * distance * 1000 * tan(DEGREES / 2 * pi / 180)


def fit(screen: Screen) -> Fit:
    """What the wall of this screen shows, one line of messages below its calls."""
    needed = needed_mm(screen.distance)
    digits = [_digit(screen, size, needed) for size in range(1, screen.lines + 1)]
    readable = max((size for size, digit in enumerate(digits, 1) if digit >= needed), default=1)
    return Fit(readable, digits[-1], digits[0], needed)


def _digit(screen: Screen, size: int, needed: float) -> float:
    """The highest digits of so many calls at once, mm."""
    width, height = size_mm(screen)
    wide = width > height
    usual = 2 if wide and size > _ONE_COLUMN else 1
    digit = _in_columns(width, height, size, usual)
    if not wide or size == 1 or digit >= needed:
        return digit
    return max(digit, _in_columns(width, height, size, 3 - usual))


def _in_columns(width: float, height: float, size: int, columns: int) -> float:
    unit, area_wide, area_high = _area(width, height)
    rows, gap = ceil(size / columns), 1.7 * unit
    high = (area_high - gap * (rows - 1)) / rows
    across = (area_wide - gap * (columns - 1)) / columns
    of_height, of_width = _ABOVE if across / high <= _STACKED else _BESIDE
    return min(of_height * high, of_width * across / SIGNS) * DIGIT_EM


def _area(width: float, height: float) -> tuple[float, float, float]:
    """Unit of `wall.css` (`--u`), width and height of the place for calls: beside the waits, on a high screen above them."""
    if width > height:
        unit = min(height, 0.62 * width) / 100
        return unit, 0.67 * width, height - 23.75 * unit
    unit = min(0.62 * height, width) / 100
    return unit, 0.948 * width, (height - 15.3 * unit) * 1.7 / 2.7 - 6.65 * unit
