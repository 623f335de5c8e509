"""Which one move is worth making now? Asked of rooms in which anybody can see it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.forecast.advice import LEAST_MIN, Advice, Looked, looked
from server.forecast.ahead import closing
from server.forecast.candidates import KINDS, MOST, candidates, covered, leaves_none_alone
from server.forecast.demand import Came
from server.forecast.model import cold
from server.forecast.promise import Pace
from server.forecast.what_if import moved
from server.messages import commands as c
from server.messages.actor import SYSTEM
from server.messages.instants import HOUR, MINUTE
from server.messages.office import Helper
from server.messages.problems import Refusal
from tests.forecast.test_what_if import steady

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.office.state import State
    from tests.office.room import Make, Room

SEED = 11


def advice(room: Room, **more: Any) -> Advice | None:
    return looked(room.state, steady(room), Pace(), room.now, SEED, more.pop("recent", {}), **more).advice


def some(found: Advice | None) -> Advice:
    assert found is not None
    return found


def line(room: Room, service: str, people: int) -> None:
    for _ in range(people):
        room.ticket(service)


@pytest.fixture
def cars(room: Room) -> Room:
    """Ten people wait for counter 3; counter 1 has the skill and nobody to serve."""
    room.open("1", "3")
    line(room, "car", 10)
    return room


def test_the_idle_colleague_with_the_skill_takes_the_long_line(cars: Room) -> None:
    found = some(advice(cars))

    (move,) = found.moves
    assert isinstance(move, c.AssignCounter)
    assert move.counter == "1"
    assert "car" in move.services
    assert found.kind == "counter"
    assert found.low <= found.median <= found.high
    assert found.median > LEAST_MIN
    assert found.mean == pytest.approx(found.median, abs=6)
    assert found.chance > 0.9


def test_the_advice_is_applied_as_it_is(cars: Room, at: Callable[[int], Any]) -> None:
    found = some(advice(cars))
    told = c.Gain(low=found.low, median=found.median, high=found.high, chance=found.chance, advice=found.id)

    said = cars.does(
        c.ApplyMoves(moves=found.moves, until=at(found.until), seen_seq=cars.state.seq, told=told), cars.supervisor
    )

    assert said == ["counter_assigned", "moves_applied"]
    cars.after(found.until - cars.now)
    assert cars.at("1").services == ("pass", "reg")


def look(room: Room) -> Looked:
    return looked(room.state, steady(room), Pace(), room.now, SEED, {})


def test_a_short_line_needs_no_advice_and_it_is_not_said_that_nothing_helps(room: Room) -> None:
    room.open("1", "3")
    line(room, "car", 1)

    assert look(room) == Looked(None, short=True)


def test_nothing_is_advised_if_nothing_helps(room: Room) -> None:
    """Only counter 4 can do it, and does."""
    room.open("1", "2", "3", "4")
    line(room, "social", 12)

    assert look(room) == Looked(None, short=False, tried=True)


def test_nothing_is_advised_while_the_day_is_closed(cars: Room) -> None:
    cars.does(c.CloseDay(), cars.supervisor)

    assert advice(cars) is None


def test_a_profile_holds_until_the_office_closes_and_a_helper_for_an_hour(cars: Room) -> None:
    found = some(advice(cars))
    line(cars, "reg", 12)
    called = some(advice(cars, kinds=("helper",)))

    assert found.until == closing(cars.state, cars.now) > cars.now + HOUR
    assert called.until == cars.now + HOUR


def test_a_helper_is_called_where_and_as_long_as_they_may_help(make_room: Make) -> None:
    """It is nine. One helper comes later, one may help at counter 1 alone, and one cannot do cars and goes soon."""
    room = make_room()
    names = {"de": "x"}
    helpers = (
        Helper(id="later", names=names, begins="10:00"),
        Helper(id="first", names=names, counters=("1",)),
        Helper(id="short", names=names, services=("pass",), ends="09:20"),
    )
    office = replace(room.state.office, helpers=helpers, revision=room.state.office.revision + 1)
    room.does(c.ConfigureOffice(office=office), SYSTEM)

    found = candidates(room.state, "helper", ["pass", "car"], room.now, room.now + HOUR, {})

    called = {one.moves[0].counter: one for one in found if isinstance(one.moves[0], c.CallHelper)}
    assert {place: one.moves[0].helper for place, one in called.items()} == {"1": "first", "2": "short", "3": "short"}  # type: ignore[union-attr]
    assert {place: one.until - room.now for place, one in called.items()} == {
        "1": HOUR,
        "2": 20 * MINUTE,
        "3": 20 * MINUTE,
    }


def test_a_counter_is_not_taken_from_a_service_whose_other_clerk_goes_home(make_room: Make) -> None:
    """Counters 1 and 2 give passports; the clerk of counter 2 goes at half past nine."""
    room = make_room(counters=tuple(replace(one, features=()) for one in make_room().state.office.counters))
    spans = [c.DutySpan(counter=one, from_="08:00", to="18:00" if one == "1" else "09:30") for one in ("1", "2")]
    room.does(c.SetRoster(day="2026-11-23", duty=tuple(spans)), room.supervisor)
    room.open("1", "2")
    taken = moved(room.state, room.now, (c.AssignCounter(counter="1", services=("reg",)),), room.now + HOUR)
    assert not isinstance(taken, Refusal)

    assert not keeps(room.state, taken, room.now, room.now + HOUR)
    assert keeps(room.state, taken, room.now, room.now + 20 * MINUTE)


def test_a_counter_is_not_taken_from_those_who_need_what_only_it_has(room: Room) -> None:
    """Counters 1 and 2 give passports; counter 1 alone has a hearing loop."""
    room.open("1", "2")
    kept = {}
    for counter in ("1", "2"):
        taken = moved(room.state, room.now, (c.AssignCounter(counter=counter, services=("reg",)),), room.now + HOUR)
        assert not isinstance(taken, Refusal)
        kept[counter] = keeps(room.state, taken, room.now, room.now + HOUR)

    assert kept == {"1": False, "2": True}


def test_the_last_counter_of_a_service_keeps_it(room: Room) -> None:
    """Nobody waits for cars; but somebody may come."""
    room.open("1", "3")
    line(room, "pass", 12)

    (move,) = some(advice(room)).moves

    assert move == c.AssignCounter(counter="3", services=("car", "pass"))


def test_no_candidate_leaves_a_service_alone_whatever_the_room(live: Callable[..., Room]) -> None:
    tried = 0
    for seed, kind in product(range(6), KINDS):
        room = live(seed, 60)
        state, until = room.state, room.now + HOUR
        if state.day is None:
            continue
        given = {name for one in room.state.office.counters for name in _calls(room, one.id)}
        for one in candidates(state, kind, sorted(state.services), room.now, until, {}):
            after = moved(state, room.now, one.moves, until)
            if isinstance(after, Refusal) or not keeps(state, after, room.now, until):
                continue
            tried += 1
            calling = [each for each in after.counters.values() if each.state == "open"]
            assert given <= {name for each in calling for name in each.services}, (seed, one)
    assert tried > 20


def keeps(before: State, after: State, now: int, until: int) -> bool:
    return leaves_none_alone(covered(before, now, until), covered(after, now, until))


def _calls(room: Room, counter: str) -> tuple[str, ...]:
    one = room.at(counter)
    return one.services if one.state == "open" and not one.coming_pause else ()


def test_a_counter_is_not_taken_from_a_service_whose_other_counter_leaves_it_soon(
    make_room: Make, at: Callable[[int], Any]
) -> None:
    """Counter 1 gives cars for ten more minutes; then counter 3 is the last one."""
    room = make_room().open("1", "3")
    short = room.now + 10 * MINUTE
    cars_too = c.AssignCounter(counter="1", services=("pass", "reg", "car"), until=at(short))
    room.does(cars_too, room.supervisor)
    until = room.now + HOUR
    taken = moved(room.state, room.now, (c.AssignCounter(counter="3", services=("pass",)),), until)
    assert not isinstance(taken, Refusal)

    assert not keeps(room.state, taken, room.now, until)
    assert keeps(room.state, taken, room.now, short - MINUTE)


def test_a_counter_that_was_changed_is_left_alone_for_twenty_minutes(cars: Room) -> None:
    def asks(minutes: int) -> Advice | None:
        return advice(cars, recent={"1": cars.now - minutes * MINUTE}, kinds=("counter",))

    assert asks(19) is None
    assert some(asks(20)).moves == some(advice(cars)).moves


def test_nothing_is_said_to_help_only_of_moves_that_were_tried(cars: Room) -> None:
    """While all counters were just changed, none is tried, and it is said from when on they are again."""
    early, late = cars.now - 15 * MINUTE, cars.now - 5 * MINUTE

    def asks(recent: dict[str, int]) -> Looked:
        return looked(cars.state, steady(cars), Pace(), cars.now, SEED, recent, kinds=("counter",))

    cars.open("2")
    assert asks({"1": late, "2": early}) == Looked(None, tried=False, rests=early + 20 * MINUTE)
    assert asks({"1": late}) == Looked(None, tried=True, rests=late + 20 * MINUTE)
    assert asks({"1": cars.now - HOUR}).rests is None


def test_an_assignment_that_ends_soon_may_be_prolonged(cars: Room, at: Callable[[int], Any]) -> None:
    both = c.AssignCounter(counter="1", services=("pass", "reg", "car"), until=at(cars.now + 2 * MINUTE))
    cars.does(both, cars.supervisor)
    line(cars, "car", 6)

    (move,) = some(advice(cars)).moves

    assert isinstance(move, c.AssignCounter)
    assert move.counter == "1"
    assert "car" in move.services


def test_another_counter_is_advised_if_no_change_of_one_helps(room: Room) -> None:
    room.open("2")
    line(room, "pass", 12)

    found = some(advice(room))

    assert found.kind == "extra"
    assert found.moves[0] in {c.OpenCounter(counter=name) for name in "1"} | {
        c.OpenCounter(counter="1", services=("pass",))
    }


def test_a_helper_is_called_only_if_nothing_else_helps(room: Room) -> None:
    room.open("2")
    line(room, "pass", 12)

    found = some(advice(room, kinds=("helper", "intake")))

    assert found.kind == "helper"
    assert found.moves == (c.CallHelper(helper="guide", counter="1"),)
    room.does(found.moves[0], room.supervisor)
    assert candidates(room.state, "helper", ["pass"], room.now, found.until, {}) == []


def test_a_closed_intake_says_how_many_are_turned_away(room: Room) -> None:
    """Sixteen an hour come to a counter that serves six an hour and is two hours behind."""
    room.open("4")
    line(room, "social", 12)
    rates = (0.0,) * 16 + (8.0,) * 20 + (0.0,) * 12
    model = steady(room, walk_in={"social": rates}, priority={})
    came = [Came(room.now - minutes * MINUTE, "social", "walk_in") for minutes in range(60, 0, -4)]

    found = some(looked(room.state, model, Pace(), room.now, SEED, {}, came).advice)

    assert found.kind == "intake"
    assert found.moves == (c.CloseService(service="social", reason="full"),)
    assert found.turned == pytest.approx(16, abs=4)


def test_candidates_are_bounded_and_begin_with_the_service_in_trouble(make_room: Make) -> None:
    room = make_room()
    office = room.state.office
    every = tuple(one.id for one in office.services)
    counters = tuple(replace(one, skills=every, services=every[at : at + 2]) for at, one in enumerate(office.counters))
    room.does(c.ConfigureOffice(office=replace(office, counters=counters, revision=office.revision + 1)), SYSTEM)
    room.open("1", "2", "3", "4")

    found = candidates(room.state, "counter", list(every)[::-1], room.now, room.now + HOUR, {})

    assert len(found) == MOST
    assert all(every[-1] in one.moves[0].services for one in found[:8])  # type: ignore[union-attr,operator]


def test_equal_arguments_give_equal_advice(cars: Room) -> None:
    """Two nodes at the same entry say the same."""
    model = cold(cars.state.office)

    first, again = (some(looked(cars.refold(), model, Pace(), cars.now, SEED, {}).advice) for _ in range(2))

    assert first == again
