"""The direction of text against Unicode's own file of examples, BidiCharacterTest.txt (Debian's `unicode-data`).

Examples with signs that control direction are left out: a ticket's texts have none, `plain` takes them out.
"""

import unicodedata
from pathlib import Path
from typing import NamedTuple

import pytest

from ticket_printer.direction import levels, plain, visual_order

EXAMPLES = Path("/usr/share/unicode/BidiCharacterTest.txt")


class Example(NamedTuple):
    text: str
    rtl: bool
    levels: list[str]
    order: list[int]


def examples() -> list[Example]:
    found = []
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            codes, _, base, wanted, order = line.split(";")
            text = "".join(chr(int(code, 16)) for code in codes.split())
            if plain(text) == text and "B" not in map(unicodedata.bidirectional, text):
                found.append(Example(text, base == "1", wanted.split(), [int(place) for place in order.split()]))
    return found


@pytest.mark.skipif(not EXAMPLES.exists(), reason="Debian's unicode-data is not installed: scripts/system")
def test_levels_and_order_are_those_of_unicodes_own_examples() -> None:
    tried = examples()
    wrong = []
    for text, rtl, wanted, order in tried:
        found = levels(text, rtl=rtl)
        seen = [place for place in visual_order(found) if wanted[place] != "x"]
        if seen != order or any(one not in ("x", str(level)) for one, level in zip(wanted, found, strict=True)):
            wrong.append((text.encode("unicode_escape"), rtl, wanted, found))

    assert len(tried) > 10_000
    assert wrong == []
