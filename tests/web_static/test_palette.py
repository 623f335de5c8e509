"""The palette keeps the contrast it promises, in every theme, and nobody names a colour elsewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKENS = (ROOT / "server/web/static/tokens.css").read_text(encoding="utf-8")
PROMISE = re.compile(r"(pair|sign) (--[\w-]+) (--[\w-]+) ([\d.]+)")
THEMES = ("paper", "night", "contrast")
CITIZENS_SHEETS = sorted([*ROOT.glob("displays/pages/*.css"), *ROOT.glob("server/web/pages/*.css")])


def declared(theme: str) -> dict[str, str]:
    """The colours of a theme: its own, on top of those of paper."""
    colours: dict[str, str] = {}
    for name in dict.fromkeys(("paper", theme)):
        block = re.search(rf'\[data-theme="{name}"\] \{{(.*?)\}}', TOKENS, re.S)
        assert block, f"no theme {name}"
        colours |= dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})\b", block[1]))
    return colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def sign_contrast(one: str, other: str) -> float:
    """Luminance contrast K of DIN 32975 (Michelson), 0 to 1."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright - dark) / (bright + dark)


MEASURES = {"pair": contrast, "sign": sign_contrast}


@pytest.mark.parametrize("theme", THEMES)
def test_every_promised_pair_reaches_its_contrast(theme: str) -> None:
    colours = declared(theme)
    promises = PROMISE.findall(TOKENS)
    assert len(promises) >= 30

    poor = [
        f"{kind} {ink} on {ground}: {MEASURES[kind](colours[ink], colours[ground]):.2f} < {least}"
        for kind, ink, ground, least in promises
        if MEASURES[kind](colours[ink], colours[ground]) < float(least)
    ]

    assert poor == []


def test_every_colour_of_the_palette_is_in_some_promise() -> None:
    promised = {name for _, ink, ground, _ in PROMISE.findall(TOKENS) for name in (ink, ground)}

    assert set(declared("paper")) - promised == {"--line"}, "a rule carries no meaning; all else is promised"


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
