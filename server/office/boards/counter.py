"""The board of a counter, of which a large office has a hundred: what counters have in common is made once and handed on.

Three parts: what all counters show; what those show that may call the same tickets; and what follows from the counter alone,
which stays as it is when somebody presses at another counter.
"""

from collections.abc import Callable
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from msgspec.json import encode
from msgspec.structs import asdict, replace

from server.messages import boards as b
from server.messages.facts import Counter, Message, Ticket
from server.messages.office import StationPlan
from server.office import grid
from server.office.boards import parts
from server.office.boards.book import helpers, moved
from server.office.boards.queues import FIRST, Queue
from server.office.boards.sheet import COLLEAGUES, Sheet
from server.office.boards.sight import Sight
from server.office.boards.staff import (
    alarms,
    breaks,
    current,
    help_calls,
    may_of_counter,
    may_of_office,
    reasons,
)
from server.office.boards.stranded import uncallable
from server.office.state import State
from server.office.who_next import features_of, who_next

MOST = 10 * 1024
"""The most bytes of a counter's board, because at every press a hundred pages get one. Only very long names exceed it."""


class Lengths(NamedTuple):
    """The longest that each list may be: `few` for parked, missed and absent tickets, `stranded` for those that nobody can call;
    None in `lines`: all.

    `named`: lines have the names of their services, and colleagues the services they give.
    """

    few: int = 3
    messages: int = 5
    colleagues: int = COLLEAGUES
    stranded: int = 2
    lines: int | None = None
    named: bool = True
    queue: int = FIRST


USUAL = Lengths()
SHORTER = (
    Lengths(messages=3, named=False),
    Lengths(few=2, messages=2, colleagues=2, stranded=1, lines=5, named=False),
    *(
        Lengths(few=1, messages=1, colleagues=1, stranded=1, lines=3, named=False, queue=most)
        for most in range(FIRST, 7, -2)
    ),
)
"""A board that would be longer than MOST gets shorter lists; the queue is shortened last.

A count beside each list says how long it really is.
"""


Telling = TypeVar("Telling", b.Takeback | None, b.ShiftRow | None)


class Common(parts.Heading):
    """What all counters show."""

    away_minutes: int
    arrival: str
    stations: tuple[b.Reasoned, ...]
    services: tuple[b.ServiceWords, ...]
    break_reasons: tuple[b.Reasoned, ...]
    reasons: tuple[b.Reasoned, ...]
    picking: bool
    alarms: tuple[b.Alarm, ...]
    help: tuple[b.HelpCall, ...]
    helpers: tuple[b.HelperLine, ...]
    uncallable_total: int
    colleagues_total: int


class Lists(NamedTuple):
    """A counter's lists of tickets.

    Counters that may call the same tickets share one object, and so everything computed from it.
    """

    queue: Queue
    parked: Queue
    missed: Queue
    away: Queue
    lines: tuple[b.ServiceLine, ...]


class Own(NamedTuple):
    """What follows from the counter, its ticket, the messages and who looks."""

    face: b.CounterFace
    may: grid.May


def counter(sheet: Sheet, name: str, sight: Sight) -> b.Counter | None:
    mine, place = sheet.state.counters.get(name), sheet.state.places.get(name)
    if mine is None or place is None or isinstance(place, StationPlan):
        return None
    board = _drawn(sheet, mine, sight)
    over = len(sheet.encode(board)) - MOST
    return board if over <= 0 else _shorter(sheet, mine, sight, board, over)


def _shorter(sheet: Sheet, counter: Counter, sight: Sight, board: b.Counter, over: int) -> b.Counter:
    """The board with the longest lists that still make it `over` bytes shorter, if any do."""
    undo, moved = _brief(sheet, board.undo), _brief(sheet, board.moved)
    over -= len(encode((board.undo, board.moved))) - len(encode((undo, moved)))
    for lengths in SHORTER:
        parts = _parts(sheet, counter, sight, lengths)
        if sum(len(sheet.said(getattr(board, name))) - len(sheet.said(part)) for name, part in parts.items()) >= over:
            break
    listed = {row.id for name in ("queue", "parked", "missed", "away") for row in parts[name]}
    return replace(
        board,
        **parts,
        undo=undo,
        moved=moved,
        not_here=tuple(id for id in board.not_here if id in listed),
        not_printed=tuple(id for id in board.not_printed if id in listed),
    )


