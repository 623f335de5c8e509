"""Chooses the language of a text of the office file. Used by boards, pages drawn by the server, the terminal and on paper.

Browsers do the same in `server/web/static/say.js` `named`.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Text = TypeVar("Text")


def in_language(texts: Mapping[str, Text], wanted: str, spoken: Sequence[str], nothing: Text) -> Text:
    """The text in `wanted`, else in its base language ("de" of "de-simple"), else in the office's first (`spoken`),
    else in any."""
    for name in (wanted, wanted.split("-")[0], *spoken[:1]):
        if texts.get(name):
            return texts[name]
    return next(iter(texts.values()), nothing)
