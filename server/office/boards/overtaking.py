"""When one waiting ticket overtakes another by time alone.

This happens only where categories age at different speeds. The next two tickets that change places are neighbours in the order
of now, so only neighbours of a sorted list are compared.
Called by `next_change`.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from server.messages.facts import Ticket
from server.messages.instants import SECOND
from server.office.order import ageing, score
from server.office.state import State
from server.office.who_next import boost_of, boosts


class Standing(NamedTuple):
    """A place in the order of call; the first is the smallest. `gains`: ms of score that each ms of waiting adds."""

    minus_score: int
    seq: int
    gains: int


def overtakings(state: State, now: int) -> Iterator[int]:
    """Instants at which the order may change. The next change is always among them; later ones may be missing."""
    if len(set(state.rules.ageing)) == 1:
        return
    boosted = boosts(state, now)
    order = sorted(_standing(state, t, boosted, now) for t in state.living())
    yield from (now + after for first, second in pairwise(order) if (after := _passes(first, second)) is not None)
    within = state.office.policy.language_within * SECOND
    heads = [_standing(state, ticket, boosted, now) for ticket in _heads(state)]
    for first in heads:
        yield from (now + after for second in heads if (after := _leaves(first, second, within)) is not None)


def _heads(state: State) -> Iterator[Ticket]:
    """Everybody who could be next at some counter: the heads of lines, and all tickets outside the lines."""
    for line in state.lines.all():
        yield state.tickets[line.head]
    for places in (state.lines.later, *state.lines.bound.values()):
        yield from (state.tickets[name] for _, _, name in places)


def _standing(state: State, ticket: Ticket, boosted: dict[str, int], now: int) -> Standing:
    value = score(state.rules, ticket.category, ticket.reference, now) + boost_of(boosted, ticket.services)
    return Standing(-value, ticket.seq, ageing(state.rules, ticket.category))


def _passes(first: Standing, second: Standing) -> int | None:
    """Milliseconds until the second goes ahead of the first; None if it never does.

    The second closes the distance by `gains` each ms. At exactly equal scores the smaller seq goes first: if that is the
    second's, the instant of equality counts, else the first whole millisecond after it.
    """
    gains = second.gains - first.gains
    if gains <= 0:
        return None
    after, rest = divmod(second.minus_score - first.minus_score, gains)
    return after if rest == 0 and second.seq < first.seq and after > 0 else after + 1


def _leaves(first: Standing, second: Standing, within: int) -> int | None:
    """Milliseconds until their distance in score leaves or enters `within`; None if it does not.

    A counter prefers a language only among tickets this close. If the distance shrinks (`gains` > 0), the first ms at or
    below the bound counts (rounded up); if it grows, the first ms above it.
    """
    gains = second.gains - first.gains
    if gains == 0:
        return None
    distance = second.minus_score - first.minus_score - within
    after = -(-distance // gains) if gains > 0 else distance // gains + 1
    return after if after > 0 else None
