"""The advice on the table: one look a minute, the same on every node, gone as soon as somebody else moves what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.messages import commands as c
from server.messages.instants import MINUTE, rfc3339
from server.messages.problems import Refusal
from server.messages.what_if import AdviceFound
from server.promises.counsel import KEPT_S, Counsel
from server.promises.glance import EVERY_S
from server.promises.second import Second
from tests.promises.conftest import Clock, Desk, Written
from tests.promises.test_second import Here
from tests.promises.test_tables import until

if TYPE_CHECKING:
    from server.log.port import Log
    from server.messages.boards import Advice
    from tests.office.room import Room


class Looks:
    """A room in which twelve wait for counter 3 while counter 1 has the skill and nobody to serve, and whoever looks at it."""

    def __init__(self, room: Room, log: Log, people: int = 12) -> None:
        room.open("1", "3")
        for _ in range(people):
            room.ticket("car")
        self.room, self.log, self.clock, self.here = room, log, Clock(), Here(log)
        self.written = Written(room, log)
        self.told: list[str] = []
        self.counsel = self.another()

    def another(self) -> Counsel:
        desks = {"amt": Desk(self.room)}
        made = Counsel(desks, Second(desks, "", worker=Here(self.log) if self.told else self.here), self.clock)
        made.glance.changed = self.told.append
        return made

    async def fresh(self) -> Advice:
        await self.written.save()
        found = await self.counsel.asked("amt", True)
        assert isinstance(found, AdviceFound)
        assert found.advice is not None
        return found.advice


@pytest.fixture
async def looks(room: Room, log: Log) -> Looks:
    return Looks(room, log)


async def test_a_drawn_table_asks_once_a_minute(looks: Looks) -> None:
    await looks.written.save()
    assert looks.counsel.of("amt") == looks.counsel.of("amt") == AdviceFound()
    await until(lambda: len(looks.told) == 1)
    found = looks.counsel.of("amt")
    assert found.advice is not None
    assert not found.advice_none
    looks.clock.seconds += EVERY_S
    looks.counsel.of("amt")
    await until(lambda: len(looks.told) == 2)

    assert looks.counsel.of("amt") == found
    await looks.counsel.stop()


async def test_two_nodes_give_the_same_advice_of_the_same_entry(looks: Looks) -> None:
    first = await looks.fresh()
    other = await looks.another().asked("amt", True)

    assert isinstance(other, AdviceFound)
    assert other.advice == first
    assert first.seq == looks.room.state.seq
    assert first.gain.median > 4


async def test_applied_as_it_stands_it_is_gone_and_in_the_shift_book(looks: Looks) -> None:
    advice = await looks.fresh()
    told = c.Gain(
        low=advice.gain.low, median=advice.gain.median, high=advice.gain.high, chance=advice.chance, advice=advice.id
    )

    looks.room.does(c.ApplyMoves(moves=advice.moves, seen_seq=advice.seq, told=told), looks.room.supervisor)

    assert looks.counsel.of("amt").advice is None
    (row,) = looks.room.state.book.values()
    assert row.told is not None
    assert row.told.advice == advice.id
    await looks.counsel.stop()


async def test_it_is_gone_when_somebody_else_moves_the_same_counter(looks: Looks) -> None:
    advice = await looks.fresh()
    looks.room.ticket("car")
    assert looks.counsel.of("amt").advice == advice
    (move,) = advice.moves
    assert isinstance(move, c.AssignCounter)

    looks.room.does(c.AssignCounter(counter=move.counter, services=("pass",)), looks.room.supervisor)

    assert looks.counsel.of("amt") == AdviceFound()
    await looks.counsel.stop()


@pytest.mark.parametrize(("people", "said"), [(12, AdviceFound(advice_none=True)), (0, AdviceFound(advice_short=True))])
async def test_that_nothing_helps_is_said_only_if_it_was_looked_for(
    room: Room, log: Log, people: int, said: AdviceFound
) -> None:
    """Twelve wait for what only counter 4 gives, and it does; the intake is closed already. Or nobody waits."""
    room.open("2", "4")
    looks = Looks(room, log, people=0)
    for _ in range(people):
        room.ticket("social")
    room.does(c.CloseService(service="social"), room.supervisor)
    assert looks.counsel.of("amt") == AdviceFound(), "nobody looked yet"
    await looks.counsel.stop()
    await looks.written.save()

    assert await looks.counsel.asked("amt", True) == said
    assert looks.counsel.of("amt") == said
    await looks.counsel.stop()


async def test_what_is_known_is_not_looked_for_again_unless_asked(looks: Looks) -> None:
    advice = await looks.fresh()
    looks.here.fails = "died"

    assert await looks.counsel.asked("amt", False) == AdviceFound(advice=advice)
    assert isinstance(await looks.counsel.asked("amt", True), Refusal)


async def test_an_old_advice_and_one_of_another_day_are_not_shown(looks: Looks) -> None:
    await looks.fresh()
    looks.here.fails = "died"
    looks.clock.seconds += KEPT_S - 1
    assert looks.counsel.of("amt").advice is not None
    looks.clock.seconds += 1
    assert looks.counsel.of("amt") == AdviceFound()
    looks.here.fails = ""
    await looks.fresh()

    looks.room.does(c.CloseDay(), looks.room.supervisor)

    assert looks.counsel.of("amt") == AdviceFound()
    await looks.counsel.stop()


async def test_while_every_counter_was_just_moved_it_is_said_from_when_on_moves_are_looked_for_again(
    room: Room, log: Log
) -> None:
    """The intake is closed, and who could help was moved a minute ago: no move was tried, so nobody says that none helps."""
    looks = Looks(room, log)
    for counter in ("1", "3"):
        looks.room.does(c.AssignCounter(counter=counter, services=("pass", "car")), looks.room.supervisor)
    moved = looks.room.now
    for service in room.state.plans:
        looks.room.does(c.CloseService(service=service), looks.room.supervisor)
    looks.room.sleep(MINUTE)
    await looks.written.save()

    found = await looks.counsel.asked("amt", True)

    assert isinstance(found, AdviceFound)
    assert (found.advice_none, found.advice_short, found.advice_rests) == (False, False, rfc3339(moved + 20 * MINUTE))
    await looks.counsel.stop()
