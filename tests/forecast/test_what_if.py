"""What would a move change? Asked of rooms where the answer can be computed by hand, and of random ones."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from msgspec.structs import replace

from server.forecast.ahead import Basis
from server.forecast.demand import Came
from server.forecast.model import HALF_HOURS, PARTS, Chance, Length, Model, cold
from server.forecast.promise import Pace
from server.forecast.what_if import Difference, compared, moved, what_if
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from server.messages.problems import Refusal
from server.office.snapshot import freeze

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from server.office.state import State
    from tests.office.room import Room

SEED = 7


def steady(room: Room, minutes: float = 10.0, **more: Any) -> Model:
    """Every service takes about ten minutes, nobody leaves, nobody pauses."""
    from math import log

    length = Length(mu=log(minutes), sigma=0.1, n=500)
    model = cold(room.state.office)
    services = dict.fromkeys(model.services, length)
    return replace(
        model,
        services=services,
        office=length,
        day_sd=0.03,
        absent=(0.0,) * len(model.absent),
        pause=Chance(0.0, 1.0),
        finished=500,
        **more,
    )


def basis(room: Room, model: Model | None = None, seed: int = SEED, rows: int = 64) -> Basis:
    return Basis(room.state, model or steady(room), Pace(), room.now, seed, rows=rows)


def asked(room: Room, *moves: c.AnyCommand, until: int | None = None, model: Model | None = None) -> Difference:
    found = what_if(basis(room, model), moves, until)
    assert isinstance(found, Difference), found
    return found


def medians(found: Difference) -> tuple[float, float, float]:
    return found.longest.range[1], found.p95.range[1], found.mean.range[1]


@pytest.fixture
def busy(room: Room) -> Room:
    """Counter 1 serves, eight wait for passes: ten minutes each."""
    room.open("1")
    for _ in range(9):
        room.ticket("pass")
    room.serve("1")
    return room


def test_a_second_counter_halves_the_line(busy: Room) -> None:
    found = asked(busy, c.OpenCounter(counter="2"))

    low, median, high = found.longest.range
    assert low <= median <= high
    assert np.median(found.longest.now) == pytest.approx(80, abs=6)
    assert median == pytest.approx(-40, abs=6)
    assert found.longest.chance == found.mean.chance == 1.0
    assert found.services["pass"].range[1] == found.mean.range[1]


def test_who_is_being_served_is_finished_whatever_the_counter_gives_then(room: Room) -> None:
    """Counters 1 and 2 serve a passport each, two more wait. Counter 1 gives it up: the two come one after the other, and
    nobody comes between."""
    room.open("1", "2")
    for _ in range(4):
        room.ticket("pass")
    room.serve("1")
    room.serve("2")

    found = asked(room, c.AssignCounter(counter="1", services=("reg",)))

    assert np.median(found.longest.now) == pytest.approx(10, abs=2)
    assert found.longest.range[1] == pytest.approx(10, abs=3)


def test_who_is_booked_after_the_look_does_not_count(room: Room) -> None:
    room.open("1", "3")
    room.ticket("pass")
    room.book(room.now + 40 * MINUTE, "car")

    def seen(minutes: float) -> set[str]:
        return set(Basis(room.state, steady(room), Pace(), room.now, SEED, rows=8, minutes=minutes).as_is.services)

    assert seen(30) == {"pass"}
    assert seen(60) == {"pass", "car"}


def test_a_move_that_ends_helps_until_then(busy: Room) -> None:
    """Counter 2 is open for twenty minutes: it takes two or three of the eight, and goes home when it has finished."""
    whole = asked(busy, c.OpenCounter(counter="2"))
    part = asked(busy, c.OpenCounter(counter="2"), until=busy.now + 20 * MINUTE)

    assert whole.longest.range[1] < part.longest.range[1] < 0
    assert part.longest.range[1] == pytest.approx(-20, abs=8)


def test_a_pause_until_a_time_costs_that_time(busy: Room, at: Callable[[int], Any]) -> None:
    found = asked(busy, c.PauseCounter(counter="1", back_at=at(busy.now + 30 * MINUTE)))

    assert found.longest.range[1] == pytest.approx(20, abs=4)  # it ends the service that runs first
    assert found.longest.chance == 0.0


def test_an_assignment_that_ends_by_itself_counts_only_until_then(busy: Room, at: Callable[[int], Any]) -> None:
    busy.open("3")
    short = asked(busy, c.AssignCounter(counter="3", services=("pass",), until=at(busy.now + 15 * MINUTE)))
    long = asked(busy, c.AssignCounter(counter="3", services=("pass",)))

    assert long.longest.range[1] < short.longest.range[1] < 0


def test_a_closed_service_turns_people_away_until_it_opens(busy: Room, at: Callable[[int], Any]) -> None:
    model = steady(busy, walk_in={"pass": (4.0,) * HALF_HOURS})
    hour = asked(busy, c.CloseService(service="pass", until=at(busy.now + HOUR)), model=model)
    day = asked(busy, c.CloseService(service="pass"), model=model)

    assert hour.turned == pytest.approx(8, abs=2)
    assert day.turned > 2 * hour.turned
    assert day.mean.range[1] < hour.mean.range[1] < 0


def test_a_limit_lets_so_many_more_in(busy: Room) -> None:
    model = steady(busy, walk_in={"pass": (4.0,) * HALF_HOURS})
    limit = busy.state.services["pass"].issued + 5
    look = basis(busy, model).look(moved_by(busy, c.LimitService(service="pass", tickets=limit)))

    assert np.isfinite(look.comes).sum(1).max() == 5


def moved_by(room: Room, *moves: c.AnyCommand) -> State:
    state = moved(room.state, room.now, moves)
    assert not isinstance(state, Refusal)
    return state


def test_a_helper_who_is_called_opens_the_counter_soon(busy: Room) -> None:
    helped = asked(busy, c.CallHelper(helper="guide", counter="2"))
    opened = asked(busy, c.OpenCounter(counter="2"))

    assert opened.mean.range[1] < helped.mean.range[1] < 0


def test_moved_tickets_count_for_the_service_they_came_for(busy: Room) -> None:
    busy.open("3")
    tickets = tuple(one.id for one in busy.state.waiting_tickets()[:3])
    found = asked(busy, c.MoveTickets(tickets=tickets, to_service="car"))

    assert found.mean.range[1] < -5
    assert set(found.services) == {"pass"}


def test_who_comes_later_counts_too(room: Room) -> None:
    """Nobody waits yet, but more people come than one counter can serve."""
    room.open("1")
    found = asked(room, c.OpenCounter(counter="2"), model=steady(room, walk_in={"pass": (6.0,) * HALF_HOURS}))

    assert np.median(found.longest.now) > 60
    assert found.longest.range[1] < -40


def test_what_was_never_learned_is_expected_as_lately(room: Room) -> None:
    room.open("1")
    came = [Came(room.now - minute * MINUTE, "pass", "walk_in") for minute in range(60, 0, -5)]
    look = Basis(room.state, steady(room), Pace(), room.now, SEED, came, rows=64).as_is

    assert np.isfinite(look.comes).sum(1).mean() == pytest.approx(36, abs=4)  # twelve an hour


def test_who_stood_at_the_door_is_not_expected_again(room: Room) -> None:
    """It is nine, and nine of ten people of this half hour come in its first five minutes: then hardly anybody comes."""
    door = (*(1 / PARTS,) * (18 * PARTS), 0.9, *(0.02,) * (PARTS - 1), *(1 / PARTS,) * (29 * PARTS))
    model = steady(room, walk_in={"pass": (0.0,) * 18 + (20.0,) + (0.0,) * 29}, within=door)

    def expected(now: int, came: int) -> float:
        drawn = [Came(room.now + MINUTE, "pass", "walk_in")] * came
        look = Basis(room.state, model, Pace(), now, SEED, drawn, rows=64, minutes=30.0).as_is
        return float(np.isfinite(look.comes).sum(1).mean())

    room.open("1")
    assert expected(room.now + 10, 0) == pytest.approx(20, abs=3)
    assert expected(room.now + 5 * MINUTE, 18) == pytest.approx(2, abs=1)


def test_a_surge_is_expected_to_go_on_for_a_while(room: Room) -> None:
    room.open("1")
    model = steady(room, walk_in={"pass": (1.0,) * 16 + (2.0,) * 32})
    come = {}
    for many in (3, 30):
        came = [Came(room.now - 44 * MINUTE, "pass", "walk_in")] * many
        look = Basis(room.state, model, Pace(), room.now, SEED, came, rows=64).as_is
        come[many] = np.isfinite(look.comes).sum(1).mean()

    assert come[30] > 1.5 * come[3]


def test_a_refused_move_is_refused_with_its_field_and_changes_nothing(busy: Room, at: Callable[[int], Any]) -> None:
    past = c.AssignCounter(counter="1", services=("car",), until=at(busy.now - MINUTE))
    found = what_if(basis(busy), (c.OpenCounter(counter="2"), past))

    assert isinstance(found, Refusal)
    assert (found.code, found.errors[0].field, found.more["move"]) == ("invalid", "moves[1].until", 1)
    assert what_if(basis(busy), (c.OpenCounter(counter="9"),)).code == "unknown_counter"  # type: ignore[union-attr]
    whole = what_if(basis(busy), (c.OpenCounter(counter="2"),), busy.now - MINUTE)
    assert isinstance(whole, Refusal)
    assert whole.errors[0].field == "until"


# of any room


def any_moves(room: Room, pick: Any) -> list[c.AnyCommand]:
    """A few moves that may or may not be possible."""
    state = room.state
    counter, service = pick(sorted(state.counters)), pick(sorted(state.services))
    waiting = sorted(one.id for one in state.living() if one.state == "waiting")
    some: list[c.AnyCommand] = [
        c.AssignCounter(counter=counter, services=(service,)),
        c.OpenCounter(counter=counter),
        c.CloseCounter(counter=counter),
        c.PauseCounter(counter=counter),
        c.ResumeCounter(counter=counter),
        c.BoostService(service=service, minutes=20),
        c.OpenService(service=service),
        c.CloseService(service=service),
        c.LimitService(service=service, tickets=3),
        c.SetPolicy(preset="punctual"),
        c.SetRoster(duty=(c.DutySpan(counter="1", from_="08:00", to="10:00"),), weekday="mon"),
        c.CallHelper(helper="guide", counter=counter),
    ]
    if waiting:
        some += [
            c.BoostTicket(ticket=pick(waiting), minutes=10),
            c.MoveTickets(tickets=(pick(waiting),), to_service=service),
        ]
    return [pick(some) for _ in range(pick([0, 1, 1, 2, 3]))]


def test_any_moves_in_any_room_are_compared_or_refused_and_leave_it_as_it_was(live: Callable[..., Room]) -> None:
    seen = refused = 0
    for seed in range(25):
        rng = Random(seed)
        room = live(seed, 120)
        if room.state.day is None:
            continue
        model = cold(room.state.office)
        base = Basis(room.state, replace(model, walk_in={"pass": (2.0,) * HALF_HOURS}), Pace(), room.now, seed, rows=8)
        for _ in range(4):
            moves = any_moves(room, rng.choice)
            before = freeze(room.state)
            until = room.now + rng.choice((5, 40, 500)) * MINUTE if rng.random() < 0.4 else None
            found = what_if(base, moves, until)
            assert freeze(room.state) == before
            if isinstance(found, Refusal):
                refused += 1
                continue
            seen += 1
            for gap in (found.longest, found.p95, found.mean, *found.services.values()):
                low, median, high = gap.range
                assert low <= median <= high
                assert np.isfinite(gap.diffs).all()
                if not moves:
                    assert not gap.diffs.any()
                    assert gap.chance == 0
            assert (found.mean.now <= found.longest.now + 1e-9).all()
            assert (found.p95.then <= found.longest.then + 1e-9).all()
    assert seen > 40
    assert refused > 5


def test_the_same_state_looked_at_again_differs_by_exactly_nothing(live: Callable[..., Room]) -> None:
    """Not because it is the same object: the numbers of each person are their own."""
    for seed in range(6):
        room = live(seed, 120)
        base = Basis(room.state, cold(room.state.office), Pace(), room.now, seed, rows=16)
        found = compared(base, room.state.copy())
        assert not found.longest.diffs.any()
        assert not found.mean.diffs.any()


def test_one_more_counter_never_lengthens_the_mean(live: Callable[..., Room]) -> None:
    """With services of one length: with several, more counters may pick worse orders in a single future, never on average."""
    for seed in range(10):
        room = live(seed, 100)
        model = replace(steady(room), walk_in={"pass": (3.0,) * HALF_HOURS}, busy=0.1)
        closed = [one for one in ("1", "2", "3", "4") if room.state.counters[one].state == "closed"]
        if room.state.day is None or not closed:
            continue
        found = what_if(Basis(room.state, model, Pace(), room.now, seed, rows=32), (c.OpenCounter(counter=closed[0]),))
        if isinstance(found, Difference):
            assert found.mean.mean <= 0.2
