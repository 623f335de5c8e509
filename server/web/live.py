"""The live socket: hello, welcome, board, and then frames in both directions until somebody leaves.

Plain ASGI, so that push may write to the socket itself. One task per socket; presses run in tasks of their own, so that an
alarm never waits behind a press that waits for the store.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import msgspec
import structlog
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from server.access.gate import NOT_SIGNED_IN, Pass
from server.messages import frames
from server.messages.actor import Actor
from server.messages.instants import millis_or_none
from server.messages.problems import Refusal
from server.messages.rights import DEVICES
from server.push.connection import Connection
from server.push.packets import packet
from server.web import reading
from server.web.answers import done_members
from server.web.ask import ready
from server.web.door import STRANGER, WITHOUT_ID, bearer_of, board_actor, by_cookie, cookie_of, moved_to
from server.web.line import lines
from server.web.line.peer import address, doubled
from server.web.line.socket_line import SocketLine
from server.web.pressing import pressed
from server.web.refused import RefusedRequest, refuse
from server.web.routes.tickets import holders
from server.web.site import Site
from server.web.sockets import Sockets

EVERYWHERE = "/api/v1/live"
"""The socket that belongs to no single office."""
HELLO_S = 5.0
CATCH_UP_S = 2.0
IN_FLIGHT = 32
"""How many presses of one socket may wait for their answers at the same time."""

_log = structlog.get_logger("aufruf.web")
_frames = msgspec.json.Decoder(frames.FromClient)


class Closed(Exception):
    """The other side has left."""


class Live:
    """The ASGI app of `/api/v1/offices/{office}/live`. `wide`: the talk on the socket that belongs to no
    single office; `citizens`: on the public listener, for tickets only."""

    def __init__(self, site: Site, sockets: Sockets, wide: type["Talk"], *, citizens: bool = False) -> None:
        self._site, self._sockets, self._wide, self._citizens = site, sockets, wide, citizens

    async def serve(self, office: str | None, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket from handshake to end. Nothing that a client does makes this raise."""
        await receive()  # websocket.connect
        if doubled(scope):
            await send(
                {"type": "websocket.close", "code": frames.CLOSE["malformed"], "reason": "a header stands twice"}
            )
            return
        kind = self._wide if scope["path"] == EVERYWHERE else Talk
        talk = kind(self._site, self._sockets, office, scope, receive, send, citizens=self._citizens)
        try:
            await talk.greeted()
            await send({"type": "websocket.accept"})
            connection = await talk.begin()
        except RefusedRequest as refused:
            await _close(send, _close_code(refused.refusal), refused.refusal.code)
            return
        except (Closed, OSError):
            return
        try:
            await talk.go_on(connection)
        finally:
            talk.end(connection)


