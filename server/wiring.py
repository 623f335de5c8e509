"""The only file that knows every part: builds a node from its options, serves it, and stops it in order."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import structlog

from audio.studio import Studio
from audio.texts import spoken_languages
from config.setting import looked_at
from config.words import Words, languages, staff_languages
from server import garbage, sending, single_sign_on
from server.access.access import Access
from server.access.known import Known
from server.access.pairings import Pairings
from server.access.public_addresses import PublicAddresses
from server.after_commit import noted, tells, woken
from server.auditing import Auditor
from server.certificates import Certificates
from server.clock import StoreClock, SystemClock
from server.data_folder import make_private
from server.deletion import Deletion
from server.desk.desk import Desk
from server.desk.fold import share_of
from server.desk.offices import Offices
from server.desk.tend import Tender
from server.file_printers import FilePrinters
from server.history.database import answers, default_url
from server.history.historian import Historian
from server.history.models import Models
from server.history.report_page import ReportPage
from server.history.witness import HistoryWitness
from server.learning import Learner
from server.letters.hooks import Hooks
from server.letters.post import wanted
from server.letters.push import Push
from server.letters.watch import Watch
from server.listening import allow_many_sockets, listening, ports
from server.log.kept_tail import KeptTails
from server.log.redis_presence import RedisPresence
from server.messages.boards import Speaker
from server.messages.office import Office
from server.notes.notes import Notes
from server.office.boards import Sight
from server.office.hours import day_of
from server.office_files import Upkeep
from server.options import Options
from server.own_files import FilesBeside
from server.promises.effects import Effects
from server.promises.keeper import Keeper
from server.promises.tables import Tables
from server.push.hub import Hub
from server.push.source import Surroundings
from server.slot_studies import SlotStudies
from server.sounds import Sounds, said, speakers, voiceless
from server.stores import Stores, open_stores
from server.tasks import OF_NODE, Restarts, Tasks
from server.ticket_drawing import TicketDrawing
from server.web.app import make_web
from server.web.site import Site
from server.worries import Worries

_log = structlog.get_logger("aufruf.server")


class Node:
    """A running node, as tests and `up` see it."""

    def __init__(self, access: Access, desks: Offices, hub: Hub, site: Site) -> None:
        self.access, self.desks, self.hub, self.site = access, desks, hub, site
        self.opened = desks.opened
        self.servers: list[asyncio.Task[None]] = []
        self.certificates: Certificates | None = None
        self.look_again: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Rooms:
    """The rooms that the web uses. `today(office)`: the office's date, "2026-11-22"."""

    access: Access
    notes: Notes
    desks: Offices
    tenders: Mapping[str, Tender]
    historian: Historian
    studio: Studio
    worries: Worries
    keeper: Keeper
    tables: Tables
    watch: Watch
    push: Push | None
    own_files: FilesBeside
    hooks: Hooks
    clock: SystemClock
    today: Callable[[str], str]


@asynccontextmanager
async def node(options: Options, offices: Sequence[Office], networks: tuple[Any, ...] = ()) -> AsyncIterator[Node]:
    """All parts of one process, started in order and stopped in the reverse order."""
    make_private(options.data)
    allow_many_sockets()
    OF_NODE.set(Restarts())
    async with AsyncExitStack() as stack:
        beside = Tasks("start")
        stack.push_async_callback(beside.close)
        words = beside.start(asyncio.to_thread(_read_words), "words")
        stores = await open_stores(stack, options, offices)
        rooms = await _rooms(stack, options, offices, stores)
        await words
        running = await _doors(stack, options, networks, stores, rooms)
        await _work(stack, options, offices, stores, rooms, running)
        yield running


