"""A real desk on the log in memory, a hub, and ears: sockets that note what they are sent and can stop reading."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import msgspec
import pytest

from config.loader import load
from config.office_files import find
from server.clock import StoreClock, SystemClock
from server.desk.desk import Desk
from server.desk.entry import Done
from server.desk.offices import Offices
from server.desk.tend import Tender
from server.log.memory_log import MemoryLog
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages.actor import Actor
from server.messages.commands import COMMANDS, Command
from server.messages.office import Office
from server.messages.terms import BoardKind, Role
from server.office.boards import ToSay
from server.push.connection import Connection
from server.push.hub import Hub
from server.push.source import Surroundings
from server.push.tally import Tally
from server.tasks import Tasks

LONG = 30.0


class Ear:
    """What one socket was sent. With `deaf` it takes nothing until `hear`, like a full socket buffer."""

    def __init__(self, name: str = "", shared: list[tuple[str, str]] | None = None) -> None:
        self.name, self.shared = name, shared
        self.messages: list[Mapping[str, Any]] = []
        self.frames: list[dict[str, Any]] = []
        self.closed: int | None = None
        self.cut = False
        self._open = asyncio.Event()
        self._open.set()
        self._moved = asyncio.Event()

    def deafen(self) -> None:
        self._open.clear()

    def hear(self) -> None:
        self._open.set()

    async def send(self, message: dict[str, Any]) -> None:
        await self._open.wait()
        self._take(message)

    def at_once(self, message: Mapping[str, Any]) -> bool:
        """Like a line that writes without waiting, as long as it can."""
        if self._open.is_set():
            self._take(message)
        return self._open.is_set()

    def _take(self, message: Mapping[str, Any]) -> None:
        self.messages.append(message)
        if message["type"] == "websocket.close":
            self.closed = message["code"]
        else:
            for one in message.get("many", (message,)):
                frame = msgspec.json.decode(one["text"])
                self.frames.append(frame)
                if self.shared is not None:
                    self.shared.append((self.name, frame["type"]))
        self._moved.set()

    def end(self) -> None:
        self.cut = True
        self._moved.set()

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["type"] == kind]

    @property
    def board(self) -> dict[str, Any]:
        shown: dict[str, Any] = self.of("board")[-1]["board"]
        return shown

    async def until(self, good: Callable[[], object]) -> None:
        """Waits until what was received fits."""
        async with asyncio.timeout(LONG):
            while not good():
                self._moved.clear()
                await self._moved.wait()


class Room:
    """One office with its hub."""

    def __init__(self, desk: Desk, hub: Hub, store: MemoryStore, presence: MemoryPresence) -> None:
        self.desk, self.hub, self.store, self.presence = desk, hub, store, presence
        self.order: list[tuple[str, str]] = []
        self._keys = 0

    def join(
        self,
        kind: BoardKind,
        id: str = "",
        role: Role = "clerk",
        who: str = "a",
        *,
        at_once: bool = False,
        **fields: Any,
    ) -> tuple[Ear, Connection]:
        """Joins a socket that shows a board."""
        ear = Ear(f"{kind}:{id}", self.order)
        actor = Actor(role=role, principal=who, holder=who, **fields)
        connection = self.hub.connect(
            "mitte", kind, id, actor, ear.send, ear.end, at_once=ear.at_once if at_once else None
        )
        refused = self.hub.join(connection)
        assert refused is None, refused
        return ear, connection

    def phone(self, ticket: str) -> tuple[Ear, Connection]:
        return self.join("ticket", ticket, "holder", f"ticket:{ticket}", device=ticket)

    async def press(self, kind: str, *, role: Role = "clerk", who: str = "a", **fields: Any) -> Done:
        self._keys += 1
        command: Command = msgspec.convert({"type": kind, **fields}, COMMANDS[kind])
        done = await self.desk.submit(Actor(role=role, principal=who, holder=who), command, f"k{self._keys}")
        assert isinstance(done, Done), done
        return done

    async def ticket(self, service: str = "ausweis") -> str:
        done = await self.press("issue_ticket", services=[service])
        id: str = done.result["ticket"]["id"]
        return id

    async def call(self, counter: str = "1") -> Done:
        await self.press("open_counter", counter=counter)
        return await self.press("call_next", counter=counter)


@pytest.fixture
def surroundings() -> dict[str, Any]:
    """What a test gives to the hub besides presence: a studio, a version."""
    return {}


@pytest.fixture
def office() -> Office:
    """The office file of the desk."""
    return load(find("mitte"))


@pytest.fixture
async def room(surroundings: dict[str, Any], office: Office) -> AsyncIterator[Room]:
    store = MemoryStore()
    log, presence, desks = MemoryLog(store), MemoryPresence(store), Offices()
    desk = Desk("mitte", log, StoreClock(SystemClock()), lambda kind, id: f"{kind}-{id}", alone=True)
    desks.add(desk)
    tender = Tender(desk, log, office)

    def texts(saying: ToSay) -> dict[str, str]:
        return dict.fromkeys(saying.languages, saying.number)

    around: dict[str, Any] = {"presence": presence, "leases": presence, "texts": texts, **surroundings}
    hub = Hub(desks, Surroundings(**around))
    await desk.start()
    await tender.start()
    await hub.start()
    async with asyncio.timeout(LONG):
        while desk.state.day is None:
            await desk.caught_up(desk.state.seq + 1, LONG)
    yield Room(desk, hub, store, presence)
    await hub.stop()
    await tender.stop()
    await desks.stop()


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def kind() -> type[Connection]:
    """Which kind of connection `connect` makes."""
    return Connection


@pytest.fixture
async def connect(tally: Tally, kind: type[Connection]) -> AsyncIterator[Callable[[Ear], Connection]]:
    """Connects an ear without a hub."""
    tasks = Tasks("test")

    def make(ear: Ear) -> Connection:
        actor = Actor(role="display", principal="")
        return kind("mitte", "display", "hall", actor, ear.send, tasks=tasks, tally=tally, cut=ear.end)

    yield make
    await tasks.close()


@pytest.fixture
def ear() -> Ear:
    return Ear()
