"""When a rule is tried on a day, everything on that day is lived again: service without a number, parking, moved people,
closings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.actor import SYSTEM
from server.messages.instants import MINUTE
from server.office.moves import shared, shown
from tests.forecast.test_tried import RULE, ended, life, served, trial

if TYPE_CHECKING:
    from tests.office.room import Make


def test_whoever_is_served_without_a_number_keeps_the_counter_busy_as_long_as_then(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    room.does(c.ServeDirect(counter="3", services=("car",)))
    room.ticket("car")
    room.sleep(20 * MINUTE)
    room.does(c.FinishService(counter="3"))
    served(room)
    found = trial(room, replace(RULE, over_minutes=480))

    assert found.people == 1, "who drew a number"
    assert found.without.longest == pytest.approx(20, abs=1)


def test_a_counter_that_closes_after_somebody_without_a_number_serves_them_first(make_room: Make) -> None:
    """In this life it is busy until later, and closes later."""
    room = make_room(rules=()).open("1", "3")
    room.does(c.ServeDirect(counter="3", services=("car",)))
    room.sleep(5 * MINUTE)
    room.does(c.FinishService(counter="3"))
    room.does(c.CloseCounter(counter="3"))
    room.sleep(5 * MINUTE)

    found = ended(room)
    assert found.counters["3"].state == "closed"
    assert [one.state for one in found.tickets.values()] == ["finished"]


def test_whoever_parked_goes_on_when_they_did(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    parked, *_ = (room.ticket("car") for _ in range(3))
    room.serve("3")
    room.sleep(5 * MINUTE)
    room.does(c.ParkTicket(counter="3"))
    served(room, 5)
    room.does(c.ResumeTicket(counter="3", ticket=parked))
    room.sleep(10 * MINUTE)
    room.does(c.FinishService(counter="3"))
    served(room)

    assert trial(room, replace(RULE, over_minutes=480)).without.longest == pytest.approx(20, abs=1)


def test_people_moved_to_another_service_are_called_there_and_come_back_with_the_set(make_room: Make) -> None:
    """Counter 1 has nothing to do and gives passports: whoever is moved there does not wait."""
    room = make_room(rules=()).open("1", "3")
    tickets = tuple(room.ticket("car") for _ in range(4))
    room.does(c.MoveTickets(tickets=tickets[2:3], to_service="pass"), room.supervisor)
    room.does(c.CallNext(counter="1"))
    moved = c.ApplyMoves(moves=(c.MoveTickets(tickets=tickets[3:], to_service="small"),))
    room.does(moved, room.supervisor, key="set")
    room.sleep(5 * MINUTE)
    room.does(c.RevertMoves(key="set"), room.supervisor)
    room.does(c.StartService(counter="1"))
    room.does(c.FinishService(counter="1"))
    for _ in range(3):
        served(room)

    lived = life(room)
    assert lived.called[tickets[2]] < room.now - 30 * MINUTE < lived.called[tickets[3]]
    assert trial(room, replace(RULE, over_minutes=480)).without.longest == pytest.approx(25, abs=6)


def test_a_set_that_shares_its_key_with_another_is_the_one_taken_back(make_room: Make) -> None:
    """Boards tell such sets apart by the number of their entry, and entries have other numbers here."""
    room = make_room(rules=()).open("1", "2", "3")
    for by, counter in ((room.supervisor, "1"), (room.admin, "2")):
        room.does(c.ApplyMoves(moves=(c.AssignCounter(counter=counter, services=("pass",)),)), by, key="same")
    (name,) = (shown(one, shared(room.state)) for one in room.state.moves.values() if one.counters[0].id == "1")
    assert name != "same"
    room.does(c.RevertMoves(key=name), room.supervisor)
    room.ticket("car")
    served(room)

    assert ended(room).counters["1"].services == ("pass", "reg")
    assert ended(room).counters["2"].services == ("pass",)


def test_a_service_that_was_closed_is_closed_again_and_by_the_closing_rule_too(make_room: Make) -> None:
    room = make_room(rules=(), close_intake="auto").open("1", "3")
    room.does(c.CloseService(service="reg", reason="personal"), room.supervisor)
    room.does(c.CloseIntake(service="pass"), SYSTEM)
    room.ticket("car")
    served(room)

    assert {one.id for one in ended(room).services.values() if one.closed} == {"reg", "pass"}
