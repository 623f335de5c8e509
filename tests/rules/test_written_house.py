"""The documents: the picture of the rooms, the decisions, the length of ARCHITECTURE.md, and the files that documents name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.draw_rooms import OUTERMOST, PICTURE, drawn, rooms
from tests.rules.test_import_table import ANYWHERE, FREE, room_of

if TYPE_CHECKING:
    from tests.rules.conftest import Module

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
LONGEST = 200
HEADINGS = ["## What", "## Why", "## Measured", "## What would change our mind"]
LIST = ROOT / "docs" / "decisions" / "README.md"
DECISIONS = sorted(set(LIST.parent.glob("*.md")) - {LIST})
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), LIST, *DECISIONS])


def test_the_picture_names_every_room_and_is_what_the_imports_say(modules: list[Module]) -> None:
    picture = PICTURE.read_text(encoding="utf-8")
    known = {room_of(module.name) for module in modules} - FREE - ANYWHERE - {"server.garbage"}

    missing = [room for room in sorted(known) if f">{room.removeprefix('server.')}</text>" not in picture]

    assert missing == [], "draw docs/rooms.svg again: make rooms"
    assert f">{OUTERMOST}</text>" in picture
    assert picture == drawn(rooms(modules)), (
        "the imports between rooms have changed; draw docs/rooms.svg again: make rooms"
    )


def test_the_architecture_is_read_in_one_sitting() -> None:
    assert ARCHITECTURE.count("\n") <= LONGEST, "move what is a decision to docs/decisions"
    assert "docs/rooms.svg" in ARCHITECTURE


def test_every_decision_says_what_why_measured_and_what_would_change_it() -> None:
    for file in DECISIONS:
        text = file.read_text(encoding="utf-8")
        found = re.findall(r"^## .*$", text, re.MULTILINE)

        assert text.startswith("# "), f"{file.name}: begin with a title"
        assert found == HEADINGS, f"docs/decisions/{file.name} needs the headings {HEADINGS}"
        assert all(part.strip() for part in re.split(r"^## .*$", text, flags=re.MULTILINE)), file.name


def test_every_decision_is_linked_once_by_its_title() -> None:
    links = re.findall(r"^- \[(.+)\]\((.+)\)$", LIST.read_text(encoding="utf-8"), re.MULTILINE)
    titles = [(file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# "), file.name) for file in DECISIONS]

    assert links == titles, "docs/decisions/README.md lists each decision in one line: - [its title](its file)"
    assert "docs/decisions/README.md" in ARCHITECTURE
    assert [name[:2] for _, name in titles] == [f"{number:02}" for number in range(1, len(titles) + 1)]


def test_every_file_that_a_document_names_is_there() -> None:
    """Links, and paths in backticks that begin with one of our folders. Short paths such as `live.py` are not checked."""
    ours = "audio|bench|booking|config|counter_client|displays|docs|scripts|server|supervisor|tests|ticket_printer"
    named = re.compile(rf"`((?:{ours})/[\w./-]+)`|\]\((?!https?:|#)([^)#]+)")
    wrong = [
        f"{file.relative_to(ROOT)}: {path}"
        for file in DOCUMENTS
        if file.name != "CHANGELOG.md"
        for code, link in named.findall(file.read_text(encoding="utf-8"))
        if not ((ROOT / (path := code)) if code else (file.parent / (path := link))).exists()
    ]

    assert wrong == []
