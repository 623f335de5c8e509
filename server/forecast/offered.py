"""Which tickets get a forecast of their own, in case somebody draws one now or checks in. Tickets for one service without
needs always have one. Pure."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from server.forecast.people import coming
from server.messages.terms import Category
from server.office.state import State
from server.office.waits import Combined, category_of, combined, needed, serving
from server.office.who_next import features_of

MOST = 30
"""The most tickets for two services, and the most that people asked for today. An office with many services has more
combinations than anybody asks for, and each costs time. In addition each service has a forecast for every need, because
boards show all of those."""
MOST_NEEDED = 150
"""The most tickets with needs: three for each of fifty services, if counters differ in steps and hearing loops only."""
BOOKED = 20
"""The most appointments: people check in shortly before their slot."""
OF_TODAY = 20
"""How many of them people have asked for today; the others are what they may ask for next."""


def offered(state: State, today: Mapping[Combined, int]) -> list[Combined]:
    """First what people drew today, the most frequent first; then each service with each need that only some of its
    counters meet; then two services at once."""
    often = sorted(today, key=lambda one: (-today[one], one))[:OF_TODAY]
    known = {name for name, plan in state.plans.items() if not plan.retired}
    asked = dict.fromkeys((*often, *_pairs(state, known)))
    several = [one for one in asked if (len(one.services) > 1 or one.needs) and known.issuperset(one.services)][:MOST]
    needed = [one for one in _with_needs(state, known) if one.needs][:MOST_NEEDED]
    return list(dict.fromkeys((*several, *needed)))


def expected(state: State, now: int) -> list[str]:
    """The appointments of today that may check in next, those with the next slot first."""
    return coming(state, now)[:BOOKED]


def _with_needs(state: State, known: set[str]) -> Iterator[Combined]:
    for name in state.plans:
        equipped = [features_of(state, one.id) for one in serving(state, (name,))]
        for needs in needed(state):
            if name in known and any(features.issuperset(needs) for features in equipped):
                yield combined(state, (name,), category_of(state.plans[name]), needs)


def _pairs(state: State, known: set[str]) -> Iterator[Combined]:
    plans = [plan for name, plan in state.plans.items() if name in known and not plan.back_office]
    for one, other in combinations(plans, 2):
        category: Category = "priority" if one.priority or other.priority else "walk_in"
        yield combined(state, (one.id, other.id), category, ())
