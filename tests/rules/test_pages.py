"""The style of pages: what a browser loads is as readable as Python code, and repeats nothing that boards say."""

import re
from ast import literal_eval
from pathlib import Path
from typing import get_args

import pytest

from server.messages import agreed, commands
from server.messages.terms import Need, Phrase, TicketState

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "server/web/static"
ROOMS = [*sorted(ROOT.glob("*/pages")), ROOT / "server/web"]
SHEETS = [sheet for room in ROOMS for sheet in sorted(room.rglob("*.css"))]
SCRIPTS = [script for room in ROOMS for script in sorted(room.rglob("*.js")) if script.parent.name != "vendor"]
WIDEST = 120
TOGETHER = 2
"""Declarations that may be on one line with their selector."""
COMMENT = re.compile(r"/\*.*?\*/", re.S)
RULE = re.compile(r"[^{}]*\{([^{}]*)\}")


def test_the_pages_are_found() -> None:
    assert len(SCRIPTS) > 50
    assert len(SHEETS) > 9


@pytest.mark.parametrize("file", [*SCRIPTS, *SHEETS], ids=lambda file: str(file.relative_to(ROOT)))
def test_no_line_is_too_wide_to_read(file: Path) -> None:
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)

    assert [f"{number}: {line[:60]}" for number, line in lines if len(line) > WIDEST] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: str(file.relative_to(ROOT)))
def test_declarations_stand_below_each_other_from_the_third_on(sheet: Path) -> None:
    text = COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    crowded = [body for body in RULE.findall(text) if body.count("\n") <= 1 and _declared(body) > TOGETHER]
    crowded += [line for line in text.splitlines() if "{" not in line and line.count(";") > 1]

    assert crowded == []


SIDES = re.compile(r"(?<![\w-])(?:(?:margin-|padding-|border-)?(?:left|right)\s*:|float:|text-align:\s*(?:left|right))")
FOUR = re.compile(r"(?<![\w-])(?:padding|margin|inset):\s*((?:\([^;{}]*\)|[^;{}])+)")
VALUE = re.compile(r"(?:[^\s()]+|\((?:[^()]|\([^()]*\))*\))+")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_begins_at_the_left_begins_at_the_right_in_arabic(sheet: Path) -> None:
    """A side is said as start and end; of four values in a row the second and the fourth would be right and left."""
    text = COMMENT.sub("", sheet.read_text(encoding="utf-8"))
    values = {found[0]: VALUE.findall(found[1]) for found in FOUR.finditer(text)}

    assert SIDES.findall(text) == []
    assert [said for said, four in values.items() if len(four) == 4 and four[1] != four[3]] == []


def _declared(body: str) -> int:
    return len([one for one in body.split(";") if one.strip()])


def test_tokens_are_values_only() -> None:
    """Rules that use them are in `kit.css`."""
    text = COMMENT.sub("", (STATIC / "tokens.css").read_text(encoding="utf-8"))
    declared = [line.strip() for body in RULE.findall(text) for line in body.split(";") if line.strip()]

    assert [one for one in declared if not one.startswith(("--", "color-scheme:"))] == []
    assert "@" not in text


def test_what_pages_list_is_what_the_wire_has() -> None:
    """A new need or state is one line in `server/messages/terms.py` and one in `server/web/static/terms.js`."""
    text = (STATIC / "terms.js").read_text(encoding="utf-8")
    lists = {name: re.findall(r'"(\w+)"', said) for name, said in re.findall(r"const (\w+) = \[(.*?)\];", text, re.S)}

    assert lists["NEEDS"] == list(get_args(Need))
    assert lists["PHRASES"] == list(get_args(Phrase))
    assert set(lists["ENDED"]) < set(get_args(TicketState))
    assert f"MOST_PERSONS = {_bound(commands.IssueTicket, 'persons')};" in text
    assert f"MOST_LETTERS = {_bound(commands.PostMessage, 'text')};" in text


def test_pages_wait_as_long_as_the_server_says() -> None:
    """A length of time that both ends of a line must agree on is in `server/messages/agreed.py`, and in `terms.js`."""
    text = (STATIC / "terms.js").read_text(encoding="utf-8")
    pages = {
        name: literal_eval(value)
        for name, value in re.findall(r"const ((?:CLOCK_)?\w+) = ([\d_]+|\[[\d_, ]+\]);", text)
    }
    known = {name: list(value) if isinstance(value, tuple) else value for name, value in vars(agreed).items()}

    assert {
        name: value for name, value in pages.items() if not name.startswith("MOST_") and known.get(name) != value
    } == {}


def _bound(command: type, field: str) -> int:
    """The highest number, or length, that a field of a message accepts."""
    return int(re.findall(r"(?:max_length|le)=(\d+)", str(command.__annotations__[field]))[-1])


FINE_GRIP = re.compile(
    r"pointermove|touchmove|touchstart|mousemove|dragstart|draggable|gesturechange|ontouch|movementX|wheel\b"
    r"|getUserMedia|SpeechRecognition|devicemotion|deviceorientation|keypress"
)
"""Drawing, swiping, dragging, shaking, speaking."""
TWO_KEYS = re.compile(r"(?<!\|\| )(?<!if \()\bevent\.(?:ctrl|alt|meta|shift)Key")
"""Keys that must be held together. `if (event.ctrlKey || ...) return` passes a browser's own keys on."""


@pytest.mark.parametrize(
    "file",
    [*SCRIPTS, *(page for room in ROOMS for page in sorted(room.rglob("*.html")))],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_r18_nothing_needs_a_fine_grip_a_voice_or_two_hands(file: Path) -> None:
    """Everything is one press of one button or key. An alarm also has a button; the corner that begins reading aloud has keys."""
    text = re.sub(r"/\*.*?\*/|(?<!:)//.*", "", file.read_text(encoding="utf-8"), flags=re.S)

    assert FINE_GRIP.findall(text) == []
    assert TWO_KEYS.findall(text) == [] or file.name == "alarms.js"


def test_codes_become_words_in_one_place() -> None:
    """`words.text("staff-need-step_free")` is enough: `words.js` knows how texts are named."""
    own = [str(file) for file in SCRIPTS if re.search(r'replace(All)?\("_"', file.read_text(encoding="utf-8"))]

    assert [Path(one).name for one in own] == ["words.js"]
    words = "".join(file.read_text(encoding="utf-8") for file in ROOT.glob("config/languages/*.ftl"))
    assert re.findall(r"^[a-z0-9-]*_\w* =", words, re.M) == []


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_page_knows_a_language_or_an_office(file: Path) -> None:
    """`named()` uses the office's first language, `languageName()` and `direction()` the language's own file; boards name
    the zone, and the server the language in which a missing word is said."""
    text = re.sub(r"/\*.*?\*/|//.*", "", file.read_text(encoding="utf-8"), flags=re.S)
    found = re.findall(r"""\.de\b|["']de(?:-simple)?["']|Europe/""", text)

    assert found == []