async def _rooms(stack: AsyncExitStack, options: Options, offices: Sequence[Office], stores: Stores) -> Rooms:
    clock, desks = SystemClock(), Offices()
    configured = {office.id: office for office in offices}

    def today(office: str) -> str:
        return desks[office].state.day or day_of(configured[office], clock.now_ms())

    access = await Access.open(stores.engine, clock, today, stores.presence, options.idle_ms)
    await access.start()
    stack.push_async_callback(access.stop)
    historian = Historian(stores.engine, stores.log, clock)
    stack.push_async_callback(historian.stop)
    models = Models(stores.engine, lambda office: desks[office].state.model)
    stack.push_async_callback(models.stop)
    keeper = Keeper(desks, stores.url, models)
    tables = Tables(desks, stores.url, models, busy_day=HistoryWitness(stores.engine).busy_day)
    stack.push_async_callback(tables.stop)
    tenders = await _tenders(stack, options, offices, stores, access, keeper, desks)
    studio = await _studio(stack, options, offices)
    worries, own_files = _worries(options, stores, desks, historian, keeper), FilesBeside(desks)
    return Rooms(
        access=access,
        notes=Notes(stores.engine, clock),
        desks=desks,
        tenders=tenders,
        historian=historian,
        studio=studio,
        worries=worries,
        keeper=keeper,
        tables=tables,
        watch=Watch(desks),
        push=sending.push(options, desks, stores.engine, clock, access),
        own_files=own_files,
        hooks=sending.webhooks(stores, desks, own_files, clock),
        clock=clock,
        today=today,
    )


async def _tenders(
    stack: AsyncExitStack,
    options: Options,
    offices: Sequence[Office],
    stores: Stores,
    access: Access,
    keeper: Keeper,
    desks: Offices,
) -> dict[str, Tender]:
    """Adds a desk for each office to `desks`, and returns who tends it."""
    secrets = {"ticket": access.links.secret, "appointment": access.links.appointment_secret}
    witness, memory = HistoryWitness(stores.engine), KeptTails(options.data / "known")
    stack.callback(memory.close)
    known, clock = Known(stores.engine), SystemClock()
    await known.note_address(options.public_url or options.address)
    tenders: dict[str, Tender] = {}
    for office in offices:
        await known.note(office, also_before=True)
        desk = Desk(
            *(office.id, stores.log, StoreClock(clock), lambda kind, id, of=office.id: secrets[kind](of, id)),
            alone=options.redis is None,
            witness=witness,
            memory=memory,
            promise=keeper.promise(office.id),
            recent=share_of(len(offices)),
        )
        desks.add(desk)
        tenders[office.id] = Tender(
            *(desk, stores.log, office, partial(noted, known)), waits=partial(keeper.waits, office.id)
        )
    return tenders


async def _studio(stack: AsyncExitStack, options: Options, offices: Sequence[Office]) -> Studio:
    studio = Studio(options.data / "audio")
    stack.push_async_callback(studio.close)
    languages = dict.fromkeys(name for office in offices for name in spoken_languages(office.languages))
    await studio.start(languages, [office.voices for office in offices])
    return studio


def _worries(options: Options, stores: Stores, desks: Offices, historian: Historian, keeper: Keeper) -> Worries:
    worries = Worries(desks, historian, OF_NODE.get() or Restarts(), partial(answers, stores.engine))
    worries.accept_weak_store = options.accept_weak_store
    if (examiner := stores.examiner) is not None:
        worries.store = lambda: examiner.report
    worries.forecast = keeper.worry
    return worries


