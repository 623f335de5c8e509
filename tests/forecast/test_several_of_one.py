"""Four identity cards on one ticket take longer than one: the forecast counts it, for whoever waits behind it too."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.forecast.model import cold
from server.forecast.promise import Pace, forecast
from server.messages import commands as c
from server.messages.instants import MINUTE
from server.office.equipped import times
from tests.forecast.test_offered import today
from tests.forecast.test_waits import SEED, steady

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.messages.office import Office
    from tests.office.room import Room


def behind(room: Room) -> float:
    """Minutes that a ticket for `reg` drawn now waits."""
    return forecast(room.state, steady(room), Pace(), room.now, SEED, rows=200).drawn["reg", "walk_in"].p50


def test_who_waits_behind_several_waits_longer(make_room: Callable[..., Room]) -> None:
    waits = []
    for many in (1, 4):
        room = make_room().open("1")
        for _ in range(3):
            room.ticket("reg", quantities={"reg": many})
        waits.append(behind(room))

    assert waits[1] > 2 * waits[0]


@pytest.mark.parametrize(("percent", "factor"), [(0, 1.0), (50, 2.5), (100, 4.0)])
def test_each_further_one_takes_what_the_office_file_says(
    make_room: Callable[..., Room], office: Office, percent: int, factor: float
) -> None:
    services = tuple(replace(one, further_percent=percent) if one.id == "reg" else one for one in office.services)
    room = make_room(office=replace(office, services=services))
    ticket = room.of(room.ticket("reg", "pass", quantities={"reg": 4}))
    model = cold(room.state.office)

    assert times(room.state, ticket) == {"reg": factor}
    alone, several = (model.together(("reg",), ("reg",), found) for found in (None, times(room.state, ticket)))
    assert several.mu - alone.mu == pytest.approx(log(factor))


def test_a_slow_day_is_not_made_of_people_who_wanted_much(room: Room) -> None:
    """What several took is counted as one of them, or the pace of the day would say that all are slow."""
    room.open("1")
    room.ticket("reg", quantities={"reg": 3})
    room.call()
    room.does(c.StartService(counter="1"))
    room.sleep(20 * MINUTE)
    room.finish()

    assert [round(one.minutes) for one in today(room)._finished] == [10]


def test_a_service_that_is_gone_takes_no_time(room: Room) -> None:
    ticket = replace(room.of(room.ticket("reg")), quantities={"gone": 3})

    assert times(room.state, ticket) == {}
