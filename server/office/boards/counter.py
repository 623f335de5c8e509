"""The board of a counter, of which a large office has a hundred: what counters have in common is made once and handed on.

It is made of parts: what all counters show; what those show that may call the same tickets; some lists; and what follows from
the counter alone. A part that several counters have in common is one object, and so encoded once (`Sheet.fields`).
"""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from msgspec.json import encode
from msgspec.structs import asdict, replace

from server.messages import boards as b
from server.messages.actor import Actor
from server.messages.facts import Counter, Message, Ticket
from server.messages.office import StationPlan
from server.messages.rights import NOTES
from server.messages.terms import TicketState
from server.office import grid
from server.office.boards import parts
from server.office.boards.book import helpers, moved, rules_of_authors
from server.office.boards.counter_lists import SHORTER, USUAL, Callers, Lengths, Lists, callers, lists
from server.office.boards.sheet import Sheet
from server.office.boards.sight import Sight
from server.office.boards.staff import (
    alarms,
    breaks,
    current,
    help_calls,
    may_of_counter,
    may_of_office,
    next_of,
    reasons,
)
from server.office.boards.stranded import uncallable
from server.office.state import State

MOST = 10 * 1024
"""The most bytes of a counter's board, because at every press a hundred pages get one. Only very long names exceed it."""
OF_LISTS = ("not_here", "not_printed", "noted")
"""Fields that name tickets of its lists."""
Telling = TypeVar("Telling", b.Takeback | None, b.ShiftRow | None)
Fields = Mapping[str, Any]


class InCommon(NamedTuple):
    """The parts of a board that others have in common with it, by name and in the order of the fields of `b.Counter`."""

    common: Fields
    listed: Fields
    lines: tuple[b.ServiceLine, ...]
    colleagues: tuple[b.CounterFace, ...]
    messages: tuple[b.Note, ...]
    uncallable: tuple[b.Stranded, ...]

    def fields(self) -> Iterator[tuple[str, Any]]:
        yield from self.common.items()
        yield from self.listed.items()
        yield from zip(self._fields[2:], self[2:], strict=True)


class Own(NamedTuple):
    """What follows from the counter, its ticket and who looks; `said`: as it is sent."""

    fields: Fields
    said: bytes


class Whole(NamedTuple):
    """All parts; `pieces`: of the shared ones each as it is sent, without what stands around it."""

    shared: InCommon
    pieces: tuple[bytes, ...]
    own: Own


class LookAlike(NamedTuple):
    """Counters for which this is the same share all but their own parts. `colleague`: its place among those that others list;
    `messages`: what it shows of them; `mine`: those of whoever looks among the listed counters."""

    callers: Callers
    open: bool
    languages: tuple[str, ...]
    colleague: int
    messages: tuple[b.Note, ...]
    mine: tuple[str, ...]


class Said(NamedTuple):
    """A board as it is sent: joined, the pieces are its JSON. `pressing`: a hash of what of it must be shown at once: not how its
    colleagues and the services as a whole are doing. Who waits for this counter, and how many, is told in other pieces."""

    pieces: tuple[bytes, ...]
    pressing: int


def counter(sheet: Sheet, name: str, sight: Sight) -> b.Counter | None:
    found = _whole(sheet, name, sight)
    return None if found is None else b.Counter(**dict(found.shared.fields()), **found.own.fields)


def said(sheet: Sheet, name: str, sight: Sight) -> Said | None:
    """The same as it is sent."""
    found = _whole(sheet, name, sight)
    if found is None:
        return None
    own = found.own.said
    common, listed, lines, colleagues, messages, uncallable = found.pieces
    pieces = (
        b"{",
        common,
        b",",
        listed,
        b",",
        lines,
        b",",
        colleagues,
        b",",
        messages,
        b",",
        uncallable,
        b",",
        own,
        b"}",
    )
    return Said(pieces, hash((common, listed, messages, uncallable, own)))


def _whole(sheet: Sheet, name: str, sight: Sight) -> Whole | None:
    mine, place = sheet.state.counters.get(name), sheet.state.places.get(name)
    if mine is None or place is None or isinstance(place, StationPlan):
        return None
    alike = _alike(sheet, mine, sight)
    shared, pieces, shown = _shared(sheet, mine, sight, alike, USUAL)
    found = Whole(shared, pieces, _own(sheet, mine, sight, alike, shown))
    return found if _size(found) <= MOST else _shorter(sheet, mine, sight, alike, found)


def _size(whole: Whole) -> int:
    return (
        sum(map(len, whole.pieces)) + len(whole.own.said) + len(whole.pieces) + 2
    )  # with what stands between and around them


def _shorter(sheet: Sheet, mine: Counter, sight: Sight, alike: LookAlike, usual: Whole) -> Whole:
    """With the longest lists that make it no longer than MOST, as far as there are such."""
    own = usual.own.fields
    own = {**own, "undo": _brief(sheet, own["undo"]), "moved": _brief(sheet, own["moved"])}
    found = usual._replace(own=Own(own, _encoded(own)))
    for lengths in SHORTER:
        shared, pieces, _ = _shared(sheet, mine, sight, alike, lengths)
        found = Whole(shared, pieces, found.own)
        if _size(found) <= MOST:
            break
    if any(own[name] for name in OF_LISTS):
        listed = sheet.once("ids", lambda: _ids(found.shared.listed), found.shared.listed)
        own.update((name, tuple(id for id in own[name] if id in listed)) for name in OF_LISTS)
        found = found._replace(own=Own(own, _encoded(own)))
    return found


