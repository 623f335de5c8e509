"""Draws tickets for printers that fetch them from the server, and for the supervisor's preview. Called by the web, in threads.

Pillow is loaded with the first ticket: most servers leave drawing to the printers' agents. Without the extra `printer` there is
no picture, and the log says why.
"""

import asyncio
import io
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import structlog
from msgspec import ValidationError, convert

from server.installed import lacks
from server.messages.office import Office
from server.web.drawn import Drawn

_log = structlog.get_logger("aufruf.server")
AT_ONCE = 2
"""At most so many tickets are drawn at a time: each takes a processor for 10 ms."""


class TicketDrawing:
    """One per node. `logo(office)`: the picture for the top of its tickets, in base64."""

    def __init__(self, logo: Callable[[str], str | None] = lambda office: None) -> None:
        self._logo = logo
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def drawn(self, ticket: Mapping[str, Any], width_mm: int, large: bool) -> Drawn | None:
        """A ticket as it stands on a printer's board; None if it cannot be drawn."""
        async with self._turn:
            return await asyncio.to_thread(_drawn, ticket, width_mm, large)

    async def sample(self, office: Office, language: str, width_mm: int, large: bool) -> Drawn | None:
        """What a ticket of this office looks like, with everything on it."""
        async with self._turn:
            return await asyncio.to_thread(_sample, office, language, width_mm, large, self._logo(office.id))


def _drawn(ticket: Mapping[str, Any], width_mm: int, large: bool) -> Drawn | None:
    if not _able():
        return None
    from ticket_printer.drawable import drawable
    from ticket_printer.faces import MissingGlyph
    from ticket_printer.picture import picture
    from ticket_printer.sheet import at_most
    from ticket_printer.ticket import PaperTicket

    try:
        paper, _ = drawable(convert(ticket, PaperTicket))
        return _as_drawn(picture(paper, at_most(width_mm), large=large))
    except (MissingGlyph, ValidationError, LookupError, ValueError) as fault:
        _log.error("a ticket cannot be drawn", reason=str(fault))
        return None


def _sample(office: Office, language: str, width_mm: int, large: bool, logo: str | None) -> Drawn | None:
    if not _able():
        return None
    from ticket_printer.drawable import drawable
    from ticket_printer.faces import MissingGlyph
    from ticket_printer.picture import picture
    from ticket_printer.preview import sample_ticket
    from ticket_printer.sheet import at_most

    try:
        paper, _ = drawable(sample_ticket(office, language, datetime.now(UTC), b64decode(logo) if logo else None))
        return _as_drawn(picture(paper, at_most(width_mm), large=large))
    except (MissingGlyph, LookupError, ValueError) as fault:
        _log.error("the sample ticket cannot be drawn", reason=str(fault))
        return None


def _as_drawn(image: Any) -> Drawn:
    file = io.BytesIO()
    image.save(file, "PNG")
    last = 0xFF << (-image.width % 8) & 0xFF  # what fills up a row is white
    rows, wide = bytearray(byte ^ 0xFF for byte in image.tobytes()), -(-image.width // 8)
    for end in range(wide - 1, len(rows), wide):
        rows[end] &= last
    return Drawn(image.width, image.height, file.getvalue(), bytes(rows))


@cache
def _able() -> bool:
    missing = lacks("printer")
    if missing:
        _log.error("tickets cannot be drawn here: install aufruf[printer]")
    return not missing
