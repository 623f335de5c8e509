"""No empty boxes: every sign of every language file has a glyph in the fonts of paper and of pages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from config.words import Words, languages, source
from ticket_printer.faces import file_for
from ticket_printer.ticket import PaperTicket, said_in
from ticket_printer.typesetting import line

WEB = Path(__file__).parents[2] / "server/web/static/fonts"


def signs(language: str) -> set[str]:
    return {sign for sign in source(language) if sign.isprintable() and not sign.isspace()}


@pytest.mark.parametrize("language", languages())
def test_paper_has_every_sign(language: str) -> None:
    """MissingGlyph names the sign that would be an empty box."""
    for style in ("text", "strong"):
        for sign in sorted(signs(language)):
            file_for(sign, style, None)


@pytest.mark.parametrize("language", languages())
def test_pages_have_every_sign(language: str) -> None:
    drawn: set[int] = set()
    for file in WEB.glob("*.woff2"):
        with TTFont(file, lazy=True) as font:
            drawn |= set(font.getBestCmap())

    assert [sign for sign in sorted(signs(language)) if ord(sign) not in drawn] == []


def test_an_arabic_line_with_a_number_is_set_in_the_order_of_the_sentence() -> None:
    """From right to left: the word, then "A 017" as one piece from the left, then the rest."""
    runs = line("رقم A 017، شباك 3", 40, "strong", "ar").runs
    said = [(run.text.strip(), run.rtl) for run in runs if run.text.strip()]
    places = {text: place for place, (text, _) in enumerate(said)}

    assert ("A 017", False) in said
    assert places["A 017"] < next(place for text, place in places.items() if "رقم" in text)
    assert places["3"] < places["A 017"]


def test_a_german_name_on_an_arabic_ticket_reads_from_the_left(a_ticket: Callable[..., PaperTicket]) -> None:
    """A text that the office did not translate keeps its own order, its brackets and its full stop among it."""
    ticket = a_ticket(language="ar", languages=("de", "ar"))
    for texts in ({"de": "Foto (farbig)."}, "Foto (farbig)."):
        runs = line("Foto (farbig).", 40, "text", said_in(ticket, texts, "ar")).runs

        assert "".join(run.text for run in runs) == "Foto (farbig)."
        assert not any(run.rtl for run in runs)
    assert said_in(ticket, {"de": "Pass", "ar": "جواز السفر"}, "ar") == "ar"


def test_the_whole_wait_of_an_arabic_ticket_is_said_in_words() -> None:
    assert Words("ar").text("ticket-range", low=20, high=30) == "من 20 إلى 30 دقيقة"
