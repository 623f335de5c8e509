"""The two formulas that other systems and textbooks use. They are computed to show what the forecast is worth. Position:
Munich's ZMS, as read from its source (prediction.md section 2). Queue length: Whitt 1999, Ibrahim and Whitt 2009."""

from math import floor

from server.messages.facts import Ticket
from server.office.order import score
from server.office.roster import on_duty
from server.office.state import State


def position(state: State, ticket: Ticket, minutes: float, now: int) -> float:
    """floor(m / c * (k + 1)) minutes, if `k` waiting tickets of the whole office are called before this one."""
    mine = _urgency(state, ticket, now)
    before = sum(_urgency(state, one, now) > mine for one in _others(state, ticket))
    return float(floor(minutes / _counters(state, now) * (before + 1)))


def queue_length(state: State, ticket: Ticket, minutes: float, now: int) -> float:
    """(n + 1) * m / c minutes for `n` waiting tickets; 0 if a counter that can serve it is idle."""
    if idle(state, ticket, now):
        return 0.0
    return (len(_others(state, ticket)) + 1) * minutes / _counters(state, now)


def idle(state: State, ticket: Ticket, now: int) -> bool:
    """Whether a counter on duty that gives this service is free."""
    duty = on_duty(state, now)
    return any(
        one.state == "open"
        and one.ticket is None
        and one.id in duty
        and not set(one.services).isdisjoint(ticket.services)
        for one in state.counters.values()
    )


def _others(state: State, ticket: Ticket) -> list[Ticket]:
    return [one for one in state.living() if one.state == "waiting" and one.id != ticket.id]


def _urgency(state: State, ticket: Ticket, now: int) -> tuple[int, int]:
    return score(state.rules, ticket.category, ticket.reference, now), -ticket.seq


def _counters(state: State, now: int) -> int:
    return max(1, len(on_duty(state, now)))
