"""The parts of staff boards, each drawn and encoded once for one state at one instant, however many pages show them.

Fifty counter pages show the same people waiting, the same colleagues, the same services. A sheet is valid for its state
and its instant only; `server.push` makes it and throws it away.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter

from msgspec import Raw
from msgspec.json import encode
from msgspec.structs import replace

from server.messages import boards as b
from server.messages.facts import Counter, Ticket
from server.office.boards import parts
from server.office.boards.outlook import Outlook
from server.office.boards.sight import Sight
from server.office.reach import Reach
from server.office.state import State
from server.office.waits import Waits
from server.office.who_next import features_of, may_take

QUEUE = 200
"""The most tickets that a counter's list shows; `waiting` counts all."""
SHARED: Mapping[type[b.Part], tuple[str, ...]] = {
    b.Counter: ("queue", "parked", "missed", "away", "lines", "colleagues", "services"),
    b.Supervisor: ("services", "counters", "tickets"),
    b.Desk: ("tickets", "counters"),
}
"""Fields that many boards of a kind have in common: they are encoded once."""
Key = tuple[frozenset[str], frozenset[str]]
"""(services, features) of a counter. Counters with the same key may call the same tickets, except those kept for one counter."""


class Sheet:
    """What boards of the same state and instant have in common. `reach`: who could call whom; `outlook`: the expected waits."""

    def __init__(self, state: State, now: int, waits: Waits | None = None) -> None:
        self.state, self.now, self.reach = state, now, Reach(state, now)
        self.outlook = Outlook(self.reach, waits)
        self._lines: dict[str, b.Line] = {}
        self._services: dict[str, b.ServiceLine] = {}
        self._faces: tuple[b.CounterFace, ...] | None = None
        self._words: tuple[b.ServiceWords, ...] | None = None
        self._living: list[Ticket] | None = None
        self._order: list[Ticket] | None = None
        self._stranded: tuple[list[tuple[Ticket, str]], int] | None = None
        self._queues: dict[Key, list[Ticket]] = {}
        self._listed: dict[tuple[str, ...], tuple[b.Line, ...]] = {}
        self._encoded: dict[int, tuple[object, bytes]] = {}

    # people

    def living(self) -> list[Ticket]:
        """Every ticket that has not ended, in the order of issue."""
        if self._living is None:
            self._living = sorted(self.state.living(), key=attrgetter("seq"))
        return self._living

    def order(self) -> list[Ticket]:
        """Everybody waiting, in the order of call."""
        if self._order is None:
            self._order = parts.ordered(self.state, self.state.waiting_tickets(), self.now)
        return self._order

    def queue(self, counter: Counter) -> list[Ticket]:
        """The tickets that this counter may call, in the order of call."""
        key = frozenset(counter.services), features_of(self.state, counter.id)
        if key not in self._queues:
            free = (ticket for ticket in self.order() if ticket.only_counter is None)
            self._queues[key] = [t for t in free if may_take(self.state, counter, t, self.now)]
        kept = [t for t in self._kept() if may_take(self.state, counter, t, self.now)]
        if not kept:
            return self._queues[key]
        places = {ticket.id: place for place, ticket in enumerate(self.order())}
        return sorted((*self._queues[key], *kept), key=lambda ticket: places[ticket.id])

    def _kept(self) -> list[Ticket]:
        """Tickets kept for one counter, whether they may be called yet or not."""
        lines = self.state.lines
        names = (name for places in (lines.later, *lines.bound.values()) for _, _, name in places)
        return [ticket for name in names if (ticket := self.state.tickets[name]).only_counter is not None]

    def later(self, counter: Counter) -> list[Ticket]:
        """Its tickets that may not be called yet: transferred for later, or missed a moment ago."""
        waiting = (self.state.tickets[name] for _, _, name in self.state.lines.later)
        late = (ticket for ticket in waiting if (ticket.not_before or 0) > self.now)
        return [ticket for ticket in late if may_take(self.state, counter, ticket, self.now)]

    def stranded(self) -> tuple[list[tuple[Ticket, str]], int]:
        """The tickets that nobody can call (the first few, each with the reason), and how many there are."""
        if self._stranded is None:
            self._stranded = self.reach.stranded()
        return self._stranded

    def lines(self, tickets: Sequence[Ticket]) -> tuple[b.Line, ...]:
        """As a list for staff. The same tickets give the same object, so `encode` finds its bytes again."""
        key = tuple(ticket.id for ticket in tickets)
        if key not in self._listed:
            self._listed[key] = tuple(self._line(ticket) for ticket in tickets)
        return self._listed[key]

    def _line(self, ticket: Ticket) -> b.Line:
        made = self._lines.get(ticket.id)
        if made is None:
            made = self._lines[ticket.id] = parts.line(self.reach, self.outlook, ticket)
        return made

    # services and counters

    def services(self, names: Iterable[str]) -> tuple[b.ServiceLine, ...]:
        return tuple(self._service(name) for name in names if name in self.state.plans)

    def _service(self, name: str) -> b.ServiceLine:
        made = self._services.get(name)
        if made is None:
            made = self._services[name] = parts.service_line(self.reach, self.outlook, name)
        return made

    def words(self) -> tuple[b.ServiceWords, ...]:
        if self._words is None:
            self._words = parts.service_words(self.state, self.state.plans)
        return self._words

    def faces(self, sight: Sight) -> tuple[b.CounterFace, ...]:
        """Every counter. All share the same faces; only the faces of counters that the looker holds are made for this board."""
        if self._faces is None:
            self._faces = parts.faces(self.state, Sight())
        held = self.state.counters
        return tuple(
            replace(face, holder_is_me=True) if sight.actor.holds(held[face.id].holder) else face
            for face in self._faces
        )

    # bytes

    def encode(self, board: b.Part) -> bytes:
        """The board as it is sent. Parts that were encoded for another board are not encoded again."""
        shared = {name: self._raw(getattr(board, name)) for name in SHARED.get(type(board), ())}
        return encode(replace(board, **shared) if shared else board)

    def _raw(self, listed: tuple[b.Part, ...]) -> Raw:
        return Raw(self._once(listed, lambda: b"[" + b",".join(self._item(one) for one in listed) + b"]"))

    def _item(self, part: b.Part) -> bytes:
        return self._once(part, lambda: encode(part))

    def _once(self, made: object, encoded: Callable[[], bytes]) -> bytes:
        # `_encoded` keeps the object beside its bytes: the id of a freed object could be given to another
        known = self._encoded.get(id(made))
        if known is None:
            known = self._encoded[id(made)] = (made, encoded())
        _, said = known
        return said
