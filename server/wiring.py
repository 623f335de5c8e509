"""The one file that knows every part: builds a node from its options, starts it, serves it, and takes it down in order."""

import asyncio
import contextlib
import ipaddress
import logging
import resource
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import structlog
import uvloop
from sqlalchemy.exc import SQLAlchemyError

from audio.studio import Studio
from audio.texts import announcement_texts
from config.loader import OfficeFileError, load
from config.office_files import find
from config.words import Words, languages
from server import garbage
from server.access.access import Access
from server.clock import StoreClock, SystemClock
from server.desk.desk import Desk
from server.desk.entry import Entry
from server.desk.offices import Offices
from server.desk.tend import Tender
from server.file_printers import FilePrinters
from server.history.database import DatabaseUnusable, close_database, default_url, open_database
from server.history.historian import Historian
from server.history.report_page import ReportPage
from server.log.redis_log import RedisLog
from server.log.redis_presence import RedisPresence
from server.log.store import EmbeddedStore, StoreFailed
from server.log.store_folder import FolderTaken
from server.messages.events import DayClosed
from server.messages.office import Counter, Office, Station
from server.messages.value import Value
from server.office.hours import day_of
from server.push.hub import Hub
from server.push.source import Surroundings
from server.sounds import Sounds
from server.tasks import Tasks
from server.web.app import make_web
from server.web.serving import GOODBYE_S, listener, server
from server.web.site import Settings, Site

TIDY = 5.0
"""Seconds between two looks at how far the historian is and whether an office file changed."""

_log = structlog.get_logger("aufruf")


class Options(Value, kw_only=True):
    """What `aufruf up` was told."""

    offices: tuple[str, ...] = ("mitte",)
    data: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = 8080
    redis: str | None = None
    database: str | None = None
    public_url: str | None = None
    public_port: int | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    trusted_proxies: tuple[str, ...] = ()
    replicas: int = 0

    @property
    def address(self) -> str:
        scheme = "https" if self.tls_cert else "http"
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::1", "::") else self.host  # noqa: S104
        return f"{scheme}://{host}:{self.port}"


class Unusable(Exception):
    """This node cannot start; the message says what to do."""


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


class Node:
    """A running node: what tests and `up` may ask of it."""

    def __init__(self, access: Access, desks: Offices, hub: Hub, site: Site) -> None:
        self.access, self.desks, self.hub, self.site = access, desks, hub, site
        self.servers: list[asyncio.Task[None]] = []


@asynccontextmanager
async def node(options: Options, offices: Sequence[Office], networks: tuple[Any, ...] = ()) -> AsyncIterator[Node]:
    """Everything of one process, started in order and stopped in the reverse."""
    options.data.mkdir(parents=True, exist_ok=True)
    _room_for_sockets()
    async with contextlib.AsyncExitStack() as stack:
        beside = Tasks("start")
        stack.push_async_callback(beside.close)
        words = beside.start(asyncio.to_thread(_read_words), "words")
        url = options.redis or await _embedded(stack, options.data)
        log = RedisLog(url, replicas=options.replicas)
        stack.push_async_callback(log.close)
        presence = RedisPresence(url)
        stack.push_async_callback(presence.close)
        engine = await open_database(options.database or default_url(options.data))
        stack.push_async_callback(close_database, engine)

        clock = SystemClock()
        desks = Offices()
        configured = {office.id: office for office in offices}

        def today(office: str) -> str:
            return desks[office].state.day or day_of(configured[office], clock.now_ms())

        access = await Access.open(engine, clock, today, secure=options.tls_cert is not None)
        await access.start()
        stack.push_async_callback(access.stop)

        secrets = {"ticket": access.links.secret, "appointment": access.links.appointment_secret}
        historian = Historian(engine, log, clock)
        stack.push_async_callback(historian.stop)
        tenders: dict[str, Tender] = {}
        for office in offices:
            desk = Desk(
                office.id,
                log,
                StoreClock(clock),
                partial(_secret, secrets, office.id),
                alone=options.redis is None,
            )
            desks.add(desk)
            tenders[office.id] = Tender(desk, log, office)

        studio = Studio(options.data / "audio")
        stack.push_async_callback(studio.close)
        await studio.start()
        await words
        hub = Hub(desks, _surroundings(options, presence, access, studio))
        site = Site(
            desks=desks,
            hub=hub,
            access=access,
            clock=clock,
            say=lambda language, name, /, **args: Words(language).text(name, **args),
            languages=languages(),
            words=Path(str(files("config") / "languages")),
            settings=Settings(
                version=version("aufruf"),
                public_url=options.public_url,
                tls=options.tls_cert is not None,
                trusted_proxies=networks,
            ),
            history=ReportPage(engine, lambda office: desks[office].state.office, today),
            sounds=studio.path,
        )
        running = Node(access, desks, hub, site)
        web = make_web(site)
        await hub.start()
        await web.start()
        running.servers = [
            await stack.enter_async_context(_listening(options, app, port)) for app, port in _ports(web, options)
        ]
        stack.push_async_callback(web.stop)
        stack.push_async_callback(hub.stop)

        tasks = Tasks("wiring")
        stack.push_async_callback(tasks.close)
        for name, desk in desks.items():
            desk.watch(_woken(historian, tasks, access, name))
            await desk.start()
            await tenders[name].start()
            stack.push_async_callback(desk.stop)
            stack.push_async_callback(tenders[name].stop)
        historian.follow(desks)
        tasks.start(_tidy(options, tenders, historian), "tidy")
        tasks.start(_settle(desks), "settle")
        printers = FilePrinters(options.data, access.tokens, options.address if options.tls_cert is None else None)
        await printers.start(offices)
        stack.push_async_callback(printers.stop)
        yield running


