"""A ticket as a 1-bit picture: what a printer prints and `aufruf ticket preview` shows.

Pure: a PaperTicket, a width and words go in, an image comes out. Called by the transports and the preview.
"""

from datetime import datetime
from typing import Any, Protocol

from PIL import Image

from config.words import Words, languages
from ticket_printer.faces import pictogram
from ticket_printer.page import Page
from ticket_printer.sheet import SHEETS
from ticket_printer.ticket import UNDETERMINED, PaperTicket, leave_until, local_time, papers_of, said, said_in
from ticket_printer.typesetting import fitted, unbroken


class PaperLanguage(Protocol):
    """The words of one language: `text` gives the words of a message id."""

    language: str

    def text(self, name: str, **args: Any) -> str: ...


def picture(
    ticket: PaperTicket, width_mm: int = 80, words: PaperLanguage | None = None, *, large: bool = False
) -> Image.Image:
    """The ticket, black on white, mode "1", `SHEETS[width_mm].width` dots wide and as high as needed.

    `words`: by default those of the ticket's language; `large`: in large print. Raises MissingGlyph instead of printing an
    empty box, and KeyError for a width without a sheet.
    """
    words = words or Words(ticket.language)
    sheet = SHEETS[width_mm].in_large_print() if large else SHEETS[width_mm]
    page = Page(sheet, words.language, rtl=words.text("common-language-direction") == "rtl")
    _head(page, ticket, words)
    _number(page, ticket, words)
    _wait(page, ticket, words)
    _link(page, ticket, words)
    _foot(page, ticket, words)
    return page.finished()


NOBODY_SERVES = ("no_counter", "no_step_free", "closed", "situation", "stale")
"""The reasons for a missing expected wait that have words. Another one, of a newer server, is shown like the first."""


def _head(page: Page, ticket: PaperTicket, words: PaperLanguage) -> None:
    if ticket.logo:
        page.logo(ticket.logo)
    at = local_time(ticket)
    day = words.text("ticket-day", weekday=at.isoweekday(), day=at.day, month=at.month)
    page.ends(
        " ".join(said(ticket, ticket.office.name, words.language).split()), f"{day} · {at:%H:%M}", page.sheet.head
    )
    page.rule()


def _number(page: Page, ticket: PaperTicket, words: PaperLanguage) -> None:
    # The number is Latin in every language and on its own line, so that no other script can reorder it.
    page.ink(fitted(ticket.number, page.sheet.number, "number", UNDETERMINED, page.sheet.inner))
    if ticket.code:
        page.centred(words.text("ticket-code", code=ticket.code), page.sheet.text, "text")
    for name in ticket.pictograms:
        page.centred(pictogram(name), page.sheet.big * 3 // 2, "sign", language=UNDETERMINED)
    for service in ticket.services:
        name, language = said(ticket, service, words.language), said_in(ticket, service, words.language)
        size = unbroken(name, page.sheet.service, page.sheet.text, "strong", language, page.sheet.inner)
        page.centred(name, size, "strong", language=language)


def _wait(page: Page, ticket: PaperTicket, words: PaperLanguage) -> None:
    small, big = page.sheet.text, page.sheet.big
    if ticket.expected is not None:
        lead, span = _span(ticket, words)
        until = leave_until(ticket)
        leave = _leave(words, until, local_time(ticket)) if until else ""
        learning = words.text("common-learning") if ticket.expected.learning else ""
        page.box([(lead, small, "text"), (span, big, "strong"), (learning, small, "text"), (leave, small, "text")])
    elif ticket.expected_reason:
        reason = ticket.expected_reason if ticket.expected_reason in NOBODY_SERVES else NOBODY_SERVES[0]
        ahead = words.text("ticket-ahead", count=ticket.ahead) if ticket.ahead else ""
        page.box([(ahead, small, "text"), (words.text(f"common-no-wait-{reason}".replace("_", "-")), small, "strong")])
    elif ticket.ahead is not None:
        page.box([(words.text("ticket-ahead", count=ticket.ahead), round(big * 0.8), "strong")])


def _leave(words: PaperLanguage, until: datetime, drawn: datetime) -> str:
    """How long the holder may leave the room. It was true when the ticket was issued, and says so."""
    return words.text("ticket-leave", time=f"{until:%H:%M}", drawn=f"{drawn:%H:%M}")


def _span(ticket: PaperTicket, words: PaperLanguage) -> tuple[str, str]:
    """The two lines about the wait: ("Sie warten etwa", "20–30 Minuten"). Rounded outwards to whole minutes."""
    assert ticket.expected is not None
    low, high = int(ticket.expected.low), max(1, -int(-ticket.expected.high // 1))
    if low >= high:
        return words.text("ticket-wait"), words.text("ticket-minutes", minutes=high)
    return words.text("ticket-wait"), words.text("ticket-range", low=low, high=high)


def _link(page: Page, ticket: PaperTicket, words: PaperLanguage) -> None:
    if ticket.url:
        page.code(ticket.url, words.text("ticket-link"))


def _foot(page: Page, ticket: PaperTicket, words: PaperLanguage) -> None:
    page.dashes()
    if papers := papers_of(ticket, words.language):
        page.paragraph(words.text("ticket-papers"), words.language)
        for paper in papers:
            page.item(paper, said_in(ticket, ticket.papers, words.language))
    line = said(ticket, ticket.text, words.language) if ticket.text else ""
    if ticket.text:
        page.paragraph(line, said_in(ticket, ticket.text, words.language))
    if draft := Words(words.language).draft():
        page.paragraph(draft, words.language)
    if other := _other_language(ticket, words.language):
        own = ticket.text.get(other) if isinstance(ticket.text, dict) else None
        if own is None or own != line:  # without a translation the line stands there in this language already
            page.paragraph(own or Words(other).text("ticket-follow"), other)


def _other_language(ticket: PaperTicket, own: str) -> str | None:
    """The language of the last line, which is for a companion: the office's first language, other than the ticket's,
    with words."""
    base = own.split("-")[0]
    return next((name for name in ticket.languages if name.split("-")[0] != base and name in languages()), None)
