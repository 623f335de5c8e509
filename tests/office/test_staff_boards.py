"""The boards of counter, supervisor and station: the line, the ticket held, what can be taken back, devices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import MINUTE, SECOND, rfc3339
from server.messages.terms import BoardKind
from server.office.boards import Sight
from tests.office.shown import shown

if TYPE_CHECKING:
    from tests.office.room import Room


def test_how_long_a_press_can_be_taken_back_is_said(room: Room) -> None:
    mine = Sight(actor=room.clerk)
    pressed = room.now
    room.open("1")
    undo = shown(room, "counter", "1", mine).undo

    assert (undo.at, undo.until) == (rfc3339(pressed), rfc3339(pressed + 10 * SECOND))
    room.now = pressed + 11 * SECOND
    assert room.refuses(c.Undo(key=room.last_key)).more == {"seconds": 10}


def test_a_counter_sees_its_line_in_the_order_of_call(room: Room, at: Callable[[int], Any]) -> None:
    """Those who may not be called yet come last; reserved ones are only in their own counter's list; each row says why."""
    room.open("1", "2")
    boosted, plain, later, reserved = (room.ticket("pass") for _ in range(4))
    priority = room.ticket("pass", category="priority")
    room.ticket("car")
    room.does(c.TransferTicket(ticket=later, not_before=at(room.now + 10 * MINUTE)))
    room.does(c.TransferTicket(ticket=reserved, to_counter="2"))
    room.does(c.BoostTicket(ticket=boosted, minutes=100), room.supervisor)
    room.does(c.ServeDirect(counter="1", services=("pass",)))
    room.does(c.SendToStation(counter="1", station="booth"))
    room.call("booth", room.booth)
    room.does(c.StartService(counter="booth"), room.booth)
    room.does(c.FinishService(counter="booth"), room.booth)
    back = [ticket.id for ticket in room.state.tickets.values() if ticket.station == "booth"]
    code = room.book(room.now + 8 * MINUTE)
    room.does(c.CheckIn(code=code), room.desk)
    booked = list(room.state.tickets)[-1]
    one, two = shown(room, "counter", "1"), shown(room, "counter", "2")

    assert [line.id for line in one.queue] == [*back, boosted, priority, plain, booked, later]
    assert [line.why_order.code if line.why_order else None for line in one.queue] == [
        "returned",
        "boost",
        "priority",
        None,
        "appointment",
        None,
    ]
    assert reserved in [line.id for line in two.queue]
    assert (one.next.id, one.next.why.code) == (back[0], "returned")
    assert one.waiting == 6
    assert shown(room, "counter", "3").next is None


