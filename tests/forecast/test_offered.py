"""A wait for those who want several services, or a counter with what they need: what is forecast, and that it fits the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.forecast.offered import MOST, MOST_NEEDED, OF_TODAY, offered
from server.forecast.promise import Forecast, Pace, forecast
from server.forecast.today import Today
from server.messages.terms import Category
from server.office.evolve import evolve
from server.office.state import State
from server.office.waits import Combined, combined
from tests.forecast.test_waits import SEED, steady

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.messages.office import Office
    from tests.office.room import Room

WALK_IN: Category = "walk_in"
BOTH: Combined = Combined(("car", "pass"), WALK_IN, ())
LOOP: Combined = Combined(("pass",), WALK_IN, ("hearing_loop",))


def looked(room: Room, *others: Combined) -> Forecast:
    return forecast(room.state, steady(room), Pace(), room.now, SEED, rows=100, others=others)


def partly_equipped(room: Room) -> None:
    """Counter 1 has a hearing loop, counter 2 has none; both give `pass`, and counter 3 gives `car`."""
    room.open("1", "2", "3")


def today(room: Room) -> Today:
    state, found = State(), Today()
    for seq, mark, event in room.entries:
        found.note(state, event)
        evolve(state, event, seq, mark)
    return found


def test_who_wants_two_services_is_called_where_it_goes_faster(room: Room) -> None:
    partly_equipped(room)
    for _ in range(12):
        room.ticket("pass")

    found = looked(room, BOTH)

    assert found.others[BOTH].p50 <= min(found.drawn[name, WALK_IN].p50 for name in ("car", "pass"))
    assert found.others[BOTH].p50 < found.drawn["pass", WALK_IN].p50 - 20


def test_who_needs_what_one_counter_has_waits_for_that_counter(room: Room) -> None:
    partly_equipped(room)
    for _ in range(6):
        room.ticket("pass", needs=("hearing_loop",))

    found = looked(room, LOOP)

    assert combined(room.state, ("pass",), WALK_IN, ("escort", "hearing_loop")) == LOOP
    assert found.others[LOOP].p50 > found.drawn["pass", WALK_IN].p50 + 20


def test_further_questions_change_no_answer(live: Callable[..., Room]) -> None:
    """People who would wait in the same way are simulated once; those who are only asked about delay nobody."""
    for seed in range(12):
        room = live(seed, presses=60)
        others = offered(room.state, {})
        plain = forecast(room.state, steady(room), Pace(), room.now, seed, rows=20)
        more = forecast(room.state, steady(room), Pace(), room.now, seed, rows=20, others=others)

        assert (more.tickets, more.drawn, more.reached) == (plain.tickets, plain.drawn, plain.reached)
        assert set(more.others) <= set(others)


def test_what_people_want_today_comes_first_then_needs_and_pairs(room: Room) -> None:
    partly_equipped(room)
    for services in (("car", "pass"), ("reg", "pass", "car"), ("reg", "pass", "car"), ("pass",)):
        room.ticket(*services)

    found = offered(room.state, today(room).asked)

    assert found[:2] == [(("car", "pass", "reg"), WALK_IN, ()), BOTH]
    assert LOOP in found
    assert (("pass", "reg"), WALK_IN, ()) in found
    assert len(found) == len(set(found))
    assert all(len(services) > 1 or needs for services, _, needs in found)


def test_the_questions_are_bounded_but_for_what_boards_show(office: Office, make_room: Callable[..., Room]) -> None:
    """Every service has a question of its own for a hearing loop, which only one of its two counters has."""
    many = tuple(
        replace(office.services[0], id=f"s{at}", letter="A", first=at * 9, last=at * 9 + 8) for at in range(40)
    )
    names = tuple(one.id for one in many)
    counters = tuple(replace(one, services=names, skills=()) for one in office.counters[:2])
    room = make_room(office=replace(office, services=many, counters=counters)).open("1", "2")
    today: dict[Combined, int] = {Combined((f"s{at}", f"s{at + 1}"), WALK_IN, ()): at for at in range(39)}

    found = offered(room.state, today)

    needed = [one for one in found if one.needs]
    assert {services for services, _, needs in needed if needs == ("hearing_loop",)} == {(name,) for name in names}
    assert len(needed) <= MOST_NEEDED
    assert len(found) - len(needed) == MOST
    assert found[0] == (("s38", "s39"), WALK_IN, ())
    assert len(set(found) & set(today)) >= OF_TODAY


def test_a_service_that_is_offered_no_more_is_asked_for_no_more(room: Room) -> None:
    gone: dict[Combined, int] = {Combined(("gone", "pass"), WALK_IN, ()): 9}

    assert not any("gone" in services for services, _, _ in offered(room.state, gone))
