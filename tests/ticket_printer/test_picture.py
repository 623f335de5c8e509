"""The picture of a ticket: what can be read on it, in every language and width."""

from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from config.words import Words
from ticket_printer.faces import MissingGlyph, coverage
from ticket_printer.picture import PaperLanguage, picture
from ticket_printer.sheet import SHEETS
from ticket_printer.ticket import Expected, PaperTicket
from ticket_printer.typesetting import balanced, fitted, line, unbroken, wrap

LANGUAGES = ("de", "en", "ar", "uk", "tr")
FONTS = Path(__file__).parents[2] / "ticket_printer" / "fonts"

Ticket = Callable[..., PaperTicket]
WordsOf = Callable[[str], PaperLanguage]


class Heard:
    """Words that note which texts were asked for."""

    def __init__(self, words: PaperLanguage) -> None:
        self.language = words.language
        self.said: dict[str, str] = {}
        self._words = words

    def text(self, name: str, **args: object) -> str:
        self.said[name] = self._words.text(name, **args)
        return self.said[name]


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    return ImageChops.invert(image.convert("L").crop(box)).getbbox()


@pytest.mark.parametrize("width_mm", SHEETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_on_the_paper_opens_the_ticket(
    a_ticket: Ticket, words_of: WordsOf, language: str, width_mm: int
) -> None:
    ticket = a_ticket(language=language)
    image = picture(ticket, width_mm, words_of(language))

    assert image.mode == "1"
    assert image.width == SHEETS[width_mm].width
    assert [code.text for code in zxingcpp.read_barcodes(image.convert("L"))] == [ticket.url]


@pytest.mark.parametrize("width_mm", SHEETS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_touches_the_edge(a_ticket: Ticket, words_of: WordsOf, language: str, width_mm: int) -> None:
    sheet = SHEETS[width_mm]
    image = picture(a_ticket(language=language, number="W888", text="Wort " * 40), width_mm, words_of(language))
    box = ink(image, (0, 0, *image.size))

    assert box is not None
    assert box[0] >= sheet.margin - sheet.stroke
    assert box[2] <= sheet.width - sheet.margin + sheet.stroke
    assert image.height - box[3] >= sheet.gap // 2


def test_without_a_public_address_no_code_is_printed(a_ticket: Ticket) -> None:
    words = Heard(Words("de"))
    image = picture(a_ticket(url=None, code=None), 80, words)

    assert zxingcpp.read_barcodes(image.convert("L")) == []
    assert not {"ticket-link", "ticket-code"} & words.said.keys()


def test_what_a_kiosk_asks_for_stands_beside_the_number(a_ticket: Ticket) -> None:
    words = Heard(Words("de"))
    picture(a_ticket(), 80, words)

    assert words.said["ticket-code"] == "Zeichen für den Automaten: AB3K"


@pytest.mark.parametrize(
    ("expected", "ahead", "said"),
    [
        (Expected(20, 25, 30), 3, {"ticket-wait": "Sie warten etwa", "ticket-range": "20–30 Minuten"}),
        (Expected(20, 25, 30), 3, {"ticket-leave": "Sie können bis 10:35 weggehen (Stand 10:21)."}),
        (Expected(19.9, 25, 30.1), 3, {"ticket-range": "19–31 Minuten"}),
        (Expected(20, 25, 30, learning=True), 3, {"common-learning": "Schätzung, lernt noch"}),
        (Expected(20, 20, 20), 3, {"ticket-minutes": "20 Minuten"}),
        (Expected(0, 3, 5), 0, {"ticket-wait": "Sie warten etwa", "ticket-range": "0–5 Minuten"}),
        (Expected(0, 0, 0), 0, {"ticket-range": "0–1 Minuten"}),
        (None, 3, {"ticket-ahead": "3 Personen vor Ihnen"}),
        (None, 1, {"ticket-ahead": "Eine Person vor Ihnen"}),
        (None, 0, {"ticket-ahead": "Sie sind als Nächstes dran"}),
    ],
)
def test_the_wait_is_a_range_or_people_ahead(
    a_ticket: Ticket, expected: Expected | None, ahead: int, said: dict[str, str]
) -> None:
    words = Heard(Words("de"))
    picture(a_ticket(expected=expected, ahead=ahead), 80, words)

    assert words.said.items() >= said.items()
    assert ("ticket-ahead" in words.said) == (expected is None)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("no_counter", "Zurzeit ist kein Schalter dafür offen"),
        ("no_step_free", "Zurzeit ist kein stufenloser Schalter dafür offen"),
        ("something_new", "Zurzeit ist kein Schalter dafür offen"),
    ],
)
@pytest.mark.parametrize("ahead", [0, 3])
def test_nobody_is_next_where_nobody_serves(a_ticket: Ticket, reason: str, said: str, ahead: int) -> None:
    words = Heard(Words("de"))
    picture(a_ticket(expected=None, ahead=ahead, expected_reason=reason), 58, words)

    assert said in words.said.values()
    assert words.said.get("ticket-ahead") == ("3 Personen vor Ihnen" if ahead else None)


