"""Every waiting ticket can be called by some counter, or staff see that it cannot be called, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.facts import Ticket
from server.messages.instants import MINUTE, SECOND
from server.messages.problems import Refusal
from server.office.boards import BLIND, Sight, board
from server.office.decide import Press, decide
from server.office.reach import Reach
from server.office.snapshot import freeze, thaw

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.office.room import Room

Make = Callable[..., "Room"]


def told(room: Room, kind: str = "supervisor", id: str = "", sight: Sight = BLIND) -> dict[str, str]:
    """Numbers and reasons on a staff board."""
    shown = board(room.state, kind, id, room.now, sight)  # type: ignore[arg-type]
    assert isinstance(shown, b.Supervisor | b.Counter | b.Desk)
    assert shown.uncallable_total >= len(shown.uncallable)
    return {one.number: one.reason for one in shown.uncallable}


def reason(room: Room, ticket: str) -> str | None:
    shown = board(room.state, "ticket", ticket, room.now)
    assert isinstance(shown, b.Ticket)
    return shown.expected_reason


@pytest.mark.parametrize(("kind", "id"), [("supervisor", ""), ("desk", ""), ("counter", "2")])
def test_all_who_work_there_are_told_whom_nobody_can_call(room: Room, kind: str, id: str) -> None:
    ticket = room.ticket("pass")
    assert told(room, kind, id) == {room.number(ticket): "no_counter"}
    room.open("1")
    assert told(room, kind, id) == {}


def test_a_long_line_is_told_by_its_first_and_its_length(room: Room) -> None:
    tickets = [room.ticket("pass") for _ in range(25)]
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    assert [one.id for one in shown.uncallable] == tickets[:20]
    assert shown.uncallable_total == 25


def test_needs_that_no_open_counter_covers(room: Room) -> None:
    room.open("2", "3")
    ramp, loop, both = (
        room.ticket("pass", needs=needs) for needs in (("step_free",), ("hearing_loop",), ("step_free", "hearing_loop"))
    )
    assert told(room) == {room.number(loop): "no_hearing_loop", room.number(both): "no_counter"}
    car = room.ticket("car", needs=("step_free",))
    assert told(room)[room.number(car)] == "no_step_free"
    assert [reason(room, one) for one in (ramp, loop, both, car)] == [None, "no_counter", "no_counter", "no_step_free"]
    room.open("1")
    assert told(room) == {room.number(car): "no_step_free"}


def test_a_citizen_is_told_what_nobody_serves_and_what_is_closed(room: Room) -> None:
    ticket = room.ticket("pass")
    assert reason(room, ticket) == "no_counter"
    room.does(c.CloseService(service="pass"), room.supervisor)
    assert reason(room, ticket) == "closed"
    room.open("1")
    assert reason(room, ticket) is None, "who waits is still served"
    room.call("1")
    assert reason(room, ticket) is None


def test_a_service_says_why_nobody_would_be_called(room: Room) -> None:
    def said() -> tuple[str | None, ...]:
        wall, kiosk, table = (
            board(room.state, kind, id, room.now)  # type: ignore[arg-type]
            for kind, id in (("display", "hall"), ("kiosk", "side"), ("supervisor", ""))
        )
        assert isinstance(wall, b.Display)
        assert isinstance(kiosk, b.Kiosk)
        assert isinstance(table, b.Supervisor)
        line = next(one for one in table.services if one.id == "pass")
        assert line.served == (line.expected_reason is None or not line.open)
        return wall.waiting[0].expected_reason, kiosk.services[0].expected_reason, line.expected_reason

    assert said() == ("no_counter",) * 3
    room.open("1")
    assert said() == (None,) * 3
    room.does(c.CloseService(service="pass"), room.supervisor)
    assert said() == ("closed",) * 3


def next_on_wall(room: Room) -> tuple[str, ...]:
    shown = board(room.state, "display", "hall", room.now)
    assert isinstance(shown, b.Display)
    return shown.numbers_waiting


def test_nobody_is_next_on_a_wall_whom_no_open_counter_can_call(room: Room) -> None:
    passport, car, ramp = room.ticket("pass"), room.ticket("car"), room.ticket("car", needs=("step_free",))
    assert next_on_wall(room) == ()
    room.open("1")
    assert next_on_wall(room) == (room.number(passport),)
    room.open("3")
    assert next_on_wall(room) == (room.number(passport), room.number(car))
    assert told(room) == {room.number(ramp): "no_step_free"}


def test_a_counter_on_a_break_comes_back(room: Room) -> None:
    room.open("1")
    room.does(c.PauseCounter(counter="1"))
    room.ticket("pass")
    assert told(room) == {}


# kept for one place


def test_sent_to_a_counter_that_is_closed_or_lacks_what_is_needed(room: Room) -> None:
    room.open("1", "2")
    closed, needy = room.ticket("pass"), room.ticket("pass")
    room.does(c.TransferTicket(ticket=closed, to_counter="3"))
    room.does(c.TransferTicket(ticket=needy, to_counter="2"))
    room.does(c.SetNeeds(ticket=needy, needs=("hearing_loop",)))
    assert told(room) == {room.number(closed): "counter_closed", room.number(needy): "place_lacks"}
    room.open("3")
    assert told(room) == {room.number(needy): "place_lacks"}


def test_one_whose_time_has_not_come_is_looked_at_as_of_then(room: Room, at: Callable[[int], Any]) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.does(c.TransferTicket(ticket=ticket, to_service="car", not_before=at(room.now + 30 * MINUTE)))
    assert told(room) == {room.number(ticket): "no_counter"}
    room.open("3")
    assert told(room) == {}


def test_nobody_is_sent_to_a_station_that_lacks_what_is_needed(make_room: Make, office: Office) -> None:
    """A station that has it is accepted; after the refusal the ticket stays where it is."""
    booth, cash = office.stations
    room = make_room(stations=(replace(booth, features=("step_free",)), cash)).open("1")
    ticket = room.ticket("pass", needs=("step_free", "escort"))
    room.serve("1")
    refusal = room.refuses(c.SendToStation(counter="1", station="cash"))
    assert (refusal.code, refusal.more) == ("needs_not_met", {"number": room.number(ticket)})
    assert room.of(ticket).state == "serving"
    room.does(c.SendToStation(counter="1", station="booth"))
    assert room.call("booth", room.booth) == ticket


def test_a_station_that_does_not_answer_is_told_and_keeps_its_tickets(room: Room) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))
    here = Sight(seen={"station:booth": {"at": room.now - 1_000}})
    gone = Sight(seen={"station:booth": {"at": room.now - 10 * MINUTE}})
    assert told(room, sight=here) == {}
    assert told(room, sight=gone) == told(room) == {room.number(ticket): "station_silent"}
    room.does(c.SetNeeds(ticket=ticket, needs=("step_free",)))
    assert told(room, sight=gone) == {room.number(ticket): "place_lacks"}
    room.does(c.SetNeeds(ticket=ticket, needs=()))
    room.sleep(900 * SECOND)
    assert told(room, sight=gone) == {}  # any counter may take it now


@pytest.mark.parametrize("state", ["waiting", "away", "parked", "missed", "back from a station"])
def test_a_counter_that_closes_keeps_nobody(make_room: Make, state: str) -> None:
    """Any counter may call the tickets that were kept for it; after an undo they are kept again."""
    room = make_room(recall_limit=0).open("1", "2")
    ticket = room.ticket("pass")
    if state == "back from a station":
        room.serve("2")
        room.does(c.SendToStation(counter="2", station="booth"))
        room.call("booth", room.booth)
        room.does(c.StartService(counter="booth"), room.booth)
        room.does(c.FinishService(counter="booth"), room.booth)
    else:
        room.does(c.TransferTicket(ticket=ticket, to_counter="2"))
    if state in ("parked", "missed"):
        room.call("2")
        room.does({"parked": c.StartService, "missed": c.MarkMissed}[state](counter="2"))
    if state == "parked":
        room.does(c.ParkTicket(counter="2"))
    if state == "away":
        room.does(c.PauseTicket(ticket=ticket))
    assert room.of(ticket).only_counter == ("2" if state != "parked" else None)
    before = room.of(ticket)
    room.does(c.CloseCounter(counter="2"))

    for _ in range(2):
        room.undo()
        assert room.of(ticket).only_counter == before.only_counter
        room.does(c.CloseCounter(counter="2"))
    if state in ("away", "missed"):
        assert room.does(c.CallTicket(counter="1", ticket=ticket)) == ["ticket_called"]
    elif state != "parked":
        assert room.call("1") == ticket
    else:
        room.does(c.ResumeTicket(counter="1", ticket=ticket))


def test_one_at_a_station_comes_back_to_anybody_if_its_counter_closed(room: Room) -> None:
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.serve("2")
    room.does(c.SendToStation(counter="2", station="booth"))
    room.does(c.CloseCounter(counter="2"))
    room.call("booth", room.booth)
    room.does(c.StartService(counter="booth"), room.booth)
    room.does(c.FinishService(counter="booth"), room.booth)
    assert room.of(ticket).only_counter is None
    assert room.call("1") == ticket


@pytest.mark.parametrize("opener", ["supervisor", "admin"])
def test_a_counter_that_a_supervisor_opens_is_held_by_nobody(room: Room, opener: str) -> None:
    """So the clerk for whom it was opened can work there at once."""
    room.open("1", by=getattr(room, opener))
    room.ticket("pass")
    assert room.at("1").holder is None
    assert room.call("1", room.anna) is not None
    room.does(c.TakeOverCounter(counter="1"), room.supervisor)
    assert room.code(c.StartService(counter="1"), room.anna) == "counter_held"


# whatever people press


def test_the_reason_told_for_a_service_is_that_of_its_first_ticket_also_after_a_restart(room: Room) -> None:
    room.open("1")
    first = room.ticket("pass", needs=("step_free",))
    room.call("1")
    for need in ("hearing_loop", "step_free"):
        room.ticket("pass", needs=(need,))
    room.does(c.WithdrawCall(counter="1"))  # it waits again, in a line that is newer than that of the hearing loop
    room.does(c.CloseCounter(counter="1"))
    room.does(c.AssignCounter(counter="3", services=("pass",)), room.supervisor)
    room.open("3")
    kept = thaw(freeze(room.state))
    assert kept is not None

    assert first in room.state.lines.where
    told = {"pass": (3, "no_step_free")}
    assert Reach(room.state, room.now).unreached() == Reach(kept, room.now).unreached() == told


@pytest.mark.no_cover
@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_whoever_waits_can_be_called_or_staff_are_told(live: Callable[..., Room], seed: int) -> None:
    """Asks `decide` itself: each open counter, as soon as it is free, tries to call each of them when its time has come."""
    presses = iter(range(1_000))

    def look(room: Room) -> None:
        if next(presses) % 10 == 0:
            waiting = room.state.waiting_tickets()
            stuck = {ticket.number for ticket in waiting if not callable_somewhere(room, ticket)}
            shown = board(room.state, "supervisor", "", room.now, all_answer(room))
            assert isinstance(shown, b.Supervisor)
            assert shown.uncallable_total == len(stuck)
            assert {one.number for one in shown.uncallable} <= stuck
            assert len(shown.uncallable) == min(len(stuck), 20)
            assert stuck.isdisjoint(next_on_wall(room))

    live(seed, 120, look)


def callable_somewhere(room: Room, ticket: Ticket) -> bool:
    state = room.state
    at = max(room.now, state.ready_at(ticket))
    press = Press(actor=room.supervisor, key="k", now=at, nonce="n")
    for name, counter in state.counters.items():
        if counter.state == "closed":
            continue
        free = state.copy()
        free.counters[name] = replace(counter, state="open", ticket=None)
        if not isinstance(decide(free, c.CallTicket(counter=name, ticket=ticket.id), press), Refusal):
            return True
    return False


def all_answer(room: Room) -> Sight:
    return Sight(seen={f"station:{one.id}": {"at": room.now} for one in room.state.office.stations})


def test_one_kept_for_a_counter_in_vain_is_anybodys_once_its_time_is_over(room: Room) -> None:
    """It came back from a station to a counter that now lacks what it needs; after the limit others may call it."""
    room.open("2")
    ticket = room.ticket("pass")
    room.through_the_booth("2")
    room.does(c.SetNeeds(ticket=ticket, needs=("hearing_loop",)))
    assert told(room) == {room.number(ticket): "place_lacks"}
    room.after(15 * MINUTE)
    assert told(room) == {room.number(ticket): "no_hearing_loop"}
    room.open("1")
    assert told(room) == {}
