"""The beginning of a connection on a port with TLS: it counts as a silent line from the moment it came, before its TLS hello.

asyncio tells a protocol of its connection only after the handshake of TLS. Until then nobody would count it, and lines that
never say a hello could take every descriptor. For `serving`.
"""

import asyncio
import contextlib
from collections.abc import Callable
from ssl import SSLContext
from typing import cast

from server.tasks import Tasks
from server.web.line import lines
from server.web.line.peer import address

MakeProtocol = Callable[[], asyncio.Protocol]


class TlsLine(asyncio.Protocol):
    """Waits for the hello, then hands the connection to what `made` makes. `within_s`: how long it waits."""

    def __init__(self, tasks: Tasks, tls: SSLContext, made: MakeProtocol, within_s: float) -> None:
        self._tasks, self._tls, self._made, self._within_s = tasks, tls, made, within_s
        self._early = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._raw = cast(asyncio.Transport, transport)
        self._raw.pause_reading()
        lines.OPEN.silent(self, address({"client": self._raw.get_extra_info("peername")}))
        self._tasks.start(self._handshake(), "handshake")

    def data_received(self, data: bytes) -> None:
        """May be called once more: uvloop reads on once after it was told to pause, and asyncio may read before it reports the
        handshake."""
        self._early += data

    def connection_lost(self, exc: Exception | None) -> None:
        lines.OPEN.left(self)

    def idle(self) -> bool:
        return True

    def hang_up(self) -> None:
        lines.OPEN.left(self)
        self._raw.abort()

    async def _handshake(self) -> None:
        secured = self._tasks.start(self._secured(), "TLS")
        await asyncio.sleep(0)  # the protocol of TLS is there, and hears of its connection at the loop's next turn
        asyncio.get_running_loop().call_soon(self._hello_came_early)
        secure: asyncio.Transport | None = await secured
        lines.OPEN.left(self)
        if secure is None:
            self._raw.abort()
        elif not secure.is_closing():
            self._hand_on(secure)

    async def _secured(self) -> asyncio.Transport | None:
        """None: no TLS, no hello in time, or gone."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(OSError):
            return await loop.start_tls(
                self._raw, self, self._tls, server_side=True, ssl_handshake_timeout=self._within_s
            )
        return None

    def _hello_came_early(self) -> None:
        if self._raw.get_protocol() is self:
            return
        tls, early = cast(asyncio.BufferedProtocol, self._raw.get_protocol()), bytes(self._early)
        self._early.clear()
        while early:
            room = tls.get_buffer(len(early))
            taken = min(len(room), len(early))  # type: ignore[arg-type]
            room[:taken] = early[:taken]  # type: ignore[index]
            tls.buffer_updated(taken)
            early = early[taken:]

    def _hand_on(self, secure: asyncio.Transport) -> None:
        line = self._made()
        line.connection_made(secure)
        secure.set_protocol(line)
        if self._early:
            line.data_received(bytes(self._early))
