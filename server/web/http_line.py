"""One HTTP connection: uvicorn's, and a limit on how long and how large the head of a request may be. For `serving`.

uvicorn waits for the first request as long as the other side likes, and keeps a head of any size.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.web.headers import headers_for
from server.web.lines import Lines

HEAD_S = 10.0
"""From the opening of the line, or the first byte of a further request, to the end of its head."""
HEAD_BYTES = 64 * 1024


class HttpLine(HttpToolsProtocol):
    """Hangs up on who says nothing, or too slowly, or too much."""

    head_s = HEAD_S
    lines = Lines()
    """Of this process: all its ports share its descriptors."""

    _silence: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()
        self.lines.came(self, self.client[0] if self.client else "")

    def connection_lost(self, exc: Exception | None) -> None:
        self.lines.left(self)
        self._head_is_there()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._silence is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES + len(data):  # what came with the last bytes may be a body
                self._head_is_there()
                self.send_400_response("The head of this request is too large.")
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._silence is None:
            self._expect_head()

    def handle_websocket_upgrade(self) -> None:
        self.lines.left(self)
        super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """The parser's own answer, before any app is asked, carries what every answer carries."""
        text = msg.encode("ascii", "replace")
        own = (
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(text)).encode()),
            (b"connection", b"close"),
        )
        added = headers_for("", secure=self.scheme == "https")
        head = b"".join(name + b": " + value + b"\r\n" for name, value in (*own, *added))
        self.transport.write(b"HTTP/1.1 400 Bad Request\r\n" + head + b"\r\n" + text)
        self.transport.close()

    def idle(self) -> bool:
        cycle: Any = self.cycle  # None until the first request
        return cycle is None or bool(cycle.response_complete)

    def hang_up(self) -> None:
        self.lines.left(self)
        self.transport.abort()

    def on_headers_complete(self) -> Any:
        self.lines.spoke(self)
        self._head_is_there()
        return super().on_headers_complete()

    def _expect_head(self) -> None:
        self._head = 0
        self._silence = self.loop.call_later(self.head_s, self.transport.abort)

    def _head_is_there(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
