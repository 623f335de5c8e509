"""Every message comes through JSON unchanged, and nothing else is accepted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args

import msgspec
import pytest

from server.messages import boards, facts
from server.messages import office as offices
from server.messages.actor import SYSTEM, Actor
from server.messages.commands import COMMANDS, AnyCommand, CheckedCommand, SystemCommand
from server.messages.events import EVENTS, VERSION, decode, encode
from server.messages.frames import FromClient, FromServer
from server.messages.value import Value

Make = Callable[[type, bool], dict[str, Any]]
SYSTEM_COMMANDS = {kind.__struct_config__.tag: kind for kind in get_args(SystemCommand) + get_args(CheckedCommand)}
FRAMES = {**{kind: kind for kind in get_args(FromClient)}, **{kind: kind for kind in get_args(FromServer)}}
FACTS = [
    kind for kind in vars(facts).values() if isinstance(kind, type) and issubclass(kind, Value) and kind is not Value
]


def there_and_back(kind: Any, value: dict[str, Any]) -> Any:
    read: Any = msgspec.json.decode(json.dumps(value), type=kind)
    again: Any = msgspec.json.decode(msgspec.json.encode(read), type=kind)
    assert again == read
    return read


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command(make: Make, name: str, full: bool) -> None:
    """Its type is the name of its class in snake case, and finds the class again; unknown fields are refused."""
    value = make(COMMANDS[name], full)
    assert value["type"] == name

    read = there_and_back(AnyCommand, value)

    assert type(read) is COMMANDS[name]
    with pytest.raises(msgspec.ValidationError, match="unknown"):
        msgspec.convert({**value, "surprise": 1}, AnyCommand)


@pytest.mark.parametrize("name", SYSTEM_COMMANDS)
def test_what_only_the_server_asks_is_not_read_from_the_wire(make: Make, name: str) -> None:
    value = make(SYSTEM_COMMANDS[name], True)
    there_and_back(SYSTEM_COMMANDS[name], value)

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(value, AnyCommand)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("name", EVENTS)
def test_an_event(make: Make, name: str, full: bool) -> None:
    event = there_and_back(EVENTS[name], {**make(EVENTS[name], full), "v": VERSION})

    assert decode(encode(event)) == event
    assert type(decode(encode(event))) is EVENTS[name]


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("kind", boards.BOARDS.values(), ids=lambda kind: kind.__name__)
def test_a_board(make: Make, kind: type, full: bool) -> None:
    there_and_back(kind, make(kind, full))


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("kind", FRAMES, ids=lambda kind: kind.__name__)
def test_a_frame(make: Make, kind: type, full: bool) -> None:
    there_and_back(kind, make(kind, full))


@pytest.mark.parametrize("kind", FACTS, ids=lambda kind: kind.__name__)
def test_a_fact(make: Make, kind: type) -> None:
    there_and_back(kind, make(kind, False))
    there_and_back(kind, make(kind, True))


def test_an_office(make: Make) -> None:
    there_and_back(offices.Office, make(offices.Office, True))
    with pytest.raises(msgspec.ValidationError, match="unknown"):
        msgspec.convert({**make(offices.Office, True), "surprise": 1}, offices.Office)


def test_commands_are_imperative_and_events_past() -> None:
    """No type is both a command and an event."""
    assert not COMMANDS.keys() & EVENTS.keys()


def test_events_about_tickets_and_counters_name_them() -> None:
    for name, kind in EVENTS.items():
        fields = set(kind.__struct_fields__)
        assert {"v", "at", "by", "key", "who", "digest"} <= fields
        assert ("ticket" in fields) == ("number" in fields), name


@pytest.mark.parametrize(
    "value",
    [
        {"type": "issue_ticket", "services": []},
        {"type": "issue_ticket", "services": ["a b"]},
        {"type": "issue_ticket", "services": ["x"] * 21},
        {"type": "issue_ticket", "services": ["x"], "persons": 0},
        {"type": "issue_ticket", "services": ["x"], "language": "Deutsch!"},
        {"type": "issue_ticket", "services": ["x"], "needs": ["because"]},
        {"type": "pause_ticket", "ticket": "t", "minutes": 481},
        {"type": "transfer_ticket", "ticket": "t", "not_before": "2026-11-23T08:00:00"},
        {"type": "transfer_ticket", "ticket": "t", "not_before": 5},
        {"type": "report_print", "job": "j", "state": "requested"},
        {"type": "apply_moves", "moves": []},
        {"type": "apply_moves", "moves": [{"type": "issue_ticket", "services": ["x"]}]},
        {"type": "undo", "key": "with space"},
        {"type": "nothing"},
        {},
        [],
    ],
)
def test_values_that_no_rule_could_accept(value: Any) -> None:
    """A printer cannot open a job again, a time needs its zone, a need has no reason."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(value, AnyCommand)


def test_who_is_held_back_at_anothers_counter() -> None:
    """A clerk's page and a token for one counter are held back; a token for the whole office and a supervisor are not."""
    assert Actor(role="clerk", principal="p", page=True).held_back
    assert Actor(role="clerk", principal="p", device="3").held_back
    assert not Actor(role="clerk", principal="p").held_back
    assert not Actor(role="supervisor", principal="p", page=True).held_back
    assert not SYSTEM.held_back
