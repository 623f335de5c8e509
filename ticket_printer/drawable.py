"""A ticket with only those signs that its fonts can draw: the others are left out, and the ticket is printed anyway.

An office may use any sign of the world in a name; the citizen needs the ticket more than the sign.
Called by the agent, which tells staff what was left out.
"""

from typing import Any

from msgspec.structs import replace

from ticket_printer.direction import plain
from ticket_printer.faces import MissingGlyph, file_for
from ticket_printer.ticket import PaperTicket, Worded

MOST_LOST = 0.5
"""If a name lost more than this share of its signs, it says nothing any more: another language is used."""


def drawable(ticket: PaperTicket) -> tuple[PaperTicket, str]:
    """The ticket as its fonts can draw it, and the signs that were left out. Its number is never changed."""
    lost: dict[str, None] = {}
    papers = ticket.papers
    clean = replace(
        ticket,
        services=[_said(name, lost) for name in ticket.services],
        office=replace(ticket.office, name=_said(ticket.office.name, lost)),
        papers=_lines(papers, lost)
        if isinstance(papers, list)
        else _known({x: _lines(p, lost) for x, p in papers.items()}),
        text=None if ticket.text is None else _said(ticket.text, lost),
    )
    return clean, "".join(lost)


def _said(text: Worded, lost: dict[str, None]) -> Worded:
    if isinstance(text, str):
        return _kept(text, lost)
    kept = {language: _kept(one, lost) for language, one in text.items()}
    return _known({language: one for language, one in kept.items() if _says(one, text[language])}) or ""


def _known(texts: dict[str, Any]) -> dict[str, Any]:
    """The texts without the languages in which nothing useful is left: `said` then chooses another language."""
    return {language: one for language, one in texts.items() if one}


def _says(kept: str, text: str) -> bool:
    return bool(kept.strip()) and len(kept) >= MOST_LOST * len(text)


def _lines(lines: list[str], lost: dict[str, None]) -> list[str]:
    return [kept for one in lines if (kept := _kept(one, lost)).strip()]


def _kept(text: str, lost: dict[str, None]) -> str:
    """The signs that a font can draw. Any white space becomes a plain space; a new line stays a new line."""
    kept: list[str] = []
    before = None
    for sign in plain(text):
        if sign.isspace():
            kept.append("\n" if sign == "\n" else " ")
            continue
        try:
            before = file_for(sign, "strong", before)
        except MissingGlyph:
            lost[sign] = None
        else:
            kept.append(sign)
    return "".join(kept).strip()
