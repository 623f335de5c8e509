"""When somebody who waits passes somebody else by time alone: only where categories age at different speeds.

The next to pass are neighbours in the order of now, so a sorted list and its neighbours tell. Called by `next_change`.
"""

from collections.abc import Iterator
from itertools import pairwise

from server.messages.facts import Ticket
from server.messages.instants import SECOND
from server.office.order import ageing, score
from server.office.state import State
from server.office.who_next import boost_of, boosts

Place = tuple[int, int, int]
"""(minus score, seq of issue, ageing)."""


def overtakings(state: State, now: int) -> Iterator[int]:
    """Instants at which the order changes, the next one among them."""
    if len(set(state.rules.ageing)) == 1:
        return
    boosted = boosts(state, now)
    order = sorted(_place(state, t, boosted, now) for t in state.living())
    yield from (now + after for first, second in pairwise(order) if (after := _passes(first, second)) is not None)
    within = state.office.policy.language_within * SECOND
    heads = [_place(state, ticket, boosted, now) for ticket in _heads(state)]
    for first in heads:
        yield from (now + after for second in heads if (after := _leaves(first, second, within)) is not None)


def _heads(state: State) -> Iterator[Ticket]:
    """Who could be next somewhere: the heads of lines, and everybody outside them."""
    for line in state.lines.lines.values():
        yield state.tickets[line.places[0][2]]
    for places in (state.lines.later, *state.lines.bound.values()):
        yield from (state.tickets[name] for _, _, name in places)


def _place(state: State, ticket: Ticket, boosted: dict[str, int], now: int) -> Place:
    value = score(state.rules, ticket.category, ticket.reference, now) + boost_of(boosted, ticket.services)
    return -value, ticket.seq, ageing(state.rules, ticket.category)


def _passes(first: Place, second: Place) -> int | None:
    """Milliseconds until the second goes before the first."""
    gains = second[2] - first[2]
    if gains <= 0:
        return None
    after, rest = divmod(second[0] - first[0], gains)
    return after if rest == 0 and second[1] < first[1] and after > 0 else after + 1


def _leaves(first: Place, second: Place, within: int) -> int | None:
    """Milliseconds until their distance is `within` no longer, or again: languages count only between close ones."""
    gains = second[2] - first[2]
    if gains == 0:
        return None
    distance = second[0] - first[0] - within
    after = -(-distance // gains) if gains > 0 else distance // gains + 1
    return after if after > 0 else None
