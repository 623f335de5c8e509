"""A whole server on loopback: real desks on the log in memory, access on SQLite, push and web, under uvicorn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import structlog
import websockets

import config
from config.loader import load
from config.office_files import find
from config.setting import looked_at
from config.words import Words, languages
from server.access.access import Access
from server.access.pairings import Pairings
from server.access.public_addresses import PublicAddresses
from server.clock import StoreClock, SystemClock
from server.desk.desk import Desk
from server.desk.offices import Offices
from server.desk.tend import Tender
from server.history.database import close_database, open_database
from server.log.memory_log import MemoryLog
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages.office import Display, Office, StationPlan
from server.messages.terms import Role
from server.notes.notes import Notes
from server.office.boards import ToSay
from server.own_files import FilesBeside
from server.promises.counsel import Counsel
from server.promises.second import Second
from server.push.hub import Hub
from server.push.source import Surroundings, VoiceOrder
from server.push.view import PACE_MS, Paces
from server.web.app import Web, make_web
from server.web.limits import Limits
from server.web.site import Settings, Site
from server.web.way import Way
from tests.conftest import FreshDatabase
from tests.nodes.served import quick_passwords, served
from tests.nodes.talk import LONG, Talk
from tests.promises.test_second import Here


def say(language: str, name: str, /, **args: Any) -> str:
    return Words(language).text(name, **args)


def texts(saying: ToSay) -> dict[str, str]:
    return dict.fromkeys(saying.languages, f"{saying.number} {saying.place.label if saying.place else ''}")


class Slow:
    """A studio that renders only when it is told to."""

    def __init__(self) -> None:
        self.may = asyncio.Event()
        self.asked: list[dict[str, str]] = []

    def ready(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        return None

    async def render(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        self.asked.append(dict(texts))
        await self.may.wait()
        return "/audio/0123456789abcdef.wav"


@dataclass
class House:
    """The server, with methods to call it. `url` and `ws` have no slash at the end."""

    site: Site
    store: MemoryStore
    port: int
    citizens_port: int
    studio: Slow
    client: httpx.AsyncClient
    web: Web
    tokens: dict[str, str] = field(default_factory=dict)
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)
    keys: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def citizens(self) -> str:
        return f"http://127.0.0.1:{self.citizens_port}"

    @property
    def ways(self) -> tuple[Way, ...]:
        return self.web.everybody.ways

    @property
    def desk(self) -> Desk:
        return self.site.desks["mitte"]

    async def token(self, role: Role, device: str | None = None, offices: tuple[str, ...] = ("mitte",)) -> str:
        name = f"{role}:{device}:{offices}"
        async with self._making:  # fifty presses at once need one token, not fifty that wait for each other's write
            if name not in self.tokens:
                self.tokens[name], _ = await self.site.access.tokens.create(role, offices, device)
        return self.tokens[name]

    async def bearer(self, role: Role, device: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {await self.token(role, device)}"}

    async def press(self, role: Role = "clerk", device: str | None = None, **command: Any) -> httpx.Response:
        """A command with a new key."""
        self.keys += 1
        headers = {**await self.bearer(role, device), "Idempotency-Key": f"key-{self.keys}"}
        return await self.client.post("/api/v1/offices/mitte/commands", json=command, headers=headers)

    async def ticket(self, *services: str) -> dict[str, Any]:
        answer = await self.press("desk", type="issue_ticket", services=list(services or ("ausweis",)))
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()["result"]["ticket"]
        return made

    async def appointment(self) -> dict[str, Any]:
        """One that a portal knows as ext-1."""
        free = (await self.client.get("/api/v1/offices/mitte/slots?services=ausweis&days=2")).json()
        start = free["days"][-1]["starts"][0]
        answer = await self.press(
            "booking", type="book_appointment", services=["ausweis"], start=start, reference="ext-1"
        )
        made: dict[str, Any] = answer.json()["result"]["appointment"]
        return made

    async def call(self, counter: str = "1") -> dict[str, Any]:
        """Opens a counter and calls the next ticket."""
        await self.press("clerk", type="open_counter", counter=counter)
        answer = await self.press("clerk", type="call_next", counter=counter)
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()
        return made

    @asynccontextmanager
    async def talk(self, board: str, id: str = "", *, port: int | None = None, **hello: Any) -> AsyncIterator[Talk]:
        """A socket that has sent its hello."""
        async with self.socket(port=port) as talk:
            await talk.say(type="hello", board=board, id=id, **hello)
            yield talk

    @asynccontextmanager
    async def socket(
        self, office: str = "mitte", port: int | None = None, headers: dict[str, str] | None = None, **options: Any
    ) -> AsyncIterator[Talk]:
        url = f"ws://127.0.0.1:{port or self.port}/api/v1/offices/{office}/live"
        async with websockets.connect(
            url,
            additional_headers=headers,
            compression=None,
            ping_interval=None,
            close_timeout=1,
            proxy=None,
            **options,
        ) as opened:
            yield Talk(opened)


@dataclass
class Stand:
    """What a test may change before the server starts."""

    settings: Settings = field(default_factory=lambda: Settings(version="test"))
    trouble: Callable[[Site], Awaitable[None]] | None = None
    stations: tuple[StationPlan, ...] = ()
    clock: SystemClock = field(default_factory=SystemClock)
    paces: Paces = field(default_factory=lambda: PACE_MS)


@pytest.fixture(autouse=True)
def plain_log() -> Iterator[None]:
    """Logging as the server does it: lines without the values of variables, which could be secrets."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ]
    )
    yield
    structlog.reset_defaults()


