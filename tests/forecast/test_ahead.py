"""The next hours with everybody still to come: who is there by the roster, how far the look goes, and who counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from server.forecast.advice import looked
from server.forecast.model import HALF_HOURS
from server.forecast.promise import Pace
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from tests.forecast.test_staffing import plan
from tests.forecast.test_what_if import SEED, asked, steady

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tests.office.room import Room

HALF = 30 * MINUTE


@pytest.fixture
def early(room: Room) -> Room:
    """Counter 2 is open; counter 1 is on duty from half past ten. Thirty wait at nine, ten minutes each."""
    room.does(plan(c1=("10:30", "18:00"), c2=("08:00", "18:00")), room.supervisor)
    room.open("2")
    for _ in range(30):
        room.ticket("pass")
    return room


def longest(room: Room, *moves: c.AnyCommand, until: int | None = None) -> float:
    return asked(room, *moves, until=until).longest.range[1]


def test_a_counter_that_is_opened_early_for_a_while_is_there_again_when_its_shift_begins(early: Room) -> None:
    """Until ten it takes six of thirty, so at half past ten the two counters have fifteen people to take instead of
    twenty-one."""
    found = asked(early, c.OpenCounter(counter="1"), until=early.now + HOUR)

    assert np.median(found.longest.now) == pytest.approx(190, abs=8)
    assert found.longest.range[1] == pytest.approx(-30, abs=8)
    assert longest(early, c.OpenCounter(counter="1")) < found.longest.range[1]


@pytest.mark.parametrize(("until", "gain"), [(HOUR, 28), (2 * HOUR, 42)])
def test_a_helper_is_there_now_and_the_planned_clerk_later(
    early: Room, at: Callable[[int], Any], until: int, gain: int
) -> None:
    """The second helper is still there when the shift begins, and leaves the counter to the clerk."""
    found = longest(early, c.CallHelper(helper="guide", counter="1", until=at(early.now + until)))

    assert found == pytest.approx(-gain, abs=8)


def test_a_counter_that_was_opened_early_is_there_again_in_the_office_as_it_is(
    early: Room, at: Callable[[int], Any]
) -> None:
    early.does(c.ApplyMoves(moves=(c.OpenCounter(counter="1"),), until=at(early.now + HOUR)), early.supervisor)
    early.sleep(5 * MINUTE)

    assert np.median(asked(early).longest.now) == pytest.approx(155, abs=10)


def test_a_counter_that_was_closed_for_a_while_goes_home_when_its_shift_ends(room: Room) -> None:
    """From nine to ten it takes six people; from half past nine three."""
    room.does(plan(c1=("08:00", "18:00"), c2=("08:00", "10:00")), room.supervisor)
    room.open("1", "2")
    for _ in range(20):
        room.ticket("pass")

    assert longest(room, c.CloseCounter(counter="2"), until=room.now + HALF) == pytest.approx(30, abs=8)


def test_a_counter_that_is_closed_until_after_its_shift_began_serves_one_at_a_time(room: Room) -> None:
    """Its clerk comes at half past ten all the same. With services of forty minutes, one more at once would be seen."""
    room.does(plan(c1=("10:30", "18:00"), c2=("08:00", "18:00")), room.supervisor)
    room.open("1", "2")
    for _ in range(9):
        room.ticket("pass")

    def closed(minutes: int) -> float:
        model = steady(room, 40.0)
        return asked(room, c.CloseCounter(counter="1"), until=room.now + minutes * MINUTE, model=model).mean.levels[1]

    assert closed(95) == pytest.approx(closed(300), abs=0.1)


@pytest.fixture
def filed(room: Room) -> Room:
    """Somebody's passport became a file of the back office four hours ago; counter 4, which gives that, is pausing. Ten
    people wait for counter 3; counter 1 has the skill and nobody to serve."""
    room.open("1", "3", "4")
    file = room.ticket("pass")
    room.serve("1")
    room.does(c.TransferTicket(ticket=file, to_service="post"))
    room.does(c.PauseCounter(counter="4"))
    room.sleep(4 * HOUR)
    for _ in range(10):
        room.ticket("car")
    return room


def test_a_file_of_the_back_office_is_nobody_who_waits_long(filed: Room) -> None:
    found = asked(filed, c.AssignCounter(counter="1", services=("car",)))

    assert found.longest.levels == pytest.approx((90, 40), abs=8)
    assert found.services.keys() == {"car"}


def test_files_that_come_later_do_not_count_either(filed: Room) -> None:
    found = asked(filed, model=steady(filed, walk_in={"post": (4.0,) * HALF_HOURS}))

    assert np.median(found.longest.now) == pytest.approx(90, abs=8)
    assert found.services.keys() == {"car"}


def test_who_counts_is_the_same_with_and_without_a_move(filed: Room) -> None:
    """A file that becomes a case of the hall, and a case of the hall that becomes a file."""
    file, case = (filed.state.waiting_tickets()[at].id for at in (0, -1))
    out = asked(filed, c.MoveTickets(tickets=(file,), to_service="car"))
    away = asked(filed, c.MoveTickets(tickets=(case,), to_service="post"), c.CloseCounter(counter="4"))

    assert out.longest.now == pytest.approx(away.longest.now)
    assert out.longest.levels[1] == pytest.approx(100, abs=8)
    assert away.longest.levels[1] > 200, "nobody calls it any more"


def test_an_old_file_does_not_silence_the_advice(filed: Room) -> None:
    found = looked(filed.state, steady(filed), Pace(), filed.now, SEED, {}).advice

    assert found is not None
    assert found.kind == "counter"
