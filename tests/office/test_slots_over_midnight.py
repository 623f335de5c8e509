"""An office that is open day and night: a visit may go on after midnight, and has its counter on both days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import MINUTE, rfc3339
from server.messages.office import WEEKDAYS, Appointments, Hours
from server.office.hours import local
from server.office.overbooked import overbooked
from server.office.slots import Slots
from tests.office.room import Room, instant
from tests.office.test_slots import TUESDAY, of, tuesday

if TYPE_CHECKING:
    from tests.office.room import Make

ALWAYS = Hours(week=dict.fromkeys(WEEKDAYS, (("00:00", "24:00"),)))
WEDNESDAY = TUESDAY + timedelta(days=1)


def night(make_room: Make, hours: Hours = ALWAYS) -> Room:
    return make_room(hours=hours, appointments=Appointments(walk_in_percent=0))


def books(room: Room, start: int, *services: str) -> str:
    answer = room.press(c.BookAppointment(services=services or ("car",), start=instant(start), persons=3), room.booking)
    return getattr(answer, "code", "") if hasattr(answer, "status") else "booked"


def test_a_visit_over_midnight_is_offered_and_booked(make_room: Make) -> None:
    """Also without any hours in the office file, which is open all the time."""
    for hours in (ALWAYS, Hours()):
        room = night(make_room, hours)
        start = tuesday(room, "23:50")
        assert start in Slots(room.state, room.now).free(of("car", persons=3), TUESDAY)
        assert rfc3339(start) in Slots(room.state, room.now).free_texts(of("car", persons=3), TUESDAY)
        assert books(room, start) == "booked"


def test_each_counter_is_sold_once_on_both_sides_of_midnight(make_room: Make) -> None:
    """Two counters serve cars. Whoever comes over from Tuesday takes one of them on Wednesday, booked or held."""
    room = night(make_room)
    start, after = tuesday(room, "23:50"), tuesday(room, "24:00")
    assert books(room, start) == "booked"
    assert room.does(c.HoldSlot(services=("car",), start=instant(start), persons=3), room.booking)

    assert books(room, after) == "slot_taken"
    assert books(room, start) == "slot_taken"
    free = Slots(room.state, room.now).free(of("car", persons=3), WEDNESDAY)
    assert f"{local(room.state.office, free[0]):%H:%M}" == "00:10"


def test_what_is_sold_on_wednesday_leaves_no_room_for_a_visit_from_tuesday(make_room: Make) -> None:
    room = night(make_room)
    start, after = tuesday(room, "23:50"), tuesday(room, "24:00")
    table = Slots(room.state, room.now)
    assert start in table.free(of("car", persons=3), TUESDAY)
    assert [books(room, after), books(room, after)] == ["booked", "booked"]

    table = Slots(room.state, room.now)
    assert start not in table.free(of("car", persons=3), TUESDAY)
    assert rfc3339(start) not in table.free_texts(of("car", persons=3), TUESDAY)
    assert books(room, start) == "slot_taken"
    assert start in table.free(of("car"), TUESDAY)
    first = next(iter(room.state.appointments))
    room.does(c.CancelAppointment(appointment=first), room.desk)
    assert books(room, start) == "booked"


def test_an_office_that_closes_at_midnight_takes_nobody_over_it(make_room: Make) -> None:
    late = Hours(week=dict.fromkeys(WEEKDAYS, (("08:00", "24:00"),)))
    room = night(make_room, late)
    start = tuesday(room, "23:50")

    assert books(room, start) == "slot_invalid"
    assert start not in Slots(room.state, room.now).free(of("car", persons=3), TUESDAY)


def test_a_visit_over_midnight_is_told_once_if_its_room_is_taken_away(make_room: Make) -> None:
    room = night(make_room)
    assert books(room, tuesday(room, "23:50")) == "booked"
    assert [*overbooked(room.state, room.now)] == []
    office = room.state.office
    closed = replace(
        office, revision=office.revision + 1, hours=Hours(week=dict.fromkeys(WEEKDAYS, (("08:00", "18:00"),)))
    )
    room.does(c.ConfigureOffice(office=closed), room.system)

    lacking = [(one.start, why) for _ in range(3) for one, why in overbooked(room.state, room.now)][-1:]
    assert lacking == [(tuesday(room, "24:00") - 10 * MINUTE, "closed")]
