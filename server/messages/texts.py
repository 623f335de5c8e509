"""Chooses the language of a text of the office file. Used by boards, pages drawn by the server, the terminal and on paper.

Browsers do the same in `server/web/static/say.js` `named`.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

Text = TypeVar("Text")


def in_language(texts: Mapping[str, Text], wanted: str, spoken: Sequence[str], nothing: Text) -> Text:
    """The text in the language that `which_language` chooses; `nothing` if there is none."""
    found = which_language(texts, wanted, spoken)
    return nothing if found is None else texts[found]


def which_language(texts: Mapping[str, object], wanted: str, spoken: Sequence[str]) -> str | None:
    """`wanted`, else its base language ("de" of "de-simple"), else the office's first (`spoken`), else any that has a text."""
    for name in (wanted, wanted.split("-")[0], *spoken[:1]):
        if texts.get(name):
            return name
    return next(iter(texts), None)
