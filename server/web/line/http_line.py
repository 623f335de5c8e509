"""One HTTP connection: uvicorn's, and limits on what its other side may leave undone. For `serving`.

uvicorn itself waits for the first request without a limit, keeps a head of any size, queues as many requests as come in one
read, and waits for ever for a client that does not read its answer.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.web.line import lines
from server.web.line.headers import headers_for
from server.web.line.peer import address

HEAD_S = 10.0
"""Seconds from the opening of the connection, or from the first byte of a later request, to the end of its head."""
HEAD_BYTES = 64 * 1024
UNREAD_S = 30.0
"""Seconds that an answer may stay unread: a connection that takes nothing for longer is closed."""
AHEAD = 16
"""Requests that may be sent ahead of an answer. Browsers send none."""


class HttpLine(HttpToolsProtocol):
    """Closes a connection whose other side sends nothing, too slowly or too much, or does not read."""

    head_s, unread_s = HEAD_S, UNREAD_S

    _silence: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_head()
        lines.OPEN.silent(self, address({"client": self.client}))

    def connection_lost(self, exc: Exception | None) -> None:
        lines.OPEN.left(self)
        self._head_is_there()
        self._is_read()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._silence is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES + len(data):  # the last bytes may contain the beginning of a body
                self._head_is_there()
                self.send_400_response("The head of this request is too large.")
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        cast(dict[str, Any], self.scope)[lines.LINE] = self
        if self._silence is None:
            self._expect_head()

    def handle_websocket_upgrade(self) -> None:
        lines.OPEN.left(self)
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(self.unread_s, self.transport.abort)

    def resume_writing(self) -> None:
        self._is_read()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """The answer of the parser itself, sent before any app is asked, gets the same headers as every other answer."""
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
        return cycle is None or bool(cycle.response_complete or cycle.more_body) or self.flow.write_paused

    def hang_up(self) -> None:
        lines.OPEN.left(self)
        self.transport.abort()

    def on_headers_complete(self) -> Any:
        lines.OPEN.spoke(self)
        self._head_is_there()
        if len(self.pipeline) >= AHEAD:
            raise ValueError("too many requests ahead of their answers")  # the parser makes it a 400
        return super().on_headers_complete()

    def _expect_head(self) -> None:
        self._head = 0
        self._silence = self.loop.call_later(self.head_s, self.transport.abort)

    def _head_is_there(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None

    def _is_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
