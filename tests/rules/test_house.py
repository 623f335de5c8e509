"""The style of the code, as far as a machine can check it."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rules.conftest import Module

ROOT = Path(__file__).parents[2]
LONGEST = 400
TASKS = {
    "server.tasks": "the one place of the server",
    "server.log.store": "the waiting for a process' end, awaited where it began",
    "server.rehearsal.crowd": "tickets being issued, kept until they are, and waited for when the doors close",
    "server.starting": "waits for a signal or the first port that ends",
    "server.listening": "what serves the ports, waited for as long as the process lives",
    "device_line.stopping": "a question to the server, or the wish to stop: the first of both",
    "ticket_printer.beside": "the parts of a page's socket: the first that ends",
    "ticket_printer.doorway": "the question for the office, or a moment's patience: the first that ends",
    "ticket_printer.paired_box": "the printing, the pairing of the kiosk and the wish to stop: awaited when one of them ends",
    "device_line.passing": "both ways of a page's socket, until the first ends",
    "ticket_printer.folder_agents": "one agent per printer, awaited when it is stopped",
    "aufruf_client.client": "the line of a watched board, awaited when the watch ends",
    "mqtt_outbox.outbox": "who follows and who sends, both awaited before it ends; and what is waited for, the first of several",
    "mqtt_outbox.broker": "coming and going, each with a limit of time, and the reader, which ends with its connection",
    "mqtt_outbox.buttons": "presses on their way, kept until they are answered, and ended with the outbox",
    "audio.studio": "jobs whose failure is their result",
}
"""Modules that start tasks directly, and where they keep and check them."""
STARTED_AGAIN = {"audio.studio", "ticket_printer.folder_agents"}
"""Modules of devices whose tasks have an end, or begin again by themselves."""
ENVIRONMENT = {"server.systemd", "server.command_line", "server.options"}
"""The only modules that read the environment: options can come from there."""
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}


def test_no_module_is_too_long_to_read(modules: list[Module]) -> None:
    """Messages are lists of classes and may be longer."""
    long = {
        str(module): lines
        for module in modules
        if (lines := module.text.count("\n")) > LONGEST and not module.name.startswith("server.messages.")
    }

    assert long == {}


def test_no_file_of_tests_is_too_long_to_read() -> None:
    """A longer one is about more than one thing: split it by behaviour, and move what its tests share to a module beside it."""
    files = [file for folder in ("tests", "bench") for file in sorted((ROOT / folder).rglob("*.py"))]
    long = {
        str(file.relative_to(ROOT)): lines
        for file in files
        if (lines := file.read_text(encoding="utf-8").count("\n")) > LONGEST
    }

    assert len(files) > 300
    assert long == {}


def test_every_module_says_what_lives_there(modules: list[Module]) -> None:
    silent = [module for module in modules if module.text.strip() and ast.get_docstring(module.tree) is None]

    assert silent == []


def test_a_name_is_the_same_in_every_file(modules: list[Module]) -> None:
    """An object called `Counter` in one file and `Desk` in the next must be learned twice. Modules may be shortened (`np`)."""
    renamed = [
        f"{module}: {node.module} {one.name} as {one.asname}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.asname not in (None, one.name) and not _is_module(f"{node.module}.{one.name}")
    ]

    assert renamed == []


def _is_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def test_tasks_are_started_where_they_are_kept(modules: list[Module]) -> None:
    """A task without a reference is garbage collected, and a task whose result nobody reads fails silently."""
    starts = {
        "asyncio.create_task",
        "asyncio.ensure_future",
        "asyncio.get_running_loop().create_task",
        "loop.create_task",
    }
    found = [
        f"{module}: {call}"
        for module in modules
        if module.name not in TASKS
        for call in module.calls()
        if call in starts
    ]

    assert found == []


def test_who_starts_tasks_by_hand_still_does(modules: list[Module]) -> None:
    """An exception that is no longer needed must leave the list."""
    starts = ("create_task", "ensure_future")
    hands = {module.name for module in modules for call in module.calls() if call.endswith(starts)}

    assert TASKS.keys() <= hands


def test_what_must_live_for_ever_is_begun_again_when_it_ends(modules: list[Module]) -> None:
    """An endless loop that nobody restarts is gone for good after the first unexpected error."""
    endless = _endless([module for module in modules if module.name.startswith("server.")])
    found = [
        f"{module}: {ast.unparse(node)[:80]}"
        for module in modules
        if module.name.startswith("server.") and not module.name.startswith(("server.rehearsal", "server.tasks"))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith((".start", "create_task", "ensure_future"))
        for work in node.args[:1]
        if isinstance(work, ast.Call) and _last(work.func) in endless
    ]

    assert found == []
    assert {"_run", "keep", "_tend", "_keep", "run", "keep_watch", "keep_shown"} <= endless


DEVICES = ("audio.", "ticket_printer.", "counter_client.", "device_line.", "displays.", "supervisor.", "booking.")
AMBIGUOUS = {"run", "lasting"}
"""Names of endless coroutines that others have too: `line.run` is looked for by its whole name."""


def test_a_device_begins_its_loops_again_too(modules: list[Module]) -> None:
    """Devices may not import the server's tasks: what they start, and a line they keep, goes through `device_line.lasting`."""
    devices = [module for module in modules if module.name.startswith(DEVICES)]
    found = [
        f"{module}: {ast.unparse(node)[:80]}"
        for module in devices
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        if (_starts(node) and not _lasts(node.args[0]) and module.name not in STARTED_AGAIN) or _awaits_a_line(node)
    ]

    assert found == [], "pass the coroutine to device_line.lasting.lasting"


