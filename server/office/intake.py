"""Whether the public may take a ticket for a service now; if not, why and until when. Pure; asked by `decide` and kiosks."""

from typing import NamedTuple

from server.messages.office import ServicePlan
from server.office import hours, with_set
from server.office.state import State


class Closed(NamedTuple):
    """`code`: of the refusal; `reason`: a code of the office file, "hours" or "limit"; `until`: when it opens again, ms."""

    code: str
    reason: str | None
    until: int | None


def closed_for(state: State, plan: ServicePlan, now: int) -> Closed | None:
    """Why the public may take no ticket for it now; None if it may."""
    service = with_set.service(state, state.services[plan.id])
    if service.closed:
        return Closed("service_closed", service.reason, service.until)
    if not hours.open_now(state.office, plan, now):
        return Closed("outside_hours", "hours", hours.opens_at(state.office, plan, now))
    if service.limit is not None and service.issued >= service.limit:
        midnight = hours.midnight_after(state.office, hours.day_of(state.office, now))
        return Closed("limit_reached", "limit", hours.opens_at(state.office, plan, midnight) or midnight)
    return None
