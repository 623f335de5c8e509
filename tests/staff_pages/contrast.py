"""Contrast where axe only says "incomplete": on a ticket drawn by ::before, at the edge of a scrolling box, below other things.

The colours are the computed ones: the text's, and the nearest ground behind it as our pages draw grounds. Called by
`visitor.complaints` and by the displays' tests, so that "could not tell" never counts as good.
"""

from typing import Any

from playwright.sync_api import Page

LEAST = 4.5
LEAST_LARGE = 3.0

_MEASURE = """
(targets) => {
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const solid = (colour) => rgba(colour)[3] === 255;
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const slip = getComputedStyle(at, "::before");
      if (at.classList.contains("ticket") && slip.content !== "none" && solid(slip.backgroundColor)) return slip.backgroundColor;
      if (solid(getComputedStyle(at).backgroundColor)) return getComputedStyle(at).backgroundColor;
    }
    return "#ffffff";
  };
  const light = (colour) => {
    const part = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = rgba(colour).slice(0, 3).map((value) => part(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return targets.map((target) => {
    const element = document.querySelector(target);
    if (!element) return { target, ratio: null };
    const style = getComputedStyle(element);
    const [dark, bright] = [light(style.color), light(ground(element))].sort((one, other) => one - other);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const html = element.outerHTML.slice(0, 120);
    return { target, html, ratio: (bright + 0.05) / (dark + 0.05), large, colours: `${style.color} on ${ground(element)}` };
  });
}
"""


LOOKED_AT = {
    "heading-order": "the first heading of each page is its h1; axe cannot tell what would stand before a first heading",
}
"""Other rules of which axe could not tell, with why what it found is right. Whatever is not here is a fault until somebody has
looked at it."""


def unclear(page: Page, incomplete: list[dict[str, Any]]) -> list[str]:
    """The incomplete findings of axe: texts that really cannot be read, and what nobody has looked at yet."""
    return [*_unreadable(page, incomplete), *_unlooked(incomplete)]


def _unlooked(incomplete: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['id']} could not be told, and is not in LOOKED_AT: {node['html'][:160]}"
        for one in incomplete
        if not one["id"].startswith("color-contrast") and one["id"] not in LOOKED_AT
        for node in one["nodes"]
    ]


def _unreadable(page: Page, incomplete: list[dict[str, Any]]) -> list[str]:
    """Texts whose contrast axe could not tell, and is too low."""
    nodes = [node for one in incomplete if one["id"].startswith("color-contrast") for node in one["nodes"]]
    measured = page.evaluate(_MEASURE, [node["target"][0] for node in nodes])
    return [
        f"contrast {one['ratio']:.2f} ({one['colours']}): {one['html']}"
        for one in measured
        if one["ratio"] is not None and one["ratio"] < (LEAST_LARGE if one["large"] else LEAST)
    ]
