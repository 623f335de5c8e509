"""What this product itself requires so that everybody can use it, R1 to R24, and the tests that prove it. For `conformance.py`.

A test proves a requirement by its name: `test_r6_...`, or `test_r2_r3_...` for several. What no machine can tell is looked at.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
_NUMBERED = re.compile(r"test_((?:r\d+_)+)\w+")


class Requirement(NamedTuple):
    """`by_hand`: how it is looked at; `gap`: its name on the accessibility statement."""

    what: str
    by_hand: str = ""
    gap: str = ""


REQUIREMENTS = (
    Requirement("Every call is seen and heard, and comes to the phone"),
    Requirement("Contrast of text: at least 4.5, of numbers 7"),
    Requirement("Contrast of edges and signs: at least 3"),
    Requirement("Luminance contrast K of what is read from afar: at least 0.7 (DIN 32975)"),
    Requirement("No meaning by colour alone"),
    Requirement("Nothing flashes: at most once a second, for three seconds, as a fade"),
    Requirement("What moves can be held or is what the screen is for; less motion is honoured"),
    Requirement("A call is told to screen readers, without moving the focus"),
    Requirement("Pages and phrases say their language and direction"),
    Requirement("320 pixels wide, and twice the text size"),
    Requirement("Whatever is pressed is large enough; nothing needs dragging"),
    Requirement("Everything by keyboard, and one sees where"),
    Requirement("A screen that ends by itself warns, for at least 20 seconds, and is extended by one act"),
    Requirement("Nothing is asked twice, and help is always at the same place"),
    Requirement("The kiosk reads aloud what stands on it"),
    Requirement("What is on the ticket is read aloud"),
    Requirement("A called number is seen under at least 0.7 degree"),
    Requirement("Without speech, without a fine grip, with one hand", by_hand="keys, pad and headset of each device"),
    Requirement("Controls within reach", by_hand="height of the device, and room before it"),
    Requirement("A ticket that is felt", by_hand="the paper and the cutter; whoever cannot feel it hears it (R16)"),
    Requirement("A statement with a way to tell"),
    Requirement("Plain texts; easy language has short sentences"),
    Requirement("Deaf: seen and felt; who must see a call is not left to a dark screen; nothing needs a phone"),
    Requirement("Paper and people besides every screen", by_hand="whether somebody is at reception"),
)
"""R1 first."""


def proofs() -> Mapping[int, list[tuple[str, str]]]:
    """By number, (file, name) of each test that proves it."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "def test_r" in text else ():
            numbered = (
                _NUMBERED.fullmatch(node.name) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else None
            )
            for number in re.findall(r"r(\d+)_", numbered[1]) if numbered else ():
                found[int(number)].append((str(file.relative_to(ROOT)), numbered[0]))
    return found


def table() -> str:
    """The requirements and their tests as a part of the report."""
    known = proofs()
    lines = ["| | requirement | proved by |\n|---|---|---|\n"]
    for number, one in enumerate(REQUIREMENTS, 1):
        tests = "; ".join(f"{_said(name)} (`{file}`)" for file, name in known.get(number, ()))
        lines.append(f"| R{number} | {one.what} | {_proof(one, tests)} |\n")
    return "".join(lines)


def _proof(one: Requirement, tests: str) -> str:
    looked = f"by hand: {one.by_hand}" if one.by_hand else "not yet" if one.gap else ""
    return "; ".join(part for part in (tests, looked) if part)


def _said(name: str) -> str:
    return re.sub(r"^test_(r\d+_)+", "", name).replace("_", " ")
