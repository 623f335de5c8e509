"""What is remembered of a day's slots while they are held one by one is what would be worked out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from server.messages import commands as c
from server.messages.instants import MINUTE
from server.messages.office import Appointments, Release
from server.messages.problems import Refusal
from server.office.capacity import PIECE_MS
from server.office.slots import Slots
from tests.office.room import WEEK, Room, instant
from tests.office.test_slots import TUESDAY, of, tuesday

if TYPE_CHECKING:
    from tests.office.room import Make

KINDS = (of("pass"), of("car", public=False), of("pass", "reg", persons=3), of("reg"))


def listed(room: Room) -> list[tuple[list[int], tuple[str, ...]]]:
    slots = Slots(room.state, room.now)
    return [(slots.free(who, TUESDAY), slots.free_texts(who, TUESDAY)) for who in KINDS]


def anew(room: Room) -> list[tuple[list[int], tuple[str, ...]]]:
    """The same by nothing that was remembered."""
    known, room.state.slot_days = room.state.slot_days, {}
    found, room.state.slot_days = listed(room), known
    return found


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_slots_held_released_and_booked_one_by_one_leave_what_is_left(make_room: Make, data: st.DataObject) -> None:
    percent, released = data.draw(st.sampled_from([0, 40])), data.draw(st.sampled_from([60, 100]))
    rules = Appointments(
        walk_in_percent=percent, desk_percent=20, releases=(Release(percent=released, days=60, at="07:00"),)
    )
    room = make_room(appointments=rules, hours=WEEK)
    services = st.sampled_from([("pass",), ("reg",), ("car",), ("pass", "reg"), ("pass", "car")])
    for _ in range(data.draw(st.integers(1, 30))):
        start = tuesday(room, "08:00") + data.draw(st.integers(0, 50)) * PIECE_MS
        by, kind = data.draw(st.sampled_from([room.booking, room.desk])), data.draw(services)
        holds = [*room.state.holds]
        press: list[c.Command] = [
            c.HoldSlot(services=kind, start=instant(start), persons=data.draw(st.integers(1, 3)))
        ] * 4
        press += [c.ReleaseSlot(hold=data.draw(st.sampled_from(holds)))] if holds else []
        press += [c.BookAppointment(services=kind, start=instant(start))]
        room.press(data.draw(st.sampled_from(press)), by)
        if data.draw(st.integers(0, 9)) == 0:
            room.after(3 * MINUTE)
        if data.draw(st.booleans()):
            assert listed(room) == anew(room)
    assert listed(room) == anew(room)


def test_a_hold_leaves_what_was_remembered_of_the_day_before_it(make_room: Make) -> None:
    """Whoever still reads the day as it was reads no mixture."""
    room = make_room(appointments=Appointments(walk_in_percent=0), hours=WEEK)
    before = listed(room)
    day = room.state.slot_days[TUESDAY.isoformat()]
    hold = c.HoldSlot(services=("car",), start=instant(tuesday(room, "10:00")))
    while not isinstance(room.press(hold, room.booking), Refusal):
        pass
    room.does(c.HoldSlot(services=("pass",), start=instant(tuesday(room, "11:00"))), room.booking)
    after = listed(room)
    assert after != before
    assert after == anew(room)
    assert room.state.slot_days[TUESDAY.isoformat()] is not day
    assert [day.free(who, 100) for who in KINDS] == [starts for starts, _ in before]