def test_with_nothing_known_there_is_no_box(a_ticket: Ticket) -> None:
    words = Heard(Words("de"))
    picture(a_ticket(expected=None, ahead=None), 80, words)

    assert not words.said.keys() & {"ticket-wait", "ticket-ahead", "ticket-leave"}


def test_the_offices_own_line_comes_in_both_languages(a_ticket: Ticket) -> None:
    """Without such a line, the product says in both languages how the number will be called."""
    text = {"de": "Toiletten im ersten Stock.", "en": "Toilets on the first floor."}
    without, one, both = (picture(a_ticket(text=said)).height for said in (None, {"de": text["de"]}, text))

    assert without < one == both


def test_a_line_that_is_not_translated_is_printed_once(a_ticket: Ticket) -> None:
    """It is printed in the office's language, which is the companion's too."""
    text = {"de": "Toiletten im ersten Stock."}
    whole = text | {"tr": "Tuvaletler birinci katta."}
    once, twice = (picture(a_ticket(language="tr", text=said)).height for said in (text, whole))

    assert once < twice


@pytest.mark.parametrize("number", ["A017", "W888", "A1000", "ZZ12345"])
@pytest.mark.parametrize("width_mm", [58, 80])
def test_the_number_is_read_across_the_room(a_ticket: Ticket, number: str, width_mm: int) -> None:
    """At least 7 mm high on the smallest paper, however long the number is."""
    sheet = SHEETS[width_mm]
    one = fitted(number, sheet.number, "number", "de", sheet.inner)
    strip = Image.new("1", (sheet.width, one.height), 1)
    one.draw(strip, 0, 0)
    box = ink(strip, (0, 0, *strip.size))

    assert box is not None
    assert one.width <= sheet.inner
    assert box[3] - box[1] >= 7 * 8


def test_arabic_is_mirrored_and_its_number_is_not(a_ticket: Ticket, words_of: WordsOf) -> None:
    """The code is on the side where reading begins; the number looks the same in every language."""
    sides, numbers = {}, []
    for language in ("de", "ar"):
        image = picture(a_ticket(language=language), 80, words_of(language))
        sides[language] = zxingcpp.read_barcodes(image.convert("L"))[0].position.top_left.x
        numbers.append(line("A 017", 176, "number", language).runs)

    assert sides["de"] < 100
    assert sides["ar"] > 300
    assert numbers[0] == numbers[1]


def test_arabic_letters_join() -> None:
    """Joined, a word is narrower than its letters one by one."""
    word = "بطاقة"
    joined = line(word, 40, "text", "ar").width

    assert joined < 0.8 * sum(line(letter, 40, "text", "ar").width for letter in word)


