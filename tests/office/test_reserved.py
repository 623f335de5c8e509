"""Numbers that the store lost and that people hold: which are held back, in which ranges, for which day."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.facts import Reserved
from server.messages.instants import HOUR
from server.messages.office import Office, ServicePlan
from server.office.numbers import next_block, next_number
from server.office.reserved import MARGIN, both, following, holds, reserved
from tests.office.room import Room

DAY = "2026-11-23"


@dataclass
class Issue:
    """A ticket's issue with only the fields that these tests need."""

    number: str
    service: str
    ordinal: int | None


def event(it: Issue) -> e.TicketIssued:
    return e.TicketIssued(
        v=2, at=0, by="desk", ticket=it.number, number=it.number, services=(it.service,), ordinal=it.ordinal
    )


def office(first: int, last: int) -> Office:
    kind = ServicePlan(id="pass", names={"de": "Pass"}, letter="A", first=first, last=last)
    return Office(id="amt", name="Amt", services=(kind,), counters=())


def held(found: Reserved, upto: int = 2_000) -> list[int]:
    return [ordinal for ordinal in range(upto) if holds(found, DAY, "A", ordinal)]


@pytest.mark.parametrize(
    ("first", "last", "issued", "free"),
    [
        (1, 999, 20, [*range(20), *range(20 + MARGIN + 1, 2_000)]),
        (1, 999, 950, [0, *range(MARGIN - 49 + 1, 950), *range(1_000, 2_000)]),
        (1, 5, 3, [0, *range(5 + MARGIN + 1, 2_000)]),
        (1, 999, 1_003, [0, *range(MARGIN + 1, 1_003), *range(1_003 + MARGIN + 1, 2_000)]),
    ],
)
def test_what_follows_the_last_known_number_is_held_back_too(
    first: int, last: int, issued: int, free: list[int]
) -> None:
    """A range wraps. A range smaller than the margin is held back completely, and so are numbers above it."""
    known = [event(Issue(f"A{issued:03d}", "pass", issued))]
    found = reserved(office(first, last), DAY, known, known)

    assert held(found) == [ordinal for ordinal in range(2_000) if ordinal not in free]


def test_numbers_lent_and_handed_in_are_held_back() -> None:
    handed = event(Issue("A400", "pass", None))
    lent = e.NumbersLeased(v=2, at=0, by="kiosk:k", lease="l", blocks=(("pass", 501, 503), ("gone", 1, 2)), until=0)
    found = reserved(office(1, 999), DAY, [handed, lent], [handed, lent])

    assert {400, 501, 502, 503} <= {*held(found)}
    assert held(found)[:2] == [1, 2], "the range itself was not used yet, as far as anybody knows"


def test_a_day_that_was_opened_again_goes_on_where_it_was() -> None:
    opened = e.DayOpened(v=2, at=0, by="system", day=DAY, epoch="one", office=office(1, 999), numbers={"A1": 300})
    found = reserved(office(1, 999), DAY, [opened], [])

    assert held(found) == [*range(301, 301 + MARGIN)]


def test_two_tellings_hold_back_together_of_two_days_the_later() -> None:
    one, two = Reserved(day=DAY, spans=(("A", 1, 2),)), Reserved(day=DAY, spans=(("A", 5, 6),))
    later = Reserved(day="2026-11-24", spans=(("A", 9, 9),))

    assert both(None, None) is None
    assert both(one, None) == both(None, one) == one
    assert both(one, two) == Reserved(day=DAY, spans=(("A", 1, 2), ("A", 5, 6)))
    assert both(one, later) == both(later, one) == later


def test_ten_thousand_lost_numbers_in_a_row_are_one_span() -> None:
    lost = [event(Issue(f"A{ordinal}", "pass", ordinal)) for ordinal in range(1, 10_001)]
    found = reserved(office(1, 99_999), DAY, lost, lost)

    assert found.spans == (("A", 1, 10_000 + MARGIN),)
    assert both(found, Reserved(day=DAY, spans=(("A", 7, 9),))) == found


def test_a_fork_holds_numbers_back_for_its_day_and_over_a_reopening(room: Room) -> None:
    day = room.state.day
    assert day is not None
    kept = Reserved(day=day, spans=(("A", 1, 7), ("C", 1, 3)))
    room.does(c.ChangeEpoch(reason="fork", lost=("ticket_issued A007",), reserved=kept), SYSTEM)

    assert next_number(room.state, "pass") == ("A", 8)
    assert next_number(room.state, "small") == ("C", 4), "above a range that is held back whole"
    assert next_block(room.state, "small", 2)[0] > 3
    room.does(c.CloseDay(force=True), SYSTEM)
    room.does(c.OpenDay(), SYSTEM)
    assert next_number(room.state, "pass") == ("A", 8)
    room.after(24 * HOUR)
    assert next_number(room.state, "pass") == ("A", 1)


def test_what_gave_no_number_out_holds_none_back() -> None:
    called = e.TicketExpired(v=2, at=0, by="system", ticket="t", number="A400")

    assert 400 not in held(reserved(office(1, 999), DAY, [called], [called]))


def test_an_emptied_store_begins_with_what_it_lost(office_file: Office) -> None:
    room = Room(office_file)
    room.does(c.ChangeEpoch(reason="fork", lost=("ticket_issued A007",)), SYSTEM)
    epoch = room.state.epoch

    assert room.does(c.ConfigureOffice(office=office_file), SYSTEM) == ["office_configured"]
    assert (room.state.epoch, room.state.lost) == (epoch, ("ticket_issued A007",))


@pytest.fixture
def office_file(room: Room) -> Office:
    return room.state.office


def test_what_nobody_read_follows_the_last_number_of_each_range() -> None:
    found = following(office(1, 999), DAY, {"A1": 20}, unread=0)
    assert held(found) == [*range(21, 21 + MARGIN)]
    assert held(following(office(1, 999), DAY, {}, unread=0)) == [*range(1, 1 + MARGIN)]


def test_what_was_held_back_on_a_day_is_among_the_numbers_of_that_day(room: Room) -> None:
    """Reported as a fork in the morning; then the clock was too far ahead; then it is the true day again."""
    kept = Reserved(day=DAY, spans=(("A", 40, 42),))
    room.press(c.ChangeEpoch(reason="fork", reserved=kept), SYSTEM)
    room.now += 400 * 24 * HOUR
    room.press(c.OpenDay(), SYSTEM)

    assert [(one.day, ("A", 40, 42) in one.spans) for one in room.state.earlier] == [(DAY, True)]


@pytest.mark.parametrize("unread", [0, 1, 400])
def test_what_nobody_read_widens_the_margin(unread: int) -> None:
    """Each entry that the history did not read may have given out a number."""
    known = [event(Issue("A020", "pass", 20))]
    last = 20 + MARGIN + unread

    for found in (
        reserved(office(1, 999), DAY, known, known, unread),
        following(office(1, 999), DAY, {"A1": 20}, unread),
    ):
        assert (holds(found, DAY, "A", last), holds(found, DAY, "A", last + 1)) == (True, False)
