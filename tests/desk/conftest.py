"""Nodes on one store: real desks over the log in memory, a clock that tests move, and a log whose answers can be held back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest

from server.clock import StoreClock
from server.desk.desk import Desk
from server.desk.entry import Done, Entry, Reply
from server.desk.tend import Tender
from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.log.port import AppendAnswer, Kind, Log, StoreUnavailable, Tail
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.office import CounterPlan, Kiosk, Office, Printer, ServicePlan
from server.messages.problems import Refusal
from server.office.result import Secret

LONG = 30.0
"""No test waits longer than this for anything."""
LOOK_S = 0.02
NINE = 1_795_420_800_000
"""Monday 2026-11-23, 09:00 in Berlin."""


class StepClock:
    """Nine on a Monday, until it is moved. While a test waits for a node (`Node.until`) time runs, so that no time limit
    ends only because the machine is slow."""

    def __init__(self) -> None:
        self._began, self.stepped = 1_000.0, 0.0

    def monotonic(self) -> float:
        return self._began + self.stepped

    def now_ms(self) -> int:
        return NINE + int(self.stepped * 1000)

    def step(self, seconds: float) -> None:
        self.stepped += seconds


class HeldLog(MemoryLog):
    """Counts what is appended; `hold()` keeps appends away from the store until `let_go()`."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.batches: list[int] = []
        self.tried = asyncio.Event()
        self._open = asyncio.Event()
        self._open.set()

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        self.batches.append(len(bodies))
        self.tried.set()
        await self._open.wait()
        return await super().append(office, after, mark, bodies)

    def hold(self) -> None:
        self.tried.clear()
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()


class FullLog(HeldLog):
    """A store that can be read but takes no writes while `kind` says why."""

    kind: Kind | None = None

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        if self.kind is not None and bodies:
            self.batches.append(len(bodies))
            raise StoreUnavailable("no space", self.kind)
        return await super().append(office, after, mark, bodies)


class Node:
    """One desk on a store, with methods that press at it."""

    clerk = Actor(role="clerk", principal="token:clerk", holder="h")
    kiosk = Actor(role="kiosk", principal="device:k", device="k")
    supervisor = Actor(role="supervisor", principal="token:s", account="7")

    def __init__(self, desk: Desk, log: Log, office: Office, clock: StepClock) -> None:
        self.desk, self.log, self.office, self.clock = desk, log, office, clock
        self.heard: list[Entry] = []
        self._changed = asyncio.Event()
        self._presses = 0
        desk.watch(self._listen)

    def _listen(self, entries: Sequence[Entry]) -> None:
        self.heard += entries
        self._changed.set()

    async def until(self, good: Callable[[], bool]) -> None:
        """Waits for a condition; checks it whenever the desk reports something."""
        async with asyncio.timeout(LONG):
            while not good():
                self._changed.clear()
                try:
                    await asyncio.wait_for(self._changed.wait(), LOOK_S)
                except TimeoutError:
                    self.clock.step(LOOK_S)

    async def press(self, command: c.Command, by: Actor | None = None, key: str | None = None) -> Reply:
        self._presses += 1
        return await self.desk.submit(by or self.clerk, command, key or f"{id(self)}-{self._presses}")

    async def done(self, command: c.Command, by: Actor | None = None, key: str | None = None) -> Done:
        answer = await self.press(command, by, key)
        assert isinstance(answer, Done), answer
        return answer

    async def refused(self, command: c.Command, by: Actor | None = None, key: str | None = None) -> Refusal:
        answer = await self.press(command, by, key)
        assert isinstance(answer, Refusal), answer
        return answer

    async def ticket(self, service: str = "pass", key: str | None = None) -> str:
        id: str = (await self.done(c.IssueTicket(services=(service,)), key=key)).result["ticket"]["id"]
        return id

    async def begin(self) -> None:
        """Writes the office file and opens today."""
        await self.done(c.ConfigureOffice(office=self.office), SYSTEM, f"office:{self.office.revision}")
        await self.done(c.OpenDay(), SYSTEM, "open")

    async def ready(self) -> Node:
        await self.desk.start()
        await self.until(lambda: self.desk.health == "ready")
        return self


class Site:
    """The nodes of a test, on one store with one clock."""

    def __init__(self, office: Office) -> None:
        self.clock = StepClock()
        self.store = MemoryStore(self.clock.now_ms)
        self.office = office
        self.nodes: list[Node] = []

    def node(
        self, *, alone: bool = True, log: Log | None = None, secret: Secret | None = None, patience: float = LONG
    ) -> Node:
        """A node that is not started yet."""
        log = log or HeldLog(self.store)
        secret = secret or (lambda kind, id: f"{kind}.{id}")
        desk = Desk("amt", log, StoreClock(self.clock), secret, alone=alone, patience=patience)
        self.nodes.append(Node(desk, log, self.office, self.clock))
        return self.nodes[-1]

    async def opened(self, **how: Any) -> Node:
        """A running node with its day open."""
        node = await self.node(**how).ready()
        await node.begin()
        return node

    def tender(self, node: Node, office: Office | None = None) -> Tender:
        return Tender(node.desk, node.log, office)


@pytest.fixture
def office() -> Office:
    """Two services, three counters, open round the clock."""
    services = (
        ServicePlan(id="pass", names={"de": "Pass"}, letter="A"),
        ServicePlan(id="car", names={"de": "Auto"}, letter="K"),
    )
    counters = tuple(CounterPlan(id=id, label=id, zone="hall", services=("pass", "car")) for id in ("1", "2", "3"))
    kiosks = (Kiosk(id="k", name="Automat"),)
    printers = (Printer(id="p", name="Drucker"),)
    return Office(id="amt", name="Amt", services=services, counters=counters, kiosks=kiosks, printers=printers)


@pytest.fixture
async def site(office: Office) -> AsyncIterator[Site]:
    site = Site(office)
    yield site
    for node in site.nodes:
        if isinstance(node.log, HeldLog):
            node.log.let_go()
        await node.desk.stop()


@pytest.fixture
async def node(site: Site) -> Node:
    """A node alone on its store, with its day and counter 1 open."""
    node = await site.opened()
    await node.done(c.OpenCounter(counter="1"))
    return node


@pytest.fixture
def full_log(site: Site) -> FullLog:
    """A log whose store can refuse writes."""
    return FullLog(site.store)
