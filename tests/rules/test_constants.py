"""Constants have their unit in their name and their reason in the text below; units themselves are defined in one place."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from tests.rules.conftest import ROOT, Module

UNITS = "server.messages.instants"
LENGTHS = {"SECOND", "MINUTE", "HOUR", "DAY"}
IN_MS = {60_000, 3_600_000, 86_400_000}
COUNTS = {
    "tests/office/test_bounds.py",
    "tests/office/test_days.py",
    "tests/rules/test_constants.py",
    "bench/busy_minute.py",
}
"""Files in which such a number counts something: tickets, bytes."""
WAITS = {"asyncio.sleep", "asyncio.timeout", "time.sleep"}
NAME = re.compile(r"_?[A-Z][A-Z0-9_]*")
MARKS = ("fmt:", "noqa", "type:")


def constants(module: Module) -> Iterator[tuple[str, ast.Assign | ast.AnnAssign, str]]:
    """Name, statement, and the text below."""
    body = module.tree.body
    for node, after in zip(body, [*body[1:], None][: len(body)], strict=True):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        text = after.value if isinstance(after, ast.Expr) else None
        said = str(text.value) if isinstance(text, ast.Constant) else ""
        for name in target.elts if isinstance(target, ast.Tuple) else [target]:
            if isinstance(name, ast.Name) and NAME.fullmatch(name.id):
                yield name.id, node, said


def comments(module: Module) -> dict[int, str]:
    """By line, without comments that are for tools."""
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    found = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    return {line: text for line, text in found.items() if not text.startswith(MARKS)}


def test_a_constant_is_explained_by_the_text_below(modules: list[Module]) -> None:
    """Not behind it, where there is no space, and not above, where it might belong to the line before."""
    wrong = []
    for module in modules:
        said = comments(module)
        for name, node, _ in constants(module):
            single = isinstance(node.value, ast.Constant | ast.BinOp | ast.Name | ast.Attribute)
            inside = range(node.lineno, (node.end_lineno or node.lineno) + 1) if single else (node.end_lineno,)
            if node.lineno - 1 in said or any(line in said for line in inside):
                wrong.append(f"{module}:{node.lineno} {name}: say it in the text below")

    assert wrong == []


def test_what_is_waited_for_says_its_unit(modules: list[Module]) -> None:
    """Seconds end in _S, milliseconds in _MS: nobody should have to look up which of the two a number is."""
    wrong = []
    for module in modules:
        for name, node, said in constants(module):
            if name in LENGTHS:
                continue
            parts = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} - {name}
            seconds = in_seconds(node) or said.startswith("Seconds")
            if (parts & LENGTHS or said.startswith("Milliseconds")) and not seconds and not name.endswith("_MS"):
                wrong.append(f"{module}: {name}_MS")
            if seconds and not name.endswith(("_S", "_MS")):
                wrong.append(f"{module}: {name}_S")
        wrong += [f"{module}: {name}_S" for name in waited(module) if not name.endswith("_S")]

    assert wrong == []


def in_seconds(node: ast.AST) -> bool:
    """Whether milliseconds are divided by `SECOND` here."""
    shares = (
        part for part in ast.walk(node) if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Div | ast.FloorDiv)
    )
    return any(isinstance(part.right, ast.Name) and part.right.id == "SECOND" for part in shares)


def waited(module: Module) -> Iterator[str]:
    """Constants that are passed to functions that wait."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            given = [*(node.args[:1] if ast.unparse(node.func) in WAITS else ())]
            given += node.args[1:2] if ast.unparse(node.func) == "asyncio.wait_for" else ()
            given += [one.value for one in node.keywords if one.arg in ("timeout", "open_timeout", "close_timeout")]
            yield from (one.id for one in given if isinstance(one, ast.Name) and NAME.fullmatch(one.id))


def test_a_minute_is_written_once(modules: list[Module], tested: list[Module]) -> None:
    wrong = [
        f"{module}:{node.lineno} writes {node.value}; take it from {UNITS}"
        for module in (*modules, *tested)
        if module.name != UNITS and str(module) not in COUNTS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in IN_MS
    ]
    wrong += [
        f"{module} names {name}; take it from {UNITS}"
        for module in modules
        if module.name != UNITS
        for name, *_ in constants(module)
        if name in LENGTHS
    ]

    assert wrong == []


def test_a_page_writes_no_second_and_no_minute() -> None:
    """They are in `terms.js`, as in Python. `plain.js` can import nothing: it is for browsers without modules."""
    scripts = [*ROOT.glob("*/pages/**/*.js"), *ROOT.glob("server/web/static/**/*.js")]
    wrong = [
        f"{file.relative_to(ROOT)}:{number} writes {found[0]}; take SECOND or MINUTE from server/web/static/terms.js"
        for file in sorted(scripts)
        if file.name not in ("terms.js", "plain.js") and file.parent.name != "vendor"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if (found := re.search(r"(?<![\w.])(?:1_?000|60_?000|3_?600_?000)\b", line.partition("//")[0]))
    ]

    assert len(scripts) > 50
    assert wrong == []


def test_tests_and_benches_measure_with_the_same_units(tested: list[Module]) -> None:
    """A second meaning of HOUR (seconds here, milliseconds there) is a mistake that no test would notice."""
    wrong = [
        f"{module}: {name} = {ast.unparse(node.value)}; take it from {UNITS}"
        for module in tested
        for name, node, _ in constants(module)
        if name.removesuffix("_MS") in LENGTHS and node.value is not None and counts(node.value)
    ]

    assert wrong == []


def counts(value: ast.expr) -> bool:
    """Whether this is made of numbers, and not the name of a day."""
    return not any(
        (isinstance(part, ast.Constant) and not isinstance(part.value, int)) or isinstance(part, ast.Call)
        for part in ast.walk(value)
    )