def test_every_word_of_the_product_can_be_printed() -> None:
    """All characters of every language file have a glyph in some ticket font."""
    drawn = {chr(code) for file in FONTS.glob("*.ttf") for code in coverage(file.name)}
    folder = Path(__file__).parents[2] / "config" / "languages"
    for file in (*folder.glob("*.ftl"), *(Path(__file__).parent / "languages").glob("*.ftl")):
        lines = [row for row in file.read_text(encoding="utf-8").splitlines() if row.lstrip().startswith("ticket-")]

        assert set("".join(lines)) <= drawn, file.name


def test_a_character_without_a_glyph_is_an_error_and_no_empty_box(a_ticket: Ticket) -> None:
    with pytest.raises(MissingGlyph, match=r"U\+6F22"):
        picture(a_ticket(office=a_ticket().office, services=["漢字"]))


def test_a_very_long_word_is_broken_and_a_long_text_makes_the_paper_longer(a_ticket: Ticket) -> None:
    lines = wrap("Aufenthaltsgenehmigungsverlängerungsantrag" * 3, 27, "text", "de", 300)
    long = picture(a_ticket(text="Bitte warten Sie im zweiten Stock. " * 60))

    assert len(lines) > 3
    assert all(one.width <= 300 for one in lines)
    assert long.height > 2000


@pytest.mark.parametrize("width_mm", SHEETS)
def test_a_service_is_drawn_smaller_before_a_word_of_it_is_broken(a_ticket: Ticket, width_mm: int) -> None:
    """Such as "Удостоверение" in large print on narrow paper."""
    sheet = SHEETS[width_mm].in_large_print()
    parts = ("Personalausweisänderungen"[:end] for end in range(6, 25))
    wide = next(name for name in parts if line(name, sheet.service, "strong", "de").width > sheet.inner)
    size = unbroken(wide, sheet.service, sheet.text, "strong", "de", sheet.inner)
    drawn = [picture(a_ticket(services=[name]), width_mm, large=True).height for name in (wide, "Pass")]

    assert sheet.text < size < sheet.service
    assert line(wide, size, "strong", "de").width <= sheet.inner
    assert drawn[0] <= drawn[1], "it takes one line"


@pytest.mark.parametrize("name", ["Удостоверение личности и паспорт", "Посвідчення особи та паспорт"])
def test_no_word_is_broken_to_make_lines_equal(name: str) -> None:
    sheet = SHEETS[58].in_large_print()
    lines = balanced(name, sheet.service, "strong", "ru", sheet.inner)

    assert " ".join("".join(run.text for run in one.runs) for one in lines) == name


def test_what_fits_nowhere_is_broken_but_stays_legible() -> None:
    assert unbroken("Kinderreisepassverlängerung" * 3, 44, 36, "strong", "de", 356) == 36
    assert unbroken("", 44, 36, "strong", "de", 356) == 44


def test_no_last_word_stands_alone() -> None:
    text = "Sie können bis 10:36 weggehen."
    greedy, even = (set_in(text, 24, "text", "de", 320) for set_in in (wrap, balanced))

    assert len(greedy) == len(even) == 2
    assert even[1].width > greedy[1].width


def test_fonts_bring_their_licence_and_stay_small() -> None:
    assert sum(file.stat().st_size for file in FONTS.iterdir()) < 1_500_000
    for name in ("Inter", "NotoSansArabic"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"OFL-{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["de", "en", "tr", "uk", "ar", "ru", "fr", "pl", "de-simple"])
@pytest.mark.parametrize("width_mm", [58, 80, 105])
def test_large_print_is_longer_and_its_code_is_read_in_every_language_and_width(
    a_ticket: Callable[..., PaperTicket], words_of: Callable[[str], PaperLanguage], width_mm: int, language: str
) -> None:
    ticket = a_ticket(language=language)
    usual, large = (picture(ticket, width_mm, words_of(language), large=one) for one in (False, True))

    assert large.width == usual.width
    assert large.height > 1.2 * usual.height
    assert [code.text for code in zxingcpp.read_barcodes(large.convert("L"))] == [ticket.url]
