"""The free slots of the next days, for a page or another system that asks for them."""

from datetime import date, timedelta

from server.messages.instants import MINUTE, rfc3339
from server.messages.slots import DaySlots, FreeSlots
from server.office.capacity import length
from server.office.hours import local
from server.office.slots import Slots, Visitors
from server.office.state import State

FARTHEST = timedelta(days=732)
"""Nothing can be booked later than in two years."""


def free_slots(state: State, now: int, visitors: Visitors, first: date | None, days: range) -> FreeSlots:
    """Of these days, counted from `first` on, or from today. What a booking would be refused is not listed."""
    slots, today = Slots(state, now), local(state.office, now).date()
    begin = today if first is None else max(today, first)
    asked = [begin + timedelta(days=ahead) for ahead in days] if begin <= today + FARTHEST else []
    return FreeSlots(
        at=rfc3339(now),
        services=visitors.services,
        persons=visitors.persons,
        minutes=minutes_of(state, visitors),
        days=tuple(
            DaySlots(day=day.isoformat(), starts=starts) for day in asked if (starts := slots.free_texts(visitors, day))
        ),
    )


def minutes_of(state: State, visitors: Visitors) -> int:
    """How long a visit is expected to take."""
    return length(state.office, visitors.services, visitors.persons) // MINUTE
