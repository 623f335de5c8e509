"""This state, this range: what the forecast says about rooms whose waits can be computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.forecast.model import Chance, Length, Model, cold
from server.forecast.promise import Forecast, Pace, Wait, forecast, shown
from server.messages import commands as c
from server.messages.facts import Duty
from server.messages.instants import HOUR, MINUTE
from server.messages.office import Roster

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.office.room import Room

SEED = 7
LUCK = 1.0
"""Minutes, a tenth of a visit: with another counter the random numbers are drawn in another order."""


def steady(room: Room, minutes: float = 10.0) -> Model:
    """Every service takes about ten minutes, nobody leaves, nobody pauses: a wait is a multiple of ten."""
    from math import log

    length = Length(mu=log(minutes), sigma=0.1, n=500)
    model = cold(room.state.office)
    services = dict.fromkeys(model.services, length)
    return replace(
        model, services=services, office=length, day_sd=0.03, absent=(0.0,) * 4, pause=Chance(0.0, 1.0), finished=500
    )


def looked(room: Room, model: Model | None = None) -> Forecast:
    return forecast(room.state, model or steady(room), Pace(), room.now, SEED, rows=100)


def test_who_draws_before_a_free_counter_waits_for_nothing(room: Room) -> None:
    room.open("1")

    wait = looked(room).drawn["pass", "walk_in"]

    assert (wait.p50, wait.low, wait.high) == (0.0, 0, 5)


def test_each_before_me_costs_one_service(room: Room) -> None:
    room.open("1")
    tickets = [room.ticket("pass") for _ in range(4)]
    room.serve("1")

    waits = looked(room).tickets

    assert list(waits) == tickets[1:]
    for place, ticket in enumerate(tickets[1:], start=1):
        assert waits[ticket].p50 == pytest.approx(10 * place, abs=2)
    assert looked(room).drawn["pass", "walk_in"].p50 == pytest.approx(40, abs=4)


def test_a_service_that_runs_long_is_nearly_over(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    waiting = room.ticket("pass")
    room.serve("1")
    early = looked(room).tickets[waiting].p50
    room.after(9 * MINUTE)

    assert looked(room).tickets[waiting].p50 < early - 7


def test_nobody_who_serves_it_is_no_promise(room: Room) -> None:
    ticket = room.ticket("pass")

    found = looked(room)

    assert ticket not in found.tickets
    assert ("pass", "walk_in") not in found.drawn


def test_who_is_priority_waits_less(room: Room) -> None:
    room.open("1")
    for _ in range(5):
        room.ticket("pass")

    drawn = looked(room).drawn

    assert drawn["pass", "priority"].p50 < drawn["pass", "walk_in"].p50


def test_without_a_roster_who_is_open_stays_until_everybody_inside_is_served(room: Room) -> None:
    """The office closes long before the last of sixty people can be served by one counter."""
    room.open("1")
    tickets = [room.ticket("pass") for _ in range(60)]

    waits = looked(room).tickets

    assert list(waits) == tickets
    assert waits[tickets[-1]].p50 == pytest.approx(590, abs=30)


def test_without_a_roster_those_are_named_who_are_probably_called_only_after_closing(room: Room) -> None:
    """At half past five, half an hour before closing: three are called by then, ten minutes apart. Nobody is sent home for it."""
    room.sleep(8 * HOUR + 30 * MINUTE)
    room.open("1")
    tickets = [room.ticket("pass") for _ in range(7)]
    room.serve("1")

    found = looked(room)

    assert set(tickets[4:]) <= set(found.late) <= set(tickets[3:])
    assert found.reached == {}
    room.sleep(HOUR)
    assert looked(room).late == (), "it is closed: who is still inside is served"


def test_a_counter_that_leaves_by_the_roster_of_the_office_file_is_missing_then(room: Room) -> None:
    """It is Monday, 09:00; counter 2 leaves at 09:30, and counter 1 stays until everybody is served."""
    room.open("1", "2")
    tickets = [room.ticket("pass") for _ in range(20)]
    alone = looked(room).tickets[tickets[-1]].p50
    duty = (Duty(counter="1", from_="08:00", to="10:00"), Duty(counter="2", from_="08:00", to="09:30"))
    office = replace(room.state.office, roster=Roster(week={"mon": duty}), revision=room.state.office.revision + 1)
    room.does(c.ConfigureOffice(office=office), room.system)

    last = looked(room).tickets[tickets[-1]].p50

    assert alone == pytest.approx(90, abs=10)
    assert last == pytest.approx(150, abs=20)


def test_one_more_counter_never_lengthens_a_wait(live: Callable[..., Room]) -> None:
    """Common random numbers: the same people, the same lengths."""
    compared = 0
    for seed in range(60):
        room = live(seed, 60)
        closed = [one.id for one in room.state.counters.values() if one.state == "closed" and one.id in "1234"]
        if not closed or room.state.day is None:
            continue
        for service in ("pass", "car", "reg") * 4:
            room.press(c.IssueTicket(services=(service,)), room.clerk)
        before = looked(room).tickets
        room.press(c.OpenCounter(counter=closed[0]), room.clerk)
        after = looked(room).tickets
        for ticket, wait in before.items():
            assert after[ticket].p50 <= wait.p50 + LUCK, (seed, ticket)
        compared += len(before)
    assert compared > 50


def test_equal_arguments_give_equal_values(live: Callable[..., Room]) -> None:
    room = live(3, 80)

    assert looked(room) == looked(room)


def test_quantiles_are_in_order_whatever_the_room(live: Callable[..., Room]) -> None:
    for seed in range(20):
        found = looked(live(seed, 60), cold(live(seed, 1).state.office))
        for wait in (*found.tickets.values(), *found.drawn.values()):
            assert 0 <= wait.p05 <= wait.p10 <= wait.p50 <= wait.p90
            assert 0 <= wait.low <= wait.p10
            assert wait.p90 <= wait.high
            assert wait.low < wait.high
            assert wait.low % 5 == wait.high % 5 == 0


def test_a_range_is_rounded_outward_to_five_minutes(room: Room) -> None:
    wait = shown(steady(room), 8.0, 11.0, 16.0, 21.0)

    assert isinstance(wait, Wait)
    assert (wait.low, wait.high) == (10, 25)


# people who wait again


def test_a_service_left_after_this_counter_is_waited_for_with_its_seniority(room: Room) -> None:
    room.open("1", "3")
    room.ticket("pass", "car")
    room.serve("1")
    room.ticket("car")
    room.after(5 * MINUTE)
    room.serve("3")
    first, second = room.ticket("car"), room.ticket("car")

    waits = looked(room).tickets

    assert waits[first].p50 == pytest.approx(20, abs=3)  # after the one at the counter, and the one from counter 1
    assert waits[second].p50 == pytest.approx(30, abs=4)


def test_a_second_step_of_somebody_who_waits_delays_the_line_of_that_step(room: Room) -> None:
    room.open("1", "3")
    room.ticket("pass")
    room.serve("1")
    room.ticket("car")
    room.serve("3")
    two = room.ticket("pass", "car")
    last = [room.ticket("car") for _ in range(4)][-1]

    waits = looked(room).tickets

    assert waits[two].p50 == pytest.approx(10, abs=3)
    assert waits[last].p50 == pytest.approx(50, abs=4)


def missed(room: Room) -> None:
    """Called in vain until the last time."""
    limit = room.state.office.calls.recall_limit
    for time in range(limit + 1):
        room.call("1")
        room.does(c.MarkMissed(counter="1"))
        if time < limit:
            room.after(30 * MINUTE)


@pytest.mark.parametrize("aside", ["parked", "missed", "station"])
def test_who_comes_back_to_a_counter_delays_those_who_wait_for_it(room: Room, aside: str) -> None:
    room.open("1")
    gone = room.ticket(*(("pass",) if aside == "missed" else ("pass", "photo")))
    if aside == "missed":
        missed(room)
    else:
        room.serve("1")
        room.does(c.ParkTicket(counter="1") if aside == "parked" else c.SendToStation(counter="1", station="cash"))
    room.ticket("pass")
    room.serve("1")
    waiting = [room.ticket("pass") for _ in range(3)]
    model = replace(steady(room), back=Chance(0.5, 10.0))
    before = looked(room, model).tickets[waiting[-1]]
    room.does(c.CancelTicket(ticket=gone))

    after = looked(room, model).tickets[waiting[-1]]

    assert before.p90 > after.p90 + 5
    assert before.p50 >= after.p50


def test_who_is_missed_may_not_come_back(room: Room) -> None:
    """Few do: the middle of the range stays as if nobody were missed."""
    room.open("1")
    room.ticket("pass")
    missed(room)
    room.ticket("pass")
    room.serve("1")
    waiting = room.ticket("pass")

    assert looked(room).tickets[waiting].p50 == pytest.approx(10, abs=2)


def test_a_boost_never_lengthens_the_wait_of_who_is_boosted(live: Callable[..., Room]) -> None:
    """Common random numbers: the same people, the same lengths."""
    compared = 0
    for seed in range(40):
        room = live(seed, 60)
        waits = looked(room).tickets
        boosted = next((name for name in waits if room.of(name).state == "waiting" and room.of(name).boost == 0), None)
        if boosted is None or room.state.day is None:
            continue
        room.press(c.BoostTicket(ticket=boosted, minutes=60), room.supervisor)
        after = looked(room).tickets
        assert after[boosted].p50 <= waits[boosted].p50 + LUCK, (seed, boosted)
        compared += 1
    assert compared > 10


# behaviour of rooms in which nothing can be promised, or little is known


def test_with_an_empty_history_the_minutes_of_the_office_file_count(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.serve("1")
    first = room.ticket("pass")

    wait = looked(room, cold(room.state.office)).tickets[first]

    assert 0 < wait.p50 < 12
    assert wait.high >= 15


def test_a_service_longer_than_the_day_is_a_long_wait_and_not_none(room: Room) -> None:
    room.open("1")
    room.ticket("pass")
    room.serve("1")
    waiting = room.ticket("pass")

    wait = looked(room, steady(room, 800.0)).tickets[waiting]

    assert wait.low > 600
    assert wait.low < wait.high


def test_a_full_room_never_waits_for_nothing(room: Room) -> None:
    room.open("1", "2")
    for counter in ("1", "2"):
        room.ticket("pass")
        room.serve(counter)
    for _ in range(30):
        room.ticket("pass")

    found = looked(room, cold(room.state.office))

    assert found.drawn["pass", "walk_in"].low > 60
    assert all(wait.high > 0 for wait in found.tickets.values())
