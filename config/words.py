"""The words that people see and hear: one Fluent file per language. Where a word is missing, the German one is used.

Every file has what citizens see and hear; only some have the words of staff pages too.

Called by tickets, announcements, pages made by the server, and problem answers; browsers read the same files.
"""

import re
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_date

from config.word_entries import word_entries

FALLBACK = "de"
DRAFT = "common-language-draft"
OF_STAFF = "staff-home"
"""Whoever translates staff pages translates this word too: a file that has it has all words of staff."""
_REFERENCE = re.compile(r"\{ *([a-z][\w-]*) *\}")


@cache
def languages() -> tuple[str, ...]:
    """Every language that has a file, German first."""
    folder = resources.files("config") / "languages"
    found = sorted(f.name.removesuffix(".ftl") for f in folder.iterdir() if f.name.endswith(".ftl"))
    return (FALLBACK, *(name for name in found if name != FALLBACK))


@cache
def staff_languages() -> tuple[str, ...]:
    """The languages of staff pages, German first: those whose files have the words of staff."""
    return tuple(name for name in languages() if _language(name).has(OF_STAFF))


def direction(language: str) -> str | None:
    """ "ltr" or "rtl", as the file of the language (or of its base language) says; None for a language without a file."""
    known = _known(language)
    return None if known is None else Words(known).text("common-language-direction")


def _known(language: str) -> str | None:
    """The language if it has a file, else its base language ("de" of "de-AT"), else None."""
    return next((name for name in (language, language.split("-")[0]) if name in languages()), None)


def source(language: str) -> str:
    """The text of a language's file; LookupError names the languages there are."""
    if language not in languages():
        raise LookupError(f"no words for {language!r}; there are {', '.join(languages())}")
    return (resources.files("config") / "languages" / f"{language}.ftl").read_text(encoding="utf-8")


class _Language:
    """The words of one file. Each is parsed when it is first needed: all of them would take a start two seconds."""

    def __init__(self, language: str) -> None:
        self._bundle = FluentBundle([language.split("-")[0]], use_isolating=False)
        self._entries = word_entries(source(language))

    def has(self, name: str) -> bool:
        return name in self._entries

    def text(self, name: str, args: dict[str, Any]) -> str:
        """Raises ValueError if the word needs what `args` do not have."""
        self._parse(name)
        pattern = self._bundle.get_message(name).value
        if pattern is None:
            raise ValueError(f"{name} says nothing")
        said, errors = self._bundle.format_pattern(pattern, _days(args))
        if errors:
            raise ValueError(f"{name}: {errors[0]}")
        return str(said)

    def _parse(self, name: str) -> None:
        if not self._bundle.has_message(name) and name in self._entries:
            self._bundle.add_resource(FluentResource(self._entries[name]))
            for other in _REFERENCE.findall(self._entries[name]):
                self._parse(other)


_language = cache(_Language)


def _days(args: dict[str, Any]) -> dict[str, Any]:
    """A date is said whole, as the language says it: "Dienstag, 24. November 2026"."""
    return {name: fluent_date(one, dateStyle="full") if isinstance(one, date) else one for name, one in args.items()}


class Words:
    """The words of one language. `text("ticket-wait", low=20, high=30)` → str; KeyError if not even German has the word."""

    def __init__(self, language: str) -> None:
        wanted = _known(language) or FALLBACK
        self._asked = [
            _language(name) for name in dict.fromkeys((wanted, _known(wanted.split("-")[0]) or FALLBACK, FALLBACK))
        ]
        self.language = wanted

    def text(self, name: str, **args: Any) -> str:
        for language in self._asked:
            if language.has(name):
                return language.text(name, args)
        raise KeyError(name)

    def draft(self) -> str | None:
        """What says that the readers of this language have not checked its words yet; None for a language that is ready."""
        return self.text(DRAFT) if self._asked[0].has(DRAFT) else None