def _ids(listed: Fields) -> frozenset[str]:
    return frozenset(row.id for name in ("queue", "parked", "missed", "away") for row in listed[name])


def _encoded(own: Fields) -> bytes:
    return encode(own)[1:-1]


def _brief(sheet: Sheet, told: Telling) -> Telling:
    """Leaves out what does not apply to the things done."""
    if told is None:
        return None

    def make() -> Telling:
        return replace(told, did=tuple(b.ShortDid(**asdict(one)) for one in told.did))

    return sheet.once("brief", make, told)


def _alike(sheet: Sheet, mine: Counter, sight: Sight) -> LookAlike:
    languages = getattr(sheet.state.places[mine.id], "languages", ())
    return LookAlike(
        callers(sheet, mine),
        mine.state != "closed",
        languages,
        sheet.beside(mine.id),
        _messages(sheet, mine),
        sheet.once(("mine", sight.actor.holder, sight.actor.earlier), lambda: sheet.held_listed(sight.actor)),
    )


def _shared(
    sheet: Sheet, mine: Counter, sight: Sight, alike: LookAlike, lengths: Lengths
) -> tuple[InCommon, tuple[bytes, ...], Lists]:
    """What it has in common with others, as it is sent, and the tickets of it."""

    def make() -> tuple[InCommon, tuple[bytes, ...], Lists]:
        shown = lists(sheet, mine, alike.callers, lengths)
        shared = InCommon(
            sheet.once("counters", lambda: _common(sheet, sight), sight.seen),
            sheet.once(("listed", alike.open, alike.languages), lambda: _listed(sheet, mine, shown), shown),
            shown.lines,
            sheet.colleagues(alike.colleague, sight, lengths.colleagues, named=lengths.named),
            _last(sheet, alike.messages, lengths.messages),
            _stranded(sheet, sight, lengths.stranded),
        )
        return shared, _pieces(sheet, shared), shown

    return sheet.once((lengths, alike._replace(messages=()), id(sight.seen)), make, alike.messages)


def _pieces(sheet: Sheet, shared: InCommon) -> tuple[bytes, ...]:
    rows = zip(shared._fields[2:], shared[2:], strict=True)
    return (sheet.fields(shared.common), sheet.fields(shared.listed), *(sheet.field(name, part) for name, part in rows))


def _common(sheet: Sheet, sight: Sight) -> Fields:
    """What all counters show."""
    state = sheet.state
    _, stranded_total = uncallable(sheet, sight)
    return dict(
        **parts.heading(state),
        arrival=state.office.policy.arrival,
        away_minutes=state.office.policy.away_minutes,
        stations=sheet.kept("stations", lambda: _stations(state)),
        services=sheet.words(),
        break_reasons=breaks(sheet),
        reasons=reasons(sheet),
        profiles=sheet.kept("profiles", lambda: parts.profiles(state.office)),
        picking=state.office.policy.picking,
        alarms=alarms(sheet),
        help=help_calls(sheet),
        helpers=helpers(state, called=True),
        uncallable_total=stranded_total,
        colleagues_total=len(state.office.counters) - 1,
    )


def _listed(sheet: Sheet, counter: Counter, shown: Lists) -> Fields:
    """Counters that may call the same tickets, are not closed and speak the same languages show the same."""
    return {
        "next": next_of(sheet, counter) if counter.state != "closed" else None,
        "waiting": shown.queue.total,
        "queue": sheet.short(shown.queue.first),
        "parked": sheet.aside(shown.parked.first),
        "missed": sheet.aside(shown.missed.first),
        "away": sheet.aside(shown.away.first),
        "waiting_total": shown.queue.total,
        "parked_total": shown.parked.total,
        "missed_total": shown.missed.total,
        "away_total": shown.away.total,
        "lines_total": len(sheet.services(counter.services)),
    }


