"""The grid of tickets (protocol, section 3), tested cell by cell: a ticket in each state, every command about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from server.messages import commands as c
from server.messages.instants import MINUTE
from server.messages.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.room import Room

STATES = ("waiting", "called", "serving", "parked", "away", "missed", "finished", "cancelled", "expired")


def brought(room: Room, state: str) -> str:
    """A ticket in this state; counter 1 is open and free unless the state needs something else."""
    room.open("1", "2")
    ticket = room.ticket("pass")
    if state in ("called", "serving", "parked", "missed", "finished"):
        assert room.call("1") == ticket
    if state in ("serving", "parked", "finished"):
        room.does(c.StartService(counter="1"))
    if state == "parked":
        room.does(c.ParkTicket(counter="1"))
    if state == "finished":
        room.finish("1")
    if state == "away":
        room.does(c.PauseTicket(ticket=ticket, minutes=30))
    if state == "missed":
        room.does(c.MarkMissed(counter="1"))
    if state == "cancelled":
        room.does(c.CancelTicket(ticket=ticket))
    if state == "expired":
        room.does(c.CloseDay(), room.supervisor)
        room.does(c.OpenDay(), room.supervisor)
        return "gone"
    assert room.of(ticket).state == state
    return ticket


COMMANDS: dict[str, Callable[[str], c.Command]] = {
    "call_ticket": lambda ticket: c.CallTicket(counter="2", ticket=ticket),
    "cancel_ticket": lambda ticket: c.CancelTicket(ticket=ticket),
    "transfer_ticket": lambda ticket: c.TransferTicket(ticket=ticket, to_service="reg"),
    "set_services": lambda ticket: c.SetServices(ticket=ticket, services=("reg",)),
    "set_needs": lambda ticket: c.SetNeeds(ticket=ticket, needs=("step_free",)),
    "set_category": lambda ticket: c.SetCategory(ticket=ticket, category="priority"),
    "boost_ticket": lambda ticket: c.BoostTicket(ticket=ticket, minutes=10),
    "pause_ticket": lambda ticket: c.PauseTicket(ticket=ticket, minutes=10),
    "return_ticket": lambda ticket: c.ReturnTicket(ticket=ticket),
    "resume_ticket": lambda ticket: c.ResumeTicket(counter="2", ticket=ticket),
}
NONE: list[str] = []
W, T = "wrong_state", "ticket_not_waiting"
CALLED, CANCELLED, MOVED, PAUSED, BACK = (
    ["ticket_called"],
    ["ticket_cancelled"],
    ["ticket_transferred"],
    ["ticket_paused"],
    ["ticket_returned"],
)
SET, NEEDS, CATEGORY, BOOST = ["services_set"], ["needs_set"], ["category_set"], ["ticket_boosted"]
# fmt: off
GRID: dict[str, tuple[Any, ...]] = {
    #                 waiting    called     serving    parked               away       missed
    "call_ticket":   (CALLED,    T,         T,         W,                   CALLED,    CALLED),
    "cancel_ticket": (CANCELLED, CANCELLED, W,         CANCELLED,           CANCELLED, CANCELLED),
    "transfer_ticket": (MOVED,   MOVED,     MOVED,     W,                   MOVED,     W),
    "set_services":  (SET,       SET,       SET,       SET,                 SET,       SET),
    "set_needs":     (NEEDS,     NEEDS,     NEEDS,     NEEDS,               NEEDS,     NEEDS),
    "set_category":  (CATEGORY,  W,         W,         CATEGORY,            CATEGORY,  CATEGORY),
    "boost_ticket":  (BOOST,     W,         W,         BOOST,               BOOST,     BOOST),
    "pause_ticket":  (PAUSED,    W,         W,         W,                   PAUSED,    W),
    "return_ticket": (NONE,      W,         W,         BACK,                BACK,      BACK),
    "resume_ticket": (W,         W,         W,         ["ticket_resumed"],  W,         W),
}
# fmt: on
CELLS = [(name, state, row[at]) for name, row in GRID.items() for at, state in enumerate(STATES[:6])]
CELLS += [(name, state, W) for name in GRID for state in ("finished", "cancelled") if name != "cancel_ticket"]
CELLS += [("cancel_ticket", "finished", W), ("cancel_ticket", "cancelled", NONE)]
CELLS += [(name, "expired", "unknown_ticket") for name in GRID]


@pytest.mark.parametrize(("name", "state", "wanted"), CELLS, ids=lambda cell: cell if isinstance(cell, str) else "")
def test_a_ticket_and_a_command(make_room: Callable[..., Room], name: str, state: str, wanted: Any) -> None:
    room = make_room(recall_limit=0)
    ticket = brought(room, state)
    before = room.state.tickets.get(ticket)

    answer = room.press(COMMANDS[name](ticket), room.supervisor)

    if isinstance(wanted, str):
        assert isinstance(answer, Refusal)
        assert answer.code == wanted
        assert room.state.tickets.get(ticket) == before
    else:
        assert not isinstance(answer, Refusal), answer
        assert [event.__struct_config__.tag for event in answer] == wanted


def test_the_day_ended_over_a_ticket(room: Room) -> None:
    """It has expired because the day is closed: commands are refused because of the day, and only boards show the state."""
    ticket = room.ticket("pass")
    assert room.does(c.CloseDay(), room.supervisor) == ["ticket_expired", "day_closed"]

    assert room.of(ticket).state == "expired"
    assert room.code(c.CancelTicket(ticket=ticket)) == "day_closed"


@pytest.mark.parametrize("state", STATES[:6])
def test_where_a_command_leads(make_room: Callable[..., Room], state: str) -> None:
    """A ticket that is away stays away after a transfer; a call changes no wanted services; a return goes to the line."""
    room = make_room(recall_limit=0)
    ticket = brought(room, state)
    moved = room.press(COMMANDS["transfer_ticket"](ticket))
    if not isinstance(moved, Refusal):
        assert room.of(ticket).state == ("away" if state == "away" else "waiting")
        assert room.of(ticket).services == ("reg",)
    if state in ("parked", "missed", "away"):
        room.does(c.ReturnTicket(ticket=ticket))
    if state in ("called", "serving"):
        assert room.at("1").ticket is None

    assert room.of(ticket).state == "waiting"


def test_a_pause_is_extended(room: Room) -> None:
    ticket = room.ticket("pass")
    room.does(c.PauseTicket(ticket=ticket, minutes=10))
    first = room.of(ticket).away_until
    assert first is not None

    room.sleep(MINUTE)
    room.does(c.PauseTicket(ticket=ticket, minutes=5))

    assert room.of(ticket).away_until == first + 5 * MINUTE


def test_resume_anywhere_that_can(room: Room) -> None:
    """A parked ticket continues at any open counter that serves it; not at one that cannot, and not beside another ticket."""
    ticket = brought(room, "parked")
    room.open("3")

    assert room.code(c.ResumeTicket(counter="3", ticket=ticket)) == "cannot_serve"
    room.does(c.SetNeeds(ticket=ticket, needs=("hearing_loop",)))
    assert room.code(c.ResumeTicket(counter="2", ticket=ticket)) == "needs_not_met"
    room.does(c.BeginWrapUp(counter="1"))
    assert room.does(c.ResumeTicket(counter="1", ticket=ticket)) == ["counter_resumed", "ticket_resumed"]
    assert (room.of(ticket).state, room.at("1").ticket) == ("serving", ticket)
