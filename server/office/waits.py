"""What the last forecast said, as it is shown: on boards, and to who takes a ticket now. Pure; made by `server.promises`.

It knows the office as of entry `seq`. Who came since then is counted in; where nothing fits, nothing is said.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from math import ceil, floor

from server.messages.boards import Expected
from server.messages.facts import Counter, Ticket, Told
from server.messages.office import ServicePlan
from server.messages.terms import NEEDS_OF_COUNTERS, Category, Need
from server.messages.value import Value
from server.office.state import State
from server.office.who_next import features_of

Kind = tuple[str, Category]
"""Service and category of somebody who would draw a ticket now."""
ROUND = 5
"""Minutes to which a shown range is rounded outward."""
LEAST, MOST = 0.5, 1.6
"""What nine of ten visits last at least and at most, by their mean: log-normal, coefficient of variation 0.5 to 0.6."""


def kind_of(plan: ServicePlan) -> Kind:
    """Of somebody who draws a ticket for a service at the kiosk."""
    return plan.id, "priority" if plan.priority else "walk_in"


class Drawn(Value):
    """The wait of somebody who draws now: as shown, and in minutes before it was rounded."""

    shown: Expected
    low: float
    high: float


class Waits(Value):
    """`known` False: no forecast is fresh enough. By ticket, by kind, and by service: whether today still reaches who draws
    now, and the minutes that a visit takes. `model`: the version of what was learned."""

    known: bool = False
    seq: int = 0
    model: str = ""
    tickets: Mapping[str, Expected] = {}
    drawn: Mapping[Kind, Drawn] = {}
    reached: Mapping[str, str] = {}
    minutes: Mapping[str, float] = {}

    def told(self, state: State, services: tuple[str, ...], category: Category, needs: tuple[Need, ...]) -> Told | None:
        """The promise to somebody who takes such a ticket now, after all who took one since the forecast."""
        found = self.drawn.get((services[0], category)) if len(services) == 1 else None
        if found is None or not _fits(state, services[0], needs):
            return None
        more = self._more(state, services[0], category)
        shown = found.shown
        low, high = (
            (shown.low, shown.high) if more == 0 else rounded(found.low + LEAST * more, found.high + MOST * more)
        )
        return Told(low=low, median=shown.median + round(more), high=high, model=self.model, learning=shown.learning)

    def _more(self, state: State, service: str, category: Category) -> float:
        """Minutes that those who came since then add, at the counters that serve this."""
        serving = _serving(state, service)
        theirs = {name for counter in serving for name in counter.services}
        minutes = 0.0
        for ticket in self._since(state):
            before = category == "walk_in" or ticket.category != "walk_in"
            if ticket.state == "waiting" and before and not theirs.isdisjoint(ticket.services):
                minutes += self.minutes.get(ticket.services[0], 0.0)
        return minutes / max(1, len(serving))

    def _since(self, state: State) -> Iterator[Ticket]:
        return takewhile(lambda ticket: ticket.seq > self.seq, reversed(state.tickets.values()))


Promise = Callable[[State, tuple[str, ...], Category, tuple[Need, ...]], Told | None]
"""What somebody is told who takes such a ticket now; None: nobody can say."""


def expected(told: Told, at: str) -> Expected:
    """What was told at `at`, as boards say it."""
    return Expected(low=told.low, median=told.median, high=told.high, at=at, learning=told.learning)


def _serving(state: State, service: str) -> list[Counter]:
    return [one for one in state.counters.values() if one.state != "closed" and service in one.services]


def _fits(state: State, service: str, needs: tuple[Need, ...]) -> bool:
    """The forecast is of somebody without needs: it holds for others where every counter that serves has what they need."""
    needed = NEEDS_OF_COUNTERS.intersection(needs)
    return not needed or all(needed <= features_of(state, counter.id) for counter in _serving(state, service))


def rounded(low: float, high: float) -> tuple[int, int]:
    """A range as people see it: outward to 5 minutes, never empty."""
    first = floor(low / ROUND) * ROUND
    return first, max(ceil(high / ROUND) * ROUND, first + ROUND)
