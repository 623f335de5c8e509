"""One WebSocket connection: uvicorn's, with one wire form of a frame for many sockets, and an answer to every handshake.

uvicorn itself encodes and frames the same text again for each of a thousand displays. If `websockets` cannot read a handshake,
uvicorn sends no answer and keeps the connection open for ever. It writes answers to pings, and keeps pieces of a message,
without a limit: here a client that abuses this is disconnected. For `serving`.
"""

from asyncio import BaseTransport
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import State
from websockets.server import ServerProtocol

from server.web.line import lines
from server.web.line.headers import SECURE, headers_for
from server.web.line.peer import address

PHONE_PING_S = 60.0
"""Seconds between two pings of a phone. Nobody waits to hear that a phone is gone, whereas the silence of a device is an alert;
and a ping with its answer costs more than a beat."""
ASKED = b"here"
"""What every ping carries. Any answer shows that the other side is there, so one frame is made for all."""
PING = Frame(Opcode.PING, ASKED).serialize(mask=False)
PIECES = 64
"""The most pieces of one message. Browsers and our agents send whole messages."""


class Handshake(ServerProtocol):
    """Every refusal gets the usual headers, whether the app, uvicorn or `websockets` refuses."""

    secure = False

    def send_response(self, response: Response) -> None:
        super().send_response(response if response.status_code == 101 else self.dressed(response))

    def dressed(self, refused: Response) -> Response:
        for name, value in headers_for("", secure=self.secure):
            refused.headers[name.decode()] = value.decode()
        return refused


class SocketLine(WebSocketsSansIOProtocol):
    """The wire form of a text message is stored in the message itself, where the next socket that sends it finds it.

    Servers do not mask and this one does not compress, so the bytes are the same for all (RFC 6455, 5.2). Several frames
    that go out together (`many`) are one write.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.conn: Handshake = Handshake(max_size=self.config.ws_max_size, logger=self.conn.logger)

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.conn.secure = self.scheme == "wss"
        lines.OPEN.silent(self, address({"client": self.client}))

    def connection_lost(self, exc: Exception | None) -> None:
        lines.OPEN.left(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.transport.is_closing():
            self._refuse()

    def _refuse(self) -> None:
        """Refuses a head that is complete (`HttpLine` read it) but no handshake: too long, too many headers, or a body
        after it."""
        said = b"".join(self.conn.data_to_send())
        if not said:  # `websockets` has no answer for some of these faults
            said = self.conn.dressed(self.conn.reject(400, "This is no WebSocket handshake.\n")).serialize()
        self.transport.write(said)
        self.transport.close()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            cast(dict[str, Any], self.scope)[lines.LINE] = self

    def handle_ping(self) -> None:
        if self.writable.is_set():
            super().handle_ping()
        else:  # the client goes on asking and does not read the answers
            self.hang_up()

    def handle_cont(self, event: Frame) -> None:
        super().handle_cont(event)
        if len(self.frames) > PIECES:
            self.hang_up()

    def send_keepalive_ping(self) -> None:
        """As uvicorn's, which makes a new frame each time; the other side has `ping_timeout` to answer."""
        self.ping_timer = None
        if self.close_sent or self.transport.is_closing():
            return
        self.pending_ping_payload, self.ping_sent_at = ASKED, self.loop.time()
        self.transport.write(PING)
        self.pong_timer = self.loop.call_later(self.ping_timeout or PHONE_PING_S, self.keepalive_timeout)

    def is_a_phone(self) -> None:
        """From the next ping on it is asked less often whether it is still there."""
        self.ping_interval = PHONE_PING_S

    def idle(self) -> bool:
        return True

    def hang_up(self) -> None:
        lines.OPEN.left(self)
        self.transport.abort()

    def at_once(self, message: Any) -> bool:
        """Writes a text message without a coroutine, if nothing has to be waited for; returns whether it did."""
        if not self.writable.is_set() or self.conn.state is not State.OPEN or self.disconnected:
            return False
        self.transport.write(message.get("wire") or _wire(message))
        return True

    async def send(self, message: Any) -> None:
        await self.writable.wait()
        if "text" not in message or not self.at_once(message):
            self.conn.secure = bool(self.scope.get(SECURE, self.conn.secure))
            for one in message.get("many", (message,)):
                await super().send(one)


def _wire(message: dict[str, Any]) -> bytes:
    if "many" in message:
        made = b"".join(one.get("wire") or _wire(one) for one in message["many"])
    else:
        made = Frame(Opcode.TEXT, message["text"].encode()).serialize(mask=False)
    message["wire"] = made
    return made
