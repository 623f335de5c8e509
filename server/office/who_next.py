"""Who is next at a counter, and why. One function: call-next, forecast and advice all ask it."""

from collections.abc import Iterator

from server.messages.facts import Counter, Ticket, Why
from server.messages.office import Station
from server.messages.terms import NEEDS_OF_COUNTERS
from server.office.lines import Line
from server.office.order import score
from server.office.state import SECOND, State

Candidate = tuple[int, int, str, str | None]
"""(score, minus seq, ticket id, language)."""


def who_next(state: State, counter: Counter, now: int) -> tuple[Ticket, Why] | None:
    """The ticket this counter calls next, or None. Exact; a few microseconds for 20 lines whoever waits in them."""
    returned = _returned(state, counter)
    if returned is not None:
        return returned, Why(code="returned", waited=now - returned.issued_at)
    found = list(_candidates(state, counter, now)) or list(_early(state, counter, now))
    if not found:
        return None
    best = max(found)
    chosen = _by_language(state, counter, found, best)
    ticket = state.tickets[chosen[2]]
    return ticket, _why(state, ticket, now, alone=len(state.lines.where) == 1, language=chosen is not best)


def can_serve(state: State, counter: Counter, ticket: Ticket) -> bool:
    """Whether the counter now serves any of the ticket's services."""
    return not set(counter.services).isdisjoint(ticket.services)


def covers(state: State, counter: str, ticket: Ticket) -> bool:
    """Whether the counter's features cover the ticket's needs."""
    return NEEDS_OF_COUNTERS.intersection(ticket.needs) <= _features(state, counter)


def _features(state: State, counter: str) -> frozenset[str]:
    desk = state.desks[counter]
    return frozenset() if isinstance(desk, Station) else frozenset(desk.features)


def _candidates(state: State, counter: Counter, now: int) -> Iterator[Candidate]:
    services, features, rules = frozenset(counter.services), _features(state, counter.id), state.rules
    boosts = _boosts(state, now)
    for line in state.lines.lines.values():
        if services.isdisjoint(line.services) or not line.features <= features:
            continue
        reference, seq, head = line.places[0]
        yield score(rules, line.category, reference, now) + _boost(boosts, line), -seq, head, line.language
    for _, _, name in state.lines.bound.get(counter.id, ()):
        ticket = state.tickets[name]
        if covers(state, counter.id, ticket):
            yield score(rules, ticket.category, ticket.reference, now), -ticket.seq, name, ticket.language
    for ticket in _loose(state, counter, now):
        if not services.isdisjoint(ticket.services) and covers(state, counter.id, ticket):
            yield score(rules, ticket.category, ticket.reference, now), -ticket.seq, ticket.id, ticket.language


def _loose(state: State, counter: Counter, now: int) -> Iterator[Ticket]:
    """Tickets whose instant came without an event since, and those another counter kept beyond its limit."""
    for name in state.lines.due(now):
        ticket = state.tickets[name]
        if ticket.only_counter in (None, counter.id) or _let_go(ticket, now):
            yield ticket
    for owner, places in state.lines.bound.items():
        if owner != counter.id:
            yield from (t for _, _, name in places if _let_go(t := state.tickets[name], now))


def _let_go(ticket: Ticket, now: int) -> bool:
    return ticket.only_until is not None and now >= ticket.only_until


def _returned(state: State, counter: Counter) -> Ticket | None:
    """Back from a station: the head of this counter's own list."""
    for _, _, name in state.lines.bound.get(counter.id, ()):
        ticket = state.tickets[name]
        if ticket.station is not None and ticket.station_counter is None:
            return ticket
    return None


def _early(state: State, counter: Counter, now: int) -> Iterator[Candidate]:
    """Checked-in appointments up to `appointment_early` before their slot, when nobody else is there."""
    for _, _, name in state.lines.later:
        ticket = state.tickets[name]
        if ticket.slot is None or now < ticket.slot - state.office.policy.appointment_early * SECOND:
            continue
        if (ticket.not_before or 0) <= now and can_serve(state, counter, ticket) and covers(state, counter.id, ticket):
            yield score(state.rules, ticket.category, ticket.reference, now), -ticket.seq, name, ticket.language


def _boosts(state: State, now: int) -> dict[str, int]:
    """Services whose lines a supervisor moved forward, in ms."""
    return {
        service.id: service.boost * 60_000
        for service in state.services.values()
        if service.boost and (service.boost_until is None or now < service.boost_until)
    }


def _boost(boosts: dict[str, int], line: Line) -> int:
    return max((boosts[name] for name in line.services if name in boosts), default=0) if boosts else 0


def _by_language(state: State, counter: Counter, found: list[Candidate], best: Candidate) -> Candidate:
    """Between tickets close together, one in a language that this counter speaks and its rival does not."""
    desk = state.desks[counter.id]
    spoken = () if isinstance(desk, Station) else desk.languages
    within = state.office.policy.language_within * SECOND
    if not spoken or best[3] is None or best[3] in spoken or best[3] == state.office.languages[0]:
        return best
    close = [one for one in found if best[0] - one[0] <= within and one[3] in spoken]
    return max(close, default=best)


def _why(state: State, ticket: Ticket, now: int, *, alone: bool, language: bool) -> Why:
    waited = now - ticket.issued_at
    if alone:
        return Why(code="only", waited=waited, slot=ticket.slot)
    if ticket.slot is not None:
        return Why(code="early" if state.ready_at(ticket) > now else "appointment", waited=waited, slot=ticket.slot)
    if language:
        return Why(code="language", waited=waited)
    if ticket.boost or any(state.services[name].boost for name in ticket.services):
        return Why(code="boost", waited=waited)
    if ticket.category == "priority" and state.rules.credit[1]:
        return Why(code="priority", waited=waited)
    return Why(code="longest_wait", waited=waited)
