"""The day's pace is a fold of the day's entries: the same for everybody who folds them, without entries taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.forecast.curve import FEW, fairness, past
from server.forecast.model import cold
from server.forecast.promise import Pace, forecast
from server.forecast.today import Called, Today
from server.messages import commands as c
from server.messages.events import DayOpened
from server.messages.instants import MINUTE
from server.office.evolve import evolve
from server.office.state import State

if TYPE_CHECKING:
    from tests.office.room import Room


def lived(room: Room) -> tuple[State, Today]:
    """Everything that happened in the room."""
    state, today = State(), Today()
    for seq, mark, event in room.entries:
        today.note(state, event)
        evolve(state, event, seq, mark)
    return state, today


def pace(room: Room) -> Pace:
    state, today = lived(room)
    return today.pace(cold(state.office))


def served(room: Room, minutes: float) -> None:
    room.ticket("pass")
    room.serve("1")
    room.sleep(round(minutes * MINUTE))
    room.finish("1")


def test_a_day_of_long_services_is_slow_and_one_of_short_ones_quick(room: Room) -> None:
    room.open("1")
    assert pace(room) == Pace()
    served(room, 30)
    slow = pace(room)
    served(room, 1)
    served(room, 1)

    assert slow.pull > 0 > pace(room).pull
    assert pace(room).weight == pytest.approx(3 * slow.weight)


def test_a_half_hour_with_few_calls_keeps_their_wait_to_itself(room: Room) -> None:
    room.open("1")
    means = []
    for _ in range(FEW):
        served(room, 2)
        state, today = lived(room)
        means.append(past(state, today.came, today.called, room.now)[-1].waits)

    assert means[:-1] == [None] * (FEW - 1)
    assert means[-1] is not None


def test_files_of_the_back_office_are_nobody_in_the_hall(room: Room) -> None:
    """Neither in today's curve nor in the figures of fairness."""
    plans = tuple(replace(one, back_office=one.id == "car") for one in room.state.office.services)
    file = replace(room.state.office, services=plans, revision=room.state.office.revision + 1)
    room.does(c.ConfigureOffice(office=file), room.system)
    room.open("1", "3")
    for _ in range(2):
        room.ticket("car")
    room.sleep(120 * MINUTE)
    room.call("3")
    room.ticket("pass")
    state, today = lived(room)

    assert sum(one.arrivals for one in past(state, today.came, today.called, room.now)) == 1
    assert (fairness(state, today.called, room.now).called, fairness(state, today.called, room.now).longest_wait) == (
        0,
        0,
    )
    assert len(today.came) == 3  # counters need time for them all the same


def test_who_still_waits_counts_in_the_share_over_an_hour(room: Room) -> None:
    for _ in range(FEW - 1):
        room.ticket("pass")
    room.sleep(61 * MINUTE)
    assert fairness(*lived_so_far(room)).over_60 is None
    room.ticket("pass")

    assert fairness(*lived_so_far(room)).over_60 == (FEW - 1) / FEW


def lived_so_far(room: Room) -> tuple[State, list[Called], int]:
    state, today = lived(room)
    return state, today.called, room.now


def test_a_counter_is_left_alone_after_whatever_changed_its_services(room: Room) -> None:
    """Also after a set was taken back, an assignment ended, or a supervisor opened it for something."""
    room.open("1")
    assert lived(room)[1].given == {}
    moves = (c.AssignCounter(counter="1", services=("reg",)),)
    room.does(c.ApplyMoves(moves=moves), room.supervisor, key="set")
    room.sleep(30 * MINUTE)

    room.does(c.RevertMoves(key="set"), room.supervisor)
    room.does(c.OpenCounter(counter="3", services=("pass",)), room.supervisor)

    assert lived(room)[1].given == {"1": room.now, "3": room.now}


def test_the_wait_before_an_appointment_is_not_that_of_who_came_an_hour_early(room: Room) -> None:
    """It is neither in today's curve once they are called, nor in the day's longest wait before that."""
    room.open("1")
    slot = room.now + 60 * MINUTE
    room.does(c.CheckIn(code=room.book(slot)), room.kiosk)
    room.now = slot
    state, today = lived(room)
    waited = room.state.office.policy.appointment_before / 60
    assert fairness(state, today.called, room.now).longest_wait == waited
    room.call("1")

    assert [one.waited for one in lived(room)[1].called] == [waited]


