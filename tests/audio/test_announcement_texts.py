"""The text of a call: every number, every kind of character, every language with a file."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from audio.texts import (
    Sign,
    announcement_texts,
    call_text,
    cardinal,
    number_words,
    place_words,
    speakable,
    spoken_languages,
)
from config.words import Words, languages
from server.messages.office import CounterPlan

GERMAN_DIGITS = ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
ENGLISH_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


def test_the_sentence_of_a_call() -> None:
    texts = announcement_texts("A017", Sign("3"), ["de", "en"])

    assert texts == {
        "de": "Nummer A, null eins sieben, bitte zu Schalter drei",
        "en": "Number A, zero one seven, please go to counter three",
    }


@pytest.mark.parametrize(("language", "digits"), [("de", GERMAN_DIGITS), ("en", ENGLISH_DIGITS)])
def test_every_number_is_said_digit_by_digit(language: str, digits: list[str]) -> None:
    """000 to 999: three words, one per digit, and each number sounds different from all others."""
    said = {f"{n:03}": number_words(f"A{n:03}", language) for n in range(1000)}

    for number, words in said.items():
        assert words == "A, " + " ".join(digits[int(digit)] for digit in number)
    assert len(set(said.values())) == 1000


def test_numbers_above_the_range_and_without_a_letter() -> None:
    assert number_words("A1000", "de") == "A, eins null null null"
    assert number_words("017", "de") == "null eins sieben"
    assert number_words("AB12", "de") == "A B, eins zwei"


@pytest.mark.parametrize("language", languages())
def test_no_digit_is_left_in_any_call(language: str) -> None:
    """In a sentence a digit before a full stop would be read as an ordinal. No call has a digit or such a full stop in it."""
    for number in range(1000):
        text = call_text(f"B{number:03}", Sign(f"Schalter {number % 120}"), language)
        assert not re.search(r"[0-9.]", text), text


WORD = r"[^\W\d_]([^\W\d_]|[’\u064b-\u0652])*([- ][^\W\d_]([^\W\d_]|[’\u064b-\u0652])*)*"
"""Letters, with the vowel marks of Arabic and the apostrophe inside Ukrainian words."""


@pytest.mark.parametrize("language", languages())
def test_counters_0_to_99_have_a_hundred_different_words(language: str) -> None:
    words = [cardinal(str(n), language) for n in range(100)]

    assert len(set(words)) == 100
    assert all(re.fullmatch(WORD, word) for word in words)


def test_german_counting() -> None:
    assert [cardinal(n, "de") for n in ("1", "12", "16", "17", "21", "30", "76", "99")] == [
        "eins", "zwölf", "sechzehn", "siebzehn", "einundzwanzig", "dreißig", "sechsundsiebzig", "neunundneunzig",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "german", "english"),
    [
        ("3", "Schalter drei", "counter three"),
        ("Schalter 3", "Schalter drei", "counter three"),
        ("SCHALTER 18", "Schalter achtzehn", "counter eighteen"),
        ("Zimmer 12", "Zimmer zwölf", "room twelve"),
        ("Zimmer 204", "Zimmer zwei null vier", "room two zero four"),
        ("03", "Schalter null drei", "counter zero three"),
        ("3a", "Schalter drei A", "counter three A"),
        ("B 7", "Schalter B sieben", "counter B seven"),
        ("Schalter 3-4", "Schalter drei vier", "counter three four"),
        ("Infopoint", "Infopoint", "Infopoint"),
    ],
)
def test_signs(label: str, german: str, english: str) -> None:
    assert place_words(Sign(label), "de") == german
    assert place_words(Sign(label), "en") == english


def test_a_sign_without_letters_or_digits_is_said_as_written() -> None:
    assert place_words(Sign("★"), "de") == "Schalter ★"


def test_the_office_may_say_how_a_counter_is_spoken() -> None:
    counter = CounterPlan(id="4", label="FD-4", zone="hall", services=(), spoken={"de": "Empfang 4."})

    assert place_words(counter, "de") == "Empfang vier"
    assert place_words(counter, "en") == "FD four"


def test_the_way_is_said_after_the_counter() -> None:
    counter = CounterPlan(id="3", label="3", zone="hall", services=(), way={"de": "im 2. Stock, Aufgang 3."})

    assert call_text("A017", counter, "de").endswith("bitte zu Schalter drei, im 2. Stock, Aufgang drei")
    assert call_text("A017", counter, "en").endswith("please go to counter three")


OWN = {
    "call": {"de": "Die Nummer {number}, wir freuen uns auf Sie, {place}."},
    "call_way": {"en": "Number {number}, {way}, {place}"},
    "call_brief": {"de": "{place}, {number}"},
}


def test_an_office_says_its_own_sentence() -> None:
    """A way is said where the office wants it, else after its sentence; a language without one has the product's words."""
    place = CounterPlan(id="3", label="3", zone="hall", services=(), way={"de": "links, Tür 2", "en": "on the left"})
    plain = replace(place, way={})
    brief = announcement_texts("A017", place, ["de", "en"], brief=True, own=OWN)

    assert call_text("A017", plain, "de", own=OWN) == (
        "Die Nummer A, null eins sieben, wir freuen uns auf Sie, Schalter drei"
    )
    assert call_text("A017", place, "de", own=OWN).endswith("auf Sie, Schalter drei, links, Tür zwei")
    assert call_text("A017", place, "en", own=OWN) == "Number A, zero one seven, on the left, counter three"
    assert call_text("A017", plain, "en", own=OWN) == call_text("A017", plain, "en")
    assert brief == {"de": "Schalter drei, A, null eins sieben", "en": "A, zero one seven, counter three"}


