"""docs/printing.md has a cell for every fault at every kind of printer; each says what its test saw, and names that test."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from server.messages.terms import PrinterKind
from tests.ticket_printer.test_every_fault import FAULTS, QUEUES
from tests.web.test_polling_faults import CLOUDPRNT, DIRECT_PRINT

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "printing.md").read_text(encoding="utf-8")
TRIED: dict[str, dict[str, tuple[Any, str, str | None, int]]] = {
    **dict.fromkeys(("escpos", "star", "serial", "usb"), FAULTS),
    "ipp": QUEUES,
    "cloudprnt": CLOUDPRNT,
    "direct_print": DIRECT_PRINT,
}
"""By kind: what its test asserts of each fault."""
OF_A_FOLDER = {"well": "1 confirmed", "another error": "0 failed `error`"}
"""It has no paper, no cover and no plug."""


def rows(first: str) -> list[list[str]]:
    """The cells of the table whose head begins so, its head first."""
    lines = iter(TEXT.splitlines())
    head = next(line for line in lines if line.startswith(f"| {first} |"))
    found = [head]
    for line in lines:
        if not line.startswith("|"):
            break
        found.append(line)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found if not line.startswith("|---")]


def cells() -> dict[str, dict[str, str]]:
    """By kind and fault."""
    head, *others = rows("what is wrong")
    return {
        kind: {fault: told[column] for fault, *told in others}
        for column, kinds in enumerate(head[1:])
        for kind in kinds.split(", ")
    }


def test_every_kind_of_printer_has_a_cell_for_every_fault() -> None:
    found = cells()

    assert set(found) == set(get_args(PrinterKind))
    for tried in TRIED.values():
        assert set(tried) == set(FAULTS)
    for kind, faults in found.items():
        assert set(faults) == set(FAULTS)
        assert kind == "file" or all(faults.values()), kind
    assert {fault: told for fault, told in found["file"].items() if told} == OF_A_FOLDER


@pytest.mark.parametrize("kind", TRIED)
def test_each_cell_says_what_its_test_saw(kind: str) -> None:
    said = cells()[kind]
    for fault, (_, state, reason, papers) in TRIED[kind].items():
        many = "0 or 1" if state == "unknown" else str(papers)
        assert said[fault] == f"{many} {state}{f' `{reason}`' if reason else ''}", fault


def test_nobody_hears_what_became_of_the_browsers_paper() -> None:
    said = cells()["browser"]

    assert {fault: told for fault, told in said.items() if told != "0 or 1 sent"} == {
        "well": "1 sent",
        "paper low": "1 sent",
    }


def test_every_kind_and_every_end_names_a_test_that_exists() -> None:
    kinds = {kind for row in rows("kind")[1:] for kind in row[0].split(", ")}
    ends = {row[0] for row in rows("the print is called")[1:]}
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", TEXT)

    assert kinds == set(get_args(PrinterKind))
    assert ends == {told[1] for tried in TRIED.values() for told in tried.values()} | {"sent"}
    assert all(re.search(r"`tests/\S+::\w+`", row[-1]) for row in [*rows("kind")[1:], *rows("the print is called")[1:]])
    for file, name in named:
        assert re.search(rf"^(async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), name
