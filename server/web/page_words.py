"""The words that a page needs, out of the file of a language: a phone a third of German, a counter a fifth. Pure."""

from typing import NamedTuple

from config.word_entries import word_entries


class Needed(NamedTuple):
    """How the words of a page begin; those of `refusals` are not filled up from another language: without words, a refusal is
    said in general."""

    words: tuple[str, ...]
    refusals: tuple[str, ...] = ("problem-",)

    @property
    def all(self) -> tuple[str, ...]:
        return self.words + self.refusals


PAGES = {
    "phone": Needed(("phone-", "common-", "place-")),
    "counter": Needed(
        (
            *("counter-", "desk-", "station-", "staff-", "common-", "kiosk-help", "wall-phrase-"),
            *("supervisor-by-", "supervisor-preset-", "supervisor-state-", "supervisor-until"),
        )
    ),
}
"""By the folder that a page names in `data-words`: the ticket's page; the counter, reception and stations."""
DRAFT = "common-language-draft"
"""Says of one language that it is a draft, so no other may lend it."""


def page_words(page: str, text: str, *others: str) -> str:
    """`page`: its folder; `text`: the file of the language; `others`: those from which it is filled up, the nearest first."""
    needed = PAGES[page]
    found = {name: entry for name, entry in word_entries(text).items() if name.startswith(needed.all)}
    for other in others:
        for name, entry in word_entries(other).items():
            if name.startswith(needed.words) and name != DRAFT:
                found.setdefault(name, entry)
    return "".join(found.values())
