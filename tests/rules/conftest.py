"""The project's own modules, read as text: what each imports and calls. Nothing here runs them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP = (
    "server",
    "displays",
    "counter_client",
    "supervisor",
    "ticket_printer",
    "booking",
    "device_line",
    "aufruf_client",
    "mqtt_outbox",
    "audio",
    "config",
)
"""Our top-level packages."""


class Module:
    """One file: its dotted name, its tree, and every module it imports, inside functions too."""

    def __init__(self, file: Path) -> None:
        self.file = file.relative_to(ROOT)
        self.text = file.read_text(encoding="utf-8")
        self.tree = ast.parse(self.text)
        parts = self.file.with_suffix("").parts
        self.name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def __repr__(self) -> str:
        return str(self.file)

    @property
    def imports(self) -> set[str]:
        return {name for node in ast.walk(self.tree) for name in _imported(node)}

    @property
    def at_runtime(self) -> set[str]:
        """Without imports that are only for the type checker."""
        hidden = {id(inner) for node in ast.walk(self.tree) if _for_types(node) for inner in ast.walk(node)}
        return {name for node in ast.walk(self.tree) if id(node) not in hidden for name in _imported(node)}

    def calls(self) -> Iterator[str]:
        """Dotted names of the functions it calls: `asyncio.create_task`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func)

    def attributes(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield ast.unparse(node)


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Every Python module of the product, without tests and bench."""
    files = (file for top in TOP for file in sorted((ROOT / top).rglob("*.py")))
    return [Module(file) for file in files]


@pytest.fixture(scope="session")
def tested() -> list[Module]:
    """Every Python module of tests and bench."""
    return [Module(file) for folder in ("tests", "bench") for file in sorted((ROOT / folder).rglob("*.py"))]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT
