"""Undo: ten seconds, all events of one press or none, and everything is as before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from server.messages import commands as c
from server.messages.boards import Announcer, Display
from server.messages.facts import Fact
from server.messages.instants import SECOND
from server.messages.problems import Refusal
from server.office.boards import board
from server.office.snapshot import freeze, thaw

if TYPE_CHECKING:
    from server.office.state import State
    from tests.office.room import Room

Make = Callable[..., "Room"]


def image(state: State) -> dict[str, Any]:
    """Everything that a press can change in tickets, counters, services and lines, except which entry changed it last."""

    def plain(fact: Fact) -> dict[str, Any]:
        return {name: getattr(fact, name) for name in fact.__struct_fields__ if name != "last_seq"}

    return {
        "tickets": {id: plain(fact) for id, fact in state.tickets.items()},
        "counters": {id: plain(fact) for id, fact in state.counters.items()},
        "services": {id: plain(fact) for id, fact in state.services.items()},
        "lines": {key: line.places for key, line in state.lines.lines.items()},
        "bound": {counter: places for counter, places in state.lines.bound.items() if places},
        "later": state.lines.later,
        "alive": state.alive,
        "passed": {service: places for service, places in state.overtakers.items() if places},
    }


def prepared(room: Room) -> Room:
    """One ticket called at 1, one served at 2, one each away, parked and missed; three wait."""
    room.open("1", "2", "4")
    away, parked, missed = (room.ticket("pass") for _ in range(3))
    room.does(c.PauseTicket(ticket=away, minutes=60))
    assert room.serve("2") == parked
    room.does(c.ParkTicket(counter="2"))
    assert room.call("2") == missed
    room.does(c.MarkMissed(counter="2"))
    for _ in range(5):
        room.ticket("pass", "reg")
    room.call("1")
    room.serve("2")
    room.sleep(60 * SECOND)
    return room


def at_counter(room: Room, state: str) -> str:
    return next(ticket.id for ticket in room.state.tickets.values() if ticket.state == state)


COMMANDS: dict[str, Callable[[Room], c.Command]] = {
    "call_next": lambda room: c.CallNext(counter="2", finish_current=True),
    "call_ticket": lambda room: c.CallTicket(counter="2", ticket=at_counter(room, "away"), finish_current=True),
    "call of one missed": lambda room: c.CallTicket(
        counter="2", ticket=at_counter(room, "missed"), finish_current=True
    ),
    "repeat_call": lambda room: c.RepeatCall(counter="1"),
    "withdraw_call": lambda room: c.WithdrawCall(counter="1"),
    "start_service": lambda room: c.StartService(counter="1"),
    "mark_missed": lambda room: c.MarkMissed(counter="1"),
    "finish_service": lambda room: c.FinishService(counter="2", wrap_up=True),
    "finish, left": lambda room: c.FinishService(counter="2", outcome="left"),
    "finish, some": lambda room: c.FinishService(counter="2", services_done=("pass",)),
    "park_ticket": lambda room: c.ParkTicket(counter="2"),
    "send_to_station": lambda room: c.SendToStation(counter="2", station="booth"),
    "resume_ticket": lambda room: c.ResumeTicket(counter="4", ticket=at_counter(room, "parked")),
    "transfer, called": lambda room: c.TransferTicket(ticket=at_counter(room, "called"), to_service="car"),
    "transfer, serving": lambda room: c.TransferTicket(ticket=at_counter(room, "serving"), to_counter="4"),
    "cancel, waiting": lambda room: c.CancelTicket(ticket=at_counter(room, "waiting")),
    "cancel, called": lambda room: c.CancelTicket(ticket=at_counter(room, "called")),
    "pause_ticket": lambda room: c.PauseTicket(ticket=at_counter(room, "waiting")),
    "return, missed": lambda room: c.ReturnTicket(ticket=at_counter(room, "missed")),
    "return, away": lambda room: c.ReturnTicket(ticket=at_counter(room, "away")),
    "set_services": lambda room: c.SetServices(ticket=at_counter(room, "serving"), services=("car",)),
    "set_category": lambda room: c.SetCategory(ticket=at_counter(room, "waiting"), category="priority"),
    "set_needs": lambda room: c.SetNeeds(ticket=at_counter(room, "waiting"), needs=("step_free",)),
    "boost_ticket": lambda room: c.BoostTicket(ticket=at_counter(room, "waiting"), minutes=30),
    "boost_service": lambda room: c.BoostService(service="reg", minutes=30),
    "move_tickets": lambda room: c.MoveTickets(tickets=(at_counter(room, "waiting"),), to_service="car"),
    "open_counter": lambda room: c.OpenCounter(counter="3"),
    "close_counter": lambda room: c.CloseCounter(counter="4"),
    "pause_counter": lambda room: c.PauseCounter(counter="4", reason="lunch"),
    "pause after the finish": lambda room: c.PauseCounter(counter="2"),
    "begin_wrap_up": lambda room: c.BeginWrapUp(counter="4"),
    "take_over_counter": lambda room: c.TakeOverCounter(counter="4"),
    "assign_counter": lambda room: c.AssignCounter(counter="1", services=("car",)),
    "close_service": lambda room: c.CloseService(service="pass"),
    "limit_service": lambda room: c.LimitService(service="pass", tickets=3),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_press_taken_back_leaves_everything_as_it_was(make_room: Make, name: str) -> None:
    """Still possible at ten seconds; nobody is called a second time by it."""
    room = prepared(make_room(recall_limit=0))
    room.does(c.AssignCounter(counter="4", services=("small",)), room.supervisor)
    if name == "resume_ticket":
        room.does(c.AssignCounter(counter="4", services=("social",)), room.supervisor)
        room.does(c.SetServices(ticket=at_counter(room, "parked"), services=("social",)))
    before, spoken = image(room.state), len(room.state.said)

    assert room.does(COMMANDS[name](room), room.supervisor)
    assert image(room.state) != before
    room.sleep(10 * SECOND)
    answer = room.undo(room.supervisor)

    assert not isinstance(answer, Refusal), answer
    assert image(room.state) == before
    assert len(room.state.said) <= spoken
    assert room.code(c.Undo(key=f"k{room._presses - 1}"), room.supervisor) in ("nothing_to_undo", "too_late_to_undo")


@pytest.mark.parametrize("name", ["call_next", "mark_missed", "start_service", "withdraw_call"])
def test_displays_correct_themselves_and_nothing_stands_out(room: Room, name: str) -> None:
    """A call taken back says "please wait"; a call that is up again does not look or sound like a new one."""
    prepared(room)
    room.does(COMMANDS[name](room), room.supervisor)
    room.sleep(SECOND)
    room.undo(room.supervisor)

    shown = board(room.state, "display", "hall", room.now)
    calls = {call.number: (call.withdrawn, call.fresh) for call in shown.calls}  # type: ignore[union-attr]
    called = room.of(at_counter(room, "called"))
    assert calls[called.number] == (False, False)
    assert [call for call in calls.values() if call[1]] == []
    if name == "call_next":
        assert (True, False) in calls.values()
    assert not [said for said in room.state.said if room.of(said.ticket).state != "called"]


def test_a_call_for_the_back_office_stays_hidden_when_it_is_up_again(room: Room) -> None:
    room.open("4")
    room.ticket("post")
    room.call("4")
    room.does(c.MarkMissed(counter="4"))
    room.undo()

    assert room.state.tickets[room.at("4").ticket or ""].state == "called"
    wall, voice = (board(room.state, "display", "up", room.now), board(room.state, "announcer", "up", room.now))
    assert isinstance(wall, Display)
    assert isinstance(voice, Announcer)
    assert (wall.calls, voice.announcements) == ((), ())


def test_eleven_seconds_are_too_late(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.call("1")
    key = room.last_key
    room.sleep(10 * SECOND + 1)

    assert room.code(c.Undo(key=key)) == "too_late_to_undo"
    room.sleep(60 * SECOND)
    room.ticket("pass")
    assert room.code(c.Undo(key=key)) == "too_late_to_undo"


def test_somebody_elses_press_and_an_unknown_one(room: Room) -> None:
    room.open("1", by=room.anna)
    key = room.last_key

    assert room.code(c.Undo(key=key), room.bert) == "not_yours"
    assert room.code(c.Undo(key="never"), room.bert) == "nothing_to_undo"
    assert room.code(c.Undo(key=key), room.desk) == "not_allowed"


def test_overtaken_by_a_later_touch(room: Room) -> None:
    """Of the same ticket, counter or service. Changes to others do not matter, nor does a number drawn meanwhile."""
    room.open("1", "2")
    first = room.ticket("pass")
    room.call("1")
    call = room.last_key
    room.ticket("pass", by=room.kiosk)
    room.call("2")
    room.does(c.SetNeeds(ticket=first, needs=("escort",)))

    assert room.code(c.Undo(key=call)) == "overtaken"
    room.does(c.LimitService(service="reg", tickets=5), room.supervisor)
    limit = room.last_key
    room.ticket("reg", by=room.kiosk)
    room.does(c.BoostService(service="car", minutes=5), room.supervisor)
    assert not isinstance(room.undo(room.supervisor, limit), Refusal)
    assert (room.state.services["reg"].limit, room.state.services["reg"].issued) == (None, 1)
    room.does(c.CloseService(service="reg"), room.supervisor)
    closed = room.last_key
    room.does(c.OpenService(service="reg"), room.supervisor)
    assert room.code(c.Undo(key=closed), room.supervisor) == "overtaken"


def test_overtaken_by_its_own_number(make_room: Make) -> None:
    """The range of three is full again: the cancelled number now belongs to another ticket."""
    room = make_room()
    tickets = [room.ticket("small") for _ in range(3)]
    room.does(c.CancelTicket(ticket=tickets[0]))
    key = room.last_key
    again = room.ticket("small")
    assert room.number(again) == "C001"

    assert room.code(c.Undo(key=key)) == "overtaken"


def test_an_issue_taken_back_is_cancelled_and_its_number_not_used_again(room: Room) -> None:
    ticket = room.ticket("pass", by=room.clerk, printer="paper")
    shown = board(room.state, "printer", "paper", room.now)
    assert len(shown.jobs) == 1  # type: ignore[union-attr]

    room.undo()

    assert room.of(ticket).state == "cancelled"
    assert room.number(room.ticket("pass")) == "A002"
    shown = board(room.state, "printer", "paper", room.now)
    assert shown.jobs == ()  # type: ignore[union-attr]


def test_a_check_in_taken_back_may_be_done_again(room: Room) -> None:
    code = room.book(room.now + 600 * SECOND)
    room.does(c.CheckIn(code=code), room.clerk)
    room.undo()

    assert room.does(c.CheckIn(code=code), room.kiosk) == ["ticket_issued", "appointment_checked_in"]


def test_what_cannot_be_undone(room: Room) -> None:
    """Days, bookings, undos, sets of moves, and presses that changed no ticket, counter or service."""
    keys = []
    room.open("1")
    room.undo(room.clerk)
    keys.append(room.last_key)
    room.does(c.ApplyMoves(moves=(c.AssignCounter(counter="1", services=("car",)),)), room.supervisor, key="set")
    keys.append("set")
    room.does(c.RevertMoves(key="set"), room.supervisor, key="back")
    keys.append("back")
    room.does(c.PostMessage(text={"de": "Hallo"}), room.supervisor, key="said")
    keys.append("said")
    for key in keys[1:]:
        assert room.code(c.Undo(key=key), room.supervisor) == "nothing_to_undo"

    assert room.code(c.Undo(key=keys[0])) == "nothing_to_undo"


def test_a_ticket_stays_as_long_as_its_end_can_be_undone(make_room: Make) -> None:
    """Even if the phone gets no grace time."""
    room = make_room(grace=0).open("1")
    ticket = room.ticket("pass")
    room.serve("1")
    room.finish("1")
    key = room.last_key
    room.sleep(9 * SECOND)
    room.ticket("reg", by=room.kiosk)
    room.undo(key=key)

    assert room.of(ticket).state == "serving"
    room.finish("1")
    room.sleep(11 * SECOND)
    room.ticket("reg")
    assert ticket not in room.state.tickets


def test_a_snapshot_stands_after_whatever_was_taken_back(room: Room) -> None:
    """The note of what a press did keeps only names, whatever its event carried."""
    room.press(c.LimitService(service="reg", tickets=2), room.supervisor)
    room.press(c.Undo(key=room.last_key), room.supervisor)

    assert thaw(freeze(room.state)) is not None


def test_a_counter_for_which_somebody_waits_is_not_closed_by_an_undo(room: Room) -> None:
    room.open("1")
    key = room.last_key
    kept = room.ticket("pass")
    room.does(c.TransferTicket(ticket=kept, to_counter="1"), room.supervisor)

    answer = room.undo(key=key)
    assert isinstance(answer, Refusal)
    assert answer.code == "overtaken"
