"""What the public sees of an event: flat, with instants as text, and nothing about who pressed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from msgspec import inspect as look

from server.messages import facts, terms
from server.messages.events import EVENTS, VERSION, DayOpened, OfficeConfigured
from server.messages.instants import LAST, at_or_none, millis, millis_or_none, rfc3339
from server.messages.value import Value
from server.messages.wire import BY_ID, HIDDEN, INSTANTS, event_object, shown

Make = Callable[[type, bool], dict[str, Any]]


MILLIS = get_args(terms.Millis)[1]
"""Marks an integer as an instant."""


def instants(kind: type) -> Iterator[str]:
    """Names of the fields of a struct that have the type of an instant."""
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if MILLIS in _metadata(hint):
            yield name


def _metadata(hint: Any) -> list[Any]:
    found = list(getattr(hint, "__metadata__", ()))
    for inner in getattr(hint, "__args__", ()):
        found += _metadata(inner)
    return found


FACTS = [
    kind for kind in vars(facts).values() if isinstance(kind, type) and issubclass(kind, Value) and kind is not Value
]


@pytest.mark.parametrize("kind", [*EVENTS.values(), *FACTS], ids=lambda kind: kind.__name__)
def test_every_instant_is_written_out(kind: type[Value]) -> None:
    unknown = set(instants(kind)) - INSTANTS - BY_ID
    assert not unknown, f"server/messages/wire.py: name {', '.join(unknown)} of {kind.__name__} in INSTANTS"
    assert set(instants(kind)) >= {name for name in kind.__struct_fields__ if name in INSTANTS} - {
        "reference",
        "start",
        "slot",
    }


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_as_the_public_sees_it(make: Make, name: str) -> None:
    """`{office, epoch, seq, mark, v, type, at, by, key, ...}`, every field of its type, and no hidden member."""
    event = msgspec.convert(make(EVENTS[name], True), EVENTS[name])

    public = event_object(event, "amt", "epoch-1", 7, "mark-1")

    assert (public["office"], public["seq"], public["mark"], public["type"]) == ("amt", 7, "mark-1", name)
    assert public["at"] == rfc3339(event.at)
    assert {"v", "by", "key", "epoch"} <= public.keys()
    assert not {"who", "digest", "holder", "keys"} & set(members(public))
    assert set(event.__struct_fields__) <= public.keys() | HIDDEN
    json.dumps(public)


def members(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from members(inner)
    if isinstance(value, list):
        for inner in value:
            yield from members(inner)


def test_the_office_file_is_not_the_office(make: Make) -> None:
    """`office` is the id, also on events that carry the whole file."""
    for kind in (DayOpened, OfficeConfigured):
        event = msgspec.convert(make(kind, True), kind)
        public = event_object(event, "amt", "e", 1, "m")
        assert public["office"] == "amt"
        assert public["file"]["services"]


def test_instants_by_id_and_inside_facts() -> None:
    assert shown({"silences": {"hall": 1_000, "up": None}}) == {"silences": {"hall": rfc3339(1_000), "up": None}}
    assert shown({"tickets": [{"issued_at": 0, "holder": "x", "waited": 5}]}) == {
        "tickets": [{"issued_at": "1970-01-01T00:00:00.000Z", "waited": 5}]
    }


def test_the_version_of_all_events() -> None:
    assert VERSION == 2


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_764_000_000_123, "2025-11-24T16:00:00.123Z"),
        (LAST, "9999-01-01T00:00:00.000Z"),
    ],
)
def test_an_instant_there_and_back(ms: int, text: str) -> None:
    moment = msgspec.convert(text, datetime)

    assert rfc3339(ms) == text
    assert millis(moment) == ms
    assert at_or_none(None) is None
    assert millis_or_none(None) is None
    assert millis_or_none(moment) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("2025-11-24T17:00:00.123999+01:00", 1_764_000_000_123),
        ("0001-01-01T00:00:00+14:00", 0),
        ("9999-12-31T23:59:59.999-12:00", LAST),
    ],
)
def test_what_no_page_could_show_is_brought_inside(text: str, ms: int) -> None:
    assert millis(msgspec.convert(text, datetime)) == ms
    assert rfc3339(millis(msgspec.convert(text, datetime)))


def test_lengths_are_no_instants() -> None:
    """Fields named like lengths, in ms, stay numbers."""
    names = {field.name for kind in FACTS for field in look.type_info(kind).fields}  # type: ignore[attr-defined]

    assert {"waited", "served"} <= names
    assert not {"waited", "served"} & INSTANTS
