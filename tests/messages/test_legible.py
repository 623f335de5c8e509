"""Whether a number on a wall can be read from the farthest seat, for screens that lie and that stand."""

import pytest
from msgspec.structs import replace

from server.messages.legible import fit, needed_mm
from server.messages.office import Display

WALL = Display(id="hall", name="Halle", zones=("hall",), lines=6, diagonal=55, distance=5)


def test_a_digit_under_0_7_degree() -> None:
    """EN 301 549: 122 mm from 10 m."""
    assert needed_mm(10) == pytest.approx(122, abs=1)
    assert needed_mm(5) == pytest.approx(61, abs=1)


@pytest.mark.parametrize("aspect", ["16:9", "9:16", "4:3"])
def test_the_farther_the_seat_the_fewer_lines_can_be_read(aspect: str) -> None:
    fits = [fit(replace(WALL, aspect=aspect, distance=metres)) for metres in (1, 5, 10, 40)]
    lines = [one.lines for one in fits]

    assert lines == sorted(lines, reverse=True)
    assert (lines[0], lines[-1]) == (6, 1)
    assert all(one.alone >= one.digit for one in fits)
