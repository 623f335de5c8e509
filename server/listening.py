"""The ports of a node: one for everybody, one only for citizens. Called by wiring."""

import asyncio
import contextlib
import resource
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from server.certificates import Certificates
from server.option_checks import taken
from server.options import Options
from server.web.line.serving import GOODBYE_S, listener, server


def allow_many_sockets() -> None:
    """Raises the limit of open files as far as the system allows: each socket is one, and many systems begin with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(OSError, ValueError):  # some systems report a limit that they do not grant
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def ports(web: Any, options: Options) -> Iterator[tuple[Any, int]]:
    yield web.everybody, options.port
    if options.public_port is not None:
        yield web.citizens, options.public_port


@asynccontextmanager
async def listening(
    options: Options, app: Any, port: int, certificates: Certificates | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    try:
        door = listener(options.host, port)
    except OSError as fault:
        raise taken(options.host, port, fault) from fault
    serving = server(app, certificate=options.tls_cert, key=options.tls_key)
    task = asyncio.create_task(serving.serve(sockets=[door]), name=f"port {port}")
    while not serving.started and not task.done():
        await asyncio.sleep(0.01)
    if certificates is not None and isinstance(serving.config.ssl, ssl.SSLContext):
        certificates.serve(serving.config.ssl)
    try:
        yield task
    finally:
        serving.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait({task}, timeout=GOODBYE_S + 2)
        door.close()
