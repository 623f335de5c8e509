"""Half an hour after a set of moves its node notes what became of it: once, whichever node asks, and whatever was restarted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.log.memory_log import MemoryLog
from server.messages import commands as c
from server.messages import events as e
from server.messages.instants import HOUR, MINUTE
from server.promises.effects import FIRST_REST_S, Effects, due
from server.promises.second import Second
from tests.nodes.node import Nodes, done, opened
from tests.promises.conftest import LONG, Clock
from tests.promises.test_second import Here

if TYPE_CHECKING:
    from server.desk.desk import Desk
    from tests.office.room import Room

TOLD = c.Gain(low=5.0, median=10.0, high=15.0, chance=0.9)
SET = "the-set"


class Node:
    """A node's desk, and what asks on it for effects; the worker runs in this process."""

    def __init__(self, nodes: Nodes, desk: Desk) -> None:
        self.nodes, self.desk, self.clock = nodes, desk, Clock()
        self.worker = Here(MemoryLog(nodes.store))
        desks = {nodes.name: desk}
        self.effects = Effects(desks, Second(desks, "", worker=self.worker), self.clock)

    async def look(self) -> None:
        await self.effects.look(self.nodes.name)

    @property
    def happened(self) -> float | None:
        return self.desk.state.book[SET].happened


@pytest.fixture
async def node() -> AsyncIterator[Node]:
    """Twelve people want a passport. Counter 1 gives it, and from now on counter 2 does too."""
    async with opened(alone=False) as (nodes, desk):
        for counter in ("1", "2"):
            done(await nodes.press(desk, c.OpenCounter(counter=counter, services=("ausweis",))))
        done(await nodes.press(desk, c.AssignCounter(counter="2", services=("meldung",))))
        for _ in range(12):
            await nodes.ticket(desk)
        nodes.clock.advance(MINUTE)
        move = c.AssignCounter(counter="2", services=("ausweis",))
        done(await nodes.press(desk, c.ApplyMoves(moves=(move,), told=TOLD), SET))
        yield Node(nodes, desk)


async def half_an_hour(node: Node) -> None:
    """Each counter serves one in five minutes."""
    for _ in range(7):
        for counter in ("1", "2"):
            if len(node.desk.state.lines.where):
                for press in (c.CallNext(counter=counter, finish_current=True), c.StartService(counter=counter)):
                    done(await node.nodes.press(node.desk, press))
        node.nodes.clock.advance(5 * MINUTE)


def noted(node: Node) -> list[e.EffectNoted]:
    return [event for event in node.nodes.events if isinstance(event, e.EffectNoted)]


async def test_it_is_noted_once_and_every_node_shows_the_same(node: Node) -> None:
    nodes = node.nodes
    await node.look()
    assert node.happened is None, "it is not due"
    await half_an_hour(node)
    other = Node(nodes, await nodes.node())
    await asyncio.gather(node.look(), other.look())
    await nodes.caught_up()
    await node.look()

    (event,) = noted(node)
    assert (event.set, event.by) == (SET, "system")
    assert event.minutes == pytest.approx(30, abs=10)
    assert node.happened == other.happened == event.minutes


async def test_a_restart_in_between_loses_nothing(node: Node) -> None:
    nodes = node.nodes
    await half_an_hour(node)
    await nodes.crash(node.desk)
    nodes.clock.advance(90 * MINUTE)
    again = Node(nodes, await nodes.node())
    await nodes.settled()
    await again.look()

    assert again.happened == noted(again)[0].minutes


async def test_presses_do_not_wait_for_a_worker_that_hangs(node: Node) -> None:
    await half_an_hour(node)
    node.worker.may.clear()
    looking = asyncio.create_task(node.look())
    async with asyncio.timeout(LONG):
        while not node.worker.begun:
            await asyncio.sleep(0)
        await node.nodes.ticket(node.desk)
        assert not looking.done()
        node.worker.may.set()
        await looking

    assert node.happened is not None


async def test_a_worker_that_dies_is_asked_again_after_a_while(node: Node) -> None:
    await half_an_hour(node)
    node.worker.fails = "died"
    await node.look()
    node.worker.fails = ""
    await node.look()
    assert node.happened is None
    node.clock.seconds += FIRST_REST_S
    await node.look()

    assert node.happened is not None


async def test_what_cannot_be_compared_is_asked_once(node: Node) -> None:
    node.nodes.clock.advance(MINUTE)
    done(await node.nodes.press(node.desk, c.BoostService(service="ausweis", minutes=5)))
    await half_an_hour(node)
    await node.look()
    node.worker.fails = "it must not be asked"
    node.clock.seconds += 100_000
    await node.look()

    assert noted(node) == []
    assert node.worker.pid == 1


def test_of_a_set_made_late_in_the_evening_it_is_asked_before_the_day_ends(room: Room) -> None:
    """At 23:40 and at 23:56: by midnight the shift book is another."""
    room.after(14 * HOUR + 40 * MINUTE)
    move = c.AssignCounter(counter="1", services=("pass",))
    room.does(c.ApplyMoves(moves=(move,), told=TOLD), room.supervisor, key="late")
    (row,) = room.state.book.values()
    at = room.now
    room.after(16 * MINUTE)
    room.does(c.ApplyMoves(moves=(replace(move, counter="2"),), told=TOLD), room.supervisor, key="too late")

    assert list(due(room.state, at + 19 * MINUTE - 1)) == []
    assert list(due(room.state, at + 19 * MINUTE)) == [(row, at + 19 * MINUTE)]
