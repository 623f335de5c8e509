"""A reader of a test can see what it is given: every fixture has a type, where it is defined and where it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_fixture(function: Function) -> bool:
    return any(ast.unparse(mark).startswith("pytest.fixture") for mark in function.decorator_list)


def functions() -> Iterator[tuple[Path, Function]]:
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield file.relative_to(ROOT), node


def told_nothing(annotation: ast.expr | None) -> bool:
    return annotation is None or ast.unparse(annotation) == "Any"


def test_no_fixture_is_any() -> None:
    """A value of `parametrize` may be JSON, and a helper may take it; a fixture is something of ours with a type."""
    found = list(functions())
    names = {node.name for _, node in found if is_fixture(node)} | {"request", "monkeypatch", "caplog", "capsys"}
    wrong = [
        f"{file}:{node.lineno} {node.name}({given.arg}): write its type"
        for file, node in found
        if is_fixture(node) or node.name.startswith("test_")
        for given in (*node.args.args, *node.args.kwonlyargs)
        if given.arg in names and told_nothing(given.annotation)
    ]
    wrong += [
        f"{file}:{node.lineno} {node.name} makes Any"
        for file, node in found
        if is_fixture(node) and told_nothing(node.returns)
    ]

    assert wrong == []
