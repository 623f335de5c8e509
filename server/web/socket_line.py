"""One WebSocket connection: uvicorn's, for which a frame that many sockets get is put into its wire form once. For `serving`.

uvicorn encodes and frames the same text anew for each of a thousand displays. It also answers every ping into a buffer without
an end, and keeps every piece of a message without an end: whoever does that is hung up on.
"""

from asyncio import BaseTransport
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State

from server.web import lines
from server.web.peer import address

PIECES = 64
"""Of one message. Browsers and our agents send whole ones."""


class SocketLine(WebSocketsSansIOProtocol):
    """A text message is kept in its wire form beside its text, where the next socket that is handed it finds it.

    Servers do not mask and this one does not compress, so the bytes are the same for all (RFC 6455, 5.2). Several frames
    that go out together (`many`) are one write.
    """

    takes_many = True

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        lines.OPEN.silent(self, address({"client": self.client}))

    def connection_lost(self, exc: Exception | None) -> None:
        lines.OPEN.left(self)
        super().connection_lost(exc)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            cast(dict[str, Any], self.scope)[lines.LINE] = self

    def handle_ping(self) -> None:
        if self.writable.is_set():
            super().handle_ping()
        else:  # it asks on and on and does not read the answers
            self.hang_up()

    def handle_cont(self, event: Frame) -> None:
        super().handle_cont(event)
        if len(self.frames) > PIECES:
            self.hang_up()

    def idle(self) -> bool:
        return True

    def hang_up(self) -> None:
        lines.OPEN.left(self)
        self.transport.abort()

    async def send(self, message: Any) -> None:
        await self.writable.wait()
        if "text" in message and self.conn.state is State.OPEN and not self.disconnected:
            self.transport.write(message.get("wire") or _wire(message))
        else:
            for one in message.get("many", (message,)):
                await super().send(one)


def _wire(message: dict[str, Any]) -> bytes:
    if "many" in message:
        made = b"".join(one.get("wire") or _wire(one) for one in message["many"])
    else:
        made = Frame(Opcode.TEXT, message["text"].encode()).serialize(mask=False)
    message["wire"] = made
    return made