class Talk:
    """One conversation."""

    __slots__ = (
        "_actor",
        "_asker",
        "_cookie",
        "_doubled",
        "_flying",
        "_line",
        "_receive",
        "_scope",
        "_send",
        "_site",
        "_sockets",
        "citizens",
        "office",
    )

    def __init__(
        self,
        site: Site,
        sockets: Sockets,
        office: str | None,
        scope: Scope,
        receive: Receive,
        send: Send,
        *,
        citizens: bool,
    ) -> None:
        self._site, self._sockets, self.office, self._scope = site, sockets, office or "", scope
        self._receive, self._send, self.citizens = receive, send, citizens
        self._asker: Pass | None = None
        self._cookie: str | None = None
        self._actor: Actor = STRANGER
        self._line: lines.Line | None = scope.get(lines.LINE)
        self._flying = 0
        self._doubled: str | None = None  # a member that stands twice in the frame heard last

    async def greeted(self) -> None:
        """A connection with a session or a token in its handshake is not silent. The hello decides for whom it counts."""
        if self._line is None:
            return
        lines.OPEN.silent(self._line, address(self._scope))  # the address that a trusted proxy names
        opened = HTTPConnection(self._scope)
        with contextlib.suppress(RefusedRequest, OSError, TimeoutError):  # the answer to the hello will give the reason
            async with asyncio.timeout(HELLO_S):
                asker = await self._by_handshake(opened)
            if asker is not None:
                lines.OPEN.known(self._line, asker.asker, asker.highest)

    async def begin(self) -> Connection:
        """From the hello to the first board: who is it, and may they see it?"""
        said = await self._hello()
        if self.office not in self._site.desks or said.board in ("offices", "pairing"):
            raise refuse("unknown_office", "there is no such board")
        desk = ready(self._site.desks[self.office])
        id = await self._identify(said)
        self._stand()
        if said.seq > desk.state.seq and said.epoch == desk.state.epoch:
            await desk.caught_up(said.seq, CATCH_UP_S)
        connection = self._site.hub.connect(
            self.office, said.board, id, self._actor, self._send, cutter(self._send), at_once=writer(self._send)
        )
        if self._asker is not None and self._asker.session and self._actor.role in DEVICES:  # a paired screen
            connection.named = self._asker.name
        refused = self._site.hub.join(connection)
        if refused is not None:
            self.end(connection)
            raise RefusedRequest(refused)
        if self._asker is not None:
            self._sockets.opened(connection, self._asker, self._cookie)
        elif self._actor.role == "holder":
            self._sockets.opened_by_link(connection)
        self._scope["headers"] = []  # ten thousand phones would keep their request headers in memory
        return connection

    async def _hello(self) -> frames.Hello:
        try:
            async with asyncio.timeout(HELLO_S):
                said = await self._heard()
        except TimeoutError:
            raise refuse("not_signed_in", "no hello in time") from None
        if not isinstance(said, frames.Hello):
            raise refuse("malformed", "the first frame is hello")
        return said

    async def go_on(self, connection: Connection) -> None:
        """Handle frames until the socket ends."""
        try:
            while True:
                self._act(connection, await self._heard())
        except RefusedRequest:
            connection.close("malformed")
            await self._until_gone()
        except (Closed, OSError):
            return

    def end(self, connection: Connection) -> None:
        self._sockets.closed(connection)
        self._site.hub.leave(connection)

    # who is it

    async def _identify(self, hello: frames.Hello) -> str:
        """Set the actor, and return the id of the board it gets."""
        if hello.board == "ticket":
            return self._by_link(hello.id)
        if self.citizens:
            raise refuse("unknown_route", "only tickets are shown here")
        self._asker = await self._known(hello.token)
        actor = None
        if self._asker is not None:
            actor = await self._site.access.gate.actor(self._asker, self.office)
            await self._sent_on(hello, actor)
        id = "" if hello.board in WITHOUT_ID else hello.id or (actor.device if actor else None) or ""
        self._actor = board_actor(self._site, self.office, hello.board, id, self._asker, actor)
        if self._actor is STRANGER:
            self._asker = None
        return id

    async def _sent_on(self, hello: frames.Hello, actor: Actor | None) -> None:
        """Tells a page which device it is now, if somebody moved it while it was away."""
        assert self._asker is not None
        path = moved_to(self._asker, actor, self.office, hello.board, hello.id)
        if path is not None:
            await self._send({**packet(frames.Device(do="reload", path=path))})
            raise refuse("not_allowed", "this is another device now")

    def _stand(self) -> None:
        """From now on this connection has the rank of what it has shown."""
        if self._line is None:
            return
        if self._asker is not None:
            lines.OPEN.known(self._line, self._asker.asker, self._asker.highest, socket=True)
        elif self._actor is STRANGER:
            lines.OPEN.screen(self._line, address(self._scope))
        else:
            lines.OPEN.known(self._line, self._actor.principal, "holder", socket=True)
            if isinstance(self._line, SocketLine):
                self._line.is_a_phone()

    def _by_link(self, secret: str) -> str:
        found = self._site.access.gate.holder(secret)
        if found is None or found.office != self.office:
            self._guessed()
            raise refuse("unknown_ticket", "no ticket has this link")
        _, ticket, self._actor = found
        return ticket

    async def _known(self, token: str | None) -> Pass | None:
        """The identity by the hello's token, else by what the handshake showed."""
        opened = HTTPConnection(self._scope)
        if token is not None:
            asker = await self._site.access.gate.known(token)
        else:
            self._cookie = cookie_of(self._site, opened, "page")
            asker = await self._by_handshake(opened)
        if asker is None:
            shown = token is not None or bearer_of(opened) is not None
            if shown or cookie_of(self._site, opened, "device"):
                self._guessed()
            if shown:
                raise RefusedRequest(NOT_SIGNED_IN)
        return asker

    async def _by_handshake(self, opened: HTTPConnection) -> Pass | None:
        """A program's token, or the session of one of our own pages."""
        if (bearer := bearer_of(opened)) is not None:
            return await self._site.access.gate.known(bearer)
        asker = await by_cookie(self._site, opened)
        if asker is not None:
            self._site.proxied.check_origin(self._scope)
        return asker

    def _guessed(self) -> None:
        """Count it for the address. The socket still hears the real reason, so that a revoked device does not try again."""
        with contextlib.suppress(RefusedRequest):
            self._site.limits.guessed(address(self._scope))

    # what they say

    async def _heard(self) -> frames.FromClient:
        """The next frame. Raises Closed when the other side has left, RefusedRequest for something that is not a frame.

        A press in which a member stands twice is a frame: whoever sent it is told which one (`_doubled`).
        """
        event = await self._receive()
        if event["type"] == "websocket.disconnect":
            raise Closed
        text = event.get("text")
        if text is None or len(text) > reading.MOST_BYTES:
            raise refuse("malformed", "frames are JSON texts of at most 64 KiB")
        try:
            frame: frames.FromClient = _frames.decode(text)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as fault:
            raise refuse("malformed", "this is no frame of this protocol") from fault
        self._doubled = reading.doubled(text)
        if self._doubled is not None and not isinstance(frame, frames.CommandFrame):
            raise refuse("malformed", f"{self._doubled} stands twice")
        return frame

    def _act(self, connection: Connection, said: frames.FromClient) -> None:
        if isinstance(said, frames.CommandFrame):
            self._press(connection, said)
        elif isinstance(said, frames.Report):
            self._site.hub.report(connection, said)
        elif isinstance(said, frames.Speak):
            self._site.hub.speak(connection, said.zone)
        else:
            raise refuse("malformed", "hello is said once")

    def _press(self, connection: Connection, said: frames.CommandFrame) -> None:
        refused = None if self._doubled is None else reading.twice(self._doubled)
        if self._flying >= IN_FLIGHT:
            refused = refuse("too_many", "too many presses of this device wait for their answer")
        if refused is not None:
            connection.tell(packet(frames.Refused(key=said.key, problem=refused.refusal.problem())))
            return
        self._flying += 1
        self._site.hub.tasks.start(self._answer(connection, said), "press")

    async def _answer(self, connection: Connection, said: frames.CommandFrame) -> None:
        try:
            done = await self._pressed(said)
            self._site.hub.answered(connection)
            connection.tell(packet(done))
        except RefusedRequest as refused:
            connection.tell(packet(frames.Refused(key=said.key, problem=refused.refusal.problem())))
        except Exception as fault:
            _log.error("a press failed", office=self.office, kind=type(fault).__name__, exc_info=fault)
            fell = Refusal(code="fault", detail="Something went wrong here. It has been noted.")
            connection.tell(packet(frames.Refused(key=said.key, problem=fell.problem())))
        finally:
            self._flying -= 1

    async def _pressed(self, said: frames.CommandFrame) -> frames.Done:
        actor = self._actor
        if not actor.principal:
            raise RefusedRequest(NOT_SIGNED_IN)
        self._sockets.sure()
        if self._asker is not None:
            self._site.access.used(self._asker)
        desk, limits = self._site.desks[self.office], self._site.limits
        age = None if said.age_ms is None else max(0, said.age_ms)
        when = reading.When(age, millis_or_none(said.pressed_at))
        with limits.press(actor):
            if actor.role == "holder":
                command = holders(reading.read(said.command, dict[str, Any]), actor.device or "")
            else:
                command = reading.command(said.command)
            done = await pressed(self._site, desk, actor, command, said.key, when)
        return frames.Done(key=said.key, **done_members(desk, done))

    async def _until_gone(self) -> None:
        try:
            async with asyncio.timeout(HELLO_S):
                while (await self._receive())["type"] != "websocket.disconnect":
                    pass
        except (TimeoutError, OSError):
            return


def _close_code(refusal: Refusal) -> int:
    """The closing code of a refusal before the first board."""
    if refusal.retry:
        return frames.CLOSE["restarting"]
    by_status = {400: "malformed", 401: "not_signed_in", 403: "not_allowed", 500: "restarting"}
    return frames.CLOSE[by_status.get(refusal.status, "no_such_board")]


async def _close(send: Send, code: int, reason: str) -> None:
    try:
        async with asyncio.timeout(HELLO_S):
            await send({"type": "websocket.close", "code": code, "reason": reason})
    except (TimeoutError, OSError, RuntimeError):
        return  # it has left or reads nothing; the limits of the server will end it


def writer(send: Send) -> Callable[[Any], bool] | None:
    """How a frame is written without waiting; None if the server cannot do that."""
    found: Callable[[Any], bool] | None = getattr(getattr(send, "__self__", None), "at_once", None)
    return found


def cutter(send: Send) -> Callable[[], None] | None:
    """Ends the connection at once. ASGI cannot do that, but uvicorn's `send` is a method of the object with the transport."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    return getattr(transport, "abort", None)
