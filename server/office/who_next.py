"""Who is next at a counter, and why. Call-next, forecast and advice all ask this one function."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from server.messages.facts import Counter, Ticket, Why
from server.messages.instants import MINUTE, SECOND
from server.messages.office import StationPlan
from server.messages.terms import NEEDS_OF_COUNTERS
from server.office.order import credit, score
from server.office.state import State


class Candidate(NamedTuple):
    """A ticket that could be called. The largest candidate is next: the highest score; among equals, the one issued first."""

    score: int
    minus_seq: int
    ticket: str
    language: str | None


def who_next(state: State, counter: Counter, now: int) -> tuple[Ticket, Why] | None:
    """The ticket this counter calls next, or None. Exact; a few microseconds for 20 lines, however many people wait in them."""
    returned = _returned(state, counter)
    if returned is not None:
        return returned, Why(code="returned", waited=now - returned.issued_at)
    # early appointments only if nobody else is there: otherwise they would push in before their slot
    found = list(_candidates(state, counter, now)) or list(_early(state, counter, now))
    if not found:
        return None
    best = max(found)
    chosen = _by_language(state, counter, found, best)
    ticket = state.tickets[chosen.ticket]
    return ticket, _why(state, ticket, now, alone=len(state.lines.where) == 1, language=chosen is not best)


def can_serve(counter: Counter, ticket: Ticket) -> bool:
    """Whether the counter now serves any of the ticket's services."""
    return not set(counter.services).isdisjoint(ticket.services)


def covers(state: State, counter: str, ticket: Ticket) -> bool:
    """Whether the counter's features cover the ticket's needs."""
    return NEEDS_OF_COUNTERS.intersection(ticket.needs) <= features_of(state, counter)


def features_of(state: State, counter: str) -> frozenset[str]:
    """What a counter or station is equipped with."""
    return frozenset(state.places[counter].features)


def _candidates(state: State, counter: Counter, now: int) -> Iterator[Candidate]:
    services, features, rules = frozenset(counter.services), features_of(state, counter.id), state.rules
    boosted = boosts(state, now)
    for line in state.lines.all():
        if services.isdisjoint(line.services) or not line.features <= features:
            continue
        first = line.places[0]
        value = score(rules, line.category, first.at, now) + boost_of(boosted, line.services)
        yield Candidate(value, -first.seq, first.ticket, line.language)
    for ticket in loose(state, now):
        if may_take(state, counter, ticket, now):
            yield _scored(state, ticket, boosted, now)


def _scored(state: State, ticket: Ticket, boosted: dict[str, int], now: int) -> Candidate:
    value = score(state.rules, ticket.category, ticket.reference, now) + boost_of(boosted, ticket.services)
    return Candidate(value, -ticket.seq, ticket.id, ticket.language)


def loose(state: State, now: int) -> Iterator[Ticket]:
    """Waiting tickets outside the lines: those of one counter, and those whose instant came after the last event."""
    for places in state.lines.bound.values():
        yield from (state.tickets[name] for _, _, name in places)
    yield from (state.tickets[name] for name in state.lines.due(now))


def may_take(state: State, counter: Counter, ticket: Ticket, now: int) -> bool:
    """Whether this counter may call a waiting ticket, and has what the ticket needs."""
    return is_for(counter, ticket, now) and covers(state, counter.id, ticket)


def is_for(counter: Counter, ticket: Ticket, now: int) -> bool:
    """Whether a ticket is kept for this counter, or kept for none and wants a service that this counter gives."""
    if ticket.only_counter == counter.id:
        return True
    kept = ticket.only_counter is not None and (ticket.only_until is None or now < ticket.only_until)
    return not kept and can_serve(counter, ticket)


def _returned(state: State, counter: Counter) -> Ticket | None:
    """The first ticket of this counter's own list that came back from a station."""
    for _, _, name in state.lines.bound.get(counter.id, ()):
        ticket = state.tickets[name]
        if ticket.station is not None and ticket.station_counter is None and covers(state, counter.id, ticket):
            return ticket
    return None


def _early(state: State, counter: Counter, now: int) -> Iterator[Candidate]:
    """Appointments that are checked in and at most `appointment_early` before their slot. Used when nobody else waits."""
    boosted = boosts(state, now)
    for _, _, name in state.lines.later:
        ticket = state.tickets[name]
        if ticket.slot is None or now < ticket.slot - state.office.policy.appointment_early * SECOND:
            continue
        if (ticket.not_before or 0) <= now and may_take(state, counter, ticket, now):
            yield _scored(state, ticket, boosted, now)


def boosts(state: State, now: int) -> dict[str, int]:
    """By how many ms a supervisor moved each service forward."""
    return {
        service.id: service.boost * MINUTE
        for service in state.services.values()
        if service.boost and (service.boost_until is None or now < service.boost_until)
    }


def boost_of(boosted: dict[str, int], services: Iterable[str]) -> int:
    """The largest boost among these services, ms."""
    return max((boosted[name] for name in services if name in boosted), default=0) if boosted else 0


def _by_language(state: State, counter: Counter, found: list[Candidate], best: Candidate) -> Candidate:
    """Among tickets with nearly the same score, one whose language this counter speaks goes before one it does not speak.

    Every counter speaks the office's first language, and can serve a ticket that names none.
    """
    place = state.places[counter.id]
    if isinstance(place, StationPlan) or not place.languages:
        return best
    spoken = (None, state.office.languages[0], *place.languages)
    if best.language in spoken:
        return best
    within = state.office.policy.language_within * SECOND
    return max((one for one in found if best.score - one.score <= within and one.language in spoken), default=best)


def _why(state: State, ticket: Ticket, now: int, *, alone: bool, language: bool) -> Why:
    waited = now - ticket.issued_at
    if state.ready_at(ticket) > now:
        return Why(code="early", waited=waited, slot=ticket.slot)
    if alone:
        return Why(code="only", waited=waited, slot=ticket.slot)
    if ticket.slot is not None:
        return Why(code="appointment", waited=waited, slot=ticket.slot)
    if language:
        return Why(code="language", waited=waited)
    if ticket.boost > 0 or boost_of(boosts(state, now), ticket.services) > 0:
        return Why(code="boost", waited=waited)
    if ticket.category == "priority" and credit(state.rules, ticket.category):
        return Why(code="priority", waited=waited)
    return Why(code="longest_wait", waited=waited)
