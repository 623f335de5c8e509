"""A changed office file in a running office: new things are there, what is in use is kept, and no id points to nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from server.messages.office import CounterPlan, Office, ServicePlan
from server.office import hours
from server.office.boards import board
from server.office.state import State

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]


def changed(room: Room, office: Office, **changes: Any) -> list[str]:
    new = replace(office, revision=room.state.office.revision + 1, **changes)
    return room.does(c.ConfigureOffice(office=new), room.system, key=f"office:{new.revision}")


def without(office: Office, *gone: str) -> dict[str, Any]:
    """Removes all these services, counters and stations; counters that offered a removed service offer the others."""

    def left(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in gone)

    return {
        "services": tuple(one for one in office.services if one.id not in gone),
        "counters": tuple(
            replace(one, services=left(one.services), skills=left(one.skills))
            for one in office.counters
            if one.id not in gone
        ),
        "stations": tuple(replace(one, services=left(one.services)) for one in office.stations if one.id not in gone),
    }


def test_only_a_higher_revision_is_applied(room: Room, office: Office) -> None:
    same = replace(office, name="Anders")

    assert room.does(c.ConfigureOffice(office=same), room.system) == []
    assert changed(room, office, name="Anders") == ["office_configured"]
    assert room.state.office.name == "Anders"
    assert room.code(c.ConfigureOffice(office=office), room.admin) == "not_allowed"


def test_no_day_opens_without_an_office_file(room: Room) -> None:
    """After a lost log the office starts again: if its day opened without an office file, the file could no longer be applied."""
    room.state = State()

    refusal = room.refuses(c.OpenDay(), room.supervisor)
    assert (refusal.code, refusal.retry) == ("starting", True)
    assert room.does(c.CloseDay(), room.supervisor) == []
    assert room.code(c.IssueTicket(services=("pass",))) == "unknown_service"


def test_the_first_one_begins_an_epoch(room: Room) -> None:
    assert [event.__struct_config__.tag for _, _, event in room.entries[:3]] == [
        "epoch_changed",
        "office_configured",
        "day_opened",
    ]


def test_what_is_new_stands_closed_and_closed_counters_take_the_new_file(room: Room, office: Office) -> None:
    room.open("1")
    new = CounterPlan(id="9", label="Neu", zone="up", services=("car",))
    moved = tuple(replace(one, services=("reg",)) if one.id in ("1", "2") else one for one in office.counters)
    changed(
        room, office, counters=(*moved, new), services=(*office.services, ServicePlan(id="x", letter="X", names={}))
    )

    assert (room.at("9").state, room.at("9").services) == ("closed", ("car",))
    assert room.at("2").services == ("reg",)
    assert room.at("1").services == ("pass", "reg")
    assert room.number(room.ticket("x")) == "X001"


def test_an_open_counter_keeps_what_still_exists(room: Room, office: Office) -> None:
    room.open("4")
    room.does(c.AssignCounter(counter="4", services=("small", "social")), room.supervisor)
    changed(room, office, **without(office, "small"))

    assert room.at("4").services == ("small", "social"), "what it was assigned is retired, not removed"
    assignment = room.at("4").assignment
    assert assignment is not None
    assert (assignment.services, assignment.before) == (("small", "social"), ("post", "social", "small", "urgent"))


def test_what_living_tickets_refer_to_is_retired(room: Room, office: Office) -> None:
    """Waiting for a service, held by a counter, parked from one, sent to a station, reserved: everybody is still served."""
    room.open("1", "2", "3")
    waits, sent, parked, reserved = room.ticket("car"), room.ticket("pass"), room.ticket("pass"), room.ticket("reg")
    held = room.ticket("pass")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))
    room.serve("2")
    room.does(c.ParkTicket(counter="2"))
    room.does(c.TransferTicket(ticket=reserved, to_counter="4"))
    assert room.call("1") == held
    changed(room, office, **without(office, "car", "1", "2", "3", "4", "booth"))

    kinds = {kind.id: kind.retired for kind in room.state.office.services}
    assert kinds["car"]
    assert {desk.id: desk.retired for desk in room.state.office.counters} == {"1": True, "2": True, "4": True}
    assert [station.id for station in room.state.office.stations] == ["cash", "booth"]
    for kind, id in (("supervisor", ""), ("desk", ""), ("display", "hall"), ("counter", "1")):
        board(room.state, kind, id, room.now)  # type: ignore[arg-type]
    room.does(c.StartService(counter="1"))
    assert room.does(c.FinishService(counter="1", services_done=("pass",))) == ["service_finished"]
    room.does(c.CloseCounter(counter="1"))
    assert room.code(c.OpenCounter(counter="1")) == "unknown_counter"
    assert room.of(sent).state == room.of(waits).state == room.of(reserved).state == "waiting"
    assert room.does(c.CancelTicket(ticket=parked)) == ["ticket_cancelled"]


def test_a_call_still_on_the_wall_has_its_counter(room: Room, office: Office) -> None:
    """The citizen was served quickly; the counter is free and gone from the file, and the number still stays up for its
    seconds."""
    room.open("3")
    ticket = room.ticket("car")
    room.serve("3")
    room.finish("3")
    changed(room, office, **without(office, "3"))

    shown = board(room.state, "display", "hall", room.now)
    assert [call.number for call in shown.calls] == [room.number(ticket)]  # type: ignore[union-attr]


def test_lent_numbers_keep_their_service(room: Room, office: Office, at: Callable[[int], Any]) -> None:
    room.does(c.LeaseNumbers(services=("car",), count=2), room.kiosk)
    lease = next(iter(room.state.leases))
    changed(room, office, **without(office, "car", "3"))

    assert room.does(c.LeaseNumbers(services=("pass",), count=2), room.kiosk) == ["numbers_leased"]
    tickets = (c.HandedIn(number="K1000", service="car", issued_at=at(room.now)),)
    assert room.does(c.HandInTickets(lease=lease, tickets=tickets), room.kiosk) == ["ticket_issued"]


def test_no_press_from_before_is_undone_and_a_set_of_moves_forgets_what_is_gone(room: Room, office: Office) -> None:
    ticket = room.ticket("car")
    moves = (
        c.CloseService(service="car"),
        c.OpenCounter(counter="3"),
        c.AssignCounter(counter="4", services=("small",)),
        c.MoveTickets(tickets=(ticket,), to_service="reg"),
    )
    room.does(c.ApplyMoves(moves=moves), room.supervisor, key="set")
    room.does(c.OpenCounter(counter="2"))
    key = room.last_key
    changed(room, office, **without(office, "car", "3", "post"))

    assert room.code(c.Undo(key=key)) == "too_late_to_undo"
    assert room.does(c.RevertMoves(key="set"), room.supervisor) == ["moves_reverted"]
    assert room.at("4").services == ("post", "social", "small", "urgent")
    assert room.of(ticket).services == ("reg",)


def test_lines_follow_a_new_policy(make_room: Make) -> None:
    """Appointments that may be called half an hour before their slot are in their line at once."""
    room = make_room()
    code = room.book(room.now + 25 * MINUTE)
    room.does(c.CheckIn(code=code), room.kiosk)
    room.ticket("reg")
    assert len(room.state.lines.later) == 1

    office = room.state.office
    changed(room, office, policy=replace(office.policy, appointment_before=1800))

    assert not room.state.lines.later
    assert room.open("1").call("1") == next(iter(room.state.tickets))


@pytest.mark.parametrize("gone", ["2", "booth"])
def test_a_set_taken_back_sends_nobody_to_a_place_that_left_the_file(room: Room, office: Office, gone: str) -> None:
    """What a set remembers from before does not keep a row alive, so it may name something that is gone."""
    room.open("1")
    ticket = room.ticket("pass")
    if gone == "booth":
        room.serve("1")
        room.does(c.SendToStation(counter="1", station="booth"))
    else:
        room.does(c.TransferTicket(ticket=ticket, to_counter="2"))
    room.does(c.ApplyMoves(moves=(c.MoveTickets(tickets=(ticket,), to_service="reg"),)), room.supervisor, key="set")
    changed(room, office, **without(office, gone))
    room.does(c.RevertMoves(key="set"), room.supervisor)

    assert board(room.state, "supervisor", "", room.now) is not None
    assert board(room.state, "desk", "", room.now) is not None
    assert board(room.state, "ticket", ticket, room.now) is not None
    assert {room.of(ticket).only_counter, room.of(ticket).station_counter} <= {None, *room.state.counters}


def test_all_that_something_alive_refers_to_is_retired(room: Room, office: Office, at: Callable[[int], Any]) -> None:
    """Nothing is removed while an alarm, silence, message, assignment, lease or print job needs it; later it goes."""
    boss = room.supervisor
    room.open("1", "2", "3")
    room.does(c.RaiseAlarm(counter="2"))
    room.does(c.SilenceZone(zone="up"), boss)
    room.does(c.PostMessage(text={"de": "Hallo"}, counters=("4",), zones=("up",), displays=("up",)), boss)
    room.does(c.AssignCounter(counter="3", services=("pass",), until=at(room.now + HOUR)), boss)
    room.does(c.LeaseNumbers(services=("small",), count=2), room.kiosk)
    room.ticket("reg", printer="paper")
    less = without(office, "pass", "small", "car", "2", "3", "4")
    less |= {"zones": office.zones[:1], "displays": office.displays[:1], "kiosks": (), "printers": ()}
    changed(room, office, **less)

    now = room.state.office
    assert {desk.id for desk in now.counters} == {"1", "2", "3", "4"}
    assert {"pass", "small", "car"} <= {kind.id for kind in now.services}
    assert [zone.id for zone in now.zones] == ["hall", "up"]
    assert [one.id for table in (now.displays, now.kiosks, now.printers) for one in table] == [
        "hall",
        "up",
        "entrance",
        "paper",
    ]
    for kind, id in (("supervisor", ""), ("desk", ""), ("display", "hall"), ("announcer", "up")):
        board(room.state, kind, id, room.now)  # type: ignore[arg-type]
    assert room.does(c.AcceptAlarm(counter="2"), room.desk) == ["alarm_accepted"]
    assert room.does(c.EndAlarm(counter="2")) == ["alarm_ended"]
    assert room.does(c.EndSilence(zone="up"), boss) == ["silence_ended"]
    room.does(c.ClearMessage(message=next(iter(room.state.messages))), boss)
    room.after(HOUR)
    assert room.at("3").services == ("car",)
    room.does(c.ConfigureOffice(office=replace(office, revision=9, **less)), room.system)
    assert [desk.id for desk in room.state.office.counters] == ["1"]
    assert [zone.id for zone in room.state.office.zones] == ["hall"]


def test_what_lost_its_place_can_be_ended_still(room: Room) -> None:
    """Its row was removed too early by an earlier release."""
    room.does(c.RaiseAlarm(counter="2"))
    room.does(c.SilenceZone(zone="up"), room.supervisor)
    del room.state.counters["2"], room.state.zones["up"]

    assert room.does(c.EndAlarm(counter="2")) == ["alarm_ended"]
    assert room.does(c.EndSilence(zone="up"), room.supervisor) == ["silence_ended"]
    assert room.code(c.EndAlarm(counter="2")) == "unknown_counter"
    assert room.code(c.EndSilence(zone="up"), room.supervisor) == "unknown_zone"


@pytest.mark.parametrize(
    "zone", ["Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Honolulu", "Etc/GMT+12", "Europe/London"]
)
@pytest.mark.parametrize("closed", [False, True])
def test_a_time_zone_changed_by_day_counts_when_the_date_is_over(
    room: Room, office: Office, zone: str, closed: bool
) -> None:
    """No file sends anybody home; days never go back, and no number is given twice on one date."""
    waits = room.ticket()
    if closed:
        room.does(c.CloseDay(), room.supervisor)
    changed(room, office, time_zone=zone)
    if closed:
        room.does(c.OpenDay(), room.supervisor)
        waits = room.ticket()
    room.after(5 * HOUR)
    assert (room.state.day, room.state.office.time_zone, room.of(waits).state) == (
        "2026-11-23",
        "Europe/Berlin",
        "waiting",
    )

    room.after(11 * HOUR)

    assert room.state.office.time_zone == zone
    assert room.state.day is not None
    assert room.state.day >= "2026-11-23"
    assert room.state.coming_zone is None
    number = room.number(room.ticket())
    assert number == ("A001" if room.state.day > "2026-11-23" else "A003" if closed else "A002")
    room.after(48 * HOUR)
    assert room.state.day == hours.day_of(room.state.office, room.now)


def test_a_time_zone_put_right_the_same_day_changes_nothing(room: Room, office: Office) -> None:
    changed(room, office, time_zone="Pacific/Auckland")
    room.does(c.ConfigureOffice(office=replace(office, revision=9)), room.system)
    room.after(24 * HOUR)

    assert (room.state.office.time_zone, room.state.day) == ("Europe/Berlin", "2026-11-24")
