"""Starts a node for `aufruf up`: reads the office files, speaks plainly to the log, greets, and ends on a signal."""

import asyncio
import ipaddress
import logging
import signal
import sys
from collections.abc import Sequence
from typing import Any

import structlog
import uvloop
from sqlalchemy.exc import SQLAlchemyError

from config.loader import OfficeFileError, load
from config.office_files import find
from server import garbage
from server.history.database import DatabaseUnusable
from server.log.store import StoreFailed
from server.log.store_folder import FolderTaken
from server.messages.office import Office
from server.options import Options, Unusable
from server.wiring import node


def run(options: Options) -> int:
    """Serves until SIGTERM or Ctrl-C. 0: ended well; 1: could not start; 2: an option is wrong."""
    _speak_plainly()
    garbage.seldom()
    try:
        read = [load(find(name, options.data)) for name in options.offices]
        networks = [ipaddress.ip_network(cidr) for cidr in options.trusted_proxies]
    except LookupError as fault:
        return _refuse(f"--office: {fault.args[0]}", 2)
    except OfficeFileError as fault:
        return _refuse(str(fault), 2)
    except ValueError as fault:
        return _refuse(f"--trusted-proxy: {fault}", 2)
    try:
        uvloop.run(_serve(options, read, networks))
    except (Unusable, FolderTaken, StoreFailed, DatabaseUnusable, OSError, SQLAlchemyError) as fault:
        return _refuse(f"aufruf up: {fault}", 1)
    except KeyboardInterrupt:
        return 0
    return 0


def _refuse(reason: str, code: int) -> int:
    print(reason, file=sys.stderr)
    return code


def _speak_plainly() -> None:
    """Logs to stderr, one line each: no addresses, no tokens, no bodies."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),  # rich tracebacks print local variables: secrets among them
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )


async def _serve(options: Options, offices: Sequence[Office], networks: Sequence[Any]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with node(options, offices, tuple(networks)) as running:
        _greet(options, offices, await running.access.first_link.fresh())
        waits = {asyncio.ensure_future(stop.wait()), *running.servers}
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
            raise Unusable(f"port {options.port} is not served any more")


def _greet(options: Options, offices: Sequence[Office], secret: str | None) -> None:
    """What a newcomer sees in the terminal: where to go, and what to do next."""
    lines = ["", f"Aufruf is open:  {options.address}/", ""]
    for office in offices:
        lines += [
            f"  {office.name}",
            *(f"    display     {options.address}/display/{office.id}/{d.id}" for d in office.displays[:1]),
            *(f"    kiosk       {options.address}/kiosk/{office.id}/{k.id}" for k in office.kiosks[:1]),
            f"    counter     {options.address}/counter/{office.id}/{office.counters[0].id}",
            f"    supervisor  {options.address}/supervisor/{office.id}",
            "",
        ]
    if secret is not None:
        lines += [f"  Sign in first (works once): {options.address}/first/{secret}", ""]
    if options.public_url is not None and "//localhost" in options.public_url:
        lines += [f"  QR codes point to {options.public_url}: only this machine can open them (--public-url).", ""]
    if options.public_url is None:
        lines += ["  Tickets carry no QR code: give --public-url https://... that phones can reach.", ""]
    lines += [
        "  Then take a ticket at the kiosk, press Next at the counter, and watch the display.  Ctrl-C ends it.",
        "",
    ]
    print("\n".join(lines), flush=True)
