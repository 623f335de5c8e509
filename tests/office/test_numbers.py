"""Numbers: without gaps, none in use twice, wrapping and going on above the range; lent to kiosks without a connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.events import NumbersLeased
from server.messages.instants import DAY, HOUR, MINUTE
from server.messages.office import ServicePlan
from server.messages.problems import Refusal
from server.office.hours import clock
from server.office.result import result
from server.office.state import range_of

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]


def test_two_hundred_without_gaps(room: Room) -> None:
    numbers = [room.number(room.ticket("pass")) for _ in range(200)]

    assert numbers == [f"A{at:03d}" for at in range(1, 201)]


def test_a_range_wraps_past_those_alive_and_goes_on_above(room: Room) -> None:
    """Range 1 to 3: if all are in use the fourth is C004; a free one in the range is used before those above."""
    tickets = [room.ticket("small") for _ in range(4)]
    assert [room.number(ticket) for ticket in tickets] == ["C001", "C002", "C003", "C004"]

    room.does(c.CancelTicket(ticket=tickets[1]))

    assert room.number(room.ticket("small")) == "C002"
    assert room.number(room.ticket("small")) == "C005"


def test_a_thousandth_number(make_room: Make, office: object) -> None:
    room = make_room()
    for _ in range(999):
        room.ticket("pass")

    assert room.number(room.ticket("pass")) == "A1000"


def test_a_withdrawn_number_is_not_drawn_again_today(room: Room) -> None:
    room.does(c.CancelTicket(ticket=room.ticket("pass")))

    assert room.number(room.ticket("pass")) == "A002"


def test_the_number_is_of_the_first_service(room: Room) -> None:
    assert room.number(room.ticket("reg", "pass")) == "B001"
    assert room.number(room.ticket("pass", "reg")) == "A001"


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["draw", "cancel"]), st.integers(0, 9)), max_size=60))
def test_a_living_number_is_never_given_twice(make_room: Make, steps: list[tuple[str, int]]) -> None:
    """`Room.check` compares the numbers in use after each press."""
    room = make_room()
    waiting: list[str] = []
    for step, at in steps:
        if step == "draw" or not waiting:
            waiting.append(room.ticket("small"))
        else:
            room.does(c.CancelTicket(ticket=waiting.pop(at % len(waiting))))


def test_a_double_tap_is_the_desks_to_settle_and_here_two_tickets(room: Room) -> None:
    """The core sees keys only as facts: it notes where they are in the log, and the desk uses this to replay the answer."""
    room.does(c.IssueTicket(services=("pass",), printer="paper"), room.kiosk, key="tap")

    spent = room.state.keys["device:entrance", "tap"]
    assert (spent.seq, spent.count, spent.digest) == (room.state.seq - 1, 2, "dtap")


# lent numbers


def lent(room: Room, *services: str, count: int = 3) -> NumbersLeased:
    events = room.press(c.LeaseNumbers(services=services, count=count), room.kiosk)
    assert isinstance(events, list)
    assert isinstance(events[0], NumbersLeased)
    return events[0]


def test_lent_blocks_lie_above_the_range_and_above_each_other(room: Room) -> None:
    first, second = lent(room, "pass", "reg"), lent(room, "pass")

    assert first.blocks == (("pass", 1000, 1002), ("reg", 1000, 1002))
    assert second.blocks == (("pass", 1003, 1005),)


def test_services_that_share_a_letter_share_no_number(make_room: Make, office: object) -> None:
    """Whatever their ranges are: a block is above all of them, and never overlaps another block."""
    room = make_room()
    kinds = (
        *room.state.office.services,
        ServicePlan(id="late", letter="A", names={"de": "spät"}, first=2000, last=2999),
        ServicePlan(id="more", letter="A", names={"de": "mehr"}),
    )
    room = make_room(services=kinds)

    assert lent(room, "pass", "more", "late").blocks == (
        ("pass", 3000, 3002),
        ("more", 3003, 3005),
        ("late", 3006, 3008),
    )


def test_numbers_above_the_range_pass_over_what_is_lent(room: Room) -> None:
    lent(room, "small", count=2)
    for _ in range(3):
        room.ticket("small")

    assert room.state.leases
    assert room.number(room.ticket("small")) == "C006"


def test_a_block_passes_over_living_numbers(room: Room) -> None:
    for _ in range(5):
        room.ticket("small")
    room.state.numbers.clear()

    assert lent(room, "small", count=2).blocks == (("small", 6, 7),)


def handed(room: Room, *numbers: str, at: Callable[[int], Any], lease: str, service: str = "pass") -> c.HandInTickets:
    tickets = [
        c.HandedIn(number=number, service=service, issued_at=at(room.now - MINUTE + step))
        for step, number in enumerate(numbers)
    ]
    return c.HandInTickets(lease=lease, tickets=tuple(tickets))


def test_handed_in_tickets_stand_where_they_were_drawn(room: Room, at: Callable[[int], Any]) -> None:
    """In the order of their issue, before tickets issued later; they count for the day's limit."""
    lease = lent(room, "pass").lease
    room.sleep(120_000)
    later = room.ticket("pass")
    room.open("1", "2")

    assert room.does(handed(room, "A1001", "A1000", at=at, lease=lease), room.kiosk) == ["ticket_issued"] * 2
    called = [room.call("1"), room.call("2")]
    assert [room.number(ticket or "") for ticket in called] == ["A1001", "A1000"]
    assert room.of(later).state == "waiting"
    assert room.of(called[0] or "").issued_at == room.now - MINUTE
    assert room.state.services["pass"].issued == 2


