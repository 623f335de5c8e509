"""The remaining wait as every board shows it: a range, or the reason why there is none."""

from collections.abc import Collection
from typing import NamedTuple, get_args

from server.messages.boards import Expected
from server.messages.facts import Ticket
from server.messages.instants import rfc3339
from server.messages.office import ServicePlan
from server.messages.terms import Feature, Longer, Need
from server.office.reach import Reach
from server.office.waits import Combined, Waits, category_of, combined, expected, leave_at, needed


class ServiceOutlook(NamedTuple):
    """`reason`: why there is no range."""

    expected: Expected | None
    reason: str | None


class OwnerOutlook(NamedTuple):
    """`leave`: until when the ticket's owner may leave the room; `longer`: why it takes longer than they were told, if that is
    known."""

    expected: Expected | None
    reason: str | None
    leave: str | None
    longer: Longer | None


class Outlook:
    """`waits` is None in an office without a forecast: then a board gives neither a range nor a forecast's reason."""

    def __init__(self, reach: Reach, waits: Waits | None) -> None:
        self._reach, self._waits = reach, waits

    def of_ticket(self, ticket: Ticket) -> ServiceOutlook:
        """The wait of somebody who waits. A ticket issued after the last forecast shows what it was promised at issue."""
        reason = self._reach.of_ticket(ticket)
        if reason is not None or self._waits is None or ticket.state not in ("waiting", "away"):
            return ServiceOutlook(None, reason)
        found = self._waits.tickets.get(ticket.id)
        if found is None and self._waits.known and ticket.seq > self._waits.seq and ticket.told is not None:
            found = expected(ticket.told, rfc3339(ticket.issued_at))
        return ServiceOutlook(found, None if found else self._waits.silent(ticket.seq))

    def of_owner(self, ticket: Ticket) -> OwnerOutlook:
        """The same for the ticket's owner, and until when they may leave the room."""
        found, reason = self.of_ticket(ticket)
        waits = self._waits
        if found is None or waits is None or ticket.state != "waiting":
            return OwnerOutlook(found, reason, None, None)
        return OwnerOutlook(
            found, reason, self._leave(ticket, waits), "fewer_counters" if ticket.id in waits.fewer else None
        )

    def _leave(self, ticket: Ticket, waits: Waits) -> str | None:
        """For a ticket issued after the forecast: as promised then."""
        until = waits.leave.get(ticket.id)
        if ticket.id not in waits.tickets and ticket.told is not None and ticket.told.leave:
            until = leave_at(ticket.issued_at, ticket.told.leave)
        return rfc3339(until) if until is not None and until > self._reach.now else None

    def of_service(self, plan: ServicePlan) -> ServiceOutlook:
        """The wait of somebody who considers taking a ticket."""
        reason = self._reach.of_service(plan)
        if reason is not None or self._waits is None:
            return ServiceOutlook(None, reason)
        return self._drawn(Combined((plan.id,), category_of(plan), ()), self._waits)

    def by_features(self, plan: ServicePlan) -> dict[tuple[Feature, ...], ServiceOutlook]:
        """The wait of somebody who considers taking a ticket and needs something that not every counter of the service has."""
        if self._waits is None or self._reach.of_service(plan) is not None:
            return {}
        wanted = (
            combined(self._reach.state, (plan.id,), category_of(plan), needs) for needs in needed(self._reach.state)
        )
        return {_features(one.needs): self._of_other(one) for one in wanted if one.needs}

    def _of_other(self, wanted: Combined) -> ServiceOutlook:
        reason = self._reach.of_new(wanted.services, wanted.needs)
        return ServiceOutlook(None, reason) if reason else self._drawn(wanted, self._waits or Waits())

    def _drawn(self, wanted: Combined, waits: Waits) -> ServiceOutlook:
        found = waits.found(wanted)
        return (
            ServiceOutlook(found.shown, None)
            if found
            else ServiceOutlook(None, waits.unpromised(self._reach.state, wanted))
        )

    @property
    def late(self) -> Collection[str]:
        """Tickets that may not be served today any more."""
        return self._waits.late if self._waits is not None else ()

    def reached(self, plan: ServicePlan) -> str | None:
        """Whether somebody who draws a ticket now is still served today: yes, likely or no; None if nobody can say."""
        if self._waits is None or self._reach.of_service(plan) is not None:
            return None
        return self._waits.reached.get(plan.id)


def _features(needs: tuple[Need, ...]) -> tuple[Feature, ...]:
    """What a counter must have; a feature has the name of the need that it covers."""
    return tuple(one for one in get_args(Feature) if one in needs)
