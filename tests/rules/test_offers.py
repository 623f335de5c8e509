"""Pages of staff, and the terminal, show a press only if the board's `may` lists it: they have no rules of their own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.messages.commands import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = [
    *sorted(ROOT.glob("supervisor/pages/*.js")),
    *sorted(ROOT.glob("counter_client/pages/*.js")),
    *sorted(ROOT.glob("server/web/static/staff/*.js")),
    ROOT / "counter_client/acts.py",
    ROOT / "counter_client/told.py",
    ROOT / "counter_client/terminal.py",
]
TABLES = {
    "counter_client/pages/acts.js": "others.filter(may)",
    "supervisor/pages/ask_counter.js": "filter(([, type]) => mayAt(board, id, type))",
    "counter_client/acts.py": "if type in board.may or id == big",
    "counter_client/told.py": "tuple(act for act in one.acts if may(board, act))",
}
"""Files that ask for a whole list of commands at once, and how."""
ROWS = {"counter_client/told.py": {"accept_help", "accept_alarm", "end_alarm", "acknowledge_message"}}
"""The commands in such lists, in a file that has other commands too."""
NAMED = re.compile(r'"(\w+)"')


def asked(text: str) -> Iterator[str]:
    """The names inside `may(...)`, `mayAt(...)`, and so on; in Python those before `in board.may...`."""
    for call in re.finditer(r"\bmay\w*\(", text):
        yield from NAMED.findall(text[call.end() : closing(text, call.end())])
    yield from re.findall(r'"(\w+)"(?: not)? in (?:self\.)?board\.may\w*', text)


def closing(text: str, at: int) -> int:
    depth = 1
    while depth:
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return at


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_is_shown_was_asked_for(file: Path) -> None:
    text, name = file.read_text(encoding="utf-8"), str(file.relative_to(ROOT))
    sent = set(re.findall(r'"?type"?: "(\w+)"', text)) & COMMANDS.keys()
    known = set(asked(text))
    if name in TABLES:
        assert TABLES[name] in text, f"tests/rules/test_offers.py: {name} asks otherwise than TABLES says"
        known |= ROWS.get(name, sent - {"undo"})

    assert sent - known == set(), f"{name}: show these only if may(board, ...) of static/staff/may.js says so"