def test_a_ticket_is_not_older_than_its_day(room: Room, at: Callable[[int], Any]) -> None:
    """The clock of its kiosk says 1970, or is a day behind."""
    lease = lent(room, "pass").lease
    before = room.ticket("pass")
    command = handed(room, "A1000", "A1001", at=at, lease=lease)
    old = tuple(
        replace(one, issued_at=at(when)) for one, when in zip(command.tickets, (5, room.now - DAY), strict=True)
    )

    assert room.does(replace(command, tickets=old), room.kiosk) == ["ticket_issued"] * 2
    midnight = clock(room.state.office, date.fromisoformat(room.state.day or ""), "00:00")
    assert {one.issued_at for one in room.state.tickets.values() if one.id != before} == {midnight}


@pytest.mark.parametrize("number", ["A999", "A1003", "B1000", "A１０００", "A", "Ax", "1000"])
def test_only_free_numbers_of_the_lease(room: Room, at: Callable[[int], Any], number: str) -> None:
    """However they are written: digits of another alphabet are the same number."""
    lease = lent(room, "pass").lease
    room.does(handed(room, "A1000", at=at, lease=lease), room.kiosk)

    command = handed(room, number, at=at, lease=lease)
    events = room.press(command, room.kiosk)
    assert events == []
    said = result(command, [], lambda kind, id: id)
    assert (said["tickets"], [one["number"] for one in said["refused"]]) == ([], [number])


def test_what_its_holder_chose_is_handed_in_too(room: Room, at: Callable[[int], Any]) -> None:
    """As far as the office has it: services that are gone, and more of one than a ticket may ask for, are left out."""
    lease = lent(room, "pass").lease
    (ticket,) = handed(room, "A1000", at=at, lease=lease).tickets
    ticket = replace(
        ticket,
        also=("reg", "gone", "pass"),
        needs=("step_free",),
        persons=3,
        quantities={"pass": 20, "reg": 1, "gone": 2},
    )
    most = room.state.plans["pass"].most

    assert room.does(c.HandInTickets(lease=lease, tickets=(ticket,)), room.kiosk) == ["ticket_issued"]
    (made,) = room.state.tickets.values()
    assert (made.services, made.needs, made.persons, made.kiosk) == (("pass", "reg"), ("step_free",), 3, "entrance")
    assert made.quantities == ({"pass": most} if most > 1 else {})


