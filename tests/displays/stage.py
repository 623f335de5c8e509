"""A stage for citizens' pages: their real templates and files, and the server's side of the live socket, played by a test."""

import io
import socket
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from config.words import source
from tests.live_sockets import CSP, DEADLINE_S, LiveSockets, page_words_file, with_files_to_keep
from tests.staff_pages.drawn import drawn

ROOT = Path(__file__).parents[2]


class Stage(LiveSockets):
    """The server's side of the live socket, played by a test. Its frames go to every open socket."""

    def __init__(self) -> None:
        super().__init__()
        self.leases = True
        self.context: dict[str, Any] = {}
        self.slides: list[dict[str, Any]] = []
        self.asked_for: list[str] = []
        self.answer: Callable[[dict[str, Any]], dict[str, Any] | None] = self.accept

    @property
    def open(self) -> int:
        return len(self._open)

    def accept(self, frame: dict[str, Any]) -> dict[str, Any] | None:
        """Answers a command with done, as HTTP does."""
        done = {"type": "done", "key": frame["key"], "epoch": self.epoch, "seq": self.seq, "replayed": False}
        return done | {"events": [], "result": {}}

    def commands(self) -> list[dict[str, Any]]:
        return [frame for frame in self.heard if frame["type"] == "command"]

    def beat(self, stale_since: str | None = None) -> None:
        frame = {"type": "beat", "epoch": self.epoch, "seq": self.seq, "server_time": self.now()}
        self.send(frame | ({"stale_since": stale_since} if stale_since else {}))

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Waits for a frame from a page that fits; fails after the deadline."""
        self.until(lambda: any(wanted(frame) for frame in self.heard))
        return next(frame for frame in self.heard if wanted(frame))

    async def _hear(self, ws: WebSocket, frame: dict[str, Any]) -> None:
        self._note(frame)
        if frame["type"] == "speak":
            until = self.now(seconds=-10)
            await ws.send_json({"type": "lease", "zone": frame["zone"], "held": self.leases, "until": until})
        if frame["type"] == "command" and (answer := self.answer(frame)):
            await ws.send_json(answer)


class Theatre:
    """The stage and a loopback server for the whole run."""

    def __init__(self) -> None:
        self.stage = Stage()
        app = Starlette(
            routes=[
                Route("/static/words/{language}.ftl", self._words),
                Route("/static/words/{page}/{language}.ftl", page_words_file),
                Route("/static/theme/{office}/{name}", lambda asked: Response(LOGO, media_type="image/svg+xml")),
                Route("/draw/{office}/qr.svg", lambda asked: Response(LOGO, media_type="image/svg+xml")),
                Mount("/static/displays", StaticFiles(directory=ROOT / "displays/pages")),
                Mount("/static/pages", StaticFiles(directory=ROOT / "server/web/pages")),
                Mount("/static", StaticFiles(directory=ROOT / "server/web/static")),
                Route(
                    "/audio/{name}", lambda asked: Response(spoken(asked.path_params["name"]), media_type="audio/wav")
                ),
                Route("/media/{office}/{display}", lambda asked: JSONResponse(self.stage.slides)),
                Route("/media/{office}/{display}/{media}/{name}", self._slide),
                Route("/page/{name}", self._page),
                WebSocketRoute("/api/v1/offices/{office}/live", lambda ws: self.stage.live(ws)),
            ]
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        kept = with_files_to_keep(app)
        config = uvicorn.Config(kept, port=self.port, log_level="error", ws="websockets-sansio", ws_ping_interval=None)
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

    async def _slide(self, request: Request) -> Response:
        name = request.path_params["name"]
        self.stage.asked_for.append(name)
        if name.endswith(".webm"):
            return FileResponse(Path(__file__).with_name("one_second.webm"), media_type="video/webm")
        return Response(picture(name), media_type="image/png") if name.endswith(".png") else Response(status_code=404)

    async def _page(self, request: Request) -> Response:
        language = request.query_params.get("lang", "de")
        base: dict[str, Any] = {"office": "mitte", "id": "hall", "languages": ["de", "en"], "spoken": ["de", "en"]}
        context = base | {"path": request.url.path} | self.stage.context
        text = drawn(request.path_params["name"], language, **context)
        return HTMLResponse(text, headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"})


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path fill="#123" d="M0 0h30v10H0z"/></svg>'


def picture(name: str) -> bytes:
    """A picture of 16:9 in a colour that follows from its name."""
    made = io.BytesIO()
    Image.new("RGB", (320, 180), (40, 90, sum(name.encode()) % 256)).save(made, "png")
    return made.getvalue()


def spoken(name: str) -> bytes:
    """A tone of a fifth of a second, instead of a sentence; "long.wav" has two seconds."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes([100, 156]) * (8_000 if name == "long.wav" else 800))
    return made.getvalue()
