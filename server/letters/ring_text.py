"""What a phone shows when it is told: number and counter, in the language of its page. Pure."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.letters.rings import Ring
from server.letters.text import InWords
from server.messages.facts import Ticket
from server.messages.office import Office
from server.messages.texts import in_language
from server.office.state import State


def message(say: InWords, state: State, ring: Ring, language: str, path: str) -> dict[str, Any] | None:
    """The message as the page's worker reads it: title, body, the page to open. None if the ticket is gone."""
    ticket = state.tickets.get(ring.ticket)
    if ticket is None:
        return None
    title, body = _called(say, state, ticket, language) if ring.why == "called" else _missed(say, state, ring, language)
    return {
        "title": title,
        "body": body,
        "path": path,
        "tag": ring.ticket,
        "lang": language,
        "dir": say(language, "common-language-direction"),
    }


def _called(say: InWords, state: State, ticket: Ticket, language: str) -> tuple[str, str]:
    place = state.places.get(ticket.counter or "")
    label = "" if place is None else place.label
    way = "" if place is None else in_language(place.way, language, state.office.languages, "")
    return say(language, "phone-spoken-called", number=ticket.number, counter=label), way or state.office.name


def _missed(say: InWords, state: State, ring: Ring, language: str) -> tuple[str, str]:
    called = state.tickets[ring.ticket].first_called_at
    at = called if called is not None and state.tickets[ring.ticket].calls == 1 else ring.at
    return say(language, "phone-called-at", time=_clock(state.office, at)), say(language, "phone-missed-once-how")


def _clock(office: Office, at: int) -> str:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(office.time_zone)).strftime("%H:%M")
