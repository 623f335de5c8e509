"""The parts of staff boards, each drawn and encoded once for one state at one instant, however many pages show them.

A hundred counter pages show the same people waiting, the same colleagues, the same services. A sheet is valid for its state
and its instant only; `server.push` makes it and throws it away. What does not depend on the instant is kept for the next sheet
of the same entry (`kept`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar, cast

from msgspec import Raw
from msgspec.json import encode
from msgspec.structs import replace

from server.messages import boards as b
from server.messages.actor import Actor
from server.messages.facts import Counter, Message, Ticket
from server.messages.instants import MINUTE, at_or_none
from server.messages.terms import TicketState
from server.office import with_set
from server.office.boards import parts
from server.office.boards.outlook import Outlook
from server.office.boards.queues import Queues
from server.office.boards.sight import Sight
from server.office.boards.trouble import Unmet, trouble, unmet
from server.office.reach import OutOfReach, Reach
from server.office.roster import shifts
from server.office.state import State
from server.office.waits import Waits

COLLEAGUES = 3
"""How many other counters a counter lists."""
SHARED: Mapping[type[b.Part], tuple[str, ...]] = {
    b.Supervisor: ("services", "counters", "tickets", "devices", "alarms", "help", "uncallable"),
    b.Desk: ("services", "tickets", "counters", "devices", "alarms", "help", "uncallable"),
}
"""Fields that many boards of a kind have in common: they are encoded once."""
LASTING = 4_096
"""How many things are kept from sheet to sheet: one for each counter page and the person who looks at it."""
Made = TypeVar("Made")
Row = TypeVar("Row", bound=b.Line)


class Sheet:
    """What boards of the same state and instant have in common. `reach`: who could call whom; `outlook`: the expected waits;
    `queues`: who waits, in the order of call. `languages`: those of staff pages; staff boards name services in no other."""

    def __init__(
        self,
        state: State,
        now: int,
        waits: Waits | None = None,
        before: "Sheet | None" = None,
        languages: Sequence[str] = (),
    ) -> None:
        self.state: State = state
        self._languages = frozenset((*languages, *state.office.languages[:1])) if languages else None
        self.now, self.reach = now, Reach(state, now)
        self._entry: tuple[str, int, str] = (state.epoch, state.seq, state.mark)
        same = before is not None and before.state is state and before._entry == self._entry
        self._kept: dict[str, object] = before._kept if same and before is not None else {}
        self.outlook = Outlook(self.reach, waits)
        self.queues = Queues(state, now)
        self._made: dict[tuple[object, int], tuple[object, Any]] = {}
        self._lasting: dict[object, tuple[tuple[object, ...], object]] = before._lasting if before is not None else {}
        self._encoded: dict[int, tuple[object, bytes]] = {}

    def once(self, what: object, make: Callable[[], Made], about: object = None) -> Made:
        """What `make` gives, made once for the whole sheet, or once for each object that it is `about`.

        `what`: a hashable name for it.
        """
        known = self._made.get((what, id(about)))
        if known is None:
            # kept beside the object: the id of a freed object could be given to another
            known = self._made[(what, id(about))] = (about, make())
        made: Made
        _, made = known
        return made

    def kept(self, what: str, make: Callable[[], Made]) -> Made:
        """The same for things that depend neither on the instant nor on who looks: made once for each entry of the log."""
        if what not in self._kept:
            self._kept[what] = make()
        return cast(Made, self._kept[what])

    def lasting(self, what: object, since: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What follows from the values `since` alone: made again when one of them is another, else kept from sheet to sheet."""
        if (known := self._lasting.get(what)) is not None:
            before, kept = known
            if before == since:
                return cast(Made, kept)
        if len(self._lasting) >= LASTING:
            self._lasting.clear()
        made = make()
        self._lasting[what] = (since, made)
        return made

    # people

    def others(self, *states: TicketState) -> list[Ticket]:
        """The tickets in one of these states, none of which is "waiting", in the order of issue."""
        others = self.kept("others", lambda: sorted(self.state.others(), key=attrgetter("seq")))
        return [ticket for ticket in others if ticket.state in states]

    def stranded(self) -> tuple[list[OutOfReach], int]:
        """The tickets that nobody can call (the first few, each with the reason), and how many there are."""
        return self.once("stranded", self.reach.stranded)

    def lines(self, tickets: Sequence[Ticket]) -> tuple[b.Line, ...]:
        """The tickets as a list for staff. The same sequence gives the same object, so `encode` finds its bytes again."""
        return self._rows(tickets, b.Line)

    def short(self, tickets: Sequence[Ticket]) -> tuple[b.QueueLine, ...]:
        """The same for the list of a counter."""
        return self._rows(tickets, b.QueueLine)

    def aside(self, tickets: Sequence[Ticket]) -> tuple[b.AsideLine, ...]:
        """The same for tickets that do not wait."""
        return self._rows(tickets, b.AsideLine)

    def _rows(self, tickets: Sequence[Ticket], kind: type[Row]) -> tuple[Row, ...]:
        return self.once(("rows", kind), lambda: tuple(self._row(ticket, kind) for ticket in tickets), tickets)

    def _row(self, ticket: Ticket, kind: type[Row]) -> Row:
        def make() -> Row:
            row = parts.line(self.reach, self.outlook, ticket, kind)
            usual = isinstance(row, b.QueueLine) and row.language == self.state.office.languages[0]
            return replace(row, language=None) if usual else row

        return self.once(kind, make, ticket)

    def messages(self) -> tuple[Message, ...]:
        """All of them, as one object as long as they are the same."""
        return self.kept("every message", self._messages)

    def _messages(self) -> tuple[Message, ...]:
        every = (*self.state.messages.values(),)
        return self.lasting("messages", every, lambda: every)

    # services and counters

    def services(self, names: tuple[str, ...]) -> tuple[b.ServiceLine, ...]:
        known = (name for name in names if name in self.state.plans)
        return self.once(("services", names), lambda: tuple(self._service(name) for name in known))

    def lines_of(self, names: tuple[str, ...], most: int | None, *, named: bool) -> tuple[b.ServiceLine, ...]:
        """The lines of the first of these services; without `named` the names are left out."""
        if most is None and named:
            return self.services(names)
        return self.once(
            ("lines", names, most, named), lambda: tuple(self._bare(one) for one in self.services(names)[:most])
        )

    def _bare(self, line: b.ServiceLine) -> b.ServiceLine:
        return self.once("bare", lambda: replace(line, names={}), line)

    def _service(self, name: str) -> b.ServiceLine:
        return self.once(("service", name), lambda: self._service_line(name))

    def _service_line(self, name: str) -> b.ServiceLine:
        line = parts.service_line(self.reach, self.outlook, name, self.oldest().get(name))
        return replace(line, names=self.for_staff(line.names))

    def words(self) -> tuple[b.ServiceWords, ...]:
        """What every service is called."""
        return self.kept("words", lambda: tuple(self._words()))

    def _words(self) -> Iterator[b.ServiceWords]:
        for one in parts.service_words(self.state, self.state.plans):
            yield replace(one, names=self.for_staff(one.names), pictogram=None)

    def for_staff(self, names: b.Texts) -> b.Texts:
        """In the languages of staff; citizens have more, and a page of staff shows none of those."""
        known = self._languages
        return names if known is None else {name: text for name, text in names.items() if name in known} or names

    def oldest(self) -> dict[str, int]:
        """By service, when its longest wait began."""
        return self.kept("oldest", lambda: parts.oldest(self.state))

    def troubled(self) -> tuple[b.ServiceLine, ...]:
        """Every service, and how it stands."""
        return self.once("troubled", lambda: tuple(self._troubled(unmet(self.reach))))

    def _troubled(self, needs: Unmet) -> Iterator[b.ServiceLine]:
        for line in self.services(tuple(self.state.plans)):
            found = trouble(line, needs.get(line.id, {}), self.oldest().get(line.id), self.now)
            yield replace(line, trouble=found, **self._planned(line.id), **self._set_on(line.id))

    def _planned(self, service: str) -> dict[str, Any]:
        """The closing-time planner: which of those who wait are the last to be served today."""
        reached, late = self.outlook.reached(self.state.plans[service]), self.outlook.late
        if reached == "yes" or (reached is None and (not late or self._rostered())):
            return {"reachable_today": reached}
        last, beyond = self.queues.last_reached(service, late)
        if reached is None and not beyond:
            return {}
        return {"reachable_today": reached, "last_reached": last and last.number, "beyond": beyond}

    def _rostered(self) -> bool:
        return self.once("rostered", lambda: shifts(self.state, self.now) is not None)

    def _set_on(self, name: str) -> dict[str, Any]:
        """What a supervisor set on a service, and nobody took back yet. The limit of the office file is nobody's move."""
        service = with_set.service(self.state, self.state.services[name])
        found: dict[str, Any] = {}
        if service.boost:
            found.update(boost=service.boost, boost_until=at_or_none(service.boost_until))
        if service.limit is not None and service.limit != self.state.plans[name].daily_limit:
            found.update(limit=service.limit, drawn=service.issued)
        return found

    def over_target(self) -> Iterator[tuple[b.ServiceLine, int]]:
        """By service, how many people have waited longer than its target; also for services whose greater trouble is people
        with needs."""
        for line in self.services(tuple(self.state.plans)):
            oldest, least = self.oldest().get(line.id), self.now - line.target * MINUTE
            if trouble(line, {}, oldest, self.now).code == "over_target":
                waiting = self.state.waiting_tickets() if oldest is not None and oldest < least else ()
                late = (one for one in waiting if line.id in one.services and self.state.waits_since(one) < least)
                yield line, sum(1 for _ in late)

    def faces(self, sight: Sight) -> tuple[b.CounterFace, ...]:
        """Every counter."""
        return self._seen(self._faces(), sight)

    def _seen(self, faces: tuple[b.CounterFace, ...], sight: Sight) -> tuple[b.CounterFace, ...]:
        """All who look share the same faces; only the faces of counters that this person holds are made for this board."""
        held, holds = self.state.counters, sight.actor.holds
        if not any(holds(held[face.id].holder) for face in faces):
            return faces
        return tuple(replace(face, holder_is_me=True) if holds(held[face.id].holder) else face for face in faces)

    def held_listed(self, actor: Actor) -> tuple[str, ...]:
        """The counters of the looker among those that others list."""
        first, held = self.kept("colleagues", self._colleagues), self.state.counters
        return tuple(face.id for face in first if actor.holds(held[face.id].holder))

    def _faces(self) -> tuple[b.CounterFace, ...]:
        plans, counters = self.state.office.counters, self.state.counters
        return self.kept("faces", lambda: tuple(self._face(counters[one.id]) for one in plans))

    def _face(self, counter: Counter) -> b.CounterFace:
        counter = self.with_set(counter)
        since = (self.state.office, counter, self.state.ticket_at(counter))
        return self.lasting(("face", counter.id), since, partial(parts.face, self.state, counter, Sight()))

    def with_set(self, counter: Counter) -> Counter:
        return self.kept(f"with set {counter.id}", lambda: with_set.counter(self.state, counter))

    def beside(self, name: str) -> int:
        """Where a counter stands among those that others list; COLLEAGUES if nobody lists it."""
        first = self.kept("colleagues", self._colleagues)
        return next((place for place, one in enumerate(first) if one.id == name), COLLEAGUES)

    def colleagues(
        self, beside: int, sight: Sight, most: int = COLLEAGUES, *, named: bool = True
    ) -> tuple[b.CounterFace, ...]:
        """A few of the counters but the one `beside`, those that are not closed first; `named`: with what they give (the board
        `desk` has it of all)."""
        first = self.kept("colleagues", self._colleagues)

        def make() -> tuple[b.CounterFace, ...]:
            faces = (*first[:beside], *first[beside + 1 :])[:most]
            return faces if named else tuple(replace(one, services=(), skills=(), features=()) for one in faces)

        return self._seen(self.kept(f"{most} beside {beside} {named}", make), sight)

    def _colleagues(self) -> tuple[b.CounterFace, ...]:
        faces = sorted(self._faces(), key=lambda face: face.state == "closed")  # stable: else in the order of the file
        return tuple(faces[: COLLEAGUES + 1])

    # bytes

    def encode(self, board: b.Part) -> bytes:
        """The board as it is sent. Parts that were encoded for another board are not encoded again."""
        shared = {name: Raw(self.said(getattr(board, name))) for name in SHARED.get(type(board), ())}
        return encode(replace(board, **shared) if shared else board)

    def fields(self, part: Mapping[str, Any]) -> bytes:
        """Some fields of a board as they are sent, without what stands around them. The same object is encoded once."""

        def make() -> bytes:
            return b",".join(self.field(name, value) for name, value in part.items())

        return self._once(part, make)

    def field(self, name: str, value: object) -> bytes:
        """One of them. The rows of a list are encoded once, in whichever lists they stand."""
        if isinstance(value, tuple) and value and isinstance(value[0], b.Part):
            return self.once(("field", name), lambda: b'"%b":%b' % (name.encode(), self.said(value)), value)
        return b'"%b":%b' % (name.encode(), encode(value))

    def said(self, listed: tuple[b.Part, ...]) -> bytes:
        """A list as it is sent."""
        return self._once(listed, partial(self._joined, listed))

    def _joined(self, listed: tuple[b.Part, ...]) -> bytes:
        return b"[" + b",".join(self._once(one, partial(encode, one)) for one in listed) + b"]"

    def _once(self, made: object, encoded: Callable[[], bytes]) -> bytes:
        # `_encoded` keeps the object beside its bytes: the id of a freed object could be given to another
        known = self._encoded.get(id(made))
        if known is None:
            known = self._encoded[id(made)] = (made, encoded())
        _, said = known
        return said