def _own(sheet: Sheet, mine: Counter, sight: Sight, alike: LookAlike, shown: Lists) -> Own:
    """Kept from sheet to sheet while it is the same: most presses are at other counters."""
    state, actor = sheet.state, sight.actor
    may, undo = may_of_counter(sheet, mine, actor), _undo(sheet, sight, mine.id)
    mine = sheet.with_set(mine)
    moving = moved(sheet, mine.id)
    found = (
        state.office,
        mine,
        actor,
        current(state, mine, sight),
        undo,
        may,
        may_of_office(sheet, sight, undo),
        _may_of_tickets(sheet, actor, may),
        _not_here(sheet, mine, may, shown),
        _not_printed(sheet, actor, shown),
        _noted_of(sight, shown),
        moving,
        rules_of_authors(sheet, *(one.by for one in (mine.assignment, moving) if one is not None)),
        len(alike.messages),
        state.ticket_at(mine),
    )

    def make() -> Own:
        _, _, _, held, undo, may, may_of_office, of_tickets, not_here, not_printed, noted, row, rules, messages, _ = (
            found
        )
        fields = {
            "counter": parts.face(state, mine, sight),
            "current": held,
            "assignment": parts.given(mine.assignment) if mine.assignment else None,
            "undo": undo,
            "may": (*may, *may_of_office),
            "may_of_tickets": of_tickets,
            "not_here": not_here,
            "not_printed": not_printed,
            "noted": noted,
            "over_desk": any(one.counter == mine.id for one in state.office.displays),
            "moved": row,
            "rules": rules,
            "messages_total": messages,
        }
        return Own(fields, _encoded(fields))

    return sheet.lasting(("own", mine.id, actor.principal, actor.holder), found, make)


def _undo(sheet: Sheet, sight: Sight, name: str) -> b.Takeback | None:
    """The latest press of the person who looks that can still be undone: at this counter, or at none."""
    state, actor = sheet.state, sight.actor
    who = ("latest", actor.principal, actor.role)
    young = sheet.once(who, lambda: parts.latest(state, sight, sheet.now, "counter"))
    mine = ((key, act) for key, act in young if name in act.counters or not act.counters)
    offered = (sheet.once(("takeback", key), partial(parts.takeback, state, key, act), act) for key, act in mine)
    return next((one for one in offered if one is not None), None)


def _may_of_tickets(sheet: Sheet, actor: Actor, may: grid.May) -> dict[TicketState, grid.May]:
    asked = tuple(name in may for name in grid.OF_COUNTERS)  # the grid asks nothing else about the counter
    return sheet.once(("of tickets", actor.role, asked), lambda: grid.of_tickets(sheet.state, actor, may))


def _messages(sheet: Sheet, counter: Counter) -> tuple[b.Note, ...]:
    """All that it shows, the newest last. Counters that show the same share them."""
    every = sheet.messages()
    if not every:
        return ()
    shown = sheet.lasting(
        ("for", counter.id), (every,), lambda: tuple(one for one in every if _is_for(one, counter.id))
    )
    whole = len(shown) == len(every)
    return sheet.lasting(
        ("messages", "" if whole else counter.id), (every if whole else shown,), lambda: tuple(_noted(sheet, shown))
    )


def _noted(sheet: Sheet, messages: tuple[Message, ...]) -> Iterator[b.Note]:
    """Its texts in the languages of staff only: a message that is on walls too has more, each a whole sentence."""
    for note in map(parts.note, messages):
        yield replace(note, text=sheet.for_staff(note.text))


def _last(sheet: Sheet, found: tuple[b.Note, ...], most: int) -> tuple[b.Note, ...]:
    return found if len(found) <= most else sheet.once(("last", most), lambda: found[-most:], found)


def _stranded(sheet: Sheet, sight: Sight, most: int) -> tuple[b.Stranded, ...]:
    found, _ = uncallable(sheet, sight)
    return sheet.once(("first", most), lambda: found[:most], found)


def _is_for(message: Message, counter: str) -> bool:
    """Whether a counter shows a message, and has not yet said that it was read."""
    addressed = not message.counters or counter in message.counters
    return "counters" in (message.places or parts.ROOM) and addressed and counter not in message.acknowledged


def _stations(state: State) -> tuple[b.StationWords, ...]:
    language = state.office.languages[0]
    return tuple(
        b.StationWords(id=one.id, names={language: one.label}, services=one.services) for one in state.office.stations
    )


def _not_here(sheet: Sheet, counter: Counter, may: grid.May, shown: Lists) -> tuple[str, ...]:
    """From its queue those for later, because it may call the rest; from the others those that it can neither call nor
    resume."""
    others: tuple[Ticket, ...] = sheet.once("beside", lambda: tuple(_beside(sheet, shown)), shown)
    if not others:
        return ()
    needed = {"parked": "resume_ticket"}
    asked = (one for one in others if needed.get(one.state, "call_ticket") in may)
    return tuple(grid.not_here(sheet.state, counter, asked, sheet.now))


def _beside(sheet: Sheet, shown: Lists) -> Iterator[Ticket]:
    later = (one for one in shown.queue.first if (one.not_before or 0) > sheet.now)
    return chain(later, shown.parked.first, shown.missed.first, shown.away.first)


def _noted_of(sight: Sight, shown: Lists) -> tuple[str, ...]:
    if not sight.notes or sight.actor.role not in NOTES:
        return ()
    listed = (*shown.queue.first, *shown.parked.first, *shown.missed.first, *shown.away.first)
    return tuple(one.id for one in listed if one.id in sight.notes)


def _not_printed(sheet: Sheet, actor: Actor, shown: Lists) -> tuple[str, ...]:
    def make() -> tuple[str, ...]:
        listed = (*shown.queue.first, *shown.parked.first, *shown.missed.first, *shown.away.first)
        return grid.not_printed(sheet.state, actor, listed)

    return sheet.once(("not printed", actor.role), make, shown)
