"""Bookings that find no room any more, because roster, hours or shares were changed after they were sold. They stand all the
same; staff are told, and move them or add a counter. Asked by `boards/alerts.py`."""

from bisect import bisect_left
from collections.abc import Iterator

from server.messages.facts import Appointment
from server.messages.terms import OverbookedReason
from server.office.hours import local, midnight_after
from server.office.slots import Slots
from server.office.state import State

LOOKED_AT = 1
"""So many days that have changed are looked at each time, the next ones first: a day with 300 bookings takes 10 ms, during which
no press is decided. Days that have not changed take a millisecond together."""


def overbooked(state: State, now: int) -> Iterator[tuple[Appointment, OverbookedReason]]:
    """From now on, in the order of their slots. A day that was not looked at yet is told as it was."""
    slots, left = Slots(state, now), LOOKED_AT
    place = bisect_left(state.coming, (now, ""))
    while place < len(state.coming):
        day = local(state.office, state.coming[place][0]).date()
        found = slots.overbooked(day)
        if found is None and left:
            found, left = slots.look_at(day), left - 1
        found = found or state.overbooked.get(day.isoformat())
        for name, reason in found.lacking if found else ():
            one = state.appointments.get(name)
            if one is not None and one.start > now:
                yield one, reason
        place = bisect_left(state.coming, (midnight_after(state.office, day.isoformat()), ""))
