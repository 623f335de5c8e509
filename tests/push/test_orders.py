"""What devices are asked to do: obeyed once, on whichever node they are, and later when the store was away."""

from collections.abc import Mapping
from contextlib import nullcontext

import pytest

from server.log.memory_presence import MemoryPresence
from server.log.port import StoreUnavailable
from server.messages import frames
from server.messages.actor import Actor
from server.push.connection import Connection
from server.push.orders import DeviceOrder, Orders
from server.push.packets import Packet
from server.push.tally import Tally
from server.tasks import Tasks

NAME = DeviceOrder(device="display:hall", frame=frames.Device(do="identify", name="Halle"))


class Line:
    """A channel that nobody reaches while `away`."""

    def __init__(self, through: MemoryPresence) -> None:
        self.away, self._through = False, through

    async def pass_on(self, office: str, id: str, said: bytes) -> None:
        if self.away:
            raise StoreUnavailable("away")
        await self._through.pass_on(office, id, said)

    async def passed_on(self, office: str) -> Mapping[str, bytes]:
        if self.away:
            raise StoreUnavailable("away")
        return await self._through.passed_on(office)


class Screen:
    """A device at one node, and what it was told."""

    def __init__(self, line: Line, id: str = "hall", principal: str = "token:t-1", office: str = "mitte") -> None:
        self.told: list[str] = []
        self.renamed: list[str | None] = []
        tasks = Tasks("test")
        actor = Actor(role="display", principal=principal)
        self.connection = Connection(office, "display", id, actor, self._send, tasks=tasks, tally=Tally())
        self.node = Orders(
            line, {1: self.connection}, lambda office: nullcontext(), lambda one: self.renamed.append(one.named)
        )

    async def _send(self, packet: Packet) -> None:
        self.told.append(packet["text"])


@pytest.fixture
def line() -> Line:
    return Line(MemoryPresence())


async def test_an_order_is_obeyed_once_at_every_node(line: Line) -> None:
    here, there = Screen(line), Screen(line)
    await here.node.give("mitte", NAME)
    for node in (here.node, there.node, there.node):
        await node.look()

    assert [len(here.told), len(there.told)] == [1, 1]
    assert '"do":"identify"' in there.told[0]


async def test_other_devices_other_offices_and_strangers_are_not_meant(line: Line) -> None:
    moved = DeviceOrder(device="display:hall", frame=frames.Device(do="reload", path="/x"), tokens=("t-1",))
    mine, stranger = Screen(line), Screen(line, principal="")
    others = (Screen(line, id="upstairs"), Screen(line, office="rathaus"), Screen(line, principal="token:t-2"))
    await mine.node.give("mitte", moved)
    for one in (mine, stranger, *others):
        await one.node.look()

    assert [len(one.told) for one in (mine, stranger, *others)] == [1, 0, 0, 0, 0]


async def test_a_new_name_is_known_where_the_device_is(line: Line) -> None:
    here, there = Screen(line), Screen(line)
    await here.node.give("mitte", DeviceOrder(device="display:hall", frame=frames.Device(do="rename", name="Flur")))
    await there.node.look()

    assert here.renamed == there.renamed == ["Flur"]


async def test_while_the_store_is_away_whoever_asks_is_told_and_the_look_goes_on(line: Line) -> None:
    here, there = Screen(line), Screen(line)
    line.away = True
    with pytest.raises(StoreUnavailable):
        await here.node.give("mitte", NAME)
    await there.node.look()
    line.away = False
    await here.node.give("mitte", NAME)
    await there.node.look()

    assert len(there.told) == 1


async def test_what_another_release_said_is_left_alone(line: Line) -> None:
    screen = Screen(line)
    await line.pass_on("mitte", "x", b'{"device": "display:hall", "frame": {"type": "device", "do": "dance"}}')
    await screen.node.look()

    assert screen.told == []
