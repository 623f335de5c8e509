"""Looking for a ticket: by its number as people say it, by a service, by a state; and the rest of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.messages import boards as b
from server.messages import commands as c
from server.messages.instants import MINUTE
from server.office.boards import Sheet, Wanted, find
from tests.messages.test_names import WAYS_TO_WRITE
from tests.office.crowded import crowd
from tests.office.room import Room
from tests.office.shown import shown

WORDS: Any = {"wartet": "waiting", "geparkt": "parked", "nicht erschienen": "missed"}


def look(room: Room, query: str = "", **more: Any) -> b.Found:
    return find(Sheet(room.state, room.now), Wanted(query=query, words=WORDS, **more), room.clerk)


def numbers(found: b.Found) -> list[str]:
    return [one.number for one in found.tickets]


@pytest.fixture
def full(room: Room) -> Room:
    """A012 waits at the end of twelve, B001 and B002 wait, K001 is parked."""
    room.open("1", "2", "3")
    room.ticket("car")
    room.serve("3")
    room.does(c.ParkTicket(counter="3"))
    for _ in range(12):
        room.ticket("pass")
    room.ticket("reg")
    room.ticket("reg", "pass")
    return room


@pytest.mark.parametrize("said", ["A012", "a012", "a 012", "A12", " A-12 ", "a 12", "012", *WAYS_TO_WRITE["A012"]])
def test_a_number_is_understood_as_people_say_it(full: Room, said: str) -> None:
    assert numbers(look(full, said))[0] == "A012"


def test_a_number_without_letter_or_zeros_finds_the_very_number_first(full: Room) -> None:
    assert numbers(look(full, "2"))[:2] == ["A002", "B002"]
    assert "A012" in numbers(look(full, "2"))
    assert numbers(look(full, "A2"))[0] == "A002"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("car", ["K001"]),
        ("Reg", ["B001", "B002"]),
        ("geparkt", ["K001"]),
        ("park", ["K001"]),
        ("GEPARKT car", ["K001"]),
        ("reg wartet", ["B001", "B002"]),
        ("geparkt reg", []),
        ("nicht erschienen", []),
        ("Z999", []),
        ("?!", []),
    ],
)
def test_services_and_states_are_understood(full: Room, said: str, found: list[str]) -> None:
    assert numbers(look(full, said)) == found


def test_without_a_query_all_are_listed_page_by_page(full: Room) -> None:
    whole = look(full)
    assert (whole.total, len(whole.tickets)) == (15, 15)
    second = look(full, offset=10, limit=3)
    assert (second.total, second.offset, numbers(second)) == (15, 10, numbers(whole)[10:13])


def test_a_lost_ticket_is_found_by_when_it_was_drawn(room: Room) -> None:
    drawn = []
    for service in ("pass", "reg", "pass", "pass"):
        drawn.append((room.now, room.ticket(service)))
        room.sleep(10 * MINUTE)
    third, _ = drawn[2]

    assert numbers(look(room, issued=third + MINUTE)) == ["A002", "A003", "B001", "A001"]
    assert numbers(look(room, "pass", issued=third)) == ["A002", "A003", "A001"]
    assert numbers(look(room, "A001", issued=third))[0] == "A001"


def test_a_counter_reads_the_rest_of_its_line(room: Room) -> None:
    """The pages together are the counter's own list, whose first are on its board."""
    room.open("1", "3")
    room.ticket("car")
    for _ in range(3):
        room.ticket("pass")
    crowd(room, 100)
    board = shown(room, "counter", "1")
    rest = look(room, state="waiting", counter="1", limit=200)

    assert rest.total == board.waiting_total == len(rest.tickets)
    assert [one.id for one in rest.tickets[:20]] == [one.id for one in board.queue]
    assert look(room, state="waiting").total == 100
    assert rest.not_here == ()


def test_what_a_counter_cannot_call_is_said(full: Room, at: Callable[[int], Any]) -> None:
    later = full.ticket("pass")
    full.does(c.TransferTicket(ticket=later, not_before=at(full.now + 10 * MINUTE)))

    assert look(full, "car", counter="1").not_here == (look(full, "car").tickets[0].id,)
    assert look(full, full.number(later), counter="1").not_here == (later,)
    assert look(full, "A012", counter="1").not_here == ()
    assert look(full, "car", counter="nowhere").not_here == ()
    assert len(look(full).not_printed) == 16


def test_the_board_line_has_everybody_who_waits_for_a_service(full: Room) -> None:
    line = shown(full, "line", "pass")
    assert (line.waiting_total, len(line.tickets), line.service.waiting) == (13, 13, 13)
    assert [one.number for one in shown(full, "line", "reg").tickets] == ["B001", "B002"]
    crowd(full, 3_000)
    line = shown(full, "line", "pass")
    assert (len(line.tickets), line.waiting_total) == (2_000, full.state.waiting("pass"))
