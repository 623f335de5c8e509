"""The grid of counters (protocol, section 3), tested cell by cell, for arrivals that are pressed and that are assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from server.messages import commands as c
from server.messages.instants import MINUTE
from server.messages.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.room import Room

STATES = ("closed", "free", "called", "serving", "paused", "wrap_up")


def brought(room: Room, state: str) -> None:
    """Counter 1 in a state; two more tickets wait, and one is parked."""
    room.open("2")
    room.ticket("pass")
    room.serve("2")
    room.does(c.ParkTicket(counter="2"))
    for _ in range(3):
        room.ticket("pass")
    if state != "closed":
        room.open("1")
    if state in ("called", "serving"):
        room.call("1")
    if state == "serving":
        room.does(c.StartService(counter="1"))
    if state == "paused":
        room.does(c.PauseCounter(counter="1", reason="lunch"))
    if state == "wrap_up":
        room.does(c.BeginWrapUp(counter="1"))


def parked(room: Room) -> str:
    return next(ticket.id for ticket in room.state.tickets.values() if ticket.state == "parked")


def last(room: Room) -> str:
    return [ticket.id for ticket in room.state.tickets.values() if ticket.state == "waiting"][-1]


COMMANDS: dict[str, Callable[[Room], c.Command]] = {
    "open_counter": lambda room: c.OpenCounter(counter="1"),
    "close_counter": lambda room: c.CloseCounter(counter="1"),
    "pause_counter": lambda room: c.PauseCounter(counter="1", reason="lunch"),
    "resume_counter": lambda room: c.ResumeCounter(counter="1"),
    "call_next": lambda room: c.CallNext(counter="1"),
    "call_next, finishing": lambda room: c.CallNext(counter="1", finish_current=True),
    "call_ticket": lambda room: c.CallTicket(counter="1", ticket=last(room)),
    "call_ticket, finishing": lambda room: c.CallTicket(counter="1", ticket=last(room), finish_current=True),
    "resume_ticket": lambda room: c.ResumeTicket(counter="1", ticket=parked(room)),
    "repeat_call": lambda room: c.RepeatCall(counter="1"),
    "withdraw_call": lambda room: c.WithdrawCall(counter="1"),
    "start_service": lambda room: c.StartService(counter="1"),
    "mark_missed": lambda room: c.MarkMissed(counter="1"),
    "finish_service": lambda room: c.FinishService(counter="1"),
    "park_ticket": lambda room: c.ParkTicket(counter="1"),
    "send_to_station": lambda room: c.SendToStation(counter="1", station="booth"),
}
NONE: list[str] = []
CLOSED, BUSY, IDLE, PAUSED, WRONG, ABSENT = (
    "counter_closed",
    "counter_busy",
    "counter_idle",
    "counter_paused",
    "wrong_state",
    "not_arrived",
)
OPENS, CLOSES, PAUSES, RESUMES = ["counter_opened"], ["counter_closed"], ["counter_paused"], ["counter_resumed"]
CALLS, BACK = ["ticket_called"], ["ticket_resumed"]
FINISHED, PARKED, SENT = ["service_finished"], ["ticket_parked"], ["ticket_sent_to_station"]
# fmt: off
GRID: dict[str, tuple[Any, ...]] = {
    #                  closed  free    called                 serving           paused   wrap-up
    "open_counter":   (OPENS,  NONE,   NONE,                  NONE,             RESUMES, RESUMES),
    "close_counter":  (NONE,   CLOSES, BUSY,                  BUSY,             CLOSES,  CLOSES),
    "pause_counter":  (CLOSED, PAUSES, BUSY,                  PAUSES,           PAUSES,  PAUSES),
    "resume_counter": (CLOSED, NONE,   NONE,                  NONE,             RESUMES, RESUMES),
    "call_next":      (CLOSED, CALLS,  BUSY,                  BUSY,             PAUSED,  RESUMES + CALLS),
    "call_next, finishing":
                      (CLOSED, CALLS,  ABSENT,                FINISHED + CALLS, PAUSED,  RESUMES + CALLS),
    "call_ticket":    (CLOSED, CALLS,  BUSY,                  BUSY,             PAUSED,  RESUMES + CALLS),
    "call_ticket, finishing":
                      (CLOSED, CALLS,  ABSENT,                FINISHED + CALLS, PAUSED,  RESUMES + CALLS),
    "resume_ticket":  (CLOSED, BACK,   BUSY,                  BUSY,             PAUSED,  RESUMES + BACK),
    "repeat_call":    (CLOSED, IDLE,   ["call_repeated"],     WRONG,            IDLE,    IDLE),
    "withdraw_call":  (CLOSED, IDLE,   ["call_withdrawn"],    WRONG,            IDLE,    IDLE),
    "start_service":  (CLOSED, IDLE,   ["service_started"],   WRONG,            IDLE,    IDLE),
    "mark_missed":    (CLOSED, IDLE,   ["ticket_missed"],     WRONG,            IDLE,    IDLE),
    "finish_service": (CLOSED, IDLE,   ABSENT,                FINISHED,         IDLE,    IDLE),
    "park_ticket":    (CLOSED, IDLE,   ABSENT,                PARKED,           IDLE,    IDLE),
    "send_to_station": (CLOSED, IDLE,  ABSENT,                SENT,             IDLE,    IDLE),
}
# fmt: on
STARTED = ["service_started"]
ASSUMED: dict[str, list[str]] = {
    "call_next, finishing": STARTED + FINISHED + CALLS,
    "call_ticket, finishing": STARTED + FINISHED + CALLS,
    "finish_service": STARTED + FINISHED,
    "park_ticket": STARTED + PARKED,
    "send_to_station": STARTED + SENT,
}
"""What a counter may do with a called ticket whose arrival is assumed."""
CELLS = [("pressed", name, state, row[at]) for name, row in GRID.items() for at, state in enumerate(STATES)]
CELLS += [
    ("assumed", name, state, ASSUMED.get(name, row[at]) if state == "called" else row[at])
    for name, row in GRID.items()
    for at, state in enumerate(STATES)
]


@pytest.mark.parametrize(
    ("arrival", "name", "state", "wanted"), CELLS, ids=lambda cell: cell if isinstance(cell, str) else ""
)
def test_a_counter_and_a_command(
    make_room: Callable[..., Room], arrival: str, name: str, state: str, wanted: Any
) -> None:
    room = make_room(arrival=arrival)
    brought(room, state)
    before = room.at("1")

    answer = room.press(COMMANDS[name](room))

    if isinstance(wanted, str):
        assert isinstance(answer, Refusal)
        assert answer.code == wanted
        assert room.at("1") == before
    else:
        assert not isinstance(answer, Refusal), answer
        assert [event.__struct_config__.tag for event in answer] == wanted


def test_a_busy_counter_names_whom_it_holds(room: Room) -> None:
    brought(room, "serving")
    held = room.of(room.at("1").ticket or "")

    refusal = room.refuses(c.CallNext(counter="1"))

    assert refusal.more == {"number": held.number, "ticket": held.id}
    assert held.number in refusal.detail


def test_a_pause_begins_after_the_finish(room: Room) -> None:
    """Pressed during a service, it waits for the end; a resume takes it back; finish-and-next pauses instead of calling."""
    brought(room, "serving")
    room.does(c.PauseCounter(counter="1", reason="lunch"))
    assert (room.at("1").state, room.at("1").coming_pause) == ("open", True)
    assert room.does(c.ResumeCounter(counter="1")) == ["counter_resumed"]
    assert not room.at("1").coming_pause

    room.does(c.PauseCounter(counter="1", reason="lunch"))

    assert room.does(c.CallNext(counter="1", finish_current=True)) == ["service_finished", "counter_paused"]
    assert (room.at("1").state, room.at("1").reason) == ("paused", "lunch")


@pytest.mark.parametrize("leave", [c.ParkTicket(counter="1"), c.SendToStation(counter="1", station="booth")])
def test_a_coming_pause_comes_however_the_ticket_leaves(room: Room, leave: c.Command) -> None:
    brought(room, "serving")
    room.does(c.PauseCounter(counter="1"))

    assert room.does(leave)[-1] == "counter_paused"
    assert room.at("1").state == "paused"


def test_a_coming_pause_comes_after_a_transfer_too(room: Room) -> None:
    brought(room, "serving")
    room.does(c.PauseCounter(counter="1"))

    assert room.does(c.TransferTicket(ticket=room.at("1").ticket or "", to_service="car"))[-1] == "counter_paused"


def test_finishing_into_wrap_up(room: Room) -> None:
    """And stays there if nobody can be called."""
    room.open("1")
    room.ticket("pass")
    room.serve("1")

    assert room.finish("1", wrap_up=True) == ["service_finished", "wrap_up_begun"]
    assert room.call("1") is None
    assert room.at("1").state == "wrap_up"
    assert room.code(c.BeginWrapUp(counter="2")) == "counter_closed"
    room.does(c.PauseCounter(counter="1"))
    assert room.code(c.BeginWrapUp(counter="1")) == "counter_paused"
    room.does(c.ResumeCounter(counter="1"))
    room.does(c.BeginWrapUp(counter="1"))
    assert room.does(c.BeginWrapUp(counter="1")) == []


def test_an_assumed_arrival_counts_from_its_seconds_on(make_room: Callable[..., Room]) -> None:
    room = make_room(arrival="assumed", arrival_after=60).open("1")
    ticket = room.ticket("pass")
    room.call("1")
    called_at = room.now

    assert room.sleep(59_999).tick() == []
    assert room.sleep(1).tick() == ["service_started"]
    assert room.of(ticket).started_at == called_at + MINUTE


def test_another_new_reason_for_a_pause_keeps_its_beginning(room: Room) -> None:
    room.open("1")
    room.does(c.PauseCounter(counter="1", reason="lunch"))
    since = room.at("1").since
    room.sleep(MINUTE)

    room.does(c.PauseCounter(counter="1"))

    assert (room.at("1").reason, room.at("1").since) == (None, since)
