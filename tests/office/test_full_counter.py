"""A counter's board has at most 10 KB, however full its lists are: full ones are cut short, and say how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from msgspec.json import decode
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.office.boards import Sheet, Sight, drawn
from server.office.boards.queues import FIRST
from tests.office.full_house import COUNTERS, SERVICES, STAFF, full_house, full_office, texts, told
from tests.office.room import Room

MOST = 10 * 1024
"""The most bytes of a counter's board: a hundred pages get one at every press."""
EVER = 40 * 1024
"""The same where every name in the office file is as long as it may be."""
LONG = "W" * 120


def board(room: Room, counter: str = "1", noted: Iterable[str] = ()) -> tuple[dict[str, Any], int]:
    """The board as it is sent, and how many bytes that is. `noted`: tickets on which a colleague has written a note."""
    sheet = Sheet(room.state, room.now, told(room), None, STAFF)
    part = drawn(sheet, "counter", counter, Sight(actor=room.clerk, notes=dict.fromkeys(noted, "Vollmacht fehlt")))
    assert isinstance(part, b.Counter)
    raw = sheet.encode(part)
    found: dict[str, Any] = decode(raw)
    return found, len(raw)


@pytest.mark.parametrize("services", [len(SERVICES), 6])
def test_a_board_with_every_list_full_has_at_most_ten_kilobytes(services: int) -> None:
    """2,000 wait before 100 counters; many are parked, missed, away; messages, help, an alarm, helpers, a move, an undo."""
    room = full_house(services)
    for counter in ("1", "7", str(COUNTERS)):
        full, size = board(room, counter)
        assert size <= MOST
        for name in (
            "queue",
            "parked",
            "missed",
            "away",
            "messages",
            "lines",
            "colleagues",
            "alarms",
            "help",
            "helpers",
        ):
            assert full[name], name
        assert full["waiting_total"] == sum(one.services[0] in full["counter"]["services"] for one in waiting(room))
        assert (full["parked_total"], full["missed_total"], full["away_total"]) == (6, 6, 6)
        assert (full["messages_total"], full["colleagues_total"]) == (6, COUNTERS - 1)
        assert full["lines_total"] == len(full["counter"]["services"])
    mine, _ = board(room)
    assert mine["undo"]
    assert mine["moved"]
    assert mine["current"]


def waiting(room: Room) -> list[Any]:
    return room.state.waiting_tickets()


def test_a_shorter_list_is_the_beginning_of_the_usual_one() -> None:
    """It begins with who is called next; ids beside the lists are of those listed, and no other field says less."""
    room = full_house(4)
    shorter, _ = board(room)
    usual, size = board(room_without_asides(room))

    assert size <= MOST
    assert FIRST >= len(usual["queue"]) > len(shorter["queue"]) >= 8
    assert shorter["queue"] == usual["queue"][: len(shorter["queue"])]
    assert [one["text"]["de"] for one in shorter["messages"]] == ["Heute helfen zwei Lotsinnen in der Halle."]
    listed = {one["id"] for name in ("queue", "parked", "missed", "away") for one in shorter[name]}
    assert listed.issuperset((*shorter["not_here"], *shorter["not_printed"]))
    assert set(shorter) == set(usual)
    for name in ("services", "counter", "may_of_tickets", "break_reasons", "reasons"):
        assert shorter[name] == usual[name]


def test_a_shorter_board_marks_nobody_whom_it_does_not_list() -> None:
    room = full_house(4)
    shorter, _ = board(room, noted=room.state.tickets)

    assert shorter["noted"]
    assert set(shorter["noted"]) == {
        one["id"] for name in ("queue", "parked", "missed", "away") for one in shorter[name]
    }


def room_without_asides(room: Room) -> Room:
    """The same people wait, and there is little else on the board."""
    state = room.state
    for ticket in [one for one in state.living() if one.state in ("parked", "missed", "away")]:
        state.put_ticket(replace(ticket, state="cancelled", ended_at=room.now))
    state.messages.clear()
    state.helpers.clear()
    state.help.clear()
    state.alarms.clear()
    state.book.clear()
    return room


def test_what_a_shorter_board_leaves_out_is_on_the_board_of_the_reception() -> None:
    """Every colleague with what they give, every message, and how long people wait for each service."""
    room = full_house()
    mine, _ = board(room)
    sheet = Sheet(room.state, room.now, told(room), None, STAFF)
    desk = drawn(sheet, "desk", "", Sight(actor=room.clerk))

    assert isinstance(desk, b.Desk)
    assert (len(desk.counters), len(desk.messages)) == (COUNTERS, mine["messages_total"])
    assert all(one.services and one.skills for one in desk.counters)
    own = [one for one in desk.services if one.id in mine["counter"]["services"]]
    assert len(own) == mine["lines_total"] > len(mine["lines"])
    assert [(one.waiting, one.longest_wait) for one in own[:3]] == [
        (one["waiting"], one["longest_wait"]) for one in mine["lines"]
    ]


def test_with_the_longest_names_a_board_stays_bounded() -> None:
    office = full_office(len(SERVICES))
    long = texts(LONG, LONG)
    office = replace(
        office,
        name=LONG,
        services=tuple(replace(one, names=long) for one in office.services),
        counters=tuple(replace(one, label=LONG) for one in office.counters),
        reasons=tuple(replace(one, names=long) for one in office.reasons),
        breaks=tuple(replace(one, names=long) for one in office.breaks),
    )
    room = Room(office).begin(office).open(*(one.id for one in office.counters))
    for name in SERVICES:
        room.ticket(name, by=room.kiosk, kiosk="entrance")
    for _ in range(6):
        room.does(c.PostMessage(text=texts(LONG, LONG)), room.supervisor)
    room.serve("1")
    _, size = board(room)

    assert MOST < size <= EVER