@pytest.fixture
def stand() -> Stand:
    return Stand()


@pytest.fixture
async def house(tmp_path: Path, stand: Stand, fresh_database: FreshDatabase) -> AsyncIterator[House]:
    async with standing(fresh_database(tmp_path), stand) as house:
        yield house


class Later(SystemClock):
    """The machine's clock, and the store's, which a test may move on."""

    passed = 0

    def now_ms(self) -> int:
        return super().now_ms() + self.passed

    def monotonic(self) -> float:
        return super().monotonic() + self.passed / 1000


@pytest.fixture
def later(stand: Stand) -> Later:
    """The clock of the house. A test names it before the house."""
    stand.clock = Later()
    return stand.clock


class Still(SystemClock):
    """Time that passes only when a test says so."""

    def __init__(self) -> None:
        self.passed = 1_000.0

    def monotonic(self) -> float:
        return self.passed


@pytest.fixture
def still(house: House) -> Still:
    clock = Still()
    object.__setattr__(house.site, "limits", Limits(clock))
    return clock


@asynccontextmanager
async def standing(database: str, stand: Stand) -> AsyncIterator[House]:
    clock = stand.clock
    store = MemoryStore(clock.now_ms)
    log, presence, desks, studio = MemoryLog(store), MemoryPresence(store), Offices(), Slow()
    engine = await open_database(database)
    access = await Access.open(
        engine, clock, lambda office: desks[office].state.day or "2026-01-01", passwords=quick_passwords()
    )
    tenders = []
    for name in ("mitte", "rathaus"):
        desk = Desk(name, log, StoreClock(clock), _secret(access, name), alone=True)
        desks.add(desk)
        tenders.append(Tender(desk, log, office_of(name, stand.stations)))
    addresses = PublicAddresses(access.links, "https://aufruf.example")
    around = Surroundings(
        presence=presence,
        leases=presence,
        texts=texts,
        studio=studio,
        version="test",
        link=addresses.of_ticket,
        door=addresses.at_door,
        channel=presence,
        paces=stand.paces,
    )
    hub = Hub(desks, around)
    second = Second(desks, "", worker=Here(log))
    site = Site(
        desks=desks,
        hub=hub,
        access=access,
        pairings=Pairings(presence, access.tokens, clock),
        notes=Notes(engine, clock),
        clock=clock,
        say=say,
        languages=languages(),
        words=Path(str(config.__file__)).parent / "languages",
        settings=stand.settings,
        what_if=second.what_if,
        look_at_setting=looked_at,
        rule_trial=second.rule_trial,
        advice=Counsel(desks, second).asked,
        own_files=FilesBeside(desks),
    )
    web = make_web(site)
    for desk in desks.values():
        await desk.start()
    for tender in tenders:
        await tender.start()
    await hub.start()
    await web.start()
    async with served(web.everybody) as port, served(web.citizens) as citizens:
        await opened(desks)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=LONG, verify=False) as client:
            yield House(site, store, port, citizens, studio, client, web)
        await hub.stop()
    await web.stop()
    for tender in tenders:
        await tender.stop()
    await desks.stop()
    await log.close()
    await close_database(engine)


def office_of(name: str, stations: tuple[StationPlan, ...]) -> Office:
    """The sample office, with a display that is not public and these stations."""
    office = load(find(name))
    private = Display(id="staff-room", name="Teeküche", zones=tuple(zone.id for zone in office.zones), public=False)
    return msgspec.structs.replace(office, displays=(*office.displays, private), stations=stations)


async def opened(desks: Offices) -> None:
    """Opens the day of every office."""
    async with asyncio.timeout(LONG):
        for desk in desks.values():
            while desk.state.day is None:
                await desk.caught_up(desk.state.seq + 1, LONG)


def _secret(access: Access, office: str) -> Callable[[str, str], str]:
    links = access.links
    return lambda kind, id: links.secret(office, id) if kind == "ticket" else links.appointment_secret(office, id)
