"""Nodes like several server processes: real desks on one store, which a test crashes, cuts off and moves through time.

Used by the rules of the log and by the models. `Nodes` takes the classes of desk and log, so that a test can hand in broken ones.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from config.loader import load
from config.office_files import find
from server.clock import Clock, StoreClock
from server.desk.desk import Desk
from server.desk.entry import Done, Reply
from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.log.port import Row
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM, Actor
from server.messages.commands import Command
from server.messages.events import Event, decode
from server.messages.office import Office
from server.messages.problems import Refusal
from tests.nodes.clock import LoopClock

MITTE = load(find("mitte"))
BOSS = Actor(role="admin", principal="token:boss", holder="boss", account="boss")
QUIET_S = 2.0
"""Nobody decides for this time after a lost connection, if there are several nodes (rule 5)."""
LONG_S = 20.0
"""No test waits longer than this for anything."""


async def until(true: Callable[[], bool], what: str = "it") -> None:
    """Lets others work until a condition is true."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + LONG_S
    while not true():
        assert loop.time() < deadline, f"{what} did not come true"
        await asyncio.sleep(0.001)


def done(outcome: Reply) -> Done:
    """The answer of an accepted press; a refusal fails the test."""
    assert isinstance(outcome, Done), outcome
    return outcome


def refused(outcome: Reply) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


class Nodes:
    """All share `store` and `clock`; `desks`: those that live. `alone`: whether each believes that it is the only one."""

    def __init__(
        self,
        log_class: type[MemoryLog] = MemoryLog,
        desk_class: type[Desk] = Desk,
        office: Office = MITTE,
        *,
        alone: bool = False,
    ) -> None:
        self.clock = LoopClock()
        self.store = MemoryStore(now=self.clock.now_ms)
        self.office = office
        self.desks: list[Desk] = []
        self.logs: dict[Desk, MemoryLog] = {}
        self._log_class, self._desk_class, self._alone = log_class, desk_class, alone
        self._keys = itertools.count(1)

    @property
    def name(self) -> str:
        return self.office.id

    @property
    def rows(self) -> list[Row]:
        """The rows in the store."""
        return self.store.rows[self.name]

    @property
    def events(self) -> list[Event]:
        return [decode(row.body) for row in self.rows]

    def numbers(self) -> list[str]:
        """The number of every issued ticket in the store."""
        return [event.number for event in self.events if isinstance(event, e.TicketIssued)]

    def made(self, desk_class: type[Desk] | None = None, machine: Clock | None = None) -> Desk:
        """One more node that has not started; `machine`: its own clock."""
        log = self._log_class(self.store)
        clock = StoreClock(machine or self.clock)
        desk = (desk_class or self._desk_class)(self.name, log, clock, "{}.{}".format, alone=self._alone)
        self.desks.append(desk)
        self.logs[desk] = log
        return desk

    async def node(self, desk_class: type[Desk] | None = None) -> Desk:
        """One more node, started as far as possible: ready, or stopped by what it read."""
        desk = self.made(desk_class)
        await desk.start()
        await until(lambda: desk.health != "starting", "a node")
        return desk

    async def open(self, desk: Desk) -> None:
        """Writes the office file and opens today."""
        done(await desk.submit(SYSTEM, c.ConfigureOffice(office=self.office), f"office:{self.office.revision}"))
        done(await desk.submit(SYSTEM, c.OpenDay(), ""))

    def key(self) -> str:
        return f"key-{next(self._keys)}"

    async def press(self, desk: Desk, command: Command, key: str | None = None, actor: Actor = BOSS) -> Reply:
        """A press with a key of its own."""
        return await desk.submit(actor, command, key or self.key())

    async def ticket(self, desk: Desk, key: str | None = None) -> Done:
        return done(await self.press(desk, c.IssueTicket(services=("ausweis",)), key))

    async def crash(self, desk: Desk) -> None:
        """The process is gone: nothing is finished, nothing is kept."""
        self.desks.remove(desk)
        await desk._tasks.close()

    async def history(self) -> list[Row]:
        """The history in the store, read as anybody would read it."""
        return list(self.rows)

    def cut_next_answer(self, desk: Desk) -> None:
        """The store still does its next work, but its answer is lost."""
        self.store.cut_next_answer()

    def cut_off(self, desk: Desk) -> None:
        """Only this node cannot reach the store."""
        away = MemoryStore(now=self.clock.now_ms)
        away.go_away()
        self.logs[desk].store = away

    def join(self, desk: Desk) -> None:
        """It can reach the store again."""
        self.logs[desk].store = self.store

    async def caught_up(self, *desks: Desk) -> None:
        """Waits until they have folded everything in the store."""
        for desk in desks or self.desks:
            await until(lambda d=desk: d.state.mark == self.store.tail(self.name).mark, "a desk catching up")  # type: ignore[misc]

    async def settled(self) -> None:
        """Waits until every node has looked at the store again and decides again."""
        await asyncio.sleep(2 * QUIET_S + 2)

    async def close(self) -> None:
        for desk in list(self.desks):
            await self.crash(desk)


@asynccontextmanager
async def opened(
    log_class: type[MemoryLog] = MemoryLog, desk_class: type[Desk] = Desk, *, alone: bool = False
) -> AsyncIterator[tuple[Nodes, Desk]]:
    """An office whose day is open, and its first node."""
    nodes = Nodes(log_class, desk_class, alone=alone)
    try:
        desk = await nodes.node()
        await nodes.open(desk)
        yield nodes, desk
    finally:
        await nodes.close()
