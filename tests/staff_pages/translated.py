"""A browser's translator, as far as a page notices it: every text is removed and `<font><font>…` takes its place."""

import re

from playwright.sync_api import Page

_TRANSLATE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest("script, style, noscript, font, textarea")) continue;
    const outer = document.createElement("font");
    outer.appendChild(document.createElement("font")).textContent = text.data;
    text.parentNode.replaceChild(outer, text);
  }
}"""
_PASSING = re.compile(r"Termin (in \d+ Minuten?|\d+:\d\d)|\d+:\d\d(:\d\d)?|\b\d+ (s|min|h)\b")
"""What another minute of the clock changes: lengths, times of day, and how far away a slot is."""


def translate(page: Page) -> None:
    page.evaluate(_TRANSLATE)


def read(page: Page) -> str:
    """All text that can be read, without the seconds that pass, and without the region that reported the change."""
    texts = page.locator("header, main, aside, footer").all_inner_texts()
    words = " ".join(" ".join(texts).split())
    return _PASSING.sub("#", re.sub(r" (?=[:.,])", "", words))  # a sign that was translated alone is separate
