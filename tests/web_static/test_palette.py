"""The palette keeps the contrast it promises, in every theme, and nobody names a colour elsewhere."""

import re
from pathlib import Path

import pytest

from server.web.palette import MEASURES, declared, promises

ROOT = Path(__file__).parents[2]
THEMES = ("paper", "night", "contrast")
CITIZENS_SHEETS = sorted([*ROOT.glob("displays/pages/*.css"), *ROOT.glob("server/web/pages/*.css")])


@pytest.mark.parametrize("theme", THEMES)
def test_r2_r3_r4_every_promised_pair_reaches_its_contrast(theme: str) -> None:
    colours = declared(theme)
    assert len(promises()) >= 30

    poor = [
        f"{kind} {ink} on {ground}: {MEASURES[kind](colours[ink], colours[ground]):.2f} < {least}"
        for kind, ink, ground, least in promises()
        if MEASURES[kind](colours[ink], colours[ground]) < least
    ]

    assert poor == []


def test_every_colour_of_the_palette_is_in_some_promise() -> None:
    promised = {name for _, ink, ground, _ in promises() for name in (ink, ground)}

    assert set(declared("paper")) - promised == {"line"}, "a rule carries no meaning; all else is promised"


@pytest.mark.parametrize("theme", THEMES)
def test_themes_name_no_colour_that_paper_lacks(theme: str) -> None:
    assert set(declared(theme)) == set(declared("paper"))


def test_pages_take_their_colours_from_the_palette() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(")

    assert {sheet.name: literal.findall(sheet.read_text(encoding="utf-8")) for sheet in CITIZENS_SHEETS} == {
        sheet.name: [] for sheet in CITIZENS_SHEETS
    }


def test_a_number_is_drawn_alike_on_every_screen_and_on_paper() -> None:
    """People compare pictures, so no style sheet slashes a zero or spaces the letter differently; no printer does."""
    sheets = [sheet for sheet in ROOT.glob("*/**/*.css") if ".venv" not in sheet.parts]
    assert len(sheets) > 8

    odd = [
        sheet.name
        for sheet in sheets
        if re.search(r'"zero"|"ss02"|slashed-zero|number[^{]*::first-letter', sheet.read_text())
    ]

    assert odd == []
