"""Whether anybody could call a waiting ticket, and if nobody can, why not. It uses the same rule as who-is-next.

Boards tell staff and citizens the answer, `decide` puts it on a new ticket, and random tests compare both with what counters do.
"""

from collections.abc import Iterator
from typing import NamedTuple

from server.messages.facts import Counter, Ticket
from server.messages.office import ServicePlan, StationPlan
from server.messages.terms import NEEDS_OF_COUNTERS, Need
from server.office import hours
from server.office.lines import PlaceInLine
from server.office.state import State
from server.office.who_next import features_of, may_take

Services = tuple[str, ...]
Needs = tuple[Need, ...]


class OutOfReach(NamedTuple):
    """A ticket that nobody can call, and the code of the reason."""

    ticket: Ticket
    why: str


class Reach:
    """The answers for one state at one instant. They are cached: a list asks the same question for everybody in one line."""

    __slots__ = ("_known", "_reasons", "now", "open", "state")

    def __init__(self, state: State, now: int) -> None:
        self.state, self.now = state, now
        self.open = [counter for counter in state.counters.values() if counter.state != "closed"]
        self._known: dict[tuple[Services, Needs], str | None] = {}
        self._reasons: dict[tuple[Services, Needs], str | None] = {}

    def hindrance(self, ticket: Ticket) -> str | None:
        """Why no open counter could call this ticket once its time has come; None if one can.

        `counter_closed`, `station_closed` or `place_lacks`: it is kept for one place, which is closed or lacks what the
        ticket needs. Else no counter serves it (`no_counter`), or none with what it needs (`no_step_free`, `no_hearing_loop`,
        `no_more_room`).
        """
        if ticket.only_counter is None:
            return self.of(ticket.services, ticket.needs)
        # a ticket that may not be called yet is judged at the instant when it may
        at = max(self.now, self.state.ready_at(ticket))
        if any(may_take(self.state, counter, ticket, at) for counter in self.open):
            return None
        if ticket.only_until is not None and at >= ticket.only_until:
            return self.of(ticket.services, ticket.needs)
        return self._of_place(self.state.counters[ticket.only_counter], ticket)

    def _of_place(self, place: Counter, ticket: Ticket) -> str:
        if not NEEDS_OF_COUNTERS.intersection(ticket.needs) <= features_of(self.state, place.id):
            return "place_lacks"
        return "station_closed" if isinstance(self.state.places[place.id], StationPlan) else "counter_closed"

    def of(self, services: Services, needs: Needs = ()) -> str | None:
        """The same for anybody who wants these services and has these needs, with the code of the reason."""
        key = (services, needs)
        if key not in self._known:
            self._known[key] = self._why(frozenset(services), NEEDS_OF_COUNTERS.intersection(needs))
        return self._known[key]

    def _why(self, services: frozenset[str], needed: frozenset[str]) -> str | None:
        serving = [counter for counter in self.open if not services.isdisjoint(counter.services)]
        if not serving:
            return "no_counter"
        equipped = [features_of(self.state, counter.id) for counter in serving]
        if any(needed <= features for features in equipped):
            return None
        step_free = "step_free" in needed and not any("step_free" in features for features in equipped)
        return "no_step_free" if step_free else f"no_{min(needed)}" if len(needed) == 1 else "no_counter"

    # `expected_reason`: why a board shows no expected wait

    def of_ticket(self, ticket: Ticket) -> str | None:
        """`expected_reason` of a waiting ticket: situation, no_counter, no_step_free or closed; None if somebody can call it."""
        if ticket.state not in ("waiting", "away"):
            return None
        if ticket.only_counter is None:
            return self.of_new(ticket.services, ticket.needs)
        return self._situation(ticket.services) or self._said(self.hindrance(ticket), ticket.services)

    def of_new(self, services: Services, needs: Needs) -> str | None:
        """`expected_reason` for somebody who takes a ticket now."""
        key = (services, needs)
        if key not in self._reasons:
            self._reasons[key] = self._situation(services) or self._said(self.of(services, needs), services)
        return self._reasons[key]

    def _situation(self, services: Services) -> str | None:
        """While one of these services is closed for a situation of the whole office, nobody can say when it goes on."""
        known = (self.state.services.get(name) for name in services)
        return "situation" if any(one is not None and one.situation is not None for one in known) else None

    def of_service(self, plan: ServicePlan) -> str | None:
        """`expected_reason` of a service, for somebody who considers taking a ticket."""
        if self._situation((plan.id,)):
            return "situation"
        return "closed" if not self._opens(plan) else "no_counter" if self.of((plan.id,)) else None

    def _said(self, hindrance: str | None, services: Services) -> str | None:
        if hindrance is None:
            return None
        plans = [self.state.plans[name] for name in services if name in self.state.plans]
        if hindrance == "no_step_free":
            return hindrance
        return "closed" if plans and not any(self._opens(plan) for plan in plans) else "no_counter"

    def _opens(self, plan: ServicePlan) -> bool:
        closed = self.state.day is None or self.state.services[plan.id].closed
        return not closed and hours.open_now(self.state.office, plan, self.now)

    # tickets that nobody can call

    def stranded(self) -> tuple[list[OutOfReach], int]:
        """The first `LISTED` of them by time of issue, each with its reason, and how many there are in all."""
        found: list[OutOfReach] = []
        total = 0
        for alike in self.asked():
            why = self.hindrance(self.state.tickets[alike[0].ticket])
            if why is not None:
                found += [OutOfReach(self.state.tickets[place.ticket], why) for place in alike[:LISTED]]
                total += len(alike)
        return sorted(found, key=lambda one: one.ticket.seq)[:LISTED], total

    def unreached(self) -> dict[str, tuple[int, str]]:
        """By the first service of tickets that nobody can call: how many there are, and the reason of the first."""
        found: dict[str, tuple[int, int, str]] = {}
        for alike in self.asked():
            ticket = self.state.tickets[alike[0].ticket]
            if (why := self.hindrance(ticket)) is not None:
                service, mine = ticket.services[0], (ticket.seq, why)
                many, first, reason = found.get(service, (0, *mine))
                # the order of the lines is not a fact of the log: after a restart it is another
                seq, reason = min((first, reason), mine)
                found[service] = (many + len(alike), seq, reason)
        return {service: (many, why) for service, (many, _, why) in found.items()}

    def asked(self) -> Iterator[list[PlaceInLine]]:
        """Tickets that all have the same answer: those of a line, and each one outside the lines."""
        lines = self.state.lines
        yield from (line.places for line in lines.all())
        for places in (lines.later, *lines.bound.values()):
            yield from ([place] for place in places)


LISTED = 20
"""How many of the tickets that nobody can call a board lists. It also tells how many there are in all."""