async def _doors(
    stack: AsyncExitStack, options: Options, networks: tuple[Any, ...], stores: Stores, rooms: Rooms
) -> Node:
    hub = Hub(rooms.desks, _surroundings(options, stores.presence, rooms))
    rooms.keeper.watched, rooms.keeper.changed = hub.watched, hub.waits_changed
    rooms.tables.on_change(hub.outlook_changed)
    hub.tokens_changed = rooms.access.tokens.forget
    rooms.watch.sight, rooms.watch.changed = partial(_seen, rooms, hub), hub.table_changed
    rooms.worries.devices = partial(_restarted, rooms, hub)
    site = Site(
        desks=rooms.desks,
        hub=hub,
        access=rooms.access,
        pairings=Pairings(stores.presence, rooms.access.tokens, rooms.clock),
        notes=rooms.notes,
        clock=rooms.clock,
        say=lambda language, name, /, **args: Words(language).text(name, **args),
        languages=languages(),
        staff_languages=staff_languages(),
        words=Path(str(files("config") / "languages")),
        settings=single_sign_on.settings(options, networks, rooms.clock),
        phones=rooms.push,
        contacts=sending.contacts(options, stores.engine),
        webhooks=rooms.hooks,
        wishes=sending.wishes(options, stores.engine),
        history=ReportPage(stores.engine, lambda office: rooms.desks[office].state.office, rooms.today),
        sounds=rooms.studio.path,
        drawing=TicketDrawing(rooms.own_files.ticket_logo),
        worries=rooms.worries,
        own_files=rooms.own_files,
        expected=rooms.keeper.expected,
        forecast_age=rooms.keeper.age,
        what_if=rooms.tables.second.what_if,
        rule_trial=rooms.tables.second.rule_trial,
        advice=rooms.tables.counsel.asked,
        slot_study=SlotStudies().asked,
        look_at_setting=looked_at,
    )
    running = Node(rooms.access, rooms.desks, hub, site)
    web = make_web(site)
    await hub.start()
    await web.start()
    if options.tls_cert is not None and options.tls_key is not None:
        running.certificates = Certificates(options.tls_cert, options.tls_key)
    running.servers = [
        await stack.enter_async_context(listening(options, app, port, running.certificates))
        for app, port in ports(web, options)
    ]
    if stores.examiner is not None:
        watching = Tasks("store")
        watching.forever(stores.examiner.keep, "examine")
        running.servers.append(watching.start(stores.examiner.refused(), "refused"))
        stack.push_async_callback(watching.close)
    stack.push_async_callback(web.stop)
    stack.push_async_callback(hub.stop)
    return running


async def _work(
    stack: AsyncExitStack, options: Options, offices: Sequence[Office], stores: Stores, rooms: Rooms, running: Node
) -> None:
    """Starts the work once the ports are open: offices are folded, the history follows, printers print."""
    tasks = Tasks("wiring")
    stack.push_async_callback(tasks.close)
    deletion = _deletion(options, stores, rooms)
    stack.push_async_callback(rooms.desks.stop)
    stack.push_async_callback(_stop_tenders, rooms)
    for name, desk in rooms.desks.items():
        desk.watch(woken(rooms.historian, tasks, deletion, desk))
        await desk.start()
        await rooms.tenders[name].start()
    stack.push_async_callback(rooms.keeper.stop)
    await rooms.keeper.start()
    named = {name: office.id for name, office in zip(options.offices, offices, strict=False)}
    upkeep = Upkeep(options, rooms.tenders, rooms.historian, running.certificates, named, rooms.own_files.paths)
    rooms.worries.files, running.look_again = upkeep.faults.get, upkeep.look_again
    if (certificates := running.certificates) is not None:
        rooms.worries.certificate = lambda: certificates.fault
    tasks.forever(upkeep.run, "upkeep")
    tasks.forever(rooms.worries.watch, "worries")
    tasks.forever(deletion.keep, "deletion")
    tasks.forever(Auditor(stores.engine, rooms.access.audit, rooms.clock).keep, "audit")
    tasks.forever(rooms.watch.run, "alerts")
    tasks.forever(Effects(rooms.desks, rooms.tables.second).run, "effects")
    post = sending.post(
        *(options, rooms.desks, rooms.watch, stores.engine, stores.presence, rooms.clock), rooms.access, rooms.push
    )
    stack.push_async_callback(post.stop)
    rooms.worries.letters, rooms.worries.webhooks = post.worry, rooms.hooks.worry
    rooms.worries.voices = lambda office: _voiceless(rooms, office)
    tells(rooms.desks, post, rooms.hooks)
    tasks.forever(post.run, "letters")
    tasks.forever(rooms.hooks.run, "webhooks")
    _learning(stack, options, stores, rooms, tasks)
    tasks.start(_settle(rooms.desks), "settle")
    await _printing(stack, options, offices, stores, rooms)


