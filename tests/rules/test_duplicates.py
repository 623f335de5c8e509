"""The same lines in two files: six and more of them are one piece of code, unless docs/decisions/31 says why they exist
twice."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISION = "docs/decisions/31-duplicates-that-stay.md"
SHORTEST = 6
KINDS = (".py", ".js", ".css", ".html")
Lines = list[tuple[int, str]]
"""Number and text of the lines that count, in their order."""
MESSAGES, TWINS, EXPECTATIONS = "Messages", "Twins", "Expectations"
EXPLAINED = {
    ("server/installed.py", "tests/rules/conftest.py"): EXPECTATIONS,
    ("server/log/memory_log.py", "server/log/redis_log.py"): TWINS,
    ("server/messages/boards/walls.py", "server/messages/frames.py"): MESSAGES,
    ("server/messages/events/bookings.py", "server/messages/facts.py"): MESSAGES,
}
"""Pairs of files that share lines on purpose, and the kind under which the decision explains them."""


def sources() -> list[Path]:
    """Every file of ours that git knows, without vendored ones."""
    known = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return [Path(name) for name in known if name.endswith(KINDS) and "/vendor/" not in name and (ROOT / name).exists()]


def counting(file: Path, text: str) -> Lines:
    """Without blank lines, comments, lone punctuation, imports and docstrings; spaces folded."""
    left_out = _told_and_imported(text) if file.suffix == ".py" else set()
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        said = " ".join(line.split())
        if number not in left_out and re.search(r"\w", said) and not re.match(r"#|//|/\*|\*|import\b|<!--|{#", said):
            found.append((number, said))
    return found


def _told_and_imported(text: str) -> set[int]:
    """The numbers of lines that belong to imports and to texts that are no part of an expression."""
    return {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str))
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def shared(files: dict[str, Lines]) -> Iterator[tuple[str, str]]:
    """Each run of six lines and more that two files share, once: (place, other place)."""
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for name, lines in files.items():
        for first in range(len(lines) - SHORTEST + 1):
            places[tuple(said for _, said in lines[first : first + SHORTEST])].append((name, first))
    met = {(one, other) for found in places.values() for one in found for other in found if one[0] < other[0]}
    for one, other in sorted(met):
        if ((one[0], one[1] - 1), (other[0], other[1] - 1)) not in met:
            yield tuple(f"{name}:{files[name][first][0]}" for name, first in (one, other))  # type: ignore[misc]


def test_nothing_of_six_lines_stands_in_two_files_unexplained() -> None:
    files = {str(file): counting(file, (ROOT / file).read_text(encoding="utf-8")) for file in sources()}
    found = list(shared(files))
    wrong = [f"{one} ~ {other}" for one, other in found if (_file(one), _file(other)) not in EXPLAINED]

    assert wrong == [], f"join them; or, if they are of a kind that {DECISION} explains, name them in EXPLAINED"
    assert EXPLAINED.keys() == {(_file(one), _file(other)) for one, other in found}, (
        "EXPLAINED names pairs that are gone"
    )


def test_the_decision_explains_every_kind() -> None:
    decided = (ROOT / DECISION).read_text(encoding="utf-8")

    assert [kind for kind in set(EXPLAINED.values()) if f"- **{kind}**" not in decided] == []


def test_the_search_finds_lines_that_were_moved_and_indented() -> None:
    """Blank lines, comments, imports and docstrings between them do not hide them; five lines are none."""
    six = [f"    total += price_{n} * {n}" for n in range(6)]
    one = ["def one():", '    """One."""', "    import os", *six]
    other = ["class Other:", "    def two(self):", '        """Two."""', *(f"    {line}\n\n    # why" for line in six)]
    texts = {"one.py": one, "other.py": other, "less.js": six[1:]}
    files = {name: counting(Path(name), "\n".join(lines)) for name, lines in texts.items()}

    assert list(shared(files)) == [("one.py:4", "other.py:4")]


def _file(place: str) -> str:
    return place.rpartition(":")[0]