def test_a_counter_sees_whom_it_holds_and_whether_he_knows(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    assert shown(room, "counter", "1").current is None
    ticket = room.call("1") or ""
    said = room.state.said[0]
    seen: dict[str, dict[str, Any]] = {
        "display:hall": {"at": room.now, "seq": said.seq},
        "display:up": {"at": room.now, "seq": said.seq},
        "announcer:hall": {"announcement": said.id, "state": "spoken"},
    }
    current = shown(room, "counter", "1", Sight(seen=seen, notes={ticket: "note"})).current

    assert (current.seen_on, current.displays, current.spoken, current.note) == (("hall",), 1, True, "note")
    noted = Sight(actor=room.clerk, notes={room.ticket("pass"): "note", "gone": "note"})
    assert shown(room, "counter", "1", noted).noted == tuple(line.id for line in shown(room, "counter", "1").queue)
    assert shown(room, "counter", "1", replace(noted, actor=room.observer)).noted == ()
    blind = shown(room, "counter", "1").current
    assert (blind.seen_on, blind.spoken, blind.note) == ((), None, None)
    behind: dict[str, dict[str, Any]] = {
        "display:hall": {"at": room.now, "seq": said.seq - 1},
        "announcer:hall": {"announcement": "other"},
    }
    assert shown(room, "counter", "1", Sight(seen=behind)).current.seen_on == ()
    room.does(c.StartService(counter="1"))
    room.sleep(2 * MINUTE)
    room.ticket("car")
    late = shown(room, "counter", "1").current
    assert (late.state, late.spoken) == ("serving", None)


def test_what_can_be_undone_is_offered_for_ten_seconds(room: Room) -> None:
    """To the person who pressed, at the counter that it changed, while nobody has changed it since."""
    mine, other = Sight(actor=room.clerk), Sight(actor=room.anna)
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.call("1")
    key = room.last_key

    bar = shown(room, "counter", "1", mine).undo
    assert (bar.key, bar.type, bar.number) == (key, "ticket_called", "A001")
    assert shown(room, "counter", "1", other).undo is None
    assert shown(room, "counter", "2", mine).undo.type == "counter_opened"
    assert shown(room, "desk", "", mine).undo.key == key
    room.does(c.SetNeeds(ticket=ticket, needs=("escort",)), room.desk)
    room.sleep(11 * SECOND)
    assert shown(room, "counter", "1", mine).undo is None
    room.does(c.PostMessage(text={"de": "x"}), room.supervisor)
    assert shown(room, "supervisor", "", Sight(actor=room.supervisor)).undo is None


def test_what_can_be_undone_names_everything_that_the_press_did(
    room: Room, at: Callable[[int], Any], iso: Callable[[int], str]
) -> None:
    room.open("1")
    first, second = room.ticket("pass"), room.ticket("pass")
    assert room.serve("1") == first
    room.does(c.CallNext(counter="1", finish_current=True))
    sight = Sight(actor=room.clerk)

    pressed = shown(room, "counter", "1", sight).undo
    assert [(did.type, did.number) for did in pressed.did] == [("service_finished", "A001"), ("ticket_called", "A002")]
    assert room.state.tickets[second].state == "called"

    until = room.now + 30 * MINUTE
    room.does(c.AssignCounter(counter="1", services=("pass", "car"), until=at(until)), room.supervisor)
    table = shown(room, "supervisor", sight=Sight(actor=room.supervisor))
    moved = table.undo.did
    assert [(did.counter, did.added, did.removed, did.until) for did in moved] == [
        ("Schalter 1", ("car",), ("reg",), iso(until))
    ]
    assert table.assignments["1"].before == ("pass", "reg")


@pytest.mark.parametrize("page", ["counter", "supervisor", "desk"])
def test_what_one_page_pressed_is_not_offered_on_another(room: Room, page: BoardKind) -> None:
    """A kiosk, a counter and the table in one browser are one sign-in, but three pages."""
    sight = Sight(actor=room.supervisor)
    room.open("1", by=room.supervisor)
    for key in ("kiosk~1", "counter~1", "supervisor~1", "desk~1", "any~1", "anything"):
        room.does(c.IssueTicket(services=("pass",)), room.supervisor, key=key)
        mine = key.startswith((page, "any"))
        undo = shown(room, page, "1" if page == "counter" else "", sight).undo
        assert (undo is not None and undo.key == key) is mine


def test_the_supervisors_table(room: Room, at: Callable[[int], Any], iso: Callable[[int], str]) -> None:
    room.open("1", "2")
    first = room.ticket("pass")
    room.ticket("pass")
    room.call("1")
    room.does(c.AssignCounter(counter="2", services=("pass",), until=at(room.now + MINUTE)), room.supervisor)
    room.does(c.CloseService(service="car", reason="technik"), room.supervisor)
    room.does(c.ApplyMoves(moves=(c.OpenService(service="car"),), reason="x"), room.supervisor)
    room.does(c.RequestHelp(), room.kiosk)
    room.does(c.RaiseAlarm(counter="1"))
    room.does(c.RaiseAlarm(), room.desk)
    table = shown(room, "supervisor")

    lines = {line.id: line for line in table.services}
    assert (lines["pass"].waiting, lines["pass"].open, lines["car"].open) == (1, True, True)
    assert lines["pass"].longest_wait == iso(room.of(first).issued_at + SECOND)
    assert [(face.id, face.state, face.current) for face in table.counters][:2] == [
        ("1", "open", "A001"),
        ("2", "open", None),
    ]
    assert table.assignments["2"].services == ("pass",)
    assert [ticket.number for ticket in table.tickets] == ["A001", "A002"]
    assert [(alarm.place, alarm.label) for alarm in table.alarms] == [("1", "Schalter 1"), ("desk", "")]
    assert len(table.help) == len(table.moves) == 1
    assert (table.policy, table.presets, table.open) == ("balanced", ("balanced", "punctual", "plain"), True)
    assert table.last_ticket_at["pass"] == iso(room.of(first).issued_at + SECOND)
    help = table.help[0].id
    room.does(c.AcceptHelp(help=help), room.desk)
    room.sleep(5 * MINUTE)
    assert shown(room, "supervisor").help == ()


def test_a_closed_service_tells_staff_since_when_and_why(room: Room, at: Callable[[int], Any]) -> None:
    until = at(room.now + MINUTE)
    room.does(c.CloseService(service="car", reason="technik", until=until), room.supervisor)
    line = next(line for line in shown(room, "supervisor").services if line.id == "car")

    assert (line.open, line.reason) == (False, "technik")


@pytest.mark.parametrize(("age", "state"), [(None, "unknown"), (15, "online"), (16, "late"), (61, "offline")])
def test_devices_are_listed_in_the_order_of_the_file(room: Room, age: int | None, state: str) -> None:
    at = room.now - (age or 0) * SECOND
    seen: dict[str, dict[str, Any]] = (
        {} if age is None else {"display:hall": {"at": at, "seq": "3", "delay_ms": 12, "sound": "ready"}}
    )
    listed = shown(room, "supervisor", "", Sight(seen=seen)).devices

    assert [(one.kind, one.id) for one in listed] == [
        ("display", "hall"),
        ("display", "up"),
        ("kiosk", "entrance"),
        ("kiosk", "side"),
        ("printer", "paper"),
        ("announcer", "hall"),
        ("announcer", "up"),
        ("station", "booth"),
        ("station", "cash"),
    ]
    assert listed[0].state == state
    assert (listed[0].seq, listed[0].delay_ms) == ((None, None) if age is None else (3, 12))


@pytest.mark.parametrize(("ages", "same"), [((0, 3), True), ((0, 16), False), ((30, 31), False), ((70, 71), False)])
def test_a_device_that_goes_on_reporting_does_not_change_the_board_each_time(
    room: Room, ages: tuple[int, int], same: bool
) -> None:
    """While it is online, its last sign of life is shown in steps of 15 s; once it is late, exactly."""
    room.now -= room.now % (15 * SECOND)
    listed = [
        shown(
            room, "supervisor", "", Sight(seen={"display:hall": {"at": room.now + 14 * SECOND - age * SECOND}})
        ).devices
        for age in ages
    ]

    assert (listed[0] == listed[1]) is same
    if ages[0] >= 30:
        assert listed[0][0].seen_at == rfc3339(room.now + 14 * SECOND - ages[0] * SECOND)


def test_a_station_counts_who_waits_for_it(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))
    room.ticket("photo")

    assert (shown(room, "station", "booth").waiting, shown(room, "station", "cash").waiting) == (1, 1)
    assert (shown(room, "station", "booth").next.number, shown(room, "station", "booth").help) == ("A001", None)
    room.does(c.RequestHelp(), room.booth)
    assert shown(room, "station", "booth").help.device == "booth"
    room.does(c.CallNext(counter="booth"), room.booth)
    assert shown(room, "station", "booth").next is None


def test_a_service_says_what_a_supervisor_set_on_it_and_nothing_of_the_office_file(
    make_room: Callable[..., Room], at: Callable[[int], Any]
) -> None:
    room = make_room()
    limited = replace(room.state.office.services[0], daily_limit=7)
    room = make_room(services=(limited, *room.state.office.services[1:]))

    def row() -> dict[str, Any]:
        line = next(
            one for one in shown(room, "supervisor", "", Sight(actor=room.supervisor)).services if one.id == "pass"
        )
        return {name: getattr(line, name) for name in ("boost", "boost_until", "limit", "drawn")}

    nothing = row()
    assert set(nothing.values()) == {None}
    room.ticket("pass", by=room.kiosk)
    until = room.now + MINUTE
    room.does(c.BoostService(service="pass", minutes=20, until=at(until)), room.supervisor)
    room.does(c.LimitService(service="pass", tickets=3), room.supervisor)
    assert row() == {"boost": 20, "boost_until": rfc3339(until), "limit": 3, "drawn": 1}
    room.now = until
    room.tick()
    room.does(c.LimitService(service="pass", tickets=7), room.supervisor)
    assert row() == nothing