def _read_words() -> None:
    """Before anybody asks, and while the store starts: the first call must not wait for a language file."""
    for language in languages():
        Words(language)


async def _settle(desks: Offices) -> None:
    """Once every office is folded."""
    while any(desk.health == "starting" for desk in desks.values()):
        await asyncio.sleep(0.1)
    garbage.settled()


def _room_for_sockets() -> None:
    """Each socket is a descriptor, and many systems begin with 1,024: as many as the system lets us have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(OSError, ValueError):  # some systems name a limit they do not grant
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _secret(secrets: Mapping[str, Callable[[str, str], str]], office: str, kind: str, id: str) -> str:
    return secrets[kind](office, id)


async def _embedded(stack: contextlib.AsyncExitStack, data: Path) -> str:
    store = EmbeddedStore(data / "store")
    await store.start()
    stack.push_async_callback(store.stop)
    return store.url


def _surroundings(options: Options, presence: RedisPresence, access: Access, studio: Studio) -> Surroundings:
    def texts(number: str, place: Counter | Station | None, wanted: tuple[str, ...]) -> dict[str, str]:
        return announcement_texts(number, place, wanted) if place is not None else {}

    def link(office: str, ticket: str) -> str | None:
        return f"{options.public_url}/t/{access.links.secret(office, ticket)}" if options.public_url else None

    return Surroundings(
        presence=presence,
        leases=presence,
        texts=texts,
        link=link,
        studio=Sounds(studio),
        version=version("aufruf"),
    )


def _woken(historian: Historian, tasks: Tasks, access: Access, office: str) -> Any:
    """What follows a commit besides push: the historian reads on, and a day's notes and sign-ins go with the day."""

    def listener(entries: Sequence[Entry]) -> None:
        if entries:
            historian.wake(office)
        for entry in entries:
            if isinstance(entry.event, DayClosed):
                tasks.start(access.forget_day(office, entry.event.day), "forget the day")

    return listener


async def _tidy(options: Options, tenders: Mapping[str, Tender], historian: Historian) -> None:
    """Tells tenders how far the history is, and applies office files that changed."""
    seen = {name: _stamp(options, name) for name in options.offices}
    while True:
        await asyncio.sleep(TIDY)
        for name, progress in historian.health().items():
            if progress.position is not None:
                tenders[name].passed = progress.position.seq
        for name in options.offices:
            stamp = _stamp(options, name)
            if stamp != seen[name]:
                seen[name] = stamp
                await _apply(options, name, tenders)


def _stamp(options: Options, name: str) -> float:
    try:
        return find(name, options.data).stat().st_mtime
    except (LookupError, OSError):
        return 0.0


async def _apply(options: Options, name: str, tenders: Mapping[str, Tender]) -> None:
    """A changed file is applied as one event after the same check; a fault stops nothing that runs."""
    try:
        office = await asyncio.to_thread(lambda: load(find(name, options.data)))
    except (OfficeFileError, LookupError) as fault:
        _log.error("the changed office file has faults; the office goes on as it was", faults=str(fault))
        return
    if office.id in tenders:
        await tenders[office.id].configure(office)


def _ports(web: Any, options: Options) -> Iterator[tuple[Any, int]]:
    yield web.everybody, options.port
    if options.public_port is not None:
        yield web.citizens, options.public_port


@asynccontextmanager
async def _listening(options: Options, app: Any, port: int) -> AsyncIterator[asyncio.Task[None]]:
    try:
        door = listener(options.host, port)
    except OSError as fault:
        raise Unusable(
            f"port {port} cannot be served ({fault.strerror}); is another server using it? (--port chooses another)"
        ) from fault
    serving = server(app, certificate=options.tls_cert, key=options.tls_key)
    task = asyncio.create_task(serving.serve(sockets=[door]), name=f"port {port}")
    while not serving.started and not task.done():
        await asyncio.sleep(0.01)
    try:
        yield task
    finally:
        serving.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait({task}, timeout=GOODBYE_S + 2)
        door.close()


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
