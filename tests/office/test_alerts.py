"""Conditions of alerts: what is wrong now, so that somebody should do something about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.messages import boards as b
from server.messages import commands as c
from server.messages.boards import Alert, Expected, Worry
from server.messages.instants import DAY, MINUTE, SECOND, rfc3339
from server.office.boards import Sight, next_change
from server.office.boards.alerts import Condition, conditions, rank
from server.office.waits import Drawn, Waits
from tests.office.shown import shown

if TYPE_CHECKING:
    from tests.office.room import Room


def found(room: Room, **seen: Any) -> dict[str, Condition]:
    return conditions(room.state, room.now, Sight(**seen))


def test_a_calm_office_has_no_condition(room: Room) -> None:
    room.open("1")
    room.ticket("pass")

    assert found(room) == {}


def test_a_line_that_no_open_counter_can_call_is_named_with_its_people_and_the_reason(room: Room) -> None:
    room.open("1")
    for _ in range(2):
        room.ticket("car")
    room.ticket("pass")

    assert found(room) == {"no_counter:car": Condition("no_counter", "car", detail="no_counter", people=2)}


def test_a_need_that_no_open_counter_covers_leaves_people_without_a_counter_too(room: Room) -> None:
    room.open("2")
    service = room.state.counters["2"].services[0]
    room.ticket(service, needs=("hearing_loop",))
    room.ticket(service, needs=("hearing_loop",), category="priority")
    one = found(room)[f"no_counter:{service}"]

    assert (one.people, one.detail) == (2, "no_hearing_loop")


def test_an_open_counter_that_calls_nobody_stands_beside_a_line_of_three(room: Room) -> None:
    room.open("1")
    for _ in range(2):
        room.ticket("pass")
    assert found(room) == {}
    room.ticket("reg")

    assert found(room) == {"idle_counter:1": Condition("idle_counter", "1", people=3)}
    room.call("1")
    room.ticket("pass")
    assert found(room) == {}  # it serves somebody
    room.does(c.StartService(counter="1"))
    room.does(c.FinishService(counter="1"))
    room.does(c.PauseCounter(counter="1"))
    assert found(room) == {}  # it is on a break


def told(minutes: int, service: str = "pass") -> Waits:
    wait = Expected(low=minutes - 5, median=minutes, high=minutes + 5, at=rfc3339(0), learning=False)
    return Waits(known=True, drawn={(service, "walk_in"): Drawn(shown=wait, low=minutes - 5, high=minutes + 5)})


def test_a_predicted_wait_above_the_target_is_named_with_both(room: Room) -> None:
    room.open("1")
    target = room.state.plans["pass"].target_minutes

    assert found(room, waits=told(target)) == {}
    assert found(room, waits=told(target + 1)) == {
        "over_target:pass": Condition("over_target", "pass", minutes=target + 1, target=target)
    }


def test_people_who_have_waited_longer_than_the_target_are_counted(room: Room) -> None:
    room.open("1")
    target = room.state.plans["pass"].target_minutes
    for _ in range(2):
        room.ticket("pass")
    room.sleep(target * MINUTE + 1)
    room.ticket("pass")
    condition = found(room, waits=told(target))["over_target:pass"]

    assert (condition.people, condition.minutes, condition.target) == (2, None, target)
    assert found(room, waits=told(target + 9))["over_target:pass"].minutes == target + 9


def test_who_comes_early_for_an_appointment_waits_from_shortly_before_the_slot(room: Room) -> None:
    """The table and the alert say it, and the table is drawn again at the instant when the target is passed."""
    room.open("1")
    plan = room.state.plans["pass"]
    slot = room.now + plan.target_minutes * MINUTE
    room.does(c.CheckIn(code=room.book(slot)), room.kiosk)
    since = slot - room.state.office.policy.appointment_before * SECOND

    def table() -> tuple[b.ServiceLine, b.Line]:
        board = shown(room, "supervisor", "", Sight(actor=room.supervisor))
        return next(line for line in board.services if line.id == "pass"), board.tickets[0]

    for _ in range(2):  # not ready to be called yet; then in its line
        line, ticket = table()
        assert line.longest_wait == ticket.waiting_since == rfc3339(since)
        room.now = since + 1
        room.ticket("car")
    room.now = since + plan.target_minutes * MINUTE
    assert "over_target:pass" not in found(room)
    assert next_change(room.state, room.now) == room.now + 1
    room.now += 1
    assert found(room)["over_target:pass"].people == 1


def test_who_is_passed_on_has_waited_since_the_ticket_was_drawn(room: Room) -> None:
    """Like its seniority, which a transfer keeps: the citizen has been in the house since then."""
    room.open("1", "3")
    came = room.now
    ticket = room.ticket("pass")
    room.sleep(room.state.plans["car"].target_minutes * MINUTE)
    room.does(c.TransferTicket(ticket=ticket, to_service="car"))

    assert found(room)["over_target:car"].people == 1
    board = shown(room, "supervisor", "", Sight(actor=room.supervisor))
    assert next(line for line in board.services if line.id == "car").longest_wait == rfc3339(came)


def test_a_device_that_falls_silent_is_dead_one_that_never_spoke_is_not(room: Room) -> None:
    def at(age: int) -> dict[str, dict[str, Any]]:
        return {"display:hall": {"at": room.now - age}}

    assert found(room, seen=at(0)) == {}
    assert list(found(room, seen=at(20 * SECOND))) == ["device:display:hall"]
    assert list(found(room, seen=at(2 * MINUTE))) == ["device:display:hall"]
    forgotten = conditions(room.state, room.now, Sight(), standing={"device:display:hall"})
    assert list(forgotten) == ["device:display:hall"]


def test_devices_are_switched_off_when_the_office_is_closed(room: Room) -> None:
    seen = {"display:hall": {"at": room.now - MINUTE}, "printer:main": {"at": room.now, "state": "paper_out"}}
    room.now += DAY // 2

    assert found(room, seen=seen) == {}


def test_a_printer_that_cannot_print_says_why(room: Room) -> None:
    name = room.state.office.printers[0].id

    def says(state: str) -> dict[str, Condition]:
        return found(room, seen={f"printer:{name}": {"at": room.now, "state": state}})

    assert says("ok") == says("paper_low") == {}
    assert says("paper_out") == {f"printer:{name}": Condition("printer", name, detail="paper_out")}


def test_a_zone_whose_voice_is_off_is_mute(room: Room) -> None:
    seen = {"announcer:hall": {"at": room.now, "sound": "off"}}

    assert list(found(room, seen=seen)) == ["mute:hall"]


def test_worries_about_the_store_and_its_clock_are_alerts_others_are_not(room: Room) -> None:
    worries = (
        Worry(code="clock", detail="ahead"),
        Worry(code="replicas", detail="few"),
        Worry(code="file", detail="x"),
    )

    assert found(room, worries=worries) == {
        "clock": Condition("clock", detail="ahead"),
        "durability": Condition("durability", detail="few"),
    }


def test_the_table_lists_the_worst_twenty_and_counts_all(room: Room) -> None:
    many = [Condition("device", f"display:{n}").alert(room.now) for n in range(30)]
    worst = Condition("no_counter", "car", people=2).alert(room.now)
    listed: tuple[Alert, ...] = tuple(sorted([*many, worst], key=rank))
    board = shown(room, "supervisor", "", Sight(actor=room.supervisor, alerts=listed))

    assert (board.alerts[0], len(board.alerts), board.alerts_total) == (worst, 20, 31)
    assert (worst.id, worst.place, Condition("clock").alert(0).place) == ("no_counter:car", "car", None)


def test_r23_a_lost_display_where_somebody_must_see_the_call_is_told_as_that(room: Room) -> None:
    """Not for a wall in whose zones nobody with that need can be called, and not for somebody who hears."""
    room.open("1")  # in the zone `hall`
    silent = {name: {"at": room.now - 20 * SECOND} for name in ("display:hall", "display:up")}
    room.ticket("pass")
    assert set(found(room, seen=silent)) == {"device:display:hall", "device:display:up"}
    ticket = room.ticket("pass", needs=("visual_call",))

    both = found(room, seen=silent)
    assert both["visual_call:display:hall"] == Condition("visual_call", "display:hall", people=1)
    assert set(both) == {"visual_call:display:hall", "device:display:up"}
    alive = {"display:hall": {"at": room.now}, "display:up": {"at": room.now}}
    assert found(room, seen=alive) == {}
    forgotten = conditions(room.state, room.now, Sight(), standing={"visual_call:display:hall"})
    assert list(forgotten) == ["visual_call:display:hall"]
    room.does(c.CancelTicket(ticket=ticket))
    assert set(found(room, seen=silent)) == {"device:display:hall", "device:display:up"}


def test_somebody_who_is_called_looks_for_the_number_where_the_counter_is(room: Room) -> None:
    """Other counters that could have called no longer count."""
    room.open("1", "3")  # counter 3 is upstairs
    silent = {"display:hall": {"at": room.now - 20 * SECOND}, "display:up": {"at": room.now - 20 * SECOND}}
    room.ticket("pass", "car", needs=("visual_call",))
    assert set(found(room, seen=silent)) == {"visual_call:display:hall", "visual_call:display:up"}

    room.call("1")
    assert set(found(room, seen=silent)) == {"visual_call:display:hall", "device:display:up"}


def test_a_display_that_nobody_ever_set_up_alarms_nobody(room: Room) -> None:
    room.open("1")
    room.ticket("pass", needs=("visual_call",))

    assert found(room) == {}
