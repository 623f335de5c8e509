"""The ASGI apps: one for everybody, one for citizens only. Finds a request's route, checks it, and answers or refuses."""

import asyncio
from collections.abc import Sequence
from functools import partial

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from server.tasks import Tasks
from server.web import door
from server.web.line.headers import SECURE, headers_for
from server.web.line.peer import doubled, over_tls, through_proxy
from server.web.live import Live
from server.web.problems import Problems
from server.web.refused import RefusedRequest, refuse
from server.web.routes import notes, ways
from server.web.routes.static import Static
from server.web.site import Site
from server.web.sockets import Sockets
from server.web.templates import Templates
from server.web.way import Map, Way
from server.web.wide_talk import WideTalk

LIVE = "/api/v1/offices/{office}/live"
CITIZENS_FILES = frozenset({"displays", "words", "booking"})
FRAMED = frozenset({"/book/{office}", "/embed/{office}", "/a/{secret}", "/w/{secret}"})
OFFICE_OF = "aufruf.office"
"""Where the scope of a request says which office it is about."""
ANSWER_S = 30.0
"""Limit for one request."""


class App:
    """The app of one listener. `citizens`: serves only routes marked for citizens and answers 404 to everything else."""

    def __init__(self, site: Site, sockets: Sockets, *, citizens: bool = False) -> None:
        self._site, self._citizens = site, citizens
        templates = Templates(site.say, site.languages, site.staff_languages, site.settings.version)
        self._problems = Problems(site, templates)
        self._live = Live(site, sockets, WideTalk, citizens=citizens)
        static = Static(site.words, site.languages[0], CITIZENS_FILES if citizens else None)
        self.ways = ways(templates, static, site.settings.version, citizens=citizens)
        self._map = Map(self.ways)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] == "websocket":
            self._look_behind_proxy(scope)
            scope[SECURE] = over_tls(scope, self._site.settings.public_url)
            await self._live.serve(_office_of(scope["path"]), scope, receive, send)
        else:
            await self._http(scope, receive, send)

    def _look_behind_proxy(self, scope: Scope) -> None:
        self._site.proxied.look(scope)
        through_proxy(scope, self._site.settings.trusted_proxies)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Always sends our own answer: uvicorn's 500 has none of our headers, and a server that is stopping is no fault."""
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._answered(scope, receive, sending)
        except (asyncio.CancelledError, Exception) as fault:
            if begun:
                raise
            ending = refuse("stopping", "the server is ending; try again")
            told = ending if isinstance(fault, asyncio.CancelledError) else fault
            response = self._problems.answer(Request(scope, receive), told)
            await self._dressed(response, scope)(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._look_behind_proxy(scope)
        request = Request(scope, receive)
        way: Way | None = None
        try:
            if name := doubled(scope):
                raise refuse("malformed", f"{name}: send this header once")
            way, values = self._found(request)
            scope["aufruf.route"] = way.path
            async with asyncio.timeout(ANSWER_S):
                ask = await door.enter(self._site, way, request, values)
                scope[OFFICE_OF] = ask.values.get("office")
                response = await way.answer(ask)
        except ClientDisconnect:
            return
        except Exception as fault:
            response = self._problems.answer(request, fault)
        await self._dressed(response, scope, way)(scope, receive, send)

    def _found(self, request: Request) -> tuple[Way, dict[str, str]]:
        found = self._map.find(request.url.path, request.method)
        if found is None:
            raise refuse("unknown_route", "there is nothing here")
        if isinstance(found, frozenset):
            raise _not_so(request.method, found)
        return found

    def _dressed(self, response: Response, scope: Scope, way: Way | None = None) -> Response:
        secure = over_tls(scope, self._site.settings.public_url)
        response.raw_headers.extend(headers_for(scope["path"], secure=secure, frames=self._frames(scope, way)))
        if way is not None and way.cors:
            response.raw_headers.append((b"access-control-allow-origin", b"*"))
        return response

    def _frames(self, scope: Scope, way: Way | None) -> Sequence[str]:
        """The sites that may show this page in theirs, as the office file says: only what citizens book with."""
        if way is None or way.path not in FRAMED or not (office := scope.get(OFFICE_OF)):
            return ()
        state = self._site.desks[office].state
        return state.office.appointments.frames if state.configured else ()


class Web:
    """The apps of both listeners over one site (`everybody`, `citizens`) and their background work. Start it before serving."""

    def __init__(self, site: Site) -> None:
        self.site, self.sockets = site, Sockets(site.clock)
        self.everybody = App(site, self.sockets)
        self.citizens = App(site, self.sockets, citizens=True)
        self._tasks = Tasks("web")

    async def start(self) -> None:
        self._tasks.forever(partial(self.sockets.keep_watch, self.site), "sockets")
        self._tasks.forever(self.site.awake.watch, "awake")
        self._tasks.forever(partial(notes.keep_shown, self.site), "notes")

    async def stop(self) -> None:
        await self._tasks.close()


def make_web(site: Site) -> Web:
    """What wiring serves: `make_web(site).everybody` on `--port`, `.citizens` on `--public-port`."""
    return Web(site)


def _office_of(path: str) -> str | None:
    before, after = LIVE.split("{office}")
    office = path.removeprefix(before).removesuffix(after)
    return office if path == before + office + after and "/" not in office else None


def _not_so(method: str, known: frozenset[str]) -> RefusedRequest:
    refused = refuse("method_not_allowed", f"{method[:16]} is not possible here")
    refused.headers["Allow"] = ", ".join(sorted(known | ({"HEAD"} if "GET" in known else set())))
    return refused


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
