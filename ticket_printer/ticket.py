"""The content of a printed ticket: the one message that a print job carries.

Pure data. The server builds it from a ticket, `picture` draws it; nothing here knows a printer.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from config.words import FALLBACK
from server.messages.texts import in_language, which_language

# One text, or one text per language ({"de": "Ausweis", "en": "ID card"}).
Worded = str | dict[str, str]


class Expected(msgspec.Struct, frozen=True):
    """The expected wait in minutes from the issue of the ticket: a range and its middle. `learning`: few visits were known."""

    low: float
    median: float
    high: float
    learning: bool = False


class PaperOffice(msgspec.Struct, frozen=True):
    """The office whose name is at the top of the ticket."""

    name: Worded


class PaperTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as it is printed.

    `number` is the plain number ("A017"). `services` and `text` are texts or texts per language, `papers` (what to have
    ready) a list, or one per language as in the office file. `issued_at` is RFC 3339 with an offset, `time_zone` the
    IANA name of the office's zone. `ahead` counts the tickets before it, null if unknown. `expected` is null if there is no
    forecast, or if `expected_reason` says why nobody serves it. Without `url` no QR code is printed. `languages`: those of
    the office, its first language first. `pictograms`: of each service the name of its picture, if it has one.
    `leave_until`: how long its holder may leave the room. `code`: what a kiosk asks for beside the number.
    `logo`: a PNG in base64, printed at the top.
    """

    number: str
    services: list[Worded]
    office: PaperOffice
    language: str = FALLBACK
    languages: tuple[str, ...] = (FALLBACK,)
    issued_at: datetime
    time_zone: str = "Europe/Berlin"
    ahead: int | None = None
    expected: Expected | None = None
    expected_reason: str | None = None
    leave_until: datetime | None = None
    url: str | None = None
    code: str | None = None
    pictograms: list[str | None] = []
    papers: list[str] | dict[str, list[str]] = []
    text: Worded | None = None
    logo: bytes | None = None


UNDETERMINED = "und"
"""The language of a number, and of a text that came without its language, in BCP 47."""


def said(ticket: PaperTicket, text: Worded, language: str) -> str:
    """A text of the ticket in this language, else in the one that `in_language` chooses among the office's."""
    return text if isinstance(text, str) else in_language(text, language, ticket.languages, "")


def said_in(ticket: PaperTicket, texts: object, language: str) -> str:
    """The language in which `said` or `papers_of` says it. It decides where the line begins: a German name that nobody translated
    is read from the left on an Arabic ticket too."""
    chosen = which_language(texts, language, ticket.languages) if isinstance(texts, dict) else None
    return chosen or UNDETERMINED


def papers_of(ticket: PaperTicket, language: str) -> list[str]:
    """What to have ready, in the language as `said` chooses it."""
    found = ticket.papers
    return found if isinstance(found, list) else in_language(found, language, ticket.languages, [])


def local_time(ticket: PaperTicket) -> datetime:
    """When the ticket was issued, on the office's wall clock."""
    return ticket.issued_at.astimezone(ZoneInfo(ticket.time_zone))


def leave_until(ticket: PaperTicket) -> datetime | None:
    """Until when its holder may leave the room, on the office's wall clock; None if unknown or too short to leave."""
    return ticket.leave_until.astimezone(ZoneInfo(ticket.time_zone)) if ticket.leave_until else None
