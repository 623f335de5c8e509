"""The appointments of a day as staff list them who move or cancel them at once, and which days have some without room. Pure."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from server.messages.facts import Appointment
from server.messages.terms import OverbookedReason
from server.messages.value import Value
from server.office.hours import clock, local, midnight_after
from server.office.slots import Slots
from server.office.state import State


class BookedRow(Value):
    """`lacks`: why it finds no room any more, since roster, hours or shares changed; None: it has room."""

    one: Appointment
    lacks: OverbookedReason | None = None


def booked_on(state: State, now: int, day: date) -> tuple[BookedRow, ...]:
    """Those of a day that have not begun, in the order of their slots."""
    lacking = dict(without_room(state, now, day))
    first = (max(clock(state.office, day, "00:00"), now + 1), "")
    places = bisect_left(state.coming, first), bisect_left(state.coming, (midnight_after(state.office, str(day)), ""))
    found = (state.appointments[name] for _, name in state.coming[slice(*places)])
    return tuple(BookedRow(one=one, lacks=lacking.get(one.id)) for one in found if one.ticket is None)


def without_room(state: State, now: int, day: date) -> tuple[tuple[str, OverbookedReason], ...]:
    """The appointments of a day that find no room any more, and why."""
    slots = Slots(state, now)
    return (slots.overbooked(day) or slots.look_at(day)).lacking


def booked_days(state: State, now: int) -> Iterator[date]:
    """The days on which an appointment is still to come, in order."""
    place = bisect_left(state.coming, (now + 1, ""))
    while place < len(state.coming):
        day = local(state.office, state.coming[place][0]).date()
        yield day
        place = bisect_left(state.coming, (midnight_after(state.office, day.isoformat()), ""))