def test_what_was_taken_back_did_not_happen(room: Room) -> None:
    room.open("1")
    served(room, 30)
    before = pace(room)
    served(room, 40)
    room.undo()

    assert pace(room) == before


def test_a_new_day_begins_anew(room: Room) -> None:
    room.open("1")
    served(room, 30)
    opened = next(event for _, _, event in room.entries if isinstance(event, DayOpened))
    today = Today()
    state = State()
    for seq, mark, event in room.entries:
        today.note(state, event)
        evolve(state, event, seq, mark)

    today.note(state, opened)

    assert today.pace(cold(state.office)) == Pace()


def test_another_model_sees_the_same_services_anew(room: Room) -> None:
    room.open("1")
    served(room, 30)
    state, today = State(), Today()
    for seq, mark, event in room.entries:
        today.note(state, event)
        evolve(state, event, seq, mark)
    plain = cold(state.office)
    slow = replace(
        plain, version="slow", services={name: replace(one, mu=one.mu + 2) for name, one in plain.services.items()}
    )

    assert today.pace(plain).pull > 0 > today.pace(slow).pull
    assert today.pace(plain).pull > 0


def test_today_reaches_who_is_called_before_the_last_able_counter_leaves(room: Room) -> None:
    """According to the roster; without one there is no answer."""

    def reached() -> dict[str, float]:
        return forecast(room.state, cold(room.state.office), Pace(), room.now, 3).reached

    room.open("1", "3")
    assert reached() == {}
    duty = (c.DutySpan(counter="1", from_="08:00", to="12:00"), c.DutySpan(counter="3", from_="08:00", to="18:00"))
    room.does(c.SetRoster(day="2026-11-23", duty=duty), room.supervisor)
    assert reached()["reg"] == 1.0
    for _ in range(60):
        room.ticket("reg")
    later = reached()
    assert later["reg"] < 0.5
    assert later["car"] == 1.0
    assert "social" not in later


def test_of_those_who_wait_the_last_are_not_surely_reached_today(room: Room) -> None:
    """Only as many are reached as the counters on duty can serve until they leave."""

    def late() -> tuple[str, ...]:
        return forecast(room.state, cold(room.state.office), Pace(), room.now, 3).late

    room.open("1", "3")
    tickets = [room.ticket("reg") for _ in range(60)]
    room.ticket("car")
    assert late() == ()
    duty = (c.DutySpan(counter="1", from_="08:00", to="12:00"), c.DutySpan(counter="3", from_="08:00", to="18:00"))
    room.does(c.SetRoster(day="2026-11-23", duty=duty), room.supervisor)
    found = late()
    assert 60 - 25 < len(found) < 60 - 5
    assert list(found) == tickets[-len(found) :]
    room.open("2")
    more = (*duty, c.DutySpan(counter="2", from_="08:00", to="12:00"))
    room.does(c.SetRoster(day="2026-11-23", duty=more), room.supervisor)
    assert len(late()) < len(found)


def folded(room: Room) -> Today:
    state, today = State(), Today()
    for seq, mark, event in room.entries:
        today.note(state, event)
        evolve(state, event, seq, mark)
    return today


def test_who_came_and_who_was_called_is_known_without_what_was_taken_back(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.after(5 * MINUTE)
    room.ticket("reg")
    room.call()
    today = folded(room)

    assert [(one.service, one.category) for one in today.came] == [("pass", "walk_in"), ("reg", "walk_in")]
    assert [one.passed for one in today.called] == [False]
    assert today.called[0].waited == pytest.approx(5, abs=0.1)

    room.undo()
    assert folded(room).called == []


def test_a_call_although_somebody_waits_longer_for_the_same_is_an_overtaking(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.after(5 * MINUTE)
    room.ticket("pass", category="priority")
    room.call()

    assert [one.passed for one in folded(room).called] == [True]
