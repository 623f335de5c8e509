"""How much time of a day can be sold as appointments, by hour and service: what roster, hours, breaks, holidays and the share of
walk-ins leave, as they are now. Pure."""

from datetime import date

from server.messages.instants import MINUTE
from server.office.capacity import ALL, PIECE_MS
from server.office.slots import Slots
from server.office.state import State


def offered(state: State, now: int, day: date) -> dict[tuple[int, str], float]:
    """Minutes, by hour of the office's clock and service; "" stands for all services together, which share counters."""
    capacity = Slots(state, now).capacity(day)
    services = (ALL, *(plan.id for plan in state.office.services if plan.bookable and not plan.retired))
    return {
        (hour, service): sold * PIECE_MS / MINUTE
        for hour in dict.fromkeys(capacity.hours)
        for service in services
        if (sold := capacity.sold_at_most(hour, service))
    }
