"""Several of one service on one ticket, several services of a life situation, and room for a pram."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.office.boards import board
from server.office.reach import Reach
from server.office.waits import Drawn, Newcomer, Waits

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.messages.office import Office
    from tests.office.room import Room


def at_kiosk(room: Room) -> b.Kiosk:
    found = board(room.state, "kiosk", "entrance", room.now)
    assert isinstance(found, b.Kiosk)
    return found


def with_room(office: Office) -> Office:
    """Counter 2 has room for a pram."""
    first, second, *others = office.counters
    return replace(office, counters=(first, replace(second, features=("step_free", "more_room")), *others))


def test_four_identity_cards_are_on_the_ticket_and_seen_at_the_counter(room: Room) -> None:
    ticket = room.ticket("pass", "reg", quantities={"reg": 4, "pass": 1})
    room.open("1")
    lines = board(room.state, "counter", "1", room.now)
    assert isinstance(lines, b.Counter)

    assert room.of(ticket).quantities == {"reg": 4}
    assert [line.quantities for line in lines.queue] == [{"reg": 4}]
    room.call()
    held = board(room.state, "counter", "1", room.now)
    assert isinstance(held, b.Counter)
    assert held.current is not None
    assert held.current.quantities == {"reg": 4}


@pytest.mark.parametrize(
    ("quantities", "said"),
    [
        ({"reg": 5}, "quantities.reg: at most 4 on one ticket"),
        ({"pass": 2}, "quantities.pass: at most 1 on one ticket"),
        ({"car": 2}, "quantities.car: is not one of the services of this ticket"),
    ],
)
def test_the_kiosk_gives_no_more_than_the_office_allows(room: Room, quantities: dict[str, int], said: str) -> None:
    refused = room.refuses(c.IssueTicket(services=("pass", "reg"), quantities=quantities), room.kiosk)

    assert (refused.code, refused.detail) == ("invalid", said)


def test_staff_may_write_more_on_a_ticket(room: Room) -> None:
    assert room.of(room.ticket("reg", quantities={"reg": 12})).quantities == {"reg": 12}


def test_who_drew_for_several_adds_more_to_the_next_promise(room: Room) -> None:
    room.open("1", "2", "3")
    known = Drawn(shown=b.Expected(low=0, median=5, high=10, at="", learning=False), low=0.0, high=10.0)
    waits = Waits(known=True, seq=room.state.seq, others={}, drawn={("reg", "walk_in"): known}, minutes={"reg": 8.0})

    def more(many: int) -> float:
        room.ticket("reg", quantities={"reg": many})
        one = replace(waits, seq=room.state.seq - 1)
        told = one.told(room.state, Newcomer(("reg",)))
        assert not isinstance(told, str)
        assert told.p90 is not None
        return told.p90

    assert more(3) - 10.0 == pytest.approx(2 * (more(1) - 10.0), abs=0.2)


def test_a_life_situation_is_offered_where_all_its_services_are(room: Room) -> None:
    side = board(room.state, "kiosk", "side", room.now)
    assert isinstance(side, b.Kiosk)

    assert [(one.id, one.services, one.pictogram) for one in at_kiosk(room).occasions] == [
        ("move", ("reg", "pass"), "home-move")
    ]
    assert side.occasions == ()


def test_the_kiosk_says_what_may_be_asked_for(room: Room) -> None:
    reg = next(one for one in at_kiosk(room).services if one.id == "reg")

    assert (reg.most, reg.asks_persons, at_kiosk(room).away_minutes) == (4, False, 20)


def test_more_room_is_offered_where_a_counter_has_it(
    room: Room, make_room: Callable[..., Room], office: Office
) -> None:
    assert not at_kiosk(room).more_room
    assert at_kiosk(make_room(office=with_room(office))).more_room


def test_who_needs_room_is_called_where_there_is_room(make_room: Callable[..., Room], office: Office) -> None:
    room = make_room(office=with_room(office)).open("1", "2")
    pram, other = room.ticket("pass", needs=("more_room",)), room.ticket("pass")

    assert room.call("1") == other
    assert room.call("2") == pram


def test_staff_read_that_no_counter_with_room_is_open(make_room: Callable[..., Room], office: Office) -> None:
    room = make_room(office=with_room(office)).open("1")
    pram = room.of(room.ticket("pass", needs=("more_room",)))
    reach = Reach(room.state, room.now)

    assert reach.hindrance(pram) == "no_more_room"
    table = board(room.state, "supervisor", "", room.now)
    assert isinstance(table, b.Supervisor)
    assert next(one.trouble for one in table.services if one.id == "pass") == b.Trouble(
        code="needs", need="more_room", count=1
    )
