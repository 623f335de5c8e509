"""What axe finds on a page, for every test that opens one in a browser.

Axe sorts its findings into faults ("violations") and things that it could not decide ("incomplete"). The second kind counts
here too: the contrast of a text is measured, and whatever else axe could not tell is a fault until somebody has looked at it
and said in `LOOKED_AT` why it is right. `findings` is for pages of the synchronous Playwright, `findings_there` for those of
the other.
"""

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright import async_api, sync_api

LEAST = 4.5
LEAST_LARGE = 3.0
"""The least contrast of a text (WCAG 2.2, 1.4.3); large is 24 px, or 18.66 px and bold."""

_THERE = "'axe' in window"
"""It is half a megabyte: a page is given it once."""
_SETTLE = "document.getAnimations().forEach((animation) => animation.finish())"
"""Colours that fade would be measured in the middle of the fade."""
_RUN = 'axe.run(document, { resultTypes: ["violations", "incomplete"] })'
"""With all its rules, best practices too. Unless both kinds are asked for, axe names only one element of what it cannot tell."""
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
  const light = (sort) => {
    const part = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = sort.map((value) => part(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const opacity = (element) => {
    let found = 1;
    for (let at = element; at; at = at.parentElement) found *= Number(getComputedStyle(at).opacity);
    return found;
  };
  const on = (colour, below, element) => {
    const [, , , alpha] = rgba(colour);
    const share = (alpha / 255) * opacity(element);
    return rgba(colour).slice(0, 3).map((value, at) => value * share + rgba(below)[at] * (1 - share));
  };
  return targets.map((target) => {
    const element = document.querySelector(target);
    if (!element) return null;
    const style = getComputedStyle(element);
    const [colour, below] = [element instanceof SVGElement ? style.fill : style.color, ground(element)];
    const [dark, bright] = [light(on(colour, below, element)), light(rgba(below).slice(0, 3))].sort((one, other) => one - other);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const html = element.outerHTML.slice(0, 160);
    return { html, ratio: (bright + 0.05) / (dark + 0.05), large, colours: `${colour} on ${below}` };
  });
}
"""
"""The colours are the computed ones: the text's, and the nearest ground behind it as our pages draw grounds. Axe cannot tell
them on a ticket drawn by ::before, at the edge of a scrolling box, or below other things."""

Found = dict[str, Any]


class LookedAt(NamedTuple):
    """What axe cannot tell, and why it is right. `page`: the first words of paths; `where`: a pattern in the element's HTML."""

    rule: str
    page: str
    where: str
    why: str


LOOKED_AT: tuple[LookedAt, ...] = ()
"""What axe cannot tell and somebody has looked at. At present that is nothing: contrasts are measured, the rest it can tell."""


def findings(page: sync_api.Page) -> list[str]:
    """The faults of a page, and what nobody has looked at yet."""
    page.evaluate(_SETTLE)
    if not page.evaluate(_THERE):
        page.evaluate(AXE_SCRIPT)
    found: Found = page.evaluate(_RUN)
    return judged(page.url, found, page.evaluate(_MEASURE, _targets(found)))


async def findings_there(page: async_api.Page) -> list[str]:
    """The same for a page of the asynchronous Playwright."""
    await page.evaluate(_SETTLE)
    if not await page.evaluate(_THERE):
        await page.evaluate(AXE_SCRIPT)
    found: Found = await page.evaluate(_RUN)
    return judged(page.url, found, await page.evaluate(_MEASURE, _targets(found)))


def judged(url: str, found: Found, measured: list[Found | None]) -> list[str]:
    """`measured`: the contrast of each text of `_targets`; None: it could not be found again."""
    path = urlsplit(url).path
    broken = [
        f"{path} {one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
    return [*broken, *(f"{path} {fault}" for fault in _unreadable(measured)), *_unlooked(path, found)]


def _unlooked(path: str, found: Found) -> list[str]:
    return [
        f"{path} {one['id']} cannot be told, and is not in LOOKED_AT: {node['html'][:160]}"
        for one in found["incomplete"]
        if not _is_contrast(one)
        for node in one["nodes"]
        if not any(_is_looked_at(known, path, one["id"], node["html"]) for known in LOOKED_AT)
    ]


def _is_looked_at(known: LookedAt, path: str, rule: str, html: str) -> bool:
    return known.rule == rule and path.startswith(known.page) and re.search(known.where, html) is not None


def _unreadable(measured: list[Found | None]) -> list[str]:
    """Texts whose contrast axe cannot tell, and which is too low, or cannot be measured either."""
    return [
        "contrast of a text that is gone"
        if one is None
        else f"contrast {one['ratio']:.2f} ({one['colours']}): {one['html']}"
        for one in measured
        if one is None or one["ratio"] < (LEAST_LARGE if one["large"] else LEAST)
    ]


def _targets(found: Found) -> list[str]:
    """Selectors of the texts whose contrast axe cannot tell."""
    return [node["target"][-1] for one in found["incomplete"] if _is_contrast(one) for node in one["nodes"]]


def _is_contrast(finding: Found) -> bool:
    return str(finding["id"]).startswith("color-contrast")
