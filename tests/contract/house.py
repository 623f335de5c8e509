"""An office on real servers on loopback, used as any other program would: HTTP, socket, tokens.

Time is a clock of the test's own, given to every part that asks for the time; it stands still unless it is stepped.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import httpx
import websockets
from sqlalchemy.ext.asyncio import AsyncEngine

import config
from config.words import Words, languages
from server.access.access import Access
from server.access.pairings import Pairings
from server.clock import StoreClock
from server.desk.desk import Desk
from server.desk.offices import Offices
from server.desk.tend import Tender
from server.log.memory_log import MemoryLog
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages.instants import MINUTE
from server.messages.office import Office
from server.messages.terms import Role
from server.notes.notes import Notes
from server.office.waits import PromiseTo, Waits
from server.push.hub import Hub
from server.push.source import Surroundings
from server.sounds import said
from server.web.app import make_web
from server.web.awake import STOOD_S
from server.web.site import Settings, Site
from tests.nodes.served import quick_passwords, served
from tests.nodes.talk import LONG, Talk

TUESDAY = "2026-03-17T08:00:00Z"
"""Nine o'clock in Berlin."""
ISSUES_AT: Mapping[Role, str] = {"kiosk": "tor"}
"""The device at which tickets are issued, for roles that may not do it elsewhere."""

Board = dict[str, Any]


