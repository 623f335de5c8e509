"""The server's side of the live socket, played by a test, with the real templates, words and files of the pages.

Used by the browser tests of counters, the supervisor's table and the kiosk; nothing here knows what a command means.
"""

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import segno
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from config.loader import load
from config.office_files import find
from config.words import source
from server.messages import boards as wire
from server.messages.commands import COMMANDS, AnyCommand, AsSeen
from server.ticket_drawing import TicketDrawing
from tests.live_sockets import CSP, DEADLINE_S, Frame, LiveSockets, instant, page_words_file, with_files_to_keep
from tests.staff_pages.drawn import drawn

ROOT = Path(__file__).parents[2]
ROOMS = ("counter_client", "supervisor", "ticket_printer")

Answer = Callable[[Frame], Frame | None]
"""The server's answer to a command frame: {"result": ...}, {"problem": ...}, or None for no answer."""


def refused(code: str, **more: Any) -> Answer:
    problem = {
        "type": f"urn:aufruf:problem:{code}",
        "code": code,
        "title": code,
        "detail": code,
        "retry": False,
        **more,
    }
    return lambda _: {"problem": problem}


class Stage(LiveSockets):
    """One office as a page sees it. `heard`: every frame; `keys`: how often each key was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.roster: wire.Roster | None = None
        self.found: wire.Found | None = None
        self.asked: list[dict[str, str]] = []
        self.notes: dict[str, str] = {}
        self.desk: Frame | None = None
        self.answer: Answer = lambda frame: {"result": {}}
        self.says_what_was_seen = False
        """Whether each press that moves something must name the board on which it was chosen."""
        self.said: list[tuple[str, str]] = []
        """Language and text of everything that a page had read aloud, in this order."""
        self.voiceless = False
        self.ahead_s = 0
        """Seconds by which the time of a page with a standing clock was moved."""

    @property
    def pressed(self) -> list[Frame]:
        """Every command received, one for each key, without its key."""
        return list({frame["key"]: frame["command"] for frame in self.heard if frame["type"] == "command"}.values())

    @property
    def keys(self) -> list[str]:
        return [frame["key"] for frame in self.heard if frame["type"] == "command"]

    def beat(self) -> None:
        self.send({"type": "beat", "server_time": self.now()})

    def expect(self, *commands: Frame) -> None:
        """Checks that exactly these commands were pressed since the last check, in this order; each is a valid command."""
        self.until(lambda: len(self.pressed) >= len(commands))
        assert self.pressed == [self._seen(command) for command in commands]
        for command in commands:
            msgspec.convert(command, AnyCommand)
        self.heard.clear()

    def _seen(self, command: Frame) -> Frame:
        """With the entry of the board that is shown now, where the page must say so; a set may name an earlier one."""
        must = self.says_what_was_seen and issubclass(COMMANDS[command["type"]], AsSeen)
        return {"seen_seq": self.seq, **command} if must else command

    async def _hear(self, ws: WebSocket, frame: Frame) -> None:
        answer = self.answer(frame) if frame["type"] == "command" else None
        self._note(frame)
        if answer is None or self.silent:
            return
        if "problem" in answer:
            await ws.send_json({"type": "refused", "key": frame["key"], **answer})
        else:
            done = {"epoch": self.epoch, "seq": self.seq, "replayed": False, "events": []}
            await ws.send_json({"type": "done", "key": frame["key"], **done, **answer})

    def now(self, **before: float) -> str:
        return instant(**{**before, "seconds": before.get("seconds", 0) - self.ahead_s})


class House:
    """A loopback server with the pages as the product serves them."""

    def __init__(self) -> None:
        self.stage = Stage()
        self.port = 0
        self._server = uvicorn.Server(self._config())
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def _config(self) -> uvicorn.Config:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        rooms = [Mount(f"/static/{room}", StaticFiles(directory=ROOT / room / "pages")) for room in ROOMS]
        routes = [
            Route("/static/words/{language}.ftl", self._words),
            Route("/static/words/{page}/{language}.ftl", page_words_file),
            *rooms,
            Mount("/static", StaticFiles(directory=ROOT / "server/web/static")),
            Route("/t/{secret}/qr.svg", self._qr),
            Route("/online/{office}/{service}.svg", self._qr),
            Route("/audio/say/{office}/{language}", self._say),
            Route("/page/{name}/{id}", self._page),
            Route("/api/v1/offices/{office}/boards/roster", self._roster),
            Route("/api/v1/offices/{office}/boards/desk", self._desk),
            Route("/api/v1/offices/{office}/printers/{id}/preview", self._preview),
            Route("/api/v1/offices/{office}/tickets", self._found),
            Route("/api/v1/offices/{office}/tickets/{ticket}/note", self._note, methods=["GET", "PUT", "DELETE"]),
            WebSocketRoute("/api/v1/offices/{office}/live", lambda ws: self.stage.live(ws)),
            WebSocketRoute("/api/v1/live", lambda ws: self.stage.live(ws)),
        ]
        app = with_files_to_keep(Starlette(routes=routes))
        return uvicorn.Config(app, log_level="error", ws="websockets-sansio", ws_ping_interval=None)

    def __enter__(self) -> "House":
        self._thread.start()
        return self  # the socket already listens: a client that connects waits until the server is up

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(DEADLINE_S)

    async def _words(self, request: Request) -> Response:
        try:
            return Response(source(request.path_params["language"]), media_type="text/plain; charset=utf-8")
        except LookupError:
            return Response(status_code=404)

    async def _roster(self, request: Request) -> Response:
        if self.stage.roster is None:
            return Response(status_code=404)
        return Response(msgspec.json.encode(self.stage.roster), media_type="application/json")

    async def _found(self, request: Request) -> Response:
        self.stage.asked.append(dict(request.query_params))
        if self.stage.found is None:
            return Response(status_code=404)
        return Response(msgspec.json.encode(self.stage.found), media_type="application/json")

    async def _say(self, request: Request) -> Response:
        with self.stage._changed:
            self.stage.said.append((request.path_params["language"], request.query_params["text"]))
            self.stage._changed.notify_all()
        return JSONResponse(
            {"url": None if self.stage.voiceless else f"/static/silence.wav?{quote(request.query_params['text'])}"}
        )

    async def _preview(self, request: Request) -> Response:
        language = request.query_params["language"]
        drawn = await TicketDrawing().sample(load(find("mitte")), language, 80, False)
        return Response(drawn.png if drawn else b"", media_type="image/png")

    async def _desk(self, request: Request) -> Response:
        if self.stage.desk is None:
            return Response(status_code=404)
        return Response(msgspec.json.encode(self.stage.desk), media_type="application/json")

    async def _note(self, request: Request) -> Response:
        ticket, notes = request.path_params["ticket"], self.stage.notes
        if request.method == "PUT":
            notes[ticket] = (await request.json())["text"]
        elif request.method == "DELETE":
            notes.pop(ticket, None)
            return Response(status_code=204)
        return Response(
            msgspec.json.encode({"ticket": ticket, "text": notes.get(ticket)}), media_type="application/json"
        )

    async def _qr(self, request: Request) -> Response:
        svg = segno.make(f"https://aufruf.example/t/{request.path_params.get('secret', 'none')}", error="m").svg_inline(
            scale=4
        )
        return Response(svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1), media_type="image/svg+xml")

    async def _page(self, request: Request) -> Response:
        language = request.query_params.get("lang", "de")
        id, who = request.path_params["id"], "Angemeldet: m.schneider"
        text = drawn(request.path_params["name"], language, office="mitte", id=id, who=who, languages=["de", "en"])
        return HTMLResponse(text, headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"})
