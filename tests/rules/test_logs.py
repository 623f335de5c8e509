"""What is written to the log: one family of logger names, and sentences that an operator understands without the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rules.conftest import Module

MAKERS = {"structlog.get_logger", "logging.getLogger"}
SAYS = {"debug", "info", "warning", "error", "critical", "exception", "log"}


def room(module: Module) -> str:
    """`server.desk.turn` → `desk`, `server.tasks` → `server`, `audio.studio` → `audio`."""
    first, *rest = module.name.split(".")
    return rest[0] if first == "server" and len(rest) > 1 else first


def test_every_logger_is_called_after_its_room(modules: list[Module]) -> None:
    """The server uses structlog, with fields beside the sentence; a device needs only the standard library's logging."""
    wrong = []
    for module in modules:
        for node in module.tree.body:
            if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
                continue
            if (maker := ast.unparse(node.value.func)) in MAKERS:
                wanted = MAKERS - {"logging.getLogger" if module.name.startswith("server.") else "structlog.get_logger"}
                said = f"{ast.unparse(node.targets[0])} = {ast.unparse(node.value)}"
                if said != f"_log = {maker}('aufruf.{room(module)}')" or maker not in wanted:
                    wrong.append(f"{module}: {said}; write _log = {wanted.pop()}('aufruf.{room(module)}')")

    assert wrong == []


def said(module: Module) -> Iterator[ast.expr]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"_log.{way}" for way in SAYS}:
            level_first = ast.unparse(node.func) == "_log.log"
            yield node.args[1 if level_first else 0]


def test_the_log_speaks_in_sentences(modules: list[Module]) -> None:
    """Not codes: `work_failed` says nothing to an operator. On the server facts are fields, not parts of the text."""
    wrong = []
    for module in modules:
        for text in said(module):
            if not isinstance(text, ast.Constant):
                continue
            words = str(text.value)
            holes = "%" in words and module.name.startswith("server.")
            if len(words.replace("%s", "").split()) < 2 or words != words.strip() or holes:
                wrong.append(f"{module}:{text.lineno} says {words!r}; write a sentence")

    assert wrong == []
