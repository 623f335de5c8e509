"""The file of a language, cut into its words without being parsed, which takes a hundred times as long. Pure.

Used by `config.words`, which parses a word when it is first said, and by the web, which sends a page its own words only.
"""

import re

_ENTRY = re.compile(r"^(?P<name>[a-z][\w-]*) *=.*\n(?:[ \t}].*\n|\n(?=[ \t]))*", re.MULTILINE)


def word_entries(text: str) -> dict[str, str]:
    """By the name of each word what the file has for it, in the order of the file."""
    whole = text if text.endswith("\n") else f"{text}\n"
    return {found["name"]: found[0] for found in _ENTRY.finditer(whole)}