def _brief(sheet: Sheet, told: Telling) -> Telling:
    """Leaves out what does not apply to the things done."""
    if told is None:
        return None
    did = tuple(b.ShortDid(**asdict(one)) for one in told.did)
    return sheet.once("brief", lambda: replace(told, did=did), told)


def _parts(sheet: Sheet, counter: Counter, sight: Sight, lengths: Lengths) -> dict[str, Any]:
    """The lists of a board that may be shortened."""
    shown = lists(sheet, counter, lengths)
    return {
        "queue": sheet.short(shown.queue.first),
        "parked": sheet.aside(shown.parked.first),
        "missed": sheet.aside(shown.missed.first),
        "away": sheet.aside(shown.away.first),
        "lines": shown.lines,
        "colleagues": sheet.colleagues(counter.id, sight, lengths.colleagues, named=lengths.named),
        "messages": _notes(sheet, counter, lengths.messages),
        "uncallable": _stranded(sheet, sight, lengths.stranded),
    }


def _drawn(sheet: Sheet, mine: Counter, sight: Sight) -> b.Counter:
    state, name = sheet.state, mine.id
    own, shown = _own(sheet, mine, sight), lists(sheet, mine)
    undo = parts.takeback(state, sight, sheet.now, "counter", name)
    return b.Counter(
        **sheet.once("counters", lambda: _common(sheet, sight), sight.seen),
        **_parts(sheet, mine, sight, USUAL),
        counter=own.face,
        current=current(state, mine, sight),
        next=_next(sheet, mine, shown),
        waiting=shown.queue.total,
        waiting_total=shown.queue.total,
        parked_total=shown.parked.total,
        missed_total=shown.missed.total,
        away_total=shown.away.total,
        lines_total=len(shown.lines),
        messages_total=len(_messages(sheet, mine)),
        assignment=parts.given(mine.assignment) if mine.assignment else None,
        undo=undo,
        may=(*own.may, *may_of_office(sheet, sight, undo)),
        may_of_tickets=grid.of_tickets(state, sight.actor, own.may),
        moved=moved(sheet, name),
        not_here=_not_here(sheet, mine, own.may, shown),
        not_printed=_not_printed(sheet, sight, shown),
    )


def _common(sheet: Sheet, sight: Sight) -> Common:
    state = sheet.state
    _, stranded_total = uncallable(sheet, sight)
    return Common(
        **parts.heading(state),
        away_minutes=state.office.policy.away_minutes,
        arrival=state.office.policy.arrival,
        stations=sheet.kept("stations", lambda: _stations(state)),
        services=sheet.words(),
        break_reasons=breaks(sheet),
        reasons=reasons(sheet),
        picking=state.office.policy.picking,
        alarms=alarms(sheet),
        help=help_calls(sheet),
        helpers=helpers(state, called=True),
        uncallable_total=stranded_total,
        colleagues_total=len(state.office.counters) - 1,
    )


def _own(sheet: Sheet, counter: Counter, sight: Sight) -> Own:
    state = sheet.state
    since = (state.office, counter, state.ticket_at(counter))
    face = sheet.lasting((counter.id, sight.actor), since, lambda: parts.face(state, counter, sight))
    return Own(face, may_of_counter(sheet, counter, sight.actor))


def _messages(sheet: Sheet, counter: Counter) -> tuple[b.Note, ...]:
    """All messages that the counter shows, the newest last."""
    state = sheet.state

    def make() -> tuple[b.Note, ...]:
        return tuple(_note(sheet, one) for one in state.messages.values() if _is_for(one, counter.id))

    return sheet.lasting(("messages", counter.id), (*state.messages.values(),), make)


def _notes(sheet: Sheet, counter: Counter, most: int) -> tuple[b.Note, ...]:
    found = _messages(sheet, counter)
    return sheet.once(("last", most), lambda: found[-most:], found)


def _stranded(sheet: Sheet, sight: Sight, most: int) -> tuple[b.Stranded, ...]:
    found, _ = uncallable(sheet, sight)
    return sheet.once(("first", most), lambda: found[:most], found)