def test_no_endless_loop_of_a_device_is_awaited_bare(modules: list[Module]) -> None:
    """One that only another endless loop calls is begun again with that one."""
    devices = [module for module in modules if module.name.startswith(DEVICES)]
    endless = _endless(devices)
    found = [
        f"{module}: {ast.unparse(call)[:80]}"
        for module in devices
        for function in ast.walk(module.tree)
        if isinstance(function, ast.AsyncFunctionDef) and function.name not in endless
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and _last(call.func) in endless - AMBIGUOUS
    ]

    assert found == [], "pass the coroutine to device_line.lasting.lasting"
    assert {
        "_print_all",
        "_look_after",
        "keep_telling",
        "speak_in_turn",
        "tell_in_turn",
        "ask_for_the_lease",
    } <= endless


def _starts(call: ast.Call) -> bool:
    return ast.unparse(call.func).endswith("create_task")


def _lasts(work: ast.expr) -> bool:
    return isinstance(work, ast.Call) and _last(work.func) == "lasting"


def _awaits_a_line(call: ast.Call) -> bool:
    return ast.unparse(call.func).endswith("line.run")


def _endless(modules: list[Module]) -> set[str]:
    """Coroutines of these modules that never return, by name: an endless loop, or waiting for such a coroutine."""
    bodies = [node for module in modules for node in ast.walk(module.tree) if isinstance(node, ast.AsyncFunctionDef)]
    found = {node.name for node in bodies if any(_has_no_way_out(inner) for inner in ast.walk(node))}
    while more := {node.name for node in bodies if _waits_for(node, found)} - found:
        found |= more
    return found


def _has_no_way_out(node: ast.AST) -> bool:
    if not isinstance(node, ast.While) or not (isinstance(node.test, ast.Constant) and node.test.value is True):
        return False
    return not any(isinstance(inner, ast.Return | ast.Break) for inner in ast.walk(node))


def _waits_for(function: ast.AsyncFunctionDef, endless: set[str]) -> bool:
    """As the last thing it does."""
    last = function.body[-1]
    waited = last.value if isinstance(last, ast.Expr) else None
    return isinstance(waited, ast.Await) and isinstance(waited.value, ast.Call) and _last(waited.value.func) in endless


def _last(function: ast.expr) -> str:
    return ast.unparse(function).rpartition(".")[2]


def test_the_environment_is_read_in_one_place(modules: list[Module]) -> None:
    found = [
        f"{module}: {name}"
        for module in modules
        if module.name not in ENVIRONMENT
        for name in (*module.attributes(), *module.calls())
        if name in ("os.environ", "os.getenv", "os.environb")
    ]

    assert found == []


def test_nothing_is_named_after_nothing(modules: list[Module]) -> None:
    found = [module for module in modules for part in module.name.split(".") if part in NO_NAMES]

    assert found == []


def test_every_silenced_check_says_which(modules: list[Module]) -> None:
    for module in modules:
        for number, line in enumerate(module.text.splitlines(), 1):
            assert "type: ignore" not in line or "type: ignore[" in line, f"{module}:{number}"
            assert "# noqa" not in line or "# noqa:" in line, f"{module}:{number}"


def test_whoever_opens_a_browser_says_so() -> None:
    """A browser's event loop stays in its process: an asynchronous test there could not start its own."""
    opens = re.compile(r"\b(visitors?|chromium|sync_playwright)\b *[:(]")
    silent = [
        str(file.relative_to(ROOT))
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if opens.search(text := file.read_text(encoding="utf-8")) and "pytest.mark.browser" not in text
    ]

    assert silent == []


def test_no_child_runs_a_file_of_the_folder_it_is_started_in(modules: list[Module]) -> None:
    """Python looks for a module in the working folder first, and an operator's folder may hold an `audio.py`."""
    open_ones = [
        f"{module}:{node.lineno}: after sys.executable comes no -P or -I"
        for module in modules
        if not module.name.startswith(("tests.", "bench."))
        for node in ast.walk(ast.parse(module.text))
        if isinstance(node, ast.Tuple | ast.List)
        for at, part in enumerate(node.elts)
        if ast.unparse(part) == "sys.executable"
        if not {ast.unparse(one) for one in node.elts[at + 1 :]} & {"'-P'", "'-I'"}
    ]

    assert open_ones == []
