"""What a tuple holds has names: it is unpacked, or is a NamedTuple. `found[2]` sends the reader to where it was made."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rules.conftest import Module

TEXT = ("split", "rsplit", "splitlines", "partition", "rpartition", "fullmatch", "match", "search", "unpack", "gather")
"""What these return has no names: parts of a text, results of a wait."""
FOREIGN = ("argv", "shape", "parents", "strides")
"""Sequences of libraries that are read by number everywhere."""


def by_number(node: ast.AST) -> int | None:
    """The number, if this reads one item of a sequence by it."""
    if not isinstance(node, ast.Subscript):
        return None
    try:
        number = ast.literal_eval(node.slice)
    except ValueError:
        return None
    return number if type(number) is int else None


def made_by(value: ast.AST) -> str:
    """The last name of the function that is called here: `partition`."""
    return ast.unparse(value.func).rpartition(".")[2] if isinstance(value, ast.Call) else ""


def texts(function: ast.AST) -> set[str]:
    """Names in this function for parts of a text, and for what a pattern found."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.NamedExpr):
            value = node.value.value if isinstance(node.value, ast.Await) else node.value
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if made_by(value) in TEXT:
                found |= {ast.unparse(target) for target in targets}
    return found


def unnamed(module: Module) -> Iterator[ast.AST]:
    """An item that is not the first or the last, an item of an item, and what a sort looks at."""
    known = texts(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Lambda):
            given = {one.arg for one in node.args.args}
            inner = (one for one in ast.walk(node.body) if by_number(one) is not None)
            yield from (one for one in inner if ast.unparse(one.value) in given)  # type: ignore[attr-defined]
        number = by_number(node)
        if number is None:
            continue
        value = node.value  # type: ignore[attr-defined]
        foreign = (
            made_by(value) in TEXT or ast.unparse(value).rpartition(".")[2] in FOREIGN or ast.unparse(value) in known
        )
        if not foreign and (number not in (0, -1) or by_number(value) is not None):
            yield node


def test_what_a_tuple_holds_has_a_name(modules: list[Module]) -> None:
    wrong = [
        f"{module}:{node.lineno} {ast.unparse(node)}: unpack it, or make it a NamedTuple"  # type: ignore[attr-defined]
        for module in modules
        for node in unnamed(module)
    ]

    assert wrong == []
