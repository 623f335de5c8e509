"""From the call to the end of the service: binding, repeats, misses, parking, direct service."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from server.messages import commands as c
from server.messages.instants import MINUTE, SECOND

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]


def test_a_ticket_is_bound_at_the_call(room: Room) -> None:
    """And the counter that calls is announced."""
    room.open("1", "2")
    ticket = room.ticket("pass")
    assert room.of(ticket).counter is None

    room.call("2")

    assert room.of(ticket).counter == "2"
    assert [(said.counter, said.zone) for said in room.state.said] == [("2", "hall")]


def test_two_press_at_once_with_one_waiting(room: Room) -> None:
    room.open("1", "2")
    ticket = room.ticket("pass")

    assert [room.call("1"), room.call("2")] == [ticket, None]


def test_finish_and_call_in_one_press(room: Room) -> None:
    """It finishes even if nobody waits."""
    room.open("1")
    first, second = room.ticket("pass"), room.ticket("pass")
    room.serve("1")

    assert room.call("1", finish_current=True) == second
    assert room.of(first).state == "finished"
    room.does(c.StartService(counter="1"))
    assert room.does(c.CallNext(counter="1", finish_current=True)) == ["service_finished"]


def test_picking_while_finishing_is_all_or_nothing(room: Room) -> None:
    room.open("1", "3")
    held, foreign = room.ticket("pass"), room.ticket("car")
    room.serve("1")

    assert room.code(c.CallTicket(counter="1", ticket=foreign, finish_current=True)) == "cannot_serve"
    assert room.code(c.CallTicket(counter="1", ticket=held, finish_current=True)) == "ticket_not_waiting"
    assert room.of(held).state == "serving"


def test_repeats_are_counted_and_heard(room: Room) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.call("1")
    room.sleep(20 * SECOND)
    room.does(c.RepeatCall(counter="1"))

    assert room.of(ticket).attempt == 2
    assert room.of(ticket).called_at == room.now
    assert [said.attempt for said in room.state.said] == [1, 2]


def test_withdrawn_is_as_if_never_called(room: Room) -> None:
    """Same place, same times; and it is not spoken if it was not yet."""
    room.open("1")
    ticket, second = room.ticket("pass"), room.ticket("pass")
    before = room.of(ticket)
    room.call("1")
    room.sleep(5 * SECOND)
    room.does(c.WithdrawCall(counter="1"))

    after = room.of(ticket)
    assert {n: getattr(after, n) for n in after.__struct_fields__ if n != "last_seq"} == {
        n: getattr(before, n) for n in before.__struct_fields__ if n != "last_seq"
    }
    assert not room.state.said
    assert room.call("1") == ticket
    assert room.of(second).state == "waiting"


@pytest.mark.parametrize(("minutes", "state"), [(5, "away"), (1, "waiting")])
def test_whoever_was_called_back_from_a_pause_goes_back_to_what_is_left_of_it(
    room: Room, minutes: int, state: str
) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.does(c.PauseTicket(ticket=ticket, minutes=minutes), room.desk)
    room.does(c.CallTicket(counter="1", ticket=ticket))
    room.sleep(2 * MINUTE)
    room.does(c.WithdrawCall(counter="1"))

    assert room.of(ticket).state == state


@pytest.mark.parametrize(("limit", "states"), [(0, ["missed"]), (1, ["waiting", "missed"]), (2, ["waiting"] * 2)])
def test_not_appeared(make_room: Make, limit: int, states: list[str]) -> None:
    """Back in line with a pause that one place enforces, until the misses are used up."""
    room = make_room(recall_limit=limit, recall_pause=300).open("1")
    ticket = room.ticket("pass")
    for state in states:
        assert room.call("1") == ticket
        room.does(c.MarkMissed(counter="1"))
        assert room.of(ticket).state == state
        if state == "waiting":
            assert room.of(ticket).not_before == room.now + 300 * SECOND
            assert room.code(c.CallTicket(counter="1", ticket=ticket)) == "not_yet"
            assert room.sleep(300 * SECOND - 1).call("1") is None
            room.sleep(1)


def test_missed_comes_back_near_the_front_once(make_room: Make) -> None:
    room = make_room(recall_limit=0).open("1")
    ticket = room.ticket("pass")
    room.call("1")
    room.does(c.MarkMissed(counter="1"))
    other = room.ticket("pass")

    room.does(c.ReturnTicket(ticket=ticket), room.kiosk)
    assert room.call("1") == ticket
    room.does(c.MarkMissed(counter="1"))
    room.does(c.ReturnTicket(ticket=ticket))

    assert room.of(ticket).reference == room.now
    assert room.call("1") == other


def test_a_missed_one_may_be_called_by_its_number(make_room: Make) -> None:
    room = make_room(recall_limit=0).open("1")
    ticket = room.ticket("pass")
    room.call("1")
    room.does(c.MarkMissed(counter="1"))

    assert room.does(c.CallTicket(counter="1", ticket=ticket)) == ["ticket_called"]


def test_parked_and_resumed(room: Room) -> None:
    """The wait counts up to the first call only; the service time is the sum of both parts."""
    room.open("1", "2")
    first, second = room.ticket("pass"), room.ticket("pass")
    room.sleep(10 * MINUTE)
    waited = room.now - room.of(first).issued_at
    room.serve("1")
    room.sleep(4 * MINUTE)
    room.does(c.ParkTicket(counter="1"))
    assert room.serve("1") == second
    room.sleep(3 * MINUTE)
    room.finish("1")

    room.does(c.ResumeTicket(counter="2", ticket=first))
    room.sleep(2 * MINUTE)
    room.finish("2")

    done = room.of(first)
    assert (done.waited, done.served, done.state) == (waited, 6 * MINUTE, "finished")


def test_a_parked_one_who_returns_waits_with_his_old_place(room: Room) -> None:
    room.open("1")
    first, _ = room.ticket("pass"), room.ticket("pass")
    room.serve("1")
    room.does(c.ParkTicket(counter="1"))
    room.does(c.ReturnTicket(ticket=first))

    assert room.call("1") == first


def test_served_directly(room: Room) -> None:
    """Nobody in line, no gong: a number, and serving begins at once."""
    room.open("3")
    assert room.code(c.ServeDirect(counter="3", services=("reg",))) == "cannot_serve"

    assert room.does(c.ServeDirect(counter="3", services=("pass",), persons=2)) == ["direct_service_started"]

    served = room.of(room.at("3").ticket or "")
    assert (served.state, served.direct, served.persons, served.number) == ("serving", True, 2, "A001")
    assert not room.state.said
    assert not room.state.shown
    assert room.code(c.ServeDirect(counter="3", services=("car",))) == "counter_busy"


@pytest.mark.parametrize(
    "command",
    [
        c.CallNext(counter="1"),
        c.CallTicket(counter="1", ticket="n000000000000005"),
        c.RepeatCall(counter="1"),
        c.MarkMissed(counter="1"),
    ],
)
def test_a_stale_press_is_refused(room: Room, command: c.Command) -> None:
    """The state may be different by now; a press of 15 s still counts."""
    room.open("1")
    ticket = room.ticket("pass")
    assert ticket == "n000000000000004"
    if not isinstance(command, c.CallNext):
        room.call("1")

    assert room.code(command, age_ms=15_001) in ("stale_press", "unknown_ticket")
    room.press(command, age_ms=15_000)


def test_other_presses_do_not_grow_stale(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.call("1")

    assert room.does(c.StartService(counter="1"), age_ms=MINUTE) == ["service_started"]


def test_who_opened_holds_until_somebody_takes_over(room: Room) -> None:
    """Sign-in elsewhere, reload, crash: the counter still holds its ticket."""
    room.open("1", by=room.anna)
    ticket = room.ticket("pass")
    room.call("1", room.anna)

    assert room.code(c.StartService(counter="1"), room.bert) == "counter_held"
    assert room.code(c.TransferTicket(ticket=ticket, to_service="car"), room.bert) == "counter_held"
    assert room.does(c.TakeOverCounter(counter="1"), room.bert) == ["counter_taken_over"]
    assert room.does(c.TakeOverCounter(counter="1"), room.bert) == []
    assert room.at("1").ticket == ticket
    assert room.does(c.StartService(counter="1"), room.bert) == ["service_started"]
    assert room.code(c.FinishService(counter="1"), room.anna) == "counter_held"
    assert room.does(c.FinishService(counter="1"), room.supervisor) == ["service_finished"]
    assert room.code(c.TakeOverCounter(counter="2"), room.bert) == "counter_closed"


def test_a_token_for_one_counter(room: Room) -> None:
    room.open("1")
    room.open("3", by=room.at_three)
    ticket = room.ticket("pass")
    room.call("1")

    assert room.code(c.CallNext(counter="1"), room.at_three) == "not_yours"
    assert room.code(c.TakeOverCounter(counter="1"), room.at_three) == "not_yours"
    assert room.code(c.TransferTicket(ticket=ticket, to_service="car"), room.at_three) == "not_yours"
    assert room.does(c.CallNext(counter="3"), room.at_three) == []


def test_a_token_for_the_whole_office_presses_for_every_counter(room: Room) -> None:
    room.open("1", by=room.anna)
    room.ticket("pass")

    assert room.does(c.CallNext(counter="1"), room.clerk) == ["ticket_called"]


def test_picking_may_be_forbidden(make_room: Make) -> None:
    """For clerks, not for supervisors."""
    room = make_room(picking=False).open("1")
    ticket = room.ticket("pass")

    assert room.code(c.CallTicket(counter="1", ticket=ticket)) == "picking_not_allowed"
    assert room.does(c.CallTicket(counter="1", ticket=ticket), room.supervisor) == ["ticket_called"]


def test_opening_with_services(room: Room) -> None:
    assert room.code(c.OpenCounter(counter="3", services=("reg",))) == "cannot_serve"
    assert room.code(c.OpenCounter(counter="3", services=("nothing",))) == "unknown_service"
    room.does(c.OpenCounter(counter="3", services=("pass", "pass")))

    assert room.at("3").services == ("pass",)
    assert room.code(c.OpenCounter(counter="nothing")) == "unknown_counter"
