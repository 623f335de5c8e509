"""A stage for citizens' pages: real templates and files, a scripted live socket, a real Chromium.

`stage` speaks the frames of the live socket and remembers what pages say; `boards` makes boards from the wire's own
classes; `browser` opens pages in which any breach of the content security policy or error in a script fails the test.
"""

import asyncio
import io
import socket
import threading
import time
import wave
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from jinja2 import Environment, FileSystemLoader, select_autoescape
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from config.words import Words, source
from server.messages import boards as wire
from server.messages.texts import in_language
from tests.staff_pages.contrast import unclear
from tests.staff_pages.visitor import CHROMIUM, stand

ROOT = Path(__file__).parents[2]
DEADLINE_S = 30.0
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
QUIET = "--autoplay-policy=user-gesture-required"
LOUD = "--autoplay-policy=no-user-gesture-required"


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Stage:
    """The server's side of the live socket, played by a test. Its frames go to every open socket."""

    def __init__(self) -> None:
        self.epoch = "epoch-one"
        self.seq = 1
        self.board: dict[str, Any] = {}
        self.heard: list[dict[str, Any]] = []
        self.opened = 0
        self.mute = False
        self.refusal: int | None = None
        self.leases = True
        self.context: dict[str, Any] = {}
        self.answer: Callable[[dict[str, Any]], dict[str, Any] | None] = self.accept
        self._open: set[WebSocket] = set()
        self._changed = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def open(self) -> int:
        return len(self._open)

    def now(self, **before: float) -> str:
        return rfc3339(datetime.now(UTC) - timedelta(**before))

    def show(self, board: wire.Part) -> int:
        """Sends a board as the next entry of the log; returns its seq."""
        self.seq += 1
        self.board = msgspec.to_builtins(board)
        self.send(self.board_frame())
        return self.seq

    def board_frame(self) -> dict[str, Any]:
        return {"type": "board", "epoch": self.epoch, "seq": self.seq, "at": self.now(), "board": self.board}

    def accept(self, frame: dict[str, Any]) -> dict[str, Any] | None:
        """Answers a command with done, as HTTP does."""
        done = {"type": "done", "key": frame["key"], "epoch": self.epoch, "seq": self.seq, "replayed": False}
        return done | {"events": [], "result": {}}

    def commands(self) -> list[dict[str, Any]]:
        return [frame for frame in self.heard if frame["type"] == "command"]

    def beat(self, stale_since: str | None = None) -> None:
        frame = {"type": "beat", "epoch": self.epoch, "seq": self.seq, "server_time": self.now()}
        self.send(frame | ({"stale_since": stale_since} if stale_since else {}))

    def send(self, frame: dict[str, Any]) -> None:
        self._run(self._send_all(frame))

    def cut(self, code: int = 1012) -> None:
        """Closes every socket."""
        self._run(self._close_all(code))

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Waits for a frame from a page that fits; fails after the deadline."""
        self.until(lambda: any(wanted(frame) for frame in self.heard))
        return next(frame for frame in self.heard if wanted(frame))

    def until(self, true: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(true, DEADLINE_S), f"it did not come; heard {self.heard[-5:]}"

    async def live(self, ws: WebSocket) -> None:
        """The socket of one page, from hello to its end."""
        self._loop = asyncio.get_running_loop()
        await ws.accept()
        self.opened += 1
        try:
            await self._greet(ws)
            while True:
                await self._hear(ws, await ws.receive_json())
        except WebSocketDisconnect:
            pass
        finally:
            self._open.discard(ws)
            with self._changed:
                self._changed.notify_all()

    async def _greet(self, ws: WebSocket) -> None:
        self._note(await ws.receive_json())
        if self.refusal:
            await ws.close(self.refusal, "unknown_display")
            raise WebSocketDisconnect(self.refusal)
        if self.mute:
            return
        welcome = {"type": "welcome", "epoch": self.epoch, "seq": self.seq, "beat": 5, "server_time": self.now()}
        await ws.send_json(welcome | {"version": "test", "stale_after": 15})
        if self.board:
            await ws.send_json(self.board_frame())
        self._open.add(ws)
        with self._changed:
            self._changed.notify_all()

    async def _hear(self, ws: WebSocket, frame: dict[str, Any]) -> None:
        self._note(frame)
        if frame["type"] == "speak":
            until = rfc3339(datetime.now(UTC) + timedelta(seconds=10))
            await ws.send_json({"type": "lease", "zone": frame["zone"], "held": self.leases, "until": until})
        if frame["type"] == "command" and (answer := self.answer(frame)):
            await ws.send_json(answer)

    def _note(self, frame: dict[str, Any]) -> None:
        with self._changed:
            self.heard.append(frame)
            self._changed.notify_all()

    async def _send_all(self, frame: dict[str, Any]) -> None:
        for ws in list(self._open):
            await ws.send_json(frame)

    async def _close_all(self, code: int) -> None:
        for ws in list(self._open):
            self._open.discard(ws)
            await ws.close(code)

    def _run(self, work: Any) -> None:
        if self._loop is None:
            work.close()
        else:
            asyncio.run_coroutine_threadsafe(work, self._loop).result(DEADLINE_S)


class Theatre:
    """The stage and a loopback server for the whole run."""

    def __init__(self) -> None:
        self.stage = Stage()
        folders = [ROOT / "displays/pages", ROOT / "server/web/pages"]
        self._templates = Environment(loader=FileSystemLoader(folders), autoescape=select_autoescape(["html"]))
        app = Starlette(
            routes=[
                Route("/static/words/{language}.ftl", self._words),
                Mount("/static/displays", StaticFiles(directory=ROOT / "displays/pages")),
                Mount("/static/pages", StaticFiles(directory=ROOT / "server/web/pages")),
                Mount("/static", StaticFiles(directory=ROOT / "server/web/static")),
                Route("/audio/{name}", lambda _: Response(spoken(), media_type="audio/wav")),
                Route("/page/{name}", self._page),
                WebSocketRoute("/api/v1/offices/{office}/live", lambda ws: self.stage.live(ws)),
            ]
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = uvicorn.Config(app, port=self.port, log_level="error", ws="websockets-sansio", ws_ping_interval=None)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="stage", daemon=True)

    def __enter__(self) -> "Theatre":
        self._thread.start()
        deadline = time.monotonic() + DEADLINE_S
        while not self._server.started and time.monotonic() < deadline:
            self._thread.join(0.01)
        assert self._server.started
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(DEADLINE_S)

    async def _words(self, request: Request) -> Response:
        return Response(source(request.path_params["language"]), media_type="text/plain; charset=utf-8")

    async def _page(self, request: Request) -> Response:
        language = request.query_params.get("lang", "de")
        base: dict[str, Any] = {"office": "mitte", "id": "hall", "language": language, "languages": ["de", "en"]}
        base |= {"names": {"de": "Deutsch", "en": "English"}, "in_language": in_language, "spoken": ["de", "en"]}
        context = base | self.stage.context | {"t": Words(language).text, "path": request.url.path}
        text = self._templates.get_template(f"{request.path_params['name']}.html").render(context)
        return HTMLResponse(text, headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"})


def spoken() -> bytes:
    """A tone of a fifth of a second, instead of a sentence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes([100, 156]) * 800)
    return made.getvalue()


