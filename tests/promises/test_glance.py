"""What is found once a minute while somebody looks: an idle office is drawn again, and one that is away is asked again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from server.messages import commands as c
from server.messages.problems import Refusal
from server.promises.glance import EVERY_S, Glance
from server.promises.second import Away
from tests.promises.conftest import Clock, Desk
from tests.promises.test_tables import until

if TYPE_CHECKING:
    from tests.office.room import Room


class Finds:
    """Counts how often it was asked. `away`: it does not answer."""

    def __init__(self) -> None:
        self.times, self.away = 0, False

    async def __call__(self, office: str) -> int:
        self.times += 1
        if self.away:
            raise Away(Refusal(code="starting", detail="not yet"))
        return self.times


@pytest.fixture
def clock() -> Clock:
    return Clock()


def glances(room: Room, clock: Clock, finds: Finds) -> Glance[int]:
    return Glance("number", {"amt": Desk(room)}, finds, 100.0, clock)


async def test_an_office_in_which_nothing_happens_is_drawn_again(room: Room, clock: Clock) -> None:
    seen = Glance("number", {"amt": Desk(room)}, Finds(), 100.0, clock, every_s=0.001)
    drawn: list[int | None] = []
    seen.changed = lambda office: drawn.append(seen.of(office))
    seen.of("amt")

    await until(lambda: len(drawn) == 2)

    assert drawn == [1, 1], "nobody found anything new: time alone"
    await seen.stop()


async def test_one_that_does_not_answer_is_asked_again_a_minute_later(room: Room, clock: Clock) -> None:
    finds = Finds()
    finds.away = True
    seen = glances(room, clock, finds)
    assert seen.of("amt") is None
    await until(lambda: finds.times == 1)
    finds.away = False
    clock.seconds += EVERY_S - 1
    assert seen.of("amt") is None
    clock.seconds += 1

    seen.of("amt")
    await until(lambda: seen.standing("amt") == 2)

    await seen.stop()


async def test_a_closed_office_is_not_looked_at(room: Room, clock: Clock) -> None:
    finds = Finds()
    room.does(c.CloseDay(), room.supervisor)

    assert glances(room, clock, finds).of("amt") is None
    await asyncio.sleep(0)
    assert finds.times == 0
