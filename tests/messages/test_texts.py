"""No text of a command carries a control character: it would go to walls and papers, into logs, and past patterns that end
in `$`, which also matches before a last line feed."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from server.messages.commands import COMMANDS, AnyCommand
from server.web.routes.notes import NoteBody

Make = Callable[[type, bool], dict[str, Any]]
Way = tuple[str | int, ...]
CONTROLS = [sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) == "Cc"]
LINES = {"\t", "\n"}
"""What people may write in a text for people."""
FOR_PEOPLE = {("post_message", "text")}
"""The command and field of every such text."""


def leaves(value: Any, way: Way = ()) -> Iterator[Way]:
    """The way to every text in this JSON, by members and places in lists."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in inside:
        yield from leaves(inner, (*way, name))
    if isinstance(value, str):
        yield way


def with_text(value: dict[str, Any], way: Way, change: Callable[[str], str]) -> dict[str, Any]:
    """The same JSON with one text changed."""
    made = copy.deepcopy(value)
    *to, last = way
    holds: Any = made
    for step in to:
        holds = holds[step]
    holds[last] = change(holds[last])
    return made


def taken(value: dict[str, Any], kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def let_through(value: dict[str, Any], kind: Any, way: Way) -> list[str]:
    """Control characters that are taken in front of, within or behind this text."""
    places: tuple[Callable[[str, str], str], ...] = (
        lambda text, sign: sign + text,
        lambda text, sign: text[:1] + sign + text[1:],
        lambda text, sign: text + sign,
    )

    def takes(put: Callable[[str, str], str], sign: str) -> bool:
        return taken(with_text(value, way, lambda text: put(text, sign)), kind)

    return [repr(sign) for sign in CONTROLS if any(takes(put, sign) for put in places)]


@pytest.mark.parametrize("name", COMMANDS)
def test_no_text_of_a_command_takes_a_control_character(make: Make, name: str) -> None:
    command = make(COMMANDS[name], True)
    found = {way: let_through(command, AnyCommand, way) for way in leaves(command)}
    free = {repr(sign) for sign in LINES}

    assert len(CONTROLS) == 65
    for way, signs in found.items():
        known = free if (name, way[0]) in FOR_PEOPLE else set()
        assert set(signs) == known, f"{name}.{'.'.join(map(str, way))}: give its type in server/messages a pattern"


def test_neither_does_the_name_of_a_language(make: Make) -> None:
    command = make(COMMANDS["post_message"], True)
    for sign in CONTROLS:
        for name in (sign + "de", "de" + sign):
            assert not taken({**command, "text": {name: "Hallo"}}, AnyCommand), repr(name)


def test_nor_a_note_among_colleagues() -> None:
    assert let_through({"text": "hat den Pass vergessen"}, NoteBody, ("text",)) == ["'\\t'", "'\\n'"]
