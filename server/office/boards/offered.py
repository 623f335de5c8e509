"""How much time of a day can be sold as appointments, by hour and service: what roster, hours, breaks, holidays and the share of
walk-ins leave, as they are now. Pure."""

from datetime import date
from typing import Literal, NamedTuple

from server.messages.facts import TakenUp
from server.messages.instants import MINUTE
from server.office.capacity import ALL, KEPT, KNOWN, PIECE_MS, overbooking
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


class Overbooking(NamedTuple):
    """By how many per cent more than an hour's share is sold, and why (`how`): because of `lately`; or not at all, because too
    `few` appointments are known, those who came were called too `late`, or nearly all came (`reliable`)."""

    how: Literal["sold", "few", "late", "reliable"]
    more: int
    lately: TakenUp | None
    least: int = KNOWN
    kept: int = round(100 * KEPT)


def overbooked_by(state: State) -> Overbooking | None:
    """None if the office file does not allow it."""
    lately, more = state.taken_up, overbooking(state.office, state.taken_up)
    if not state.office.appointments.overbook_percent:
        return None
    if lately is None or lately.booked < KNOWN:
        return Overbooking("few", 0, None)
    if not lately.came or lately.in_time < KEPT * lately.came:
        return Overbooking("late", 0, lately)
    return Overbooking("sold" if more else "reliable", more, lately)