def test_an_english_ordinal_stays_one_word() -> None:
    counter = CounterPlan(id="3", label="3", zone="hall", services=(), way={"en": "left, 1st door, room 12"})

    assert call_text("A017", counter, "en").endswith("left, 1st door, room twelve")


@pytest.mark.parametrize("nasty", ["[[h@'loU]] 3", '<speed level="500">3', "{3}\\|"])
def test_office_texts_cannot_give_a_voice_commands(nasty: str) -> None:
    text = call_text("A017", Sign("3", spoken={"de": nasty}, way={"de": nasty}), "de")

    assert not set(text) & set("[]<>{}|\\")


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        (["de", "en"], ("de", "en")),
        (["en", "de"], ("en", "de")),
        (["de", "de"], ("de",)),
        (["de", "xx"], ("de",)),
        (["xx"], ("de",)),
        ([], ("de",)),
        (["en"], ("en",)),
        (["de", "en-GB"], ("de", "en")),
        (["de-simple"], ("de",)),
        (["de", "de-simple", "en"], ("de", "en")),
    ],
)
def test_languages_are_spoken_in_the_order_in_which_they_are_wanted(wanted: list[str], spoken: tuple[str, ...]) -> None:
    assert spoken_languages(wanted) == spoken


def test_at_most_two_languages_after_one_gong() -> None:
    assert len(spoken_languages([*languages(), "en", "de"])) <= 2


@pytest.mark.parametrize("language", [name for name in languages() if name in spoken_languages([name])])
def test_every_language_says_the_whole_call_itself(language: str) -> None:
    """No sentence changes to German in the middle."""
    words = Words(language)
    german = Words("de")

    for name in ("say-call", "say-call-way", "say-counter", "say-numbers"):
        args = {"number": "n", "place": "p", "way": "w", "counter": "c"}
        assert language == "de" or words.text(name, **args) != german.text(name, **args)


@pytest.mark.parametrize(
    ("label", "spoken"),
    [
        ("Tisch ①", "Tisch eins"),
        ("Tisch 3️⃣", "Tisch drei"),
        ("Haus ⑫", "Haus zwölf"),
        ("Zimmer 5²", "Zimmer fünf zwei"),
        ("Zimmer 5₂", "Zimmer fünf zwei"),
        ("Zimmer ٣٤", "Zimmer vierunddreißig"),
        ("Zimmer 𝟙𝟚", "Zimmer zwölf"),
        ("Aufgang Ⅳ", "Aufgang vier"),
        ("Raum ½", "Raum eins zwei"),
        ("Tu\u0308r 2", "Tür zwei"),
        ("🚪", "Schalter 🚪"),
        ("<>", "Schalter"),
        ("Zim\u00admer\u200f 7", "Zimmer sieben"),
    ],
)
def test_figures_of_every_kind_are_spoken_and_what_cannot_be_is_left_out(label: str, spoken: str) -> None:
    assert place_words(Sign(label), "de") == spoken


FIGURES = "".join(sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.numeric(sign, None) is not None)
ANYTHING = st.text(st.characters(codec="utf-8") | st.sampled_from(FIGURES), max_size=12)


@pytest.mark.parametrize("language", languages())
def test_every_figure_of_unicode_can_stand_in_a_label(language: str) -> None:
    for sign in FIGURES:
        for label in (sign, f"Zimmer 5{sign}", f"{sign}5"):
            assert not re.search(r"[\d¹²³]", place_words(Sign(label), language)), label


@given(text=ANYTHING, language=st.sampled_from(languages()))
def test_a_supervisors_own_words_hold_no_command_of_a_voice(text: str, language: str) -> None:
    said = speakable(text, language)

    assert said.isprintable()
    assert not re.search(r"[\[\]<>{}\\|]", said)


def test_a_call_is_said_as_it_is() -> None:
    said = call_text("A017", Sign("Zimmer 12", {}, {"de": "im 2. Stock, links"}), "de")

    assert speakable(said, "de") == said
    assert speakable("Um 12 Uhr <volume level='0'/> [[stop]]", "de") == "Um zwölf Uhr volume level='null'/ stop"


@given(number=ANYTHING, label=ANYTHING, spoken=ANYTHING, way=ANYTHING, language=st.sampled_from(languages()))
def test_whatever_an_office_wrote_becomes_a_sentence_that_a_voice_can_be_given(
    number: str, label: str, spoken: str, way: str, language: str
) -> None:
    said = call_text(number, Sign(label, {language: spoken}, {language: way}), language)

    assert said.isprintable()
    assert not re.search(r"[\[\]<>{}\\|]", said)
