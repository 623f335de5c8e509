"""The lines of waiting people: who has which place. The state keeps them up to date; who-is-next and boards read them.

A waiting ticket is in one of three lists: its line (same services, category, needs, language), the `later` list (it may not
be called before an instant that has not come), or the list of one counter. Lines are sorted by (reference, seq of issue).
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import NamedTuple

from server.messages.facts import Ticket
from server.messages.terms import NEEDS_OF_COUNTERS, Category


class PlaceInLine(NamedTuple):
    """A ticket's place; the smaller place is called first. `at`: its reference, or the instant it waits for, ms."""

    at: int
    seq: int
    ticket: str


class Line:
    """Tickets that differ only in when they came. `places` is sorted, its first is the head; `since`: when the waits of its
    tickets began, sorted."""

    __slots__ = ("category", "features", "key", "language", "places", "services", "since")

    def __init__(self, ticket: Ticket) -> None:
        self.key = line_of(ticket)
        self.services = frozenset(ticket.services)
        self.category: Category = ticket.category
        self.features = features_for(ticket)
        self.language = ticket.language
        self.places: list[PlaceInLine] = []
        self.since: list[int] = []

    @property
    def head(self) -> str:
        """The ticket that came first. There is always one: a line is deleted when its last ticket leaves."""
        return self.places[0].ticket

    def copy(self) -> "Line":
        other = object.__new__(Line)
        other.key, other.services, other.category = self.key, self.services, self.category
        other.features, other.language = self.features, self.language
        other.places, other.since = self.places.copy(), self.since.copy()
        return other


LineKey = tuple[tuple[str, ...], str, tuple[str, ...], str]


def line_of(ticket: Ticket) -> LineKey:
    return (tuple(sorted(ticket.services)), ticket.category, ticket.needs, ticket.language or "")


def features_for(ticket: Ticket) -> frozenset[str]:
    """What a counter must have to serve this ticket."""
    return NEEDS_OF_COUNTERS.intersection(ticket.needs)


class Lines:
    """Every waiting ticket in its place. `later` is sorted by instant, `bound` has a list for each counter.

    `where`: for each ticket the list it is in, its place there, and its line's key and when its wait began if it is in a line.
    """

    __slots__ = ("bound", "later", "lines", "where")

    def __init__(self) -> None:
        self.lines: dict[LineKey, Line] = {}
        self.later: list[PlaceInLine] = []
        self.bound: dict[str, list[PlaceInLine]] = {}
        self.where: dict[str, tuple[list[PlaceInLine], PlaceInLine, tuple[LineKey, int] | None]] = {}

    def add(self, ticket: Ticket, ready_at: int, since: int, now: int) -> None:
        """Puts a waiting ticket into the list where it belongs at this instant. `since`: when its wait began."""
        place = PlaceInLine(ticket.reference, ticket.seq, ticket.id)
        within: tuple[LineKey, int] | None = None
        if ready_at > now:
            place = PlaceInLine(ready_at, ticket.seq, ticket.id)
            places = self.later
        elif ticket.only_counter is not None:
            places = self.bound.setdefault(ticket.only_counter, [])
        else:
            key = line_of(ticket)
            line = self.lines.get(key)
            if line is None:
                line = self.lines[key] = Line(ticket)
            places, within = line.places, (key, since)
            insort(line.since, since)
        insort(places, place)
        self.where[ticket.id] = (places, place, within)

    def remove(self, ticket: str) -> None:
        places, place, within = self.where.pop(ticket)
        del places[bisect_left(places, place)]
        if within is None:
            return
        key, since = within
        begun = self.lines[key].since
        del begun[bisect_left(begun, since)]
        if not places:
            del self.lines[key]

    def all(self) -> Iterable[Line]:
        """Every line that somebody waits in, in no order."""
        return self.lines.values()

    def due(self, now: int) -> list[str]:
        """Tickets that are still in `later` although their instant has come: nothing moves them before the next event."""
        if not self.later or self.later[0].at > now:
            return []
        # (now + 1, 0, "") is before every place of the next millisecond: all up to and including `now` are due
        return [place.ticket for place in self.later[: bisect_left(self.later, (now + 1, 0, ""))]]

    def copy(self) -> "Lines":
        other = Lines()
        other.later = self.later.copy()
        other.bound = {counter: places.copy() for counter, places in self.bound.items()}
        other.lines = {key: line.copy() for key, line in self.lines.items()}
        # `where` points at the very lists, so in the copy it must point at their copies
        moved = {id(self.later): other.later}
        moved.update((id(places), other.bound[counter]) for counter, places in self.bound.items())
        moved.update((id(line.places), other.lines[key].places) for key, line in self.lines.items())
        other.where = {one: (moved[id(places)], place, within) for one, (places, place, within) in self.where.items()}
        return other
