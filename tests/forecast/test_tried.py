"""A standing rule tried on a past day: without it the day goes as it went, with it the counters help as they would have."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.forecast.model import cold
from server.forecast.promise import Forecast, forecast
from server.forecast.recorded import Recorded
from server.forecast.tried import Life, Tried, tried
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.instants import HOUR, MINUTE
from server.messages.office import Rule
from server.messages.problems import Refusal
from server.office.state import State
from tests.office.room import instant, small_office

if TYPE_CHECKING:
    from collections.abc import Callable

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


def life(room: Room) -> Life:
    """Without the rule."""
    recorded = Recorded([event for _, _, event in room.entries])
    return Life(recorded, RULE, cold(room.state.office), helps=False)


def ended(room: Room) -> State:
    """The office at the end of that life."""
    return life(room).state


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


def test_few_forecasts_are_drawn_for_a_long_day(make_room: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """At most one for each six minutes, as long as the rule does not begin or end."""
    room = make_room(rules=()).open("1", "3")
    for _ in range(31):
        room.ticket("car")
    for _ in range(30):
        served(room)
    drawn: list[int] = []

    def counted(*at: Any, **how: Any) -> Forecast:
        drawn.append(1)
        return forecast(*at, **how)

    monkeypatch.setattr("server.forecast.tried.forecast", counted)
    assert trial(room, replace(RULE, over_minutes=480)).acts == ()

    assert len(drawn) <= 300 / 6 + 1


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


def test_a_wait_ends_when_somebody_leaves_or_nobody_is_called_any_more(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    tickets = [room.ticket("car") for _ in range(7)]
    room.does(c.CancelTicket(ticket=tickets[5]))
    room.does(c.PauseTicket(ticket=tickets[6], minutes=10))
    for _ in range(5):
        served(room)
    room.does(c.CloseCounter(counter="3"))
    room.sleep(8 * HOUR).does(c.CloseDay(), room.supervisor)

    assert trial(room).without.longest == pytest.approx(40, abs=1)


def test_whoever_nobody_called_waited_until_the_last_counter_closed(make_room: Make) -> None:
    room = make_room(rules=()).open("3")
    for _ in range(6):
        room.ticket("car")
    for _ in range(5):
        served(room)
    room.does(c.CloseCounter(counter="3"))
    room.sleep(8 * HOUR).does(c.CloseDay(), room.supervisor)

    assert trial(room).without.longest == pytest.approx(50, abs=1)


def test_an_appointment_that_is_booked_on_the_day_is_checked_in_again(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    kept, moved = (room.book(room.now + HOUR, "car") for _ in range(2))
    found = {one.code: one.id for one in room.state.appointments.values()}
    room.does(c.MoveAppointment(appointment=found[moved], start=instant(room.now + 2 * HOUR)), room.supervisor)
    gone = room.book(room.now + HOUR, "car")
    gone = room.state.codes[gone]
    room.does(c.CancelAppointment(appointment=gone), room.supervisor)
    room.sleep(50 * MINUTE)
    room.does(c.CheckIn(code=kept), room.kiosk)
    served(room)
    room.sleep(HOUR)
    room.does(c.CheckIn(code=moved), room.kiosk)
    served(room)

    assert trial(room).people == 2


def test_a_new_office_file_counts_from_its_instant_on(make_room: Make) -> None:
    """The new counter opens as it did, and the rules of the file do not act."""
    room = make_room(rules=()).open("1", "3")
    for _ in range(12):
        room.ticket("car")
    office = small_office(revision=room.state.office.revision + 1)
    eager = replace(office.rules[0], over_minutes=10, under_minutes=5)
    five = replace(office.counters[2], id="5", label="Schalter 5")
    changed = replace(office, counters=(*office.counters, five), rules=(eager,))
    room.does(c.ConfigureOffice(office=changed), SYSTEM)
    room.open("5")
    for _ in range(6):
        for counter in ("3", "5"):
            room.does(c.CallNext(counter=counter))
            room.does(c.StartService(counter=counter))
        room.sleep(10 * MINUTE)
        for counter in ("3", "5"):
            room.does(c.FinishService(counter=counter))

    assert trial(room).without.longest == pytest.approx(50, abs=1)
    assert trial(room).acts != ()
    assert trial(room, replace(RULE, over_minutes=480)).acts == ()


def test_a_counter_closes_although_somebody_was_kept_for_it_who_did_not_come_again(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    room.does(c.ServeDirect(counter="3", services=("car",)))
    room.does(c.SendToStation(counter="3", station="booth"))
    room.call("booth", room.booth)
    room.does(c.StartService(counter="booth"), room.booth)
    room.does(c.FinishService(counter="booth"), room.booth)
    room.does(c.CloseCounter(counter="3"))
    assert room.entries[-1][2].unbound  # type: ignore[attr-defined]

    assert trial(room).people == 0


def test_a_set_of_moves_ends_again_when_it_did(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    moves = (c.AssignCounter(counter="1", services=("car",)), c.OpenCounter(counter="2"))
    room.does(c.ApplyMoves(moves=moves, until=instant(room.now + 30 * MINUTE)), room.supervisor)
    room.ticket("reg")
    room.after(30 * MINUTE)
    room.ticket("pass")
    room.does(c.CallNext(counter="1"))
    for _ in range(6):
        room.ticket("car")
    room.after(10 * MINUTE)
    for _ in range(6):
        served(room)

    assert ended(room).counters["1"].services == ("pass", "reg")
    assert ended(room).counters["1"].assignment is None
    assert trial(room, replace(RULE, over_minutes=480)).without.longest == pytest.approx(50, abs=1)


def test_a_set_of_moves_is_taken_back_again_by_hand(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    moves = (c.AssignCounter(counter="1", services=("car",)), c.OpenCounter(counter="2"))
    room.does(c.ApplyMoves(moves=moves), room.supervisor)
    key = room.last_key
    room.sleep(10 * MINUTE)
    room.does(c.RevertMoves(key=key), room.supervisor)
    room.ticket("car")
    served(room)

    assert ended(room).counters["1"].services == ("pass", "reg")
    assert ended(room).counters["2"].state == "closed"


def test_what_rules_did_on_that_day_is_left_out(make_room: Make) -> None:
    room = make_room().open("1", "3")
    for _ in range(12):
        room.ticket("car")
    room.does(c.SetRule(rule="car-help", on=True), room.supervisor)
    room.does(c.ActOnRule(rule="car-help", act=True), SYSTEM)
    assert room.at("1").services == ("pass", "reg", "car")
    for _ in range(12):
        served(room)

    assert ended(room).counters["1"].services == ("pass", "reg")
    assert trial(room, replace(RULE, over_minutes=480)).without.longest == pytest.approx(110, abs=1)


def test_a_pause_that_waited_for_a_finish_begins_at_once_at_a_free_counter(make_room: Make) -> None:
    """In this life counter 1 is free, because whom it served directly does not come again: it pauses at once and calls nobody."""
    room = make_room(rules=()).open("1", "3")
    room.does(c.ServeDirect(counter="1", services=("pass",)))
    room.does(c.PauseCounter(counter="1"))
    room.ticket("pass")
    room.sleep(10 * MINUTE)
    room.ticket("car")
    served(room)

    found = ended(room)
    assert found.counters["1"].state == "paused"
    assert [one.calls for one in found.tickets.values() if one.services == ("pass",)] == [0]


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32))
def test_any_day_can_be_lived_again(live: Callable[..., Room], seed: int) -> None:
    events = [event for _, _, event in live(seed, 120).entries]
    opens = [nth for nth, event in enumerate(events) if isinstance(event, e.DayOpened)]
    for begin, end in pairwise([*opens, len(events)]):
        found = tried(events[begin:end], RULE, cold(small_office()))

        assert found.people >= 0
        assert found.without.longest >= 0
