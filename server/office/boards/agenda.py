"""The appointments that some counters can serve, for a calendar feed. Numbers only: no code that checks in, and no person."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from server.office.boards.free import minutes_of
from server.office.slots import Visitors
from server.office.state import State


class AgendaEntry(NamedTuple):
    """An appointment that is still expected. `moved`: how often."""

    id: str
    moved: int
    start: int
    minutes: int
    services: tuple[str, ...]
    persons: int


def agenda(state: State, counters: tuple[str, ...], since: int) -> Iterator[AgendaEntry]:
    """Those that begin at `since` or later, in the order of their slots."""
    served = {name for one in state.office.counters if one.id in counters for name in (*one.services, *one.skills)}
    for _, name in state.coming[bisect_left(state.coming, (since, "")) :]:
        one = state.appointments[name]
        if not served.isdisjoint(one.services):
            minutes = minutes_of(state, Visitors(one.services, one.persons))
            yield AgendaEntry(one.id, one.moved, one.start, minutes, one.services, one.persons)