class Visitor:
    """Opens pages and collects their errors."""

    def __init__(self, browser: Browser, port: int) -> None:
        self._browser = browser
        self.root = f"http://127.0.0.1:{port}"
        self._contexts: list[BrowserContext] = []
        self.wrong: list[str] = []

    def open(
        self, name: str, *, width: int = 1920, height: int = 1080, clock: bool = False, before: str = "", **options: Any
    ) -> Page:
        """A page in its own browser. `clock`: time stands still until the test moves it; `before`: a script that runs first."""
        context = self._browser.new_context(viewport={"width": width, "height": height}, **options)
        self._contexts.append(context)
        context.set_default_timeout(DEADLINE_S * 1000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        if before:
            page.add_init_script(before)
        if clock:
            stand(page)
        page.goto(f"{self.root}/page/{name}")
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="session")
def theatre() -> Iterator[Theatre]:
    with Theatre() as theatre:
        yield theatre


@pytest.fixture(scope="session")
def chromiums() -> Iterator[Callable[[str], Browser]]:
    """Chromium under an autoplay policy, each started once."""
    with sync_playwright() as playwright:
        started: dict[str, Browser] = {}

        def start(policy: str) -> Browser:
            if policy not in started:
                args = [*CHROMIUM, policy]
                started[policy] = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=args)
            return started[policy]

        yield start
        for browser in started.values():
            browser.close()


@pytest.fixture
def stage(theatre: Theatre) -> Stage:
    theatre.stage = Stage()
    return theatre.stage


def visit(chromium: Browser, port: int) -> Iterator[Visitor]:
    visitor = Visitor(chromium, port)
    yield visitor
    visitor.close()
    assert [line for line in visitor.wrong if "WebSocket connection" not in line] == []


