"""Search in the help, on the server: it needs no script, and finds a word inside a longer one, as German makes them."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from server.web.help.reading import Part, read
from server.web.help.shelf import Sheet, address, every, sections

MOST_LETTERS = 100
"""Of a question; the rest is not looked for."""
MOST_WORDS = 8
MOST_FOUND = 20
AROUND = 90
"""Letters of text that are shown on each side of the first word found."""
IN_HEADING, IN_TITLE = 8, 4
"""How much more a word in a heading counts, or in the title of its page, than one in the text."""


class Found(NamedTuple):
    """A place in the help. `excerpt` is in three parts: what stands before the word, the word, what follows."""

    address: str
    page: str
    heading: str
    language: str
    excerpt: tuple[str, str, str]


class _Place(NamedTuple):
    sheet: Sheet
    title: str
    part: Part
    text: str
    heading: str


def search(wanted: str, language: str) -> list[Found]:
    """The places that have every word, the best first; those in the reader's language before the others."""
    words = list(dict.fromkeys(re.findall(r"\w+", _folded(wanted[:MOST_LETTERS]))))[:MOST_WORDS]
    if not words:
        return []
    own = {sheet.file for sheet in sections(language)}
    rated = [
        (one.sheet.file not in own, -rate, at, one)
        for at, one in enumerate(_places(language))
        if (rate := _rate(one, words))
    ]
    return [_found(one, words) for _, _, _, one in sorted(rated)[:MOST_FOUND]]


@cache
def _places(language: str) -> tuple[_Place, ...]:
    pages = [(sheet, read(sheet)) for sheet in every(language)]
    return tuple(
        _Place(sheet, page.title, part, _folded(part.text), _folded(part.heading))
        for sheet, page in pages
        for part in page.parts
    )


def _rate(place: _Place, words: list[str]) -> int:
    """0 if a word is nowhere in this place."""
    rate, title = 0, _folded(place.title)
    for word in words:
        here = min(5, place.text.count(word)) + IN_HEADING * (word in place.heading)
        if not here:
            return 0
        rate += here + IN_TITLE * (word in title)
    return rate


def _found(place: _Place, words: list[str]) -> Found:
    to = address(place.sheet)
    link = f"{to}#{place.part.anchor}" if place.part.level > 1 else to
    return Found(link, place.title, place.part.heading, place.sheet.language, _excerpt(place, words[0]))


def _excerpt(place: _Place, word: str) -> tuple[str, str, str]:
    text = " ".join(place.part.text.split())
    at = _folded(text).find(word)
    if at < 0:
        return text[: 2 * AROUND], "", ""
    end = at + len(word)
    before, after = text[max(0, at - AROUND) : at], text[end : end + AROUND]
    if at > AROUND:  # from a whole word on, and up to one
        before = f"… {before.partition(' ')[2]}"
    if end + AROUND < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return before, text[at:end], after


def _folded(text: str) -> str:
    """Small letters without marks, one for each letter: "Störung" is found by "stoerung" no more than by "storung"."""
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text.lower())
