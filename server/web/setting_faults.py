"""What is wrong with a setting, in the language of its page: sentences of `aufruf check`, which speaks English, said in words.

Called by `/admin/settings`. A sentence that is not known here is shown as it is, behind words that say so; a test asks for each
that a form can meet.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_NUMBER = r"-?[\d.e+]+"
_SAID: tuple[tuple[str, str], ...] = (
    ("no-page", r"no page sets this key.*"),
    ("no-row", r"there is no (?P<what>\S+) in (?P<table>\w+).*"),
    ("misfit", r"names something that the office does not have, or the counter cannot serve.*"),
    ("range", rf"must be from (?P<low>{_NUMBER}) to (?P<high>{_NUMBER})(?: \w+)?, is .*"),
    ("text", r"must be 1 to 400 characters, .*|must be text in quotes.*"),
    ("id", r"must be 1 to (?:64 letters|40 small letters), .*"),
    ("language", r"must be a language such as .*"),
    ("choice", r"must be one of (?P<words>[\w, ]+?)(?:, did you mean .*)?"),
    ("twice", r'names "(?P<what>.*)" twice'),
    ("whole", r"must be (?:a whole number|whole \w+).*"),
    ("number", r"must be a number.*"),
    ("list", r"must be a list.*"),
    ("span", r"must be from-to as in .*"),
    ("span-ends", r'"(?P<span>.*)" must end after it begins.*'),
    ("span-order", r"(?P<span>\S+) must come after (?P<before>\S+), without overlap"),
    ("date", r"is no date; .*|must be a date as in .*|must be a day such as .*|(?P<day>\S+) is no day of the calendar"),
    ("day-over", r"is over; today is (?P<day>\S+)"),
    ("day-far", r"is more than (?P<days>\d+) days ahead"),
    ("must-say", r"must say (?P<words>.*) too, else nobody hears it"),
    ("brace", r"knows no (?P<what>\{.*?\}), only (?P<words>[{}\w, ]+?)(?:, did you mean .*)?"),
    ("brace-half", r"has a brace without its other half; write (?P<words>.*)"),
    ("never-spoken", r"is never spoken: (?P<language>\S+) is spoken as (?P<base>\S+)"),
    ("one-service", r"must name at least one (?:service|zone)"),
    ("own-counter", r"must be left out: it shows its `counter` alone"),
    ("skills", r"must include (?P<what>\S+), which the counter opens with"),
    ("pair", r"needs the same `zones` as (?P<what>\S+): .*"),
    ("too-long", r"(?:has \d+ characters; at most|a text of at most) (?P<most>\d+).*"),
    ("too-many", r"(?P<most>\d+) settings of \d+ characters are the most; .*"),
    ("no-such", r"the office has no such row, or does not have what the value names"),
    ("unserved", r"no counter can serve it"),
    ("retired", r"opens with (?P<what>\S+), which is retired"),
    ("unseen", r"has counters, but no display shows their calls"),
    ("never-open", r"the office never opens"),
    ("unnamed", r"has no (?:name|text) in (?P<languages>[\w, -]+?)(?:, the office's first language)?"),
)
"""The end of a word `admin-fault-...`, and the sentence after the key."""
KNOWN = tuple((word, re.compile(sentence, re.DOTALL)) for word, sentence in _SAID)


class SettingFault(NamedTuple):
    """`word`: empty if the sentence is not known. `about`: what it names."""

    key: str
    word: str
    about: dict[str, str]


def known(sentence: str) -> SettingFault:
    """A sentence of `aufruf check` or of a refusal: `hours.mon: must be a list ...`; a refusal may have no key."""
    for key, reason in _halves(sentence):
        for word, pattern in KNOWN:
            if (found := pattern.fullmatch(reason)) is not None:
                return SettingFault(key, word, found.groupdict(""))
    return SettingFault("", "", {})


def said(sentence: str, say: Callable[..., str]) -> str:
    """`say`: the words of the page's language."""
    key, word, about = known(sentence)
    words = say(f"admin-fault-{word}", **about) if word else say("admin-fault-other", said=sentence)
    return f"{key}: {words}" if key else words


def _halves(sentence: str) -> Iterator[tuple[str, str]]:
    key, found, reason = sentence.partition(": ")
    if found and " " not in key:
        yield key, reason
    yield "", sentence