def _note(sheet: Sheet, message: Message) -> b.Note:
    """Its texts in the languages of staff only: a message that is on walls too has more, each a whole sentence."""
    note = parts.note(message)
    return replace(note, text=sheet.for_staff(note.text))


def _is_for(message: Message, counter: str) -> bool:
    """Whether a counter shows a message, and has not yet said that it was read."""
    addressed = not message.counters or counter in message.counters
    return "counters" in (message.places or parts.ROOM) and addressed and counter not in message.acknowledged


def lists(sheet: Sheet, counter: Counter, lengths: Lengths = USUAL) -> Lists:
    return sheet.once(("lists", counter.id, lengths), lambda: _shared_lists(sheet, counter, lengths))


def _shared_lists(sheet: Sheet, counter: Counter, lengths: Lengths) -> Lists:
    parked = sheet.kept("parked", lambda: sheet.others("parked"))
    own = sheet.queues.own(counter) or (len(parked) > lengths.few and any(one.counter == counter.id for one in parked))
    key = (counter.services, features_of(sheet.state, counter.id), counter.id if own else "", lengths)
    return sheet.once(key, lambda: _lists(sheet, counter, parked, lengths))


def _lists(sheet: Sheet, counter: Counter, parked: list[Ticket], lengths: Lengths) -> Lists:
    """Those that this counter parked; the last missed ones, who are most likely to come yet; the absent ones who are back
    soonest."""
    few, queue = lengths.few, sheet.queues.of_counter(counter)
    return Lists(
        queue if lengths.queue == FIRST else Queue(queue.first[: lengths.queue], queue.total),
        _few(parked, lambda ticket: ticket.counter != counter.id, few),
        sheet.kept(f"missed {few}", lambda: _few(sheet.others("missed"), lambda ticket: -(ticket.missed_at or 0), few)),
        sheet.kept(f"away {few}", lambda: _few(sheet.others("away"), lambda ticket: ticket.away_until or 0, few)),
        sheet.lines_of(counter.services, lengths.lines, named=lengths.named),
    )


def _few(tickets: list[Ticket], rank: Callable[[Ticket], int], most: int) -> Queue:
    """The first by rank, in the order of issue."""
    return Queue(tuple(sorted(sorted(tickets, key=rank)[:most], key=attrgetter("seq"))), len(tickets))


def _stations(state: State) -> tuple[b.Reasoned, ...]:
    language = state.office.languages[0]
    return tuple(b.Reasoned(id=one.id, names={language: one.label}) for one in state.office.stations)


def _next(sheet: Sheet, counter: Counter, shown: Lists) -> b.Next | None:
    """Counters that may call the same tickets and speak the same languages call the same one next."""
    if counter.state == "closed":
        return None

    def make() -> b.Next | None:
        if (found := who_next(sheet.state, counter, sheet.now)) is None:
            return None
        ticket, why = found
        return b.Next(id=ticket.id, number=ticket.number, services=ticket.services, why=parts.why_next(why))

    languages = getattr(sheet.state.places[counter.id], "languages", ())
    return sheet.once(("next", languages), make, shown)


def _not_here(sheet: Sheet, counter: Counter, may: grid.May, shown: Lists) -> tuple[str, ...]:
    """From its queue those for later, because it may call the rest; from the others those that it can neither call nor
    resume."""
    needed = {"parked": "resume_ticket"}
    later = sheet.once("later", lambda: [one for one in shown.queue.first if (one.not_before or 0) > sheet.now], shown)
    others = chain(later, shown.parked.first, shown.missed.first, shown.away.first)
    asked = (one for one in others if needed.get(one.state, "call_ticket") in may)
    return tuple(grid.not_here(sheet.state, counter, asked, sheet.now))


def _not_printed(sheet: Sheet, sight: Sight, shown: Lists) -> tuple[str, ...]:
    def make() -> tuple[str, ...]:
        listed = (*shown.queue.first, *shown.parked.first, *shown.missed.first, *shown.away.first)
        return grid.not_printed(sheet.state, sight.actor, listed)

    return sheet.once(("not printed", sight.actor.role), make, shown)
