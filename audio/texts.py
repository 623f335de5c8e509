"""The text of an announcement: a number and a place become one sentence per language. Pure.

Words come from the section "Ansage" of each language's file, or from the table `texts` of an office that has its own. Called
by the server's wiring and by `audio.say`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from config.words import FALLBACK, Words, languages

AFTER_ONE_GONG = 2
"""The most languages after one gong: with 6 s + 4 s of speech a zone has room for about six calls a minute."""

_PIECES = re.compile(r"[0-9]+|[^\W\d_]+")
_COMMANDS = re.compile(r"[\[\]<>{}\\|]")
"""Signs that voices read as commands: Pico knows <tags>, espeak-ng knows [[phonemes]]."""


OwnTexts = Mapping[str, Mapping[str, str]]
"""An office's own sentences, as in its file: {name of the sentence: {language: text}}."""
NONE: Mapping[str, Any] = {}


class SpokenPlace(Protocol):
    """The place somebody is called to. All but `label` are `{language: text}`; counters of an office file are places."""

    @property
    def label(self) -> str: ...
    @property
    def spoken(self) -> Mapping[str, str]: ...
    @property
    def way(self) -> Mapping[str, str]: ...
    @property
    def way_step_free(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Sign:
    """A place of which only the label is known."""

    label: str
    spoken: Mapping[str, str] = field(default_factory=dict)
    way: Mapping[str, str] = field(default_factory=dict)
    way_step_free: Mapping[str, str] = field(default_factory=dict)


def announcement_texts(
    number: str,
    place: SpokenPlace,
    wanted: Sequence[str],
    *,
    step_free: bool = False,
    brief: bool = False,
    own: OwnTexts = NONE,
) -> dict[str, str]:
    """`("A017", counter 3, ["de", "tr"])` → {language: sentence}, in the order of speaking.

    `step_free`: by the way without steps; `brief`: as one of several calls after one gong, without a way.
    """
    if brief:
        return {language: brief_text(number, place, language, own) for language in spoken_languages(wanted)}
    return {
        language: call_text(number, place, language, step_free=step_free, own=own)
        for language in spoken_languages(wanted)
    }


def test_texts(wanted: Sequence[str]) -> dict[str, str]:
    """What is said to hear whether a room has a voice."""
    return {language: Words(language).text("say-test") for language in spoken_languages(wanted)}


def spoken_languages(wanted: Iterable[str]) -> tuple[str, ...]:
    """At most two languages that have words, in the given order. A variant ("de-simple", "en-GB") is spoken as its language."""
    bases = (language.split("-")[0] for language in wanted)
    known = dict.fromkeys(base for base in bases if base in languages())
    return tuple(known)[:AFTER_ONE_GONG] or (FALLBACK,)


def brief_text(number: str, place: SpokenPlace, language: str, own: OwnTexts = NONE) -> str:
    """ "A, null eins sieben, Schalter drei"."""
    said = {"number": number_words(number, language), "place": place_words(place, language)}
    return _own(own, "call_brief", language, said) or Words(language).text("say-brief", **said)


def call_text(number: str, place: SpokenPlace, language: str, *, step_free: bool = False, own: OwnTexts = NONE) -> str:
    """ "Nummer A, null eins sieben, bitte zu Schalter drei": no digits, so none before a full stop."""
    words = Words(language)
    said = {"number": number_words(number, language), "place": place_words(place, language)}
    way = _clean((step_free and place.way_step_free.get(language)) or place.way.get(language, ""))
    if not way:
        return _own(own, "call", language, said) or words.text("say-call", **said)
    said["way"] = _digits_in(way, language)
    if sentence := _own(own, "call_way", language, said):
        return sentence
    # an office that has only its own sentence without a way says the way after it
    sentence = _own(own, "call", language, said)
    return f"{sentence}, {said['way']}" if sentence else words.text("say-call-way", **said)


def _own(own: OwnTexts, name: str, language: str, said: Mapping[str, str]) -> str:
    """The office's own sentence with this number and place; "" if it has none. Its braces were checked with its file."""
    sentence = own.get(name, NONE).get(language, "")
    for what, words in said.items():
        sentence = sentence.replace(f"{{{what}}}", words)
    return sentence and _clean(sentence)


def number_words(number: str, language: str) -> str:
    """ "A017" → "A, null eins sieben": letters as letters, then digit by digit."""
    parts = _PIECES.findall(plain(number))
    return ", ".join(_digits(part, language) if _is_figure(part) else " ".join(part.upper()) for part in parts)


def place_words(place: SpokenPlace, language: str) -> str:
    """The office's `spoken` text, else the label: "3" → "Schalter drei", "Zimmer 12" → in English "room twelve"."""
    own = _clean(place.spoken.get(language, ""))
    if own:
        return _digits_in(own, language)
    parts = _PIECES.findall(plain(place.label))
    named = [_labelled(part, language) for part in parts]
    if any(_is_word(part) for part in parts):
        return " ".join(named)
    return Words(language).text("say-counter", counter=" ".join(named) or _clean(place.label)).strip()


def plain(text: str) -> str:
    """All digits and numbers of Unicode as plain digits: "Zimmer ٣" → "Zimmer 3", "Tisch ①" → "Tisch 1", "Haus ⑫" → "Haus 12".

    A raised or circled number is never joined with the digits next to it ("5²" is five two, not fifty-two). Signs that no voice
    can say, also invisible ones, become a space or nothing.
    """
    return "".join(_plain(sign) for sign in unicodedata.normalize("NFC", text))


@cache
def _plain(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isprintable() else " "
    decimal, value, kind = unicodedata.decimal(sign, None), unicodedata.numeric(sign, None), unicodedata.category(sign)
    if decimal is not None:
        return str(decimal)
    if value is not None and kind in ("No", "Nl"):
        return f" {int(value)} " if value.is_integer() and value >= 0 else _fraction(sign)
    if kind == "Cf":
        return ""
    return " " if kind[0] in "CZ" else sign


def _fraction(sign: str) -> str:
    return f" {' '.join(re.findall('[0-9]+', unicodedata.normalize('NFKC', sign)))} "


def cardinal(digits: str, language: str) -> str:
    """ "12" → "zwölf"; from 100 on, or with a leading zero, digit by digit ("Zimmer zwei null vier")."""
    if len(digits) > 2 or (len(digits) == 2 and digits[0] == "0"):
        return _digits(digits, language)
    return _numbers(language)[int(digits)]


def _labelled(part: str, language: str) -> str:
    if _is_figure(part):
        return cardinal(part, language)
    if _is_word(part):
        return _place_names(language).get(part.casefold(), part)
    return part.upper()


def _is_word(part: str) -> bool:
    return len(part) > 1 and not _is_figure(part)


def _is_figure(part: str) -> bool:
    """Whether a part of a plain text is a number."""
    return part[0] in "0123456789"


def _digits(digits: str, language: str) -> str:
    return " ".join(_numbers(language)[int(digit)] for digit in digits)


def _digits_in(text: str, language: str) -> str:
    # An ordinal inside a sentence ("im 2. Stock", "1st door") is read well by every voice; all other numbers become words.
    return re.sub(r"[0-9]+(?!\.\s|[0-9]|(?:st|nd|rd|th)\b)", lambda found: cardinal(found.group(), language), text)


def speakable(text: str, language: str) -> str:
    """A text in a form that every voice can say: without commands for voices, numbers as words. An Arabic comma is read like
    any other; as one of those it divides phrases, so that Arabic calls are joined from them too."""
    return _digits_in(_clean(text), language).replace("\u060c", ",")


def _clean(text: str) -> str:
    return " ".join(_COMMANDS.sub(" ", plain(text)).split()).rstrip(".!;, ")


@cache
def _numbers(language: str) -> tuple[str, ...]:
    numbers = tuple(word.strip() for word in Words(language).text("say-numbers").split(","))
    if len(numbers) != 100:
        raise ValueError(f"say-numbers of {language!r} lists {len(numbers)} words; it must be 0 to 99")
    return numbers


@cache
def _place_names(language: str) -> Mapping[str, str]:
    pairs = (pair.partition(":") for pair in Words(language).text("say-place-names").split(","))
    return {written.strip().casefold(): said.strip() for written, _, said in pairs}