class Stepped:
    """A `Clock` whose time stands still until a test moves it; `monotonic` also runs by itself."""

    def __init__(self, at: str) -> None:
        self._now = int(datetime.fromisoformat(at).timestamp() * 1000)
        self._stepped = 0
        self.watchers: list[Callable[[], None]] = []
        """Called at every step, as time that passes would cause it."""
        self.looks: list[Callable[[], None]] = []
        """Called several times within a long step, so that no node believes that it slept."""

    def now_ms(self) -> int:
        return self._now + self._stepped

    def monotonic(self) -> float:
        return self.now_ms() / 1000

    def step(self, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        self._step(round((seconds + 60 * minutes + 3600 * hours) * 1000))

    def to(self, at: str) -> None:
        """Moves forward to an instant, RFC 3339."""
        ahead = int(datetime.fromisoformat(at).timestamp() * 1000) - self.now_ms()
        assert ahead >= 0, "time goes forward only"
        self._step(ahead)

    def _step(self, ms: int) -> None:
        ends = self._stepped + ms
        while self._stepped < ends:
            self._stepped = min(ends, self._stepped + int(STOOD_S * 1000))
            for look in self.looks:
                look()
        for watcher in self.watchers:
            watcher()

    def at(self, minutes: float = 0) -> str:
        """An instant from now, as it is written in messages."""
        return rfc3339(self.now_ms() + round(minutes * MINUTE))


def rfc3339(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Node:
    """One server: its own desk, push and web, on a shared store."""

    site: Site
    tender: Tender
    port: int
    client: httpx.AsyncClient

    @property
    def desk(self) -> Desk:
        return self.site.desks["amt"]


class Stand(Protocol):
    """Starts the office of `base.toml` with the changes of a test, at an instant, on some nodes."""

    def __call__(
        self,
        toml: str = "",
        *,
        at: str = TUESDAY,
        nodes: int = 1,
        promise: PromiseTo | None = None,
        waits: Callable[[], Waits | None] = lambda: None,
    ) -> "Awaitable[House]": ...


@dataclass
class House:
    """The office from outside. `role`: whose token presses; `device`: its `--for`; `node`: the server that is asked."""

    clock: Stepped
    store: MemoryStore
    presence: MemoryPresence
    engine: AsyncEngine
    stack: AsyncExitStack
    file: Office
    nodes: list[Node] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    keys: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    office: str = "amt"
    promise: PromiseTo | None = None
    waits: Callable[[], Waits | None] = lambda: None

    @property
    def path(self) -> str:
        return f"/api/v1/offices/{self.office}"

    @property
    def client(self) -> httpx.AsyncClient:
        return self.nodes[0].client

    # who asks

    async def token(
        self, role: Role, device: str | None = None, offices: tuple[str, ...] = ("amt",), n: int = 1
    ) -> str:
        """A token; `n` makes different ones of the same kind."""
        name = f"{role}:{device}:{offices}:{n}"
        if name not in self.tokens:
            made, _ = await self.nodes[0].site.access.tokens.create(role, offices, device, name=f"Frau Muster {n}")
            self.tokens[name] = made
        return self.tokens[name]

    async def bearer(self, role: Role, device: str | None = None, n: int = 1) -> dict[str, str]:
        return {"Authorization": f"Bearer {await self.token(role, device, n=n)}"}

    async def signed_in(self, name: str, role: Role = "clerk", *, new: bool = True) -> httpx.AsyncClient:
        """The browser of somebody who signed in; `new`: makes the account first."""
        password = f"gut gewählt {name} 7"
        if new:
            await self.nodes[0].site.access.accounts.create(name, password, [(role, "amt")])
        browser = await self.stack.enter_async_context(
            httpx.AsyncClient(base_url=self.client.base_url, timeout=LONG, verify=False)
        )
        answer = await browser.post("/sign-in", data={"account": name, "password": password, "next": "/"})
        assert answer.status_code == 303, answer.text
        return browser

    # what they ask

    def key(self) -> str:
        return f"key-{next(self.keys)}"

    async def press(
        self,
        role: Role = "clerk",
        device: str | None = None,
        *,
        key: str | None = None,
        age: int | None = None,
        node: int = 0,
        n: int = 1,
        browser: httpx.AsyncClient | None = None,
        **command: Any,
    ) -> httpx.Response:
        """One command, with a new key unless one is given."""
        headers = {"Idempotency-Key": key or self.key()}
        if browser is None:
            headers |= await self.bearer(role, device, n)
        if age is not None:
            headers["Age-Ms"] = str(age)
        client = browser or self.nodes[node].client
        return await client.post(f"{self.path}/commands", json=command, headers=headers)

    async def did(self, role: Role = "clerk", device: str | None = None, **command: Any) -> dict[str, Any]:
        """A command that must be accepted: its answer. Pressed again while that may help, as every client of ours does."""
        command.setdefault("key", self.key())
        for _ in range(100):
            answer = await self.press(role, device, **command)
            if answer.status_code == 200 or not answer.json().get("retry"):
                break
            await asyncio.sleep(0.1)
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def refused(
        self, code: str, role: Role = "clerk", device: str | None = None, **command: Any
    ) -> dict[str, Any]:
        """A command that must be refused with this code: the problem."""
        answer = await self.press(role, device, **command)
        assert answer.status_code >= 400, answer.text
        made: dict[str, Any] = answer.json()
        assert made["code"] == code, made
        return made

    async def issue(self, *services: str, role: Role = "desk", **fields: Any) -> dict[str, Any]:
        device = ISSUES_AT.get(role)
        answer = await self.did(role, device, type="issue_ticket", services=list(services or ("pass",)), **fields)
        made: dict[str, Any] = answer["result"]["ticket"]
        return made

    async def open(self, *counters: str, **fields: Any) -> None:
        for counter in counters:
            await self.did(type="open_counter", counter=counter, **fields)

    async def next(self, counter: str = "1", **fields: Any) -> str | None:
        """Presses "next": the number that is called, or None."""
        ticket = (await self.did(type="call_next", counter=counter, **fields))["result"]["ticket"]
        return ticket["number"] if ticket else None

    async def serve(self, counter: str = "1") -> str | None:
        """Calls, starts and finishes the next ticket: its number."""
        number = await self.next(counter)
        if number is not None:
            await self.did(type="start_service", counter=counter)
            await self.did(type="finish_service", counter=counter)
        return number

    async def at(self, counter: str, kind: str, **fields: Any) -> dict[str, Any]:
        """A clerk's press at a counter."""
        return await self.did(type=kind, counter=counter, **fields)

    async def as_holder(self, ticket: dict[str, Any], kind: str, **fields: Any) -> httpx.Response:
        """A press with the ticket's link."""
        headers = {"Idempotency-Key": self.key()}
        url = f"/api/v1/tickets/{ticket['secret']}/commands"
        return await self.client.post(url, json={"type": kind, "ticket": ticket["id"], **fields}, headers=headers)

    # what they see

    async def board(self, kind: str, id: str = "", role: Role = "admin", node: int = 0) -> Board:
        url = f"{self.path}/boards/{kind}" + (f"/{id}" if id else "")
        answer = await self.nodes[node].client.get(url, headers=await self.bearer(role))
        assert answer.status_code == 200, answer.text
        found: Board = answer.json()
        return found

    async def phone(self, ticket: dict[str, Any]) -> Board:
        answer = await self.client.get(f"/api/v1/tickets/{ticket['secret']}")
        assert answer.status_code == 200, answer.text
        found: Board = answer.json()
        return found

    async def events(self, after: int = 0, limit: int = 1000) -> list[dict[str, Any]]:
        url = f"{self.path}/events?after={after}&limit={limit}"
        answer = await self.client.get(url, headers=await self.bearer("observer"))
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["events"]
        return found

    async def happened(self, kind: str, after: int = 0, **wanted: Any) -> dict[str, Any]:
        """The first event of a kind with these members. Waits for events that the server makes by itself."""
        seen = after
        async with asyncio.timeout(LONG):
            while True:
                for event in await self.events(seen):
                    seen = int(event["seq"])
                    if event["type"] == kind and all(event.get(name) == value for name, value in wanted.items()):
                        return event
                await self.nodes[0].desk.caught_up(seen + 1, LONG)

    async def queue(self, counter: str = "1") -> list[str]:
        """The numbers that a counter would call, in order."""
        return [line["number"] for line in (await self.board("counter", counter))["queue"]]

    @asynccontextmanager
    async def talk(self, board: str, id: str = "", *, node: int = 0, **hello: Any) -> AsyncIterator[Talk]:
        """A socket that has sent its hello."""
        async with self.socket(node=node) as talk:
            await talk.say(type="hello", board=board, id=id, **hello)
            yield talk

    @asynccontextmanager
    async def socket(self, node: int = 0, headers: dict[str, str] | None = None) -> AsyncIterator[Talk]:
        url = f"ws://127.0.0.1:{self.nodes[node].port}{self.path}/live"
        connecting = websockets.connect(
            url, additional_headers=headers, compression=None, ping_interval=None, close_timeout=1, proxy=None
        )
        async with connecting as opened:
            yield Talk(opened)

    async def another_node(self) -> int:
        """Starts one more server on the same store and database; returns its number."""
        self.nodes.append(await self.stack.enter_async_context(_node(self)))
        return len(self.nodes) - 1


@asynccontextmanager
async def _node(house: House) -> AsyncIterator[Node]:
    """Desk, push, web and uvicorn; ready when the day is open."""
    clock, presence, office = house.clock, house.presence, house.file
    log, desks = MemoryLog(house.store), Offices()
    access = await Access.open(
        house.engine, clock, lambda name: desks[name].state.day or "2026-01-01", passwords=quick_passwords()
    )
    secrets = {"ticket": access.links.secret, "appointment": access.links.appointment_secret}
    secret = partial(_secret, secrets, office.id)
    desk = Desk(office.id, log, StoreClock(clock), secret, alone=False, promise=house.promise)
    desks.add(desk)
    tender = Tender(desk, log, office)
    link = partial(_link, access)
    around = Surroundings(
        presence=presence,
        leases=presence,
        texts=said,
        link=link,
        version="test",
        waits=lambda office: house.waits(),
        channel=presence,
    )
    hub = Hub(desks, around)
    site = Site(
        desks=desks,
        hub=hub,
        access=access,
        pairings=Pairings(presence, access.tokens, clock),
        notes=Notes(house.engine, clock),
        clock=clock,
        say=lambda language, name, /, **args: Words(language).text(name, **args),
        languages=languages(),
        words=Path(str(config.__file__)).parent / "languages",
        settings=Settings(version="test"),
    )
    web = make_web(site)
    folded = asyncio.Event()
    unwatch = desk.watch(lambda entries: folded.set())
    await desk.start()
    async with asyncio.timeout(LONG):
        await folded.wait()
    unwatch()
    clock.watchers.append(desk.time_passed)
    clock.looks.append(site.awake.look)
    await tender.start()
    await hub.start()
    await web.start()
    async with served(web.everybody) as port:
        async with asyncio.timeout(LONG):
            while desk.state.day is None:
                await desk.caught_up(desk.state.seq + 1, LONG)
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=LONG, trust_env=False, verify=False
        ) as client:
            yield Node(site, tender, port, client)
        await hub.stop()
    await web.stop()
    await tender.stop()
    await desks.stop()
    await log.close()


def _secret(secrets: Mapping[str, Callable[[str, str], str]], office: str, kind: str, id: str) -> str:
    return secrets[kind](office, id)


def _link(access: Access, office: str, ticket: str) -> str:
    return f"https://aufruf.example/t/{access.links.secret(office, ticket)}"
