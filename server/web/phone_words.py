"""The words that a phone needs, out of the file of a language: a third of German, which has the words of staff too. Pure."""

import re

NEEDED = ("phone-", "common-", "place-", "problem-")
"""How the words of the ticket's page begin."""
FILLED = ("phone-", "common-", "place-")
"""What a language lacks is said in the next one; a refusal without words is said in general instead."""
DRAFT = "common-language-draft"
"""Says of one language that it is a draft, so no other may lend it."""
_ENTRY = re.compile(r"^(?P<name>[a-z][\w-]*) *=.*\n(?:[ \t}].*\n|\n(?=[ \t]))*", re.MULTILINE)


def phone_words(text: str, *others: str) -> str:
    """`text`: the file of the language; `others`: those from which it is filled up, the nearest first."""
    found = {name: entry for name, entry in _entries(text) if name.startswith(NEEDED)}
    for other in others:
        for name, entry in _entries(other):
            if name.startswith(FILLED) and name != DRAFT:
                found.setdefault(name, entry)
    return "".join(found.values())


def _entries(text: str) -> list[tuple[str, str]]:
    return [
        (match.group("name"), match.group()) for match in _ENTRY.finditer(text if text.endswith("\n") else f"{text}\n")
    ]
