"""What the product never calls is dead, or a promise that nobody keeps: tests alone are no reason to have it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rules.conftest import Module

CALLED_FROM_OUTSIDE = {
    "TerminalCounter.compose": "by textual",
    "TerminalCounter.on_key": "by textual",
    "TerminalCounter.on_mount": "by textual",
    "AllKeys.compose": "by textual",
    "AllKeys.on_key": "by textual",
    "Choosing.action_leave": "by textual",
    "AllKeys.action_leave": "by textual",
    "AllKeys.action_reset": "by textual",
    "AllKeys.on_mount": "by textual",
    "AllKeys.on_option_list_option_selected": "by textual",
    "Choosing.compose": "by textual",
    "Choosing.on_option_list_option_selected": "by textual",
    "Writing.action_leave": "by textual",
    "Writing.compose": "by textual",
    "Writing.on_input_submitted": "by textual",
    "Server.capture_signals": "by uvicorn",
    "_Here.capture_signals": "by uvicorn",
    "SocketLine.send_keepalive_ping": "by uvicorn",
    "Numbers.collect": "by prometheus_client",
    "Studio.warm": "tests wait with it for what `start` does not wait for",
    "Post.delivered": "tests wait with it until nothing is being sent",
    "Hooks.delivered": "tests wait with it until nothing is being sent",
    "all_lived": "by the evaluation of the advice, in bench",
}
"""Names that only somebody else calls, and who."""
TWINS = ("server.log.memory_", "audio.players.paced")
"""Modules that replace the real thing where a test needs that."""
WORD = re.compile(r"\w+")
LONGEST_NAME = 80
"""A string this short may be the name of something (`getattr`, `__all__`, "module:function"); a longer one is prose."""


def public(module: Module) -> Iterator[tuple[str, str]]:
    """The name by which it is called, and the one by which people know it. What is decorated is called by its decorator."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name, node.name
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield inner.name, f"{node.name}.{inner.name}"


def named(module: Module) -> Iterator[str]:
    """Everything that the module uses by name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < LONGEST_NAME:
            yield from WORD.findall(node.value)


def test_what_is_public_is_used_by_the_product(modules: list[Module]) -> None:
    used = {name for module in modules for name in named(module)}
    unused = [
        f"{module}: nothing but tests uses {known}; use it, delete it, or say in CALLED_FROM_OUTSIDE who calls it"
        for module in modules
        if not module.name.startswith(TWINS)
        for name, known in public(module)
        if not name.startswith("_") and name not in used and known not in CALLED_FROM_OUTSIDE
    ]

    assert unused == []
