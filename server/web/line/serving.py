"""How uvicorn serves an app: the listening socket, and every setting that was measured or is needed for safety. For wiring."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn

from server.tasks import Tasks
from server.web.line.http_line import HttpLine
from server.web.line.socket_line import SocketLine
from server.web.line.tls_line import TlsLine
from server.web.reading import MOST_BYTES

BACKLOG = 4_096
"""Connections waiting to be accepted: a thousand displays may reconnect in the same second."""
TAKEN_AT_ONCE = 16
"""Connections accepted in one turn of the loop. asyncio accepts all that wait; 2,000 handshakes delayed a press by 2.8 s."""
SEND_BUFFER = 64 * 1024
UNANSWERED_MS = 10_000
"""A connection without an acknowledgement for this long is dead (half-open sockets, stuck televisions)."""
PING_S = 20.0
"""Beats show the device that the server lives; pings show the server that the device does. 10,000 phones make 500 a second."""
KEEP_ALIVE_S = 75
GOODBYE_S = 3
HANDSHAKE_S = 10.0
"""The same limit as for the first head of a plain connection; asyncio would wait a minute for the TLS hello."""


def listener(host: str, port: int) -> socket.socket:
    """A bound TCP socket; OSError if the address is taken. Its options are inherited by every connection.

    asyncio switches Nagle's algorithm off only for sockets with an explicit protocol, which `socket.create_server` does not set;
    without this an answer of two writes waits 40 ms for the peer's acknowledgement.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNANSWERED_MS)
        made.bind(address)
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    return made


class Server(uvicorn.Server):
    """uvicorn without its signal handlers, which wiring has. It listens itself, because uvicorn neither counts a line before
    its TLS hello nor limits the time until then.
    """

    handshake_s = HANDSHAKE_S

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._tasks = Tasks("TLS")

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await self.lifespan.startup()
        config, self.servers = self.config, []
        for one in sockets or ():
            made = await asyncio.get_running_loop().create_server(
                self._line
                if config.ssl is None
                else partial(TlsLine, self._tasks, config.ssl, self._line, self.handshake_s),
                sock=one,
                backlog=config.backlog,
            )
            self.servers.append(made)
            one.listen(BACKLOG)  # asyncio shortened the backlog to the number it accepts at once
        self.started = True

    def _line(self) -> asyncio.Protocol:
        line: type[HttpLine] = self.config.http_protocol_class  # type: ignore[assignment]
        return line(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server(
    app: Any, *, certificate: Path | None = None, key: Path | None = None, line: type[HttpLine] = HttpLine
) -> Server:
    """A server for `serve(sockets=[listener(...)])`. It writes no access log, because paths contain secrets."""
    return Server(
        uvicorn.Config(
            app,
            loop="none",  # use the loop that is running
            http=line,
            ws=SocketLine,
            ws_per_message_deflate=False,  # it would cost 73 instead of 29 KiB a socket, for frames that are small anyway
            ws_max_size=MOST_BYTES,
            ws_ping_interval=PING_S,
            ws_ping_timeout=PING_S,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # the app itself knows which proxies to trust
            backlog=TAKEN_AT_ONCE,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=GOODBYE_S,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
    )
