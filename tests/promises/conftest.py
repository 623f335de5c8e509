"""A room whose entries are in a log, and a keeper that looks at it. The worker runs in this process, if a test allows it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import pytest
from msgspec.msgpack import decode

from audio.worker import WorkerFault
from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.log.port import EMPTY, Appended, Log, Tail
from server.messages.events import encode
from server.office.state import State
from server.promises.keeper import Keeper
from server.promises.runs import Runs
from server.promises.wire import Ask
from tests.office.conftest import make_room, office, room
from tests.office.room import Room

__all__ = ["make_room", "office", "room"]

LONG = 30.0
"""No test waits longer than this for anything."""


class Written:
    """A room and its log: `save` appends what was decided since the last time."""

    def __init__(self, room: Room, log: Log, name: str = "amt") -> None:
        self.room, self.log, self.name = room, log, name
        self.tail = EMPTY

    async def save(self) -> Tail:
        new = [entry for entry in self.room.entries if entry[0] > self.tail.seq]
        for seq, mark, event in new:  # one at a time: entries of a batch have nothing more in common than their mark
            answer = await self.log.append(self.name, self.tail, mark, [encode(event)])
            assert isinstance(answer, Appended)
            assert answer.tail.seq == seq
            self.tail = answer.tail
        return self.tail


class Desk:
    """The part of an office's desk that a keeper uses."""

    health = "ready"

    def __init__(self, room: Room) -> None:
        self.room = room
        self._listeners: list[Callable[[Sequence[object]], None]] = []

    @property
    def state(self) -> State:
        return self.room.state

    def now(self) -> int:
        return self.room.now

    def watch(self, listener: Callable[[Sequence[object]], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self) -> None:
        for listener in self._listeners:
            listener(())


class Here:
    """A worker in this process. `fails`, by office: the error of its runs. `asked`: the offices of its runs, in order;
    `why`: whether a run was also to say who waits longer because counters are missing."""

    pid: int | None = None

    def __init__(self, log: Log) -> None:
        self._runs = Runs(lambda url: log)
        self.fails: dict[str, str] = {}
        self.asked: list[str] = []
        self.why: list[bool] = []
        self.begun = 0

    async def ask(self, request: bytes, limit: float) -> bytes:
        ask = decode(request, type=Ask)
        if not ask.office:
            self.pid, self.begun = 1, self.begun + 1
            return b""
        self.asked.append(ask.office)
        self.why.append(ask.why)
        if (reason := self.fails.get(ask.office)) is not None:
            if reason != "fault":
                self.pid = None
            raise WorkerFault(reason, "so the test wants it")
        return await self._runs.answer(request)

    async def close(self) -> None:
        self.pid = None


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class House:
    """A keeper for rooms whose entries are in a log."""

    def __init__(self, log: Log, *rooms: tuple[str, Room], **how: Any) -> None:
        self.clock = Clock()
        self.written = {name: Written(room, log, name) for name, room in rooms}
        self.desks = {name: Desk(room) for name, room in rooms}
        self.worker = Here(log)
        self.changed: list[str] = []
        self.keeper = Keeper(self.desks, "", worker=self.worker, clock=self.clock, **how)
        self.keeper.changed = self.changed.append

    async def look(self) -> None:
        """Puts what was pressed into the log and tells the keeper."""
        for name, written in self.written.items():
            await written.save()
            self.desks[name].tell()

    async def passes(self, seconds: float) -> None:
        self.clock.seconds += seconds
        for written in self.written.values():
            written.room.now += int(seconds * 1000)
        await self.look()

    async def until(self, good: Callable[[], bool]) -> None:
        async with asyncio.timeout(LONG):
            while not good():
                await asyncio.sleep(0)

    async def settled(self) -> None:
        """Waits until everything due is done and the keeper waits."""
        for _ in range(200):
            await asyncio.sleep(0)


@pytest.fixture
def log() -> Log:
    return MemoryLog(MemoryStore())


@pytest.fixture
async def house(room: Room, log: Log) -> AsyncIterator[House]:
    """One office with an open counter and two waiting tickets; nobody looks yet."""
    room.open("1")
    room.ticket("pass")
    room.ticket("pass")
    made = House(log, ("amt", room))
    await made.look()
    await made.keeper.start()
    yield made
    await made.keeper.stop()
