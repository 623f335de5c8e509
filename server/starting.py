"""Starts a node for `aufruf up`: reads the office files, sets up the log, prints a greeting, and ends on a signal."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import structlog
import uvloop
from sqlalchemy.exc import SQLAlchemyError

from config.loader import OfficeFileError, load
from config.office_files import find
from config.values import short
from server import garbage, systemd
from server.log.examine import StoreUnusable, StoreUrlUnusable, check_url, place
from server.log.store import StoreFailed
from server.log.store_folder import FolderTaken
from server.messages.office import Office
from server.opening import full, looked_at, update_ahead
from server.option_checks import in_use, trusted
from server.options import Options, Unusable, WrongUse
from server.stores import examiner_of
from server.wiring import Node, node

LAST_S = 9.0
"""Seconds that everything together gets to end."""
PATIENCE_S = 3.0
"""Seconds after which a start prints what it is waiting for."""

_log = structlog.get_logger("aufruf.server")


def run(options: Options) -> int:
    """Serves until SIGTERM or Ctrl-C. 0: ended well; 1: could not start; 2: an option is wrong.

    Everything that can be checked without leaving a trace is checked before the first file, port or process is made.
    """
    os.umask(0o077)  # before the first file: other users of this machine may read nothing that this node writes
    _speak_plainly()
    garbage.seldom()
    try:
        looked_at(options.data, options.database)
        if options.redis is not None:
            check_url(options.redis)
        offices = [_office(name, options) for name in options.offices]
        _each_once(offices)
        uvloop.run(_serve(options, offices, trusted(options)))
    except (WrongUse, StoreUrlUnusable) as fault:
        return _refuse(str(fault), 2)
    except (Unusable, StoreUnusable, FolderTaken, StoreFailed, OSError, SQLAlchemyError) as fault:
        return _refuse(f"aufruf up: {_full(options, fault) or fault}", 1)
    except KeyboardInterrupt:
        return 0
    return 0


def examined(options: Options) -> int:
    """Looks at everything that `run` needs and starts nothing: `aufruf up --check`. 0: it can work; 1, 2 as for `run`."""
    _speak_plainly()
    try:
        taken = in_use(options)
        looked_at(options.data, options.database)
        offices = [_office(name, options) for name in options.offices]
        _each_once(offices)
        update = asyncio.run(_stores_answer(options, offices))
    except (WrongUse, StoreUrlUnusable) as fault:
        return _refuse(str(fault), 2)
    except (Unusable, StoreUnusable, OSError, SQLAlchemyError) as fault:
        return _refuse(f"aufruf up: {_full(options, fault) or fault}", 1)
    named = ", ".join(office.id for office in offices)
    print(f"aufruf up can start: {named} at {options.reached}/, data in {options.data}")
    for port in taken:
        print(f"port {port} is in use now: by the server that this one replaces, or by another program")
    if update is not None:
        print(update)
    return 0


async def _stores_answer(options: Options, offices: Sequence[Office]) -> str | None:
    """A database in a file is not made for this, and an embedded store not started. Returns what an update would change."""
    if options.redis is not None:
        check_url(options.redis)
        examiner = examiner_of(options, options.redis, offices)
        try:
            if not await examiner.look():
                raise Unusable(f"--redis: {place(options.redis)} does not answer")
        finally:
            await examiner.close()
    return await update_ahead(options.data, options.database)


def _office(name: str, options: Options) -> Office:
    try:
        return load(find(name, options.data))
    except LookupError as fault:
        raise WrongUse(f"--office: {fault.args[0]}") from fault
    except OSError as fault:
        raise WrongUse(f"--office: {name} cannot be read ({fault.strerror})") from fault
    except OfficeFileError as fault:
        raise WrongUse(str(fault)) from fault


def _each_once(offices: Sequence[Office]) -> None:
    ids = [office.id for office in offices]
    if twice := [id for id in ids if ids.count(id) > 1]:
        raise WrongUse(f"--office: two of the files describe the office {twice[0]}; each needs its own id")


def _full(options: Options, fault: Exception) -> str | None:
    """A message if the disk is full: then much fails, and few errors say that this is the reason."""
    return full(options.data) if isinstance(fault, OSError | StoreFailed) else None


def _refuse(reason: str, code: int) -> int:
    print(reason, file=sys.stderr)
    return code


def _speak_plainly() -> None:
    """Sends all logs to stderr, one line each, in the same form for every library: no addresses, no tokens, no bodies."""
    always = (
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
    )
    plain = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )  # rich tracebacks print local variables: secrets among them
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=always, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, plain]
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[lines])
    logging.getLogger("aufruf").setLevel(logging.INFO)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *always,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


async def _serve(options: Options, offices: Sequence[Office], networks: tuple[Any, ...]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _asked_to_end, stop)
    async with AsyncExitStack() as stack:
        running = await _started(stack, node(options, offices, networks), stop)
        if running is None:
            return
        loop.add_signal_handler(signal.SIGHUP, running.look_again)
        _give_signs_of_life(loop)
        open_ = asyncio.ensure_future(_opened(running))
        waits = {asyncio.ensure_future(stop.wait()), *running.servers}
        await asyncio.wait({*waits, open_}, return_when=asyncio.FIRST_COMPLETED)
        if open_.done():
            systemd.tell("READY=1", f"STATUS=open: {', '.join(office.id for office in offices)}")
            await _welcome(options, offices, running)
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        open_.cancel()
        if stop.is_set():
            return
        for ended in waits:
            if ended.done():
                ended.result()  # raises if the store can never be used
        raise Unusable(f"--port: the server on port {options.port} has stopped")


def _asked_to_end(stop: asyncio.Event) -> None:
    """Asks the node to end, and ends the process by force after LAST_S: systemd and others kill it after ten seconds anyway.
    What was acknowledged is durable, and every child ends with its parent."""
    if not stop.is_set():
        systemd.tell("STOPPING=1")
        asyncio.get_running_loop().call_later(LAST_S, _give_up)
    stop.set()


def _give_signs_of_life(loop: asyncio.AbstractEventLoop) -> None:
    """While the event loop runs, systemd hears of it; one that hangs is started again by `WatchdogSec=`."""
    if (pause := systemd.sign_of_life_s()) is not None:
        systemd.tell("WATCHDOG=1")
        loop.call_later(pause, _give_signs_of_life, loop)


def _give_up() -> None:
    _log.warning("something did not end in time and was left", seconds=LAST_S)
    os._exit(0)


async def _started(
    stack: AsyncExitStack, beginning: AbstractAsyncContextManager[Node], stop: asyncio.Event
) -> Node | None:
    """The node; None if it was asked to end while it was starting: then everything that had started has ended again."""
    starting = asyncio.ensure_future(stack.enter_async_context(beginning))
    asked = asyncio.ensure_future(stop.wait())
    await asyncio.wait({starting, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if starting.done():
        return starting.result()
    starting.cancel()
    await asyncio.wait({starting})
    return None


async def _opened(running: Node) -> None:
    """Prints what the start is waiting for, and again when that changes."""
    opened, said = asyncio.ensure_future(running.opened()), ""
    while not (await asyncio.wait({opened}, timeout=PATIENCE_S))[0]:
        missing = "; ".join(f"{office}: {why}" for office, why in running.desks.missing().items())
        if missing != said:
            _log.warning("not open yet", waiting_for=missing)
            systemd.tell(f"STATUS=not open yet: {missing}")
        said = missing


async def _welcome(options: Options, offices: Sequence[Office], running: Node) -> None:
    """The office is open: whether anybody can read that makes no difference to it."""
    secret = None
    try:
        secret = await running.access.first_link.fresh()
    except OSError as fault:
        _log.warning("no sign-in link could be made; `aufruf account` makes one", reason=str(fault))
    try:
        print(_greeting(options, offices, secret), flush=True)
    except OSError as fault:  # a full disk behind stdout, or a pipe that nobody reads any more
        _log.warning("the addresses could not be printed", reason=fault.strerror)


def _greeting(options: Options, offices: Sequence[Office], secret: str | None) -> str:
    """What a newcomer needs: where to go, and what to do next."""
    at = options.reached
    lines = ["", f"Aufruf is open:  {at}/", ""]
    for office in offices:
        lines += [
            f"  {short(office.name, quotes=False)}",
            *(f"    display     {at}/display/{office.id}/{d.id}" for d in office.displays[:1]),
            *(f"    kiosk       {at}/kiosk/{office.id}/{k.id}" for k in office.kiosks[:1]),
            f"    counter     {at}/counter/{office.id}/{office.counters[0].id}",
            f"    supervisor  {at}/supervisor/{office.id}",
            "",
        ]
    if secret is not None:
        lines += [f"  Sign in first (works once): {at}/first/{secret}", ""]
    if at != options.address:
        lines += [f"  On this machine the server listens at {options.address}/", ""]
    if options.public_url is not None and "//localhost" in options.public_url:
        lines += [f"  QR codes point to {options.public_url}: only this machine can open them (--public-url).", ""]
    if options.public_url is None:
        lines += ["  Tickets carry no QR code: give --public-url https://... that phones can reach.", ""]
    lines += [
        "  Then take a ticket at the kiosk, press Next at the counter, and watch the display.  Ctrl-C ends it.",
        "",
    ]
    return "\n".join(lines)
