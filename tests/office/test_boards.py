"""Boards: what each device shows, and above all what it does not show."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import MINUTE, rfc3339
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import Sight, board
from tests.office.shown import busy, shown

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]
PUBLIC: list[tuple[BoardKind, str]] = [("display", "hall"), ("kiosk", "entrance"), ("announcer", "hall")]
EVERY: list[tuple[BoardKind, str]] = [
    *PUBLIC,
    ("counter", "1"),
    ("supervisor", ""),
    ("desk", ""),
    ("roster", ""),
    ("line", "pass"),
    ("printer", "paper"),
    ("station", "booth"),
]


@pytest.mark.parametrize(("kind", "id"), PUBLIC)
def test_a_public_board_names_no_need_no_holder_and_no_link(room: Room, kind: BoardKind, id: str) -> None:
    text = json.dumps(to_builtins(shown(busy(room), kind, id)))

    for word in ("interpreter", "needs", "day-anna", "page:anna", "holder", "principal", "secret", "token"):
        assert word not in text


@pytest.mark.parametrize(("kind", "id"), EVERY)
def test_no_board_names_who_holds_a_counter(room: Room, kind: BoardKind, id: str) -> None:
    """It only says whether it is the reader."""
    busy(room)
    text = json.dumps(to_builtins(shown(room, kind, id, Sight(actor=room.anna))))

    assert "day-anna" not in text
    assert "page:anna" not in text
    if kind == "counter":
        assert shown(room, kind, id, Sight(actor=room.anna)).counter.holder_is_me
        assert not shown(room, kind, id, Sight(actor=room.bert)).counter.holder_is_me


def test_a_ticket_shows_its_owner_nothing_of_others(room: Room) -> None:
    busy(room)
    first, *others = (ticket for ticket in room.state.tickets.values())
    mine = others[-2]
    text = json.dumps(to_builtins(shown(room, "ticket", mine.id)))

    assert all(other.number not in text and other.id not in text for other in (first, *others) if other.id != mine.id)
    assert shown(room, "ticket", mine.id).ahead == 2


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("display", "unknown_display"),
        ("counter", "unknown_counter"),
        ("announcer", "unknown_zone"),
        ("ticket", "unknown_ticket"),
        ("line", "unknown_service"),
        ("kiosk", "unknown_device"),
        ("printer", "unknown_device"),
        ("station", "unknown_device"),
        ("pairing", "unknown_device"),
        ("offices", "unknown_device"),
    ],
)
def test_a_board_of_nothing(room: Room, kind: BoardKind, code: str) -> None:
    for id in ("nothing", "booth" if kind == "counter" else "1"):
        found = board(room.state, kind, id, room.now)
        if not (kind == "counter" and id == "1"):
            assert isinstance(found, Refusal)
            assert found.code == code


def test_what_an_office_sets_is_on_every_board_whose_page_says_it(make_room: Make) -> None:
    """A page sends no length for a pause, and shows how long it will be."""
    room = make_room(away_minutes=45).open("1")
    mine = room.ticket("pass")

    lasting: list[tuple[BoardKind, str]] = [("counter", "1"), ("desk", ""), ("ticket", mine)]
    for kind, id in lasting:
        assert shown(room, kind, id).away_minutes == 45
    named: list[tuple[BoardKind, str]] = [*lasting, ("supervisor", ""), ("kiosk", "entrance")]
    for kind, id in named:
        assert shown(room, kind, id).languages == room.state.office.languages
    room.press(c.PauseTicket(ticket=mine))
    assert shown(room, "ticket", mine).away_until == rfc3339(room.now + 45 * MINUTE)


def test_every_board_is_written_as_json(room: Room) -> None:
    busy(room)
    tickets: list[tuple[BoardKind, str]] = [("ticket", ticket) for ticket in room.state.tickets]
    for kind, id in EVERY + tickets:
        found = shown(room, kind, id)
        assert type(found) is b.BOARDS[kind]
        json.dumps(to_builtins(found))


def test_who_looks_is_not_seen(room: Room) -> None:
    """Two people with the same rights see the same board of the supervisor, except for their own undo."""
    busy(room)
    one = shown(room, "supervisor", "", Sight(actor=room.admin))
    two = shown(room, "supervisor", "", Sight(actor=Actor(role="admin", principal="o")))

    assert replace(one, undo=None) == replace(two, undo=None)