@pytest.fixture
def browser(chromiums: Callable[[str], Browser], theatre: Theatre, stage: Stage) -> Iterator[Visitor]:
    """Its pages may make sound; script errors and policy breaches fail the test. A cut connection is no error."""
    yield from visit(chromiums(LOUD), theatre.port)


@pytest.fixture
def quiet_browser(chromiums: Callable[[str], Browser], theatre: Theatre, stage: Stage) -> Iterator[Visitor]:
    """As it is installed: no sound before somebody taps."""
    yield from visit(chromiums(QUIET), theatre.port)


class Boards:
    """Boards as the office makes them, from a few words."""

    def place(self, counter: str = "3", way: str = "links, 1. Tür") -> wire.Place:
        return wire.Place(
            id=counter, label=f"Schalter {counter}", way={"de": way, "en": "left, first door"}, zone="hall"
        )

    def call(
        self,
        number: str = "A017",
        counter: str = "3",
        *,
        ago: float = 0,
        fresh: bool = True,
        attempt: int = 1,
        withdrawn: bool = False,
    ) -> wire.Call:
        at = rfc3339(datetime.now(UTC) - timedelta(seconds=ago))
        place = self.place(counter)
        return wire.Call(number=number, counter=place, called_at=at, attempt=attempt, fresh=fresh, withdrawn=withdrawn)

    def display(self, *calls: wire.Call, **changes: Any) -> wire.Display:
        plain = wire.Display(
            office="mitte",
            name="Bürgerbüro Mitte",
            display="hall",
            title="Wartehalle",
            time_zone="Europe/Berlin",
            languages=("de", "en"),
            open=True,
            zones=(),
            lines=6,
            calls=calls,
            waiting=(
                self.waiting("A", "Ausweis und Pass", "Identity card and passport", 9, (20, 30)),
                self.waiting("B", "Wohnung an- oder abmelden", "Registration of address", 4, (10, 20)),
                self.waiting("K", "Auto und Führerschein", "Vehicle and driving licence", 11, (35, 50)),
                self.waiting("F", "Führungszeugnis", "Certificate of conduct", 1, None),
                self.waiting("S", "Standesamt", "Registry office", 0, None, opened=False),
            ),
            messages=(),
            numbers_waiting=("A018", "K077", "A019", "B043", "F012", "A020"),
            missed=("B038",),
            hide_after=120,
        )
        return msgspec.structs.replace(plain, **changes)

    def waiting(
        self, letter: str, german: str, english: str, count: int, spread: tuple[int, int] | None, opened: bool = True
    ) -> wire.Waiting:
        return wire.Waiting(
            service=letter.lower(),
            letter=letter,
            names={"de": german, "en": english},
            count=count,
            expected=self.expected(*spread) if spread else None,
            expected_reason=None,
            open=opened,
        )

    def expected(self, low: int, high: int) -> wire.Expected:
        return wire.Expected(
            low=low, median=(low + high) // 2, high=high, at=rfc3339(datetime.now(UTC)), learning=False
        )

    def ticket(self, **changes: Any) -> wire.Ticket:
        plain = wire.Ticket(
            number="A019",
            state="waiting",
            ahead=3,
            expected=self.expected(15, 25),
            expected_reason=None,
            passed_by={},
            services=(
                wire.ServiceWords(
                    id="a", letter="A", names={"de": "Ausweis und Pass", "en": "ID and passport"}, back_office=False
                ),
            ),
            counter=None,
            way={},
            papers={"de": ("alter Ausweis", "Foto", "37 Euro (Karte oder bar)"), "en": ("old ID card", "photo")},
            issued_at=rfc3339(datetime.now(UTC) - timedelta(minutes=9)),
            called_at=None,
            attempt=0,
            missed_at=None,
            not_before=None,
            away_until=None,
            office="mitte",
            name="Bürgerbüro Mitte",
            time_zone="Europe/Berlin",
            language="de",
            languages=("de", "en"),
            may=("pause_ticket", "cancel_ticket"),
            away_minutes=45,
        )
        return msgspec.structs.replace(plain, **changes)


@pytest.fixture
def boards() -> Boards:
    return Boards()


@pytest.fixture(scope="session")
def faults() -> Callable[[Page], list[str]]:
    """What axe finds on a page: all default rules and best practices."""
    axe = Axe()

    def find(page: Page) -> list[str]:
        # Colours that fade would be measured in the middle of the fade.
        page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
        found = axe.run(page).response
        faults = [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"]]
        return faults + unclear(page, found["incomplete"])

    return find


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=DEADLINE_S * 1000)