def test_one_bad_number_costs_itself_alone(room: Room, at: Callable[[int], Any]) -> None:
    """People hold papers with the other numbers. The answer names what was refused, also when the same key asks again."""
    lease = lent(room, "pass").lease
    command = handed(room, "A1000", "A999", "A1000", "A1001", "Ax", at=at, lease=lease)
    other = replace(command.tickets[3], number="A0002", service="nothing")
    command = replace(command, tickets=(*command.tickets, other))

    events = room.press(command, room.kiosk)

    assert not isinstance(events, Refusal)
    said = result(command, events, lambda kind, id: id)
    assert [ticket["number"] for ticket in said["tickets"]] == ["A1000", "A1001"]
    assert [one["number"] for one in said["refused"]] == ["A999", "A1000", "A0002", "Ax"]
    assert all(one["reason"] for one in said["refused"])


def test_a_number_may_be_written_with_zeros_or_without(room: Room, at: Callable[[int], Any]) -> None:
    lease = lent(room, "car").lease
    command = handed(room, "K1000", "K01001", at=at, lease=lease, service="car")
    events = room.press(command, room.kiosk)

    assert not isinstance(events, Refusal)
    assert result(command, events, lambda kind, id: id)["refused"] == []


def test_whose_lease_it_is(room: Room, at: Callable[[int], Any]) -> None:
    """The sender's own lease, of today; it lives on if the day is closed and opened again."""
    lease = lent(room, "pass").lease
    other = replace(room.kiosk, device="side")

    assert room.code(handed(room, "A1000", at=at, lease=lease), other) == "lease_expired"
    assert room.code(handed(room, "A1000", at=at, lease="none"), room.kiosk) == "lease_expired"
    assert room.press(handed(room, "A1000", at=at, lease=lease, service="nothing"), room.kiosk) == []
    room.does(c.CloseDay(), room.supervisor)
    assert room.code(handed(room, "A1000", at=at, lease=lease), room.kiosk) == "day_closed"
    room.does(c.OpenDay(), room.supervisor)
    assert room.does(handed(room, "A1000", at=at, lease=lease), room.kiosk) == ["ticket_issued"]
    room.after(16 * HOUR)
    assert room.code(handed(room, "A1001", at=at, lease=lease), room.kiosk) == "lease_expired"


@pytest.mark.parametrize("changes", [{"last": 2_000}, {"first": 500, "last": 1_500}, {"letter": "Z"}])
def test_lent_numbers_are_nobody_elses_whatever_becomes_of_the_range(
    changes: dict[str, Any], make_room: Make, at: Callable[[int], Any]
) -> None:
    """It grows, moves, gets another letter: the server gives out none of them, and all are accepted when they are handed in."""
    room = make_room()
    room.does(c.LeaseNumbers(services=("pass",), count=5), room.kiosk)
    (lease,) = room.state.leases.values()
    (_, first, last) = lease.blocks[0]
    kinds = tuple(replace(kind, **changes) if kind.id == "pass" else kind for kind in room.state.office.services)
    room.does(c.ConfigureOffice(office=replace(room.state.office, revision=9, services=kinds)), room.system)
    room.state.numbers[range_of(kinds[0])] = first - 3
    given = {room.number(room.ticket()) for _ in range(12)}
    assert not given & {f"A{ordinal}" for ordinal in range(first, last + 1)}

    tickets = tuple(
        c.HandedIn(number=f"A{ordinal}", service="pass", issued_at=at(room.now)) for ordinal in range(first, last + 1)
    )
    assert room.does(c.HandInTickets(lease=lease.id, tickets=tickets), room.kiosk) == ["ticket_issued"] * 5
