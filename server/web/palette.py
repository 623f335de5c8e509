"""The colours of pages: the themes and promises of `tokens.css`, an office's own colours on top, and what contrast they reach.

Asked by `aufruf check` (`server.trial`), by the route that serves an office's style sheet, and by the test of the palette itself.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from server.messages.office import Office, Theme

TOKENS = Path(__file__).parent / "static/tokens.css"
THEMES = ("paper", "night")
"""That an office may colour: what is light, and what is dark."""
_PROMISE = re.compile(r"(pair|sign) --([\w-]+) --([\w-]+) ([\d.]+)")


@cache
def promises() -> tuple[tuple[str, str, str, float], ...]:
    """(measure, colour, colour below it, least): what every theme keeps."""
    found = _PROMISE.findall(TOKENS.read_text(encoding="utf-8"))
    return tuple((kind, ink, ground, float(least)) for kind, ink, ground, least in found)


@cache
def declared(theme: str) -> Mapping[str, str]:
    """The colours of a theme by name: its own, on top of those of paper."""
    text = TOKENS.read_text(encoding="utf-8")
    colours: dict[str, str] = {}
    for name in dict.fromkeys(("paper", theme)):
        block = re.search(rf'\[data-theme="{name}"\] \{{(.*?)\}}', text, re.S)
        assert block, f"no theme {name}"
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", block[1]))
    return colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def sign_contrast(one: str, other: str) -> float:
    """Luminance contrast K of DIN 32975 (Michelson), 0 to 1."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright - dark) / (bright + dark) if bright else 0.0


MEASURES = {"pair": contrast, "sign": sign_contrast}


def own(theme: Theme, name: str) -> Mapping[str, str]:
    """The office's colours of `paper` or `night`, by the names of `tokens.css`."""
    colours = theme.paper if name == "paper" else theme.night
    return {key.replace("_", "-"): value for key in colours.__struct_fields__ if (value := getattr(colours, key))}


def poor(office: Office) -> Iterator[tuple[str, str]]:
    """(path in the office file, what is wrong): colours of the office that are hard to read on each other."""
    for name in THEMES:
        chosen = own(office.theme, name)
        colours = {**declared(name), **chosen}
        for kind, ink, ground, least in promises():
            reached = MEASURES[kind](colours[ink], colours[ground])
            if reached < least and not {ink, ground}.isdisjoint(chosen):
                key = (ink if ink in chosen else ground).replace("-", "_")
                what = "contrast" if kind == "pair" else "luminance contrast K"
                on = f"{ink} ({colours[ink]}) on {ground} ({colours[ground]})"
                yield f"theme.{name}.{key}", f"{what} of {on} is {reached:.2f}, at least {least:g} is needed"


def sheet(theme: Theme) -> str:
    """The office's colours as a style sheet, to be loaded after `tokens.css`."""
    made = ""
    for name in THEMES:
        lines = "".join(f"  --{colour}: {value};\n" for colour, value in own(theme, name).items())
        made += f'[data-theme="{name}"] {{\n{lines}}}\n' if lines else ""
    return made + (f":root {{ --logo-ground: {theme.logo_ground} }}\n" if theme.logo_ground else "")


def worn_by(office: Office) -> dict[str, Any]:
    """What the templates of citizens' pages get: `themed`, and the theme of `walls`."""
    return {"themed": bool(sheet(office.theme)), "walls": office.theme.walls}
