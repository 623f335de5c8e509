"""The pace of forecasts, and what is shown when they do not come. Clock and log are passed in; no test waits for real time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.messages.facts import Told
from server.office.waits import Newcomer, Waits
from server.promises.turns import FRESH_S, LONGEST_REST_S, Turn, Wish
from server.tasks import OF_NODE, Restarts
from tests.promises.conftest import House

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from server.log.port import Log
    from tests.office.room import Room


@pytest.fixture
def restarts() -> Iterator[Restarts]:
    made = Restarts()
    token = OF_NODE.set(made)
    yield made
    OF_NODE.reset(token)


async def test_nothing_is_begun_until_somebody_looks(house: House) -> None:
    await house.passes(60)
    await house.settled()
    assert (house.worker.begun, house.worker.asked) == (0, [])

    assert house.keeper.waits("amt") == Waits()
    await house.until(lambda: house.keeper.waits("amt").known)

    assert (house.worker.begun, house.worker.asked) == (1, ["amt"])
    assert set(house.keeper.waits("amt").tickets) == set(house.written["amt"].room.state.tickets)
    assert house.changed == ["amt"]


async def test_a_board_that_is_open_is_looked_at_without_asking(house: House) -> None:
    house.keeper.watched = lambda office: True
    await house.look()
    await house.until(lambda: house.worker.asked == ["amt"])

    await house.passes(3_600)
    await house.until(lambda: len(house.worker.asked) == 2)


async def test_who_looked_long_ago_keeps_nothing_going(house: House) -> None:
    house.keeper.waits("amt")
    await house.until(lambda: house.worker.asked == ["amt"])
    await house.passes(601)
    await house.settled()

    assert house.worker.asked == ["amt"]
    assert house.keeper.worry("amt") == ""


async def test_without_an_entry_a_run_comes_every_ten_seconds(house: House) -> None:
    house.keeper.waits("amt")
    await house.until(lambda: len(house.worker.asked) == 1)
    began = len(house.worker.asked)
    for _ in range(60):
        await house.passes(1)
        await house.settled()

    assert len(house.worker.asked) - began == 6
    assert len(house.changed) <= 1 + 6


async def test_entries_make_one_run_a_second_at_most(house: House) -> None:
    house.keeper.waits("amt")
    await house.until(lambda: len(house.worker.asked) == 1)
    room = house.written["amt"].room
    for _ in range(50):
        room.ticket("pass")
        await house.passes(0.1)
        await house.settled()

    assert 4 <= len(house.worker.asked) - 1 <= 6


async def test_why_somebody_waits_longer_is_asked_every_ten_seconds_at_most(house: House) -> None:
    house.keeper.waits("amt")
    await house.until(lambda: len(house.worker.asked) == 1)
    room = house.written["amt"].room
    for _ in range(24):
        room.ticket("pass")
        await house.passes(1)
        await house.settled()

    assert len(house.worker.why) >= 20
    assert [at for at, why in enumerate(house.worker.why) if why][:1] == [0]
    assert sum(house.worker.why) == 3


async def test_what_is_older_than_thirty_seconds_is_not_shown_until_the_next_comes(house: House) -> None:
    house.keeper.waits("amt")
    await house.until(lambda: house.keeper.waits("amt").known)
    house.worker.fails["amt"] = "fault"
    await house.passes(FRESH_S - 1)
    await house.settled()
    assert house.keeper.waits("amt").known
    assert house.keeper.worry("amt") == ""

    await house.passes(FRESH_S + 1)
    await house.settled()
    assert house.keeper.waits("amt") == Waits()
    assert house.keeper.worry("amt") == "no forecast for more than 30 s: fault: so the test wants it"

    house.worker.fails.clear()
    await house.passes(30)
    await house.until(lambda: house.keeper.waits("amt").known)
    assert house.keeper.worry("amt") == ""


async def test_who_looks_hears_when_it_grows_too_old(house: House) -> None:
    house.keeper.waits("amt")
    await house.until(lambda: house.changed == ["amt"])
    turn = house.keeper._turn("amt")
    house.clock.seconds = turn.fresh_until

    house.keeper._fade("amt")

    assert house.changed == ["amt", "amt"]
    assert house.keeper.waits("amt") == Waits()


async def test_one_that_hangs_rests_and_the_others_go_on(
    make_room: Callable[..., Room], log: Log, restarts: Restarts
) -> None:
    house = House(log, ("good", make_room().open("1")), ("bad", make_room().open("1")))
    house.worker.fails["bad"] = "hung"
    house.keeper.watched = lambda office: True
    await house.look()
    await house.keeper.start()
    for _ in range(240):
        await house.passes(1)
        await house.settled()
    await house.keeper.stop()

    asked = house.worker.asked
    assert asked.count("good") >= 20
    assert 6 <= asked.count("bad") <= 10, "1, 2, 4, ... 60 s apart"
    assert restarts.by_name["promises:run"].many == asked.count("bad")
    assert house.keeper.waits("good").known
    assert "hung" in house.keeper.worry("bad")


async def test_a_worker_that_dies_is_begun_again_and_that_is_counted(house: House, restarts: Restarts) -> None:
    house.keeper.waits("amt")
    await house.until(lambda: house.keeper.waits("amt").known)
    house.worker.pid = None
    await house.passes(11)
    await house.settled()
    await house.passes(11)
    await house.until(lambda: house.worker.begun == 2)
    await house.until(lambda: len(house.worker.asked) >= 2)

    assert house.keeper.waits("amt").known


async def test_a_fork_that_goes_back_behind_the_forecast_takes_it_away(
    house: House, make_room: Callable[..., Room]
) -> None:
    house.keeper.waits("amt")
    await house.until(lambda: house.keeper.waits("amt").known)

    house.desks["amt"].room = make_room()

    assert house.keeper.waits("amt") == Waits()


async def test_before_the_day_is_open_and_while_the_store_is_away_nothing_is_asked(house: House) -> None:
    house.desks["amt"].health = "stale"
    house.keeper.waits("amt")
    await house.look()
    await house.settled()
    assert house.worker.asked == []

    house.desks["amt"].health = "ready"
    await house.look()
    await house.until(lambda: house.worker.asked == ["amt"])


async def test_the_promise_is_what_is_shown_and_never_fails(house: House, room: Room) -> None:
    promise = house.keeper.promise("amt")
    assert promise(room.state, Newcomer(("pass",))) == "stale"
    await house.until(lambda: house.keeper.waits("amt").known)

    told = promise(room.state, Newcomer(("pass",)))

    shown = house.keeper.waits("amt").drawn["pass", "walk_in"].shown
    assert isinstance(told, Told)
    assert (told.low, told.median, told.high, told.learning) == (shown.low, shown.median, shown.high, True)
    assert house.keeper.promise("nowhere")(room.state, Newcomer(("pass",))) == "stale"


async def test_who_keeps_the_server_sees_what_is_told_and_keeps_nothing_going(house: House) -> None:
    assert house.keeper.expected("amt") == {}
    await house.settled()
    assert house.worker.asked == []
    house.keeper.waits("amt")
    await house.until(lambda: house.keeper.waits("amt").known)

    shown = house.keeper.waits("amt").drawn
    assert house.keeper.expected("amt") == {name: shown[name, "walk_in"].shown for name in ("pass", "reg", "photo")}


async def test_without_numpy_the_node_runs_on_and_says_so(room: Room, log: Log) -> None:
    house = House(log, ("amt", room), needs=("a_library_that_nobody_has",))
    await house.keeper.start()
    house.keeper.waits("amt")
    await house.look()
    await house.settled()

    assert house.worker.asked == []
    assert house.keeper.waits("amt") == Waits()
    assert house.keeper.worry("amt").startswith("a_library_that_nobody_has is not installed")
    await house.keeper.stop()


def test_an_office_rests_twice_as_long_each_time_up_to_a_minute() -> None:
    turn, now, rests = Turn(), 0.0, []
    wish = Wish(1, "m", 0)
    for _ in range(8):
        turn.begins(wish, now)
        turn.failed("hung", now, said=False)
        rests.append(turn.due(wish, now) - now)
        now = turn.due(wish, now)

    assert rests == [1, 2, 4, 8, 16, 32, LONGEST_REST_S, LONGEST_REST_S]
