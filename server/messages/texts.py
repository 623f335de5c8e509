"""A text that the office file gives per language, in the one somebody reads. For boards, server-drawn pages, terminal and paper.

Browsers do the same in `server/web/static/say.js` `named`.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Text = TypeVar("Text")


def in_language(texts: Mapping[str, Text], wanted: str, spoken: Sequence[str], nothing: Text) -> Text:
    """In `wanted`, in the language it is a form of ("de" of "de-simple"), in the office's first (`spoken`), else in any."""
    for name in (wanted, wanted.split("-")[0], *spoken[:1]):
        if texts.get(name):
            return texts[name]
    return next(iter(texts.values()), nothing)