def _learning(stack: AsyncExitStack, options: Options, stores: Stores, rooms: Rooms, tasks: Tasks) -> None:
    learner = Learner(rooms.desks, rooms.historian, stores.engine, options.database or default_url(options.data))
    stack.push_async_callback(learner.stop)
    tasks.forever(learner.keep, "learner")


async def _printing(
    stack: AsyncExitStack, options: Options, offices: Sequence[Office], stores: Stores, rooms: Rooms
) -> None:
    address = options.address if options.tls_cert is None else None
    known = partial(_offices, rooms, offices)
    printers = FilePrinters(options.data, rooms.access.tokens, stores.presence, address, known)
    stack.push_async_callback(printers.stop)
    await printers.start()


async def _stop_tenders(rooms: Rooms) -> None:
    await asyncio.gather(rooms.hooks.stop(), *(tender.stop() for tender in rooms.tenders.values()))


def _deletion(options: Options, stores: Stores, rooms: Rooms) -> Deletion:
    deletion = Deletion(
        *(options.data, stores.engine, rooms.access, rooms.notes, rooms.desks, rooms.clock),
        trimmed=lambda office: rooms.tenders[office].trimmed,
        rewrite=stores.log.rewrite if options.redis is None else None,
    )
    rooms.worries.deletion = lambda: deletion.rests
    return deletion


def _offices(rooms: Rooms, files: Sequence[Office]) -> list[Office]:
    """The present offices; until its log is folded, an office as in its file."""
    states = {name: desk.state for name, desk in rooms.desks.items()}
    return [states[file.id].office if states[file.id].configured else file for file in files]


def _read_words() -> None:
    """Reads the language files while the store starts: the first call must not wait for them."""
    for language in languages():
        Words(language)


def _voiceless(rooms: Rooms, office: str) -> str:
    state = rooms.desks[office].state
    return voiceless(state.office.languages, rooms.studio) if state.configured else ""


def _speakers(rooms: Rooms, office: str) -> tuple[Speaker, ...]:
    return tuple(speakers(rooms.desks[office].state.office, rooms.studio))


async def _settle(desks: Offices) -> None:
    """Settles the garbage collector once every office is folded."""
    while any(desk.health == "starting" for desk in desks.values()):
        await asyncio.sleep(0.1)
    garbage.settled()


def _surroundings(options: Options, presence: RedisPresence, rooms: Rooms) -> Surroundings:
    addresses = PublicAddresses(rooms.access.links, options.public_url)
    return Surroundings(
        presence=presence,
        leases=presence,
        texts=said,
        link=addresses.of_ticket,
        door=addresses.at_door,
        logo=rooms.own_files.ticket_logo,
        studio=Sounds(rooms.studio),
        voiced=rooms.studio.speaks,
        speakers=partial(_speakers, rooms),
        version=version("aufruf"),
        worries=rooms.worries.of,
        alerts=rooms.watch.alerts,
        waits=rooms.keeper.waits,
        table=rooms.tables.of,
        advice=rooms.tables.counsel.of,
        languages=staff_languages(),
        channel=presence,
    )


def _restarted(rooms: Rooms, hub: Hub, office: str) -> str:
    """Devices that started a part of their work again, as `printer:entrance (printing: ValueError)`."""
    found = hub.reports.restarted(office, rooms.desks[office].now())
    return ", ".join(f"{device} ({loop})" for device, loop in sorted(found.items()))


def _seen(rooms: Rooms, hub: Hub, office: str) -> Sight:
    """What alerts depend on besides the state. If somebody is told of alerts, the forecast goes on even if nobody looks."""
    waits = rooms.keeper.waits(office) if wanted(rooms.desks[office].state.office) else rooms.keeper.last(office)
    return Sight(seen=hub.reports.seen(office), worries=rooms.worries.of(office), waits=waits)
