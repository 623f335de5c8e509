"""How each service is doing, as a code; of several troubles the worst. Pure; the supervisor's board asks once for each service.

It counts by lines, not by tickets: everybody in one line has the same answer.
"""

from collections import Counter
from collections.abc import Mapping

from server.messages import boards as b
from server.messages.facts import Ticket
from server.messages.instants import MINUTE
from server.messages.terms import NEEDS_OF_COUNTERS, Need
from server.office.reach import Reach

Unmet = Mapping[str, Mapping[Need, int]]
"""For each service how many of its tickets need what no open counter has that serves them."""
_NEEDED: Mapping[str, Need] = {
    "no_step_free": "step_free",
    "no_hearing_loop": "hearing_loop",
    "no_more_room": "more_room",
}


def unmet(reach: Reach) -> Unmet:
    found: dict[str, Counter[Need]] = {}
    for alike in reach.asked():
        ticket = reach.state.tickets[alike[0].ticket]
        if (need := _lacks(reach, ticket)) is not None:
            for service in ticket.services:
                found.setdefault(service, Counter())[need] += len(alike)
    return found


def _lacks(reach: Reach, ticket: Ticket) -> Need | None:
    why = reach.hindrance(ticket)
    if why == "no_counter" and reach.of(ticket.services) is None:
        # counters serve it, but none of them has both things that it needs
        return next(need for need in ticket.needs if need in NEEDS_OF_COUNTERS)
    return _NEEDED.get(why or "")


def trouble(line: b.ServiceLine, needs: Mapping[Need, int], oldest: int | None, now: int) -> b.Trouble:
    """How a service is doing. `needs`: its part of `unmet`; `oldest`: when the longest wait of its tickets began, ms."""
    if not line.served and (line.open or line.waiting):
        return b.Trouble(code="no_counter", count=line.waiting)
    if needs:
        # two needs with equally many tickets: the first by name, because the order of the lines is not a fact of the log
        need = max(sorted(needs), key=lambda one: needs[one])
        return b.Trouble(code="needs", need=need, count=needs[need])
    waited = oldest is not None and now - oldest > line.target * MINUTE
    if waited or (line.expected is not None and line.expected.median > line.target):
        return b.Trouble(code="over_target", count=line.waiting)
    if not line.open:
        return b.Trouble(code="closed", count=line.waiting)
    if line.expected is None:
        return b.Trouble(code="unknown", count=line.waiting)
    tight = line.expected.high > line.target
    return b.Trouble(code="tight" if tight else "on_target", count=line.waiting)
