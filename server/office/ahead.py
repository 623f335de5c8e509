"""How many people are ahead of a ticket, and who overtook it: what a citizen may know about the line.

Read by boards, and by `decide` when it issues a ticket.
"""

import collections
from bisect import bisect_left, bisect_right

from server.messages.facts import Ticket
from server.messages.terms import Category
from server.office.order import place_of, score
from server.office.state import State
from server.office.who_next import boost_of, boosts, loose


def ahead_of(state: State, ticket: Ticket, now: int) -> int | None:
    """Waiting tickets that want a common service and score higher now; None unless the ticket waits."""
    if ticket.state not in ("waiting", "away"):
        return None
    return _ahead(state, ticket.services, ticket.category, ticket.reference, ticket.seq, now)


def ahead_of_new(
    state: State, services: tuple[str, ...], category: Category, now: int, reference: int | None = None
) -> int:
    """How many people would be ahead of somebody who takes a ticket now; `reference`: of an appointment that checks in."""
    return _ahead(state, services, category, now if reference is None else reference, state.seq + 1, now)


def _ahead(state: State, services: tuple[str, ...], category: Category, reference: int, seq: int, now: int) -> int:
    """Bisects each line at the reference that has the same score as this ticket: O(lines x log n)."""
    wanted, boosted = frozenset(services), boosts(state, now)
    mine = score(state.rules, category, reference, now) + boost_of(boosted, services)
    count = 0
    for line in state.lines.all():
        if not wanted.isdisjoint(line.services):
            without = mine - boost_of(boosted, line.services)
            count += bisect_left(line.places, (*place_of(state.rules, line.category, without, seq, now), ""))
    for other in loose(state, now):
        if not wanted.isdisjoint(other.services):
            value = score(state.rules, other.category, other.reference, now) + boost_of(boosted, other.services)
            called_earlier = (-value, other.seq) < (-mine, seq)
            count += int(called_earlier)
    return count


def passed_by(state: State, ticket: Ticket) -> dict[str, int]:
    """How many tickets that were issued later were called earlier, counted by category."""
    if ticket.state not in ("waiting", "away"):
        return {}
    tally: collections.Counter[str] = collections.Counter()
    # whoever overtakes is noted under each of their services: with more than one list they could be counted twice
    for service in ticket.services[:1]:
        called = state.overtakers.get(service, [])
        tally.update(category for _, category in called[bisect_right(called, (ticket.seq, "~")) :])
    return dict(tally)
