"""The office's own sentences: each must say the number and the place, and is told by its table and key if it does not."""

from collections.abc import Callable

import pytest

from config.loader import Reading


@pytest.mark.parametrize(
    ("name", "language", "text", "key", "reason"),
    [
        ("calls", "de", "{number} {place}", "calls", "is no sentence that can be changed; those are call, call_way"),
        ("call", "de", "Nummer {number}", "call.de", "must say {place} too, else nobody hears it"),
        ("call_way", "en", "{number} {place}", "call_way.en", "must say {way} too"),
        (
            "call",
            "de",
            "{numer} {place}",
            "call.de",
            'knows no {numer}, only {number}, {place}, did you mean "number"?',
        ),
        ("call_brief", "de", "{number} {place} {way}", "call_brief.de", "knows no {way}"),
        ("call", "de", "{number} {place} }", "call.de", "has a brace without its other half"),
        ("call", "de-simple", "{number} {place}", "call.de-simple", "de-simple is spoken as de"),
    ],
)
def test_a_sentence_that_cannot_be_spoken_is_told(
    read_text: Callable[[str], Reading], small: str, name: str, language: str, text: str, key: str, reason: str
) -> None:
    reading = read_text(small.replace("[ticket]", f"[texts.{name}]\n{language} = '{text}'\n[ticket]"))

    (fault,) = reading.faults
    assert (fault.table, fault.key) == ("texts", key)
    assert reason in fault.reason


def test_a_sentence_that_says_all_is_the_offices(read_text: Callable[[str], Reading], small: str) -> None:
    office = read_text(small.replace("[ticket]", "[texts.call]\nde = '{number} nach {place}'\n[ticket]")).office

    assert office is not None
    assert office.texts == {"call": {"de": "{number} nach {place}"}}
