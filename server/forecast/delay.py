"""Finds people who wait longer than they were told because counters are missing: in a second simulation the missing
counters are there. Pure. `Issued` is what the log knew when somebody was promised a wait; kept by `Today`."""

import collections
from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from server.forecast.model import Model
from server.forecast.promise import Forecast, Pace, forecast
from server.messages.facts import Duty, Ticket
from server.messages.instants import MINUTE
from server.messages.office import Roster, planned
from server.office.hours import local
from server.office.roster import shift
from server.office.state import State

SHARE = 0.5
"""Missing counters are named as the reason of a delay only if they explain at least this part of it."""


class Issued(NamedTuple):
    """`open`: counters that were not closed; `file`, `changed`: the roster of the office file, and what supervisors planned."""

    open: frozenset[str]
    file: Roster
    changed: Mapping[str, tuple[Duty, ...]]


def fewer(
    state: State, issued: Mapping[str, Issued], model: Model, pace: Pace, now: int, seed: int, found: Forecast
) -> list[str]:
    """The tickets whose delay comes, by at least half, from counters that are missing now.

    `found`: the forecast as it is. At most one more simulation is made, with the set of missing counters that explains most
    tickets. It draws the same random numbers.
    """
    late: dict[str, tuple[float, frozenset[str]]] = {}
    for name, wait in found.tickets.items():
        ticket = state.tickets[name]
        delay = _delay(ticket, now + wait.p50 * MINUTE)
        gone = missing(state, ticket, issued[name], now) if delay and name in issued else frozenset[str]()
        if gone:
            late[name] = delay, gone
    if not late:
        return []
    there = _most([gone for _, gone in late.values()])
    whole = forecast(_with(state, there, now), model, pace, now, seed).tickets
    return [
        name
        for name, (delay, gone) in late.items()
        if there <= gone and name in whole and found.tickets[name].p50 - whole[name].p50 >= SHARE * delay
    ]


def missing(state: State, ticket: Ticket, then: Issued, now: int) -> frozenset[str]:
    """Counters on which the promise at the issue relied, and which are closed now. A counter that was planned to close by
    now does not count as missing."""
    day = local(state.office, now).date()
    duty = planned(then.file, then.changed, day)
    gone = []
    for one in state.office.counters:
        if state.counters[one.id].state != "closed":
            continue
        its = shift(state.office, day, one.id, duty or ())
        comes = any(start > ticket.issued_at for start, _ in its.open)
        if (one.id in then.open or (duty is not None and comes)) and (duty is None or its.covers(now)):
            gone.append(one.id)
    return frozenset(gone)


def _delay(ticket: Ticket, called: float) -> float:
    """By how many minutes the call is expected later than the median that was told; 0 while it is expected within the range
    that was told."""
    told = ticket.told
    if told is None or called <= ticket.issued_at + told.high * MINUTE:
        return 0.0
    return (called - ticket.issued_at) / MINUTE - told.median


def _most(gone: list[frozenset[str]]) -> frozenset[str]:
    """The set that is a part of the most other sets; among equals the largest, because it explains most."""
    tally = collections.Counter(gone)
    part_of = {one: sum(count for other, count in tally.items() if one <= other) for one in tally}
    return max(tally, key=lambda one: (part_of[one], len(one), sorted(one)))


def _with(state: State, there: frozenset[str], now: int) -> State:
    other = state.copy()
    for name in there:
        other.put_counter(replace(other.counters[name], state="open", since=now))
    return other
