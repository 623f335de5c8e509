"""One ticket as its owner sees it on a phone.

It tells about other people only how many there are. A full room has thousands of phones, and most news changes few of them. So
the facts of a board are gathered first, which is cheaper than drawing it, and a phone whose facts are the same is not drawn
again.
"""

from typing import NamedTuple

from msgspec.structs import replace

from server.messages import boards as b
from server.messages.facts import Ticket
from server.messages.instants import at_or_none, rfc3339
from server.messages.office import Office
from server.messages.rights import HOLDER_COMMANDS
from server.office import grid
from server.office.ahead import ahead_of, passed_by
from server.office.boards import parts
from server.office.boards.outlook import OwnerOutlook
from server.office.boards.sheet import Sheet
from server.office.state import ALIVE, HELD, State

MAY = tuple(sorted(HOLDER_COMMANDS))


class NamesAndPapers(NamedTuple):
    """What the services of a ticket are called, and which papers they need."""

    services: tuple[b.ServiceWords, ...]
    papers: dict[str, tuple[str, ...]]


class Facts(NamedTuple):
    """Everything that the board of a ticket is drawn from: equal facts make equal boards. `later`: it may not be called yet."""

    ticket: Ticket
    office: Office
    words: NamesAndPapers
    outlook: OwnerOutlook
    ahead: int | None
    passed_by: tuple[tuple[str, int], ...]
    place: b.Place | None
    later: bool
    may: tuple[str, ...]
    messages: tuple[b.Note, ...]


def facts(sheet: Sheet, name: str) -> Facts | None:
    """None if there is no such ticket any more, or never was."""
    mine = sheet.state.tickets.get(name)
    return None if mine is None else sheet.once("facts", lambda: _facts(sheet, mine), mine)


def _facts(sheet: Sheet, mine: Ticket) -> Facts:
    state, now = sheet.state, sheet.now
    return Facts(
        ticket=mine,
        office=state.office,
        words=sheet.once(("words", mine.services, mine.services or mine.done), lambda: _words(sheet, mine)),
        outlook=sheet.outlook.of_owner(mine),
        ahead=ahead_of(state, mine, now),
        passed_by=tuple(passed_by(state, mine).items()),
        place=_place(state, mine.counter, step_free="step_free" in mine.needs)
        if mine.counter and mine.state in HELD
        else None,
        later=(mine.not_before or 0) > now,
        may=tuple([command for command in MAY if grid.of_link(state, mine, command, now)]),
        messages=sheet.kept("of phones", lambda: _messages(sheet)),
    )


def _words(sheet: Sheet, mine: Ticket) -> NamesAndPapers:
    """Papers only for services that are still wanted.

    Kept from sheet to sheet, so that the facts of two sheets hold the same object and are compared fast.
    """
    names = mine.services or mine.done

    def make() -> NamesAndPapers:
        papers: dict[str, tuple[str, ...]] = {}
        for name in mine.services:
            for language, texts in sheet.state.plans[name].papers.items() if name in sheet.state.plans else ():
                papers[language] = (*papers.get(language, ()), *texts)
        return NamesAndPapers(parts.service_words(sheet.state, names), papers)

    return sheet.lasting(("words", mine.services, names), (sheet.state.office,), make)


def _place(state: State, counter: str, *, step_free: bool) -> b.Place:
    """Who has not asked for the way without steps may still look at it: with a pram, or a heavy bag."""
    other = {} if step_free else state.places[counter].way_step_free
    return replace(parts.place(state, counter, step_free=step_free), way_step_free=other)


def _messages(sheet: Sheet) -> tuple[b.Note, ...]:
    return tuple(parts.note(message) for message in sheet.state.messages.values() if "phones" in message.places)


def ticket(sheet: Sheet, name: str) -> b.Ticket | None:
    found = facts(sheet, name)
    return None if found is None else drawn(found)


def drawn(found: Facts) -> b.Ticket:
    """The board of these facts. Nothing else is read."""
    mine, office, wait, place = found.ticket, found.office, found.outlook, found.place
    return b.Ticket(
        number=mine.number,
        state=mine.state,
        ahead=found.ahead,
        expected=wait.expected,
        expected_reason=wait.reason,
        passed_by=dict(found.passed_by),
        services=found.words.services,
        counter=place,
        way=place.way if place else {},
        papers=found.words.papers,
        issued_at=rfc3339(mine.issued_at),
        called_at=at_or_none(mine.called_at if mine.state in HELD else _called_in_vain(mine)),
        attempt=mine.attempt,
        missed_at=at_or_none(_missed(mine)),
        not_before=at_or_none(mine.not_before if mine.state in ALIVE and found.later else None),
        away_until=at_or_none(mine.away_until),
        office=office.id,
        name=office.name,
        time_zone=office.time_zone,
        language=mine.language,
        away_minutes=office.policy.away_minutes,
        leave_until=wait.leave,
        longer=wait.longer,
        moved_at=at_or_none(mine.moved_at if mine.state in ("waiting", "away") and not mine.done else None),
        messages=found.messages,
        languages=office.languages,
        may=found.may,
    )


def _missed(ticket: Ticket) -> int | None:
    """When its owner missed a call; None once they came to a later one."""
    return ticket.missed_at if ticket.state == "missed" or ticket.calls == ticket.misses else None


def _called_in_vain(ticket: Ticket) -> int | None:
    """The instant of its only call, if nobody came to it."""
    return ticket.first_called_at if ticket.calls == 1 and _missed(ticket) is not None else None
