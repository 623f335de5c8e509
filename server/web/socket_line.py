"""One WebSocket connection: uvicorn's, for which a frame that many sockets get is put into its wire form once. For `serving`.

uvicorn encodes and frames the same text anew for each of a thousand displays.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State


class SocketLine(WebSocketsSansIOProtocol):
    """A text message is kept in its wire form beside its text, where the next socket that is handed it finds it.

    Servers do not mask and this one does not compress, so the bytes are the same for all (RFC 6455, 5.2). Several frames
    that go out together (`many`) are one write.
    """

    takes_many = True

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
