"""What the last forecast said, as boards show it and as a new ticket is promised. Pure; made by `server.promises`.

It knows the office as of entry `seq`. Tickets issued since then are added to the wait; where the forecast does not apply, no
wait is told.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from math import ceil, floor
from typing import NamedTuple

from server.messages.boards import Expected
from server.messages.facts import Counter, Ticket, Told
from server.messages.instants import MINUTE
from server.messages.office import ServicePlan
from server.messages.terms import NEEDS_OF_COUNTERS, Category, Need
from server.messages.value import Value
from server.office.equipped import times
from server.office.state import State
from server.office.who_next import features_of

Kind = tuple[str, Category]
"""Service and category of somebody who would draw a ticket now."""
SHORTEST_LEAVE = 15
"""Minutes for which it is worth leaving the room."""
ROUND = 5
"""Minutes to which a shown range is rounded outward."""
LEAST, MOST = 0.5, 1.6
"""Nine of ten visits take between LEAST and MOST times the mean (log-normal, coefficient of variation 0.5 to 0.6)."""


class Combined(NamedTuple):
    """Like `Kind`, for several services or with needs.

    Both are sorted; a need that every counter for these services covers is left out, because it changes nothing.
    """

    services: tuple[str, ...]
    category: Category
    needs: tuple[Need, ...]


class Newcomer(NamedTuple):
    """Somebody who takes a ticket now, or checks in for an appointment."""

    services: tuple[str, ...]
    category: Category = "walk_in"
    needs: tuple[Need, ...] = ()
    appointment: str | None = None


def category_of(plan: ServicePlan) -> Category:
    return "priority" if plan.priority else "walk_in"


def kind_of(plan: ServicePlan) -> Kind:
    """The kind of a ticket that somebody draws for a service at the kiosk."""
    return plan.id, category_of(plan)


NEEDED: tuple[tuple[Need, ...], ...] = (
    ("step_free",),
    ("hearing_loop",),
    ("more_room",),
    ("hearing_loop", "step_free"),
    ("more_room", "step_free"),
    ("hearing_loop", "more_room"),
    ("hearing_loop", "more_room", "step_free"),
)
"""What people may need of a counter, alone and together."""


def needed(state: State) -> list[tuple[Need, ...]]:
    """The same, without room where no counter has it: there nobody is asked for it."""
    room = has_room(state)
    return [needs for needs in NEEDED if room or "more_room" not in needs]


def has_room(state: State) -> bool:
    """Whether a counter has room for a pram. Without one nobody could ever call who asks for it."""
    return any("more_room" in place.features for place in state.office.counters if not place.retired)


def combined(state: State, services: tuple[str, ...], category: Category, needs: tuple[Need, ...]) -> Combined:
    known = [features_of(state, counter.id) for counter in serving(state, services)]
    needed = {one for one in needs if one in NEEDS_OF_COUNTERS and any(one not in features for features in known)}
    return Combined(tuple(sorted(set(services))), category, tuple(sorted(needed)))


class Drawn(Value):
    """The wait of somebody who draws a ticket now: as shown, and in minutes before rounding.

    `soonest`: 5 % of such people wait less.
    """

    shown: Expected
    low: float
    high: float
    soonest: float = 0.0


class Waits(Value):
    """`known` is False if no forecast is fresh enough. `tickets`: waits by ticket; `drawn`: by kind, of a ticket drawn now,
    `others`: of one for several services, or with needs; `booked`: by appointment, of somebody who checks in now; `reached`: by
    service, whether a ticket drawn now is still served today; `minutes`: by service, how long a visit takes; `model`: the
    version of what was learned; `leave`: by ticket, until when its holder may leave the room, ms; `fewer`: tickets that wait
    longer than they were told because fewer counters are open; `late`: tickets of which it is not sure (90 %) that they are
    still served today; without a roster, that they are called before their services close."""

    known: bool = False
    seq: int = 0
    model: str = ""
    tickets: Mapping[str, Expected] = {}
    drawn: Mapping[Kind, Drawn] = {}
    others: Mapping[Combined, Drawn] = {}
    booked: Mapping[str, Drawn] = {}
    reached: Mapping[str, str] = {}
    minutes: Mapping[str, float] = {}
    leave: Mapping[str, int] = {}
    fewer: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()

    def told(self, state: State, who: Newcomer) -> Told | str:
        """The promise to somebody who comes now, or the code of the reason why none. It adds the tickets that were issued since
        the forecast."""
        wanted = combined(state, who.services, who.category, who.needs)
        found = self.found(wanted) if who.appointment is None else self.booked.get(who.appointment)
        if found is None:
            return self.unpromised(state, wanted)
        more = self._more(state, wanted)
        shown = found.shown
        p10, p90 = found.low + LEAST * more, found.high + MOST * more
        low, high = (shown.low, shown.high) if more == 0 else rounded(p10, p90)
        leave = leave_for(found.soonest + LEAST * more, state.office.policy.way_back)
        return Told(
            low=low, median=shown.median + round(more), high=high, model=self.model, learning=shown.learning,
            leave=leave, p10=round(p10, 1), p90=round(p90, 1),
        )  # fmt: skip

    def silent(self, seq: int) -> str:
        """Why somebody who was here at entry `seq` has no wait although an open counter may call them: nobody knows anything
        new, or the forecast sees that counter go before it is their turn."""
        return "no_counter" if self.known and seq <= self.seq else "stale"

    def unpromised(self, state: State, wanted: Combined) -> str:
        """The same for somebody who comes now.

        The forecast cannot answer for wishes that it did not look at, or when a counter was opened since.
        """
        plan = state.plans.get(wanted.services[0])
        looked = len(wanted.services) == 1 and plan is not None and wanted.category == category_of(plan)
        newest = max((max(one.state_seq, one.served_seq) for one in state.counters.values()), default=0)
        return self.silent(newest) if looked else "stale"

    def found(self, wanted: Combined) -> Drawn | None:
        services, category, needs = wanted
        plain = len(services) == 1 and not needs
        return self.drawn.get((services[0], category)) if plain else self.others.get(wanted)

    def _more(self, state: State, wanted: Combined) -> float:
        """How many minutes the tickets issued since the forecast add to a wait at the counters that may call this one."""
        services, category, needs = wanted
        able = [one for one in serving(state, services) if features_of(state, one.id).issuperset(needs)]
        theirs = {name for counter in able for name in counter.services}
        minutes = 0.0
        for ticket in self._since(state):
            before = category == "walk_in" or ticket.category != "walk_in"
            if ticket.state == "waiting" and before and not theirs.isdisjoint(ticket.services):
                first = ticket.services[0]
                minutes += self.minutes.get(first, 0.0) * times(state, ticket).get(first, 1.0)
        return minutes / max(1, len(able))

    def _since(self, state: State) -> Iterator[Ticket]:
        return takewhile(lambda ticket: ticket.seq > self.seq, reversed(state.tickets.values()))


PromiseTo = Callable[[State, Newcomer], Told | str]
"""The promise to somebody who comes now, or the code of the reason why none."""


def expected(told: Told, at: str) -> Expected:
    """A promise made at `at`, as boards show it."""
    return Expected(low=told.low, median=told.median, high=told.high, at=at, learning=told.learning)


def serving(state: State, services: tuple[str, ...]) -> list[Counter]:
    """The counters that are not closed and give one of these services."""
    return [
        one for one in state.counters.values() if one.state != "closed" and not set(services).isdisjoint(one.services)
    ]


def leave_for(soonest: float, way_back: int) -> int:
    """Minutes for which somebody may leave the room: a wait that is shorter in only 5 % of cases, minus the way back (s),
    rounded down to 5. 0: too short to leave.
    """
    away = floor((soonest - way_back / 60) / ROUND) * ROUND
    return away if away >= SHORTEST_LEAVE else 0


def leave_at(at: int, minutes: int) -> int:
    """The instant to be back by, ms: a full five minutes of the clock."""
    return (at + minutes * MINUTE) // (ROUND * MINUTE) * (ROUND * MINUTE)


def rounded(low: float, high: float) -> tuple[int, int]:
    """A range as people see it: rounded outward to 5 minutes, never empty."""
    first = floor(low / ROUND) * ROUND
    return first, max(ceil(high / ROUND) * ROUND, first + ROUND)
