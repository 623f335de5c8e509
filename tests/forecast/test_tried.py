"""A standing rule tried on a past day: without it the day goes as it went, with it the counters help as they would have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.forecast.model import cold
from server.forecast.tried import Tried, tried
from server.messages import commands as c
from server.messages.instants import MINUTE
from server.messages.office import Rule
from server.messages.problems import Refusal

if TYPE_CHECKING:
    from tests.office.room import Make, Room

RULE = Rule(id="tried", service="car", over_minutes=30, under_minutes=10, counters=("1",))


@pytest.fixture
def day(make_room: Make) -> Room:
    """Twelve people for cars come at once, and only counter 3 serves them, ten minutes each; counter 1 has nothing to do."""
    room = make_room(rules=()).open("1", "3")
    for _ in range(12):
        room.ticket("car")
    for _ in range(12):
        served(room)
    return room


def served(room: Room, minutes: int = 10) -> None:
    room.does(c.CallNext(counter="3"))
    room.does(c.StartService(counter="3"))
    room.sleep(minutes * MINUTE)
    room.does(c.FinishService(counter="3"))


def trial(room: Room, rule: Rule = RULE) -> Tried:
    return tried([event for _, _, event in room.entries], rule, cold(room.state.office))


def test_without_the_rule_the_day_goes_as_it_went_and_with_it_waits_are_shorter(day: Room) -> None:
    found = trial(day)

    assert found.people == 12
    assert found.without.longest == pytest.approx(110, abs=1)
    assert found.without.service == pytest.approx(55, abs=1)
    assert found.with_.longest < found.without.longest - 20
    assert found.with_.service is not None
    assert found.with_.service < 45
    ((begins, ends),) = found.acts
    assert day.entries[0][2].at < begins < ends
    assert found.without.others is None


def test_equal_days_give_equal_answers(day: Room) -> None:
    assert trial(day) == trial(day)


def test_a_rule_that_would_not_have_acted_changes_nothing(day: Room) -> None:
    found = trial(day, replace(RULE, over_minutes=480))

    assert found.acts == ()
    assert found.with_ == found.without


def test_a_rule_for_a_service_that_the_office_did_not_have_does_nothing(day: Room) -> None:
    assert trial(day, replace(RULE, service="new")).acts == ()


def test_what_people_and_counters_did_of_themselves_happens_again(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    tickets = [room.ticket("car") for _ in range(8)]
    room.does(c.CancelTicket(ticket=tickets[7]))
    room.does(c.IssueTicket(services=("car",)))
    assert not isinstance(room.undo(), Refusal)
    room.does(c.PauseTicket(ticket=tickets[6], minutes=10))
    served(room)
    room.does(c.CallNext(counter="3"))
    room.does(c.MarkMissed(counter="3"))
    room.does(c.PauseCounter(counter="3"))
    room.sleep(20 * MINUTE)
    room.does(c.ReturnTicket(ticket=tickets[6]))
    room.does(c.ResumeCounter(counter="3"))
    for _ in range(2):
        served(room)
    room.does(c.CallNext(counter="3"))
    room.does(c.WithdrawCall(counter="3"))
    room.does(c.CallNext(counter="3"))
    room.does(c.StartService(counter="3"))
    room.does(c.ParkTicket(counter="3"))
    room.sleep(5 * MINUTE)
    served(room)
    room.does(c.CloseCounter(counter="3"))
    found = trial(room)

    assert found.people == 8
    assert found.without.longest == pytest.approx(55, abs=12)
    assert found.with_.longest <= found.without.longest


def test_whoever_is_served_over_midnight_does_not_hold_the_counter_all_day(make_room: Make) -> None:
    room = make_room(rules=()).open("3")
    room.ticket("car")
    room.does(c.CallNext(counter="3"))
    room.does(c.StartService(counter="3"))
    room.does(c.CloseDay(force=True), room.supervisor)
    room.sleep(24 * 60 * MINUTE).does(c.OpenDay(), room.supervisor)
    opened = len(room.entries) - 1
    room.does(c.FinishService(counter="3"))
    for _ in range(5):
        room.ticket("car")
    for _ in range(5):
        served(room)
    events = [event for _, _, event in room.entries[opened:]]

    assert tried(events, RULE, cold(room.state.office)).without.longest == pytest.approx(40, abs=1)
