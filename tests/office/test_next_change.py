"""When to look again: every instant at which a board changes by time alone, one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.agreed import DOOR_MS
from server.messages.boards import Desk
from server.messages.commands.supervision import DutySpan
from server.messages.instants import HOUR, MINUTE, SECOND
from server.messages.office import Display, Hours
from server.office.boards import board, changed_between, next_change
from server.office.due import ticks

if TYPE_CHECKING:
    from server.messages.office import Office
    from server.messages.terms import BoardKind
    from tests.office.room import Room

Make = Callable[..., "Room"]


def instants(room: Room, until: int) -> list[int]:
    """All of them up to an instant, in ms from now."""
    found, now = [], room.now
    while (due := next_change(room.state, now)) is not None and due <= until:
        found.append(due - room.now)
        now = due
    return found


def test_a_quiet_room_changes_when_it_closes(make_room: Make) -> None:
    assert instants(make_room(), make_room().now + 9 * HOUR) == [9 * HOUR]


def test_a_display_at_the_door_changes_with_its_code(make_room: Make) -> None:
    sign = Display(id="door", name="Tür", zones=("hall",), door_code=True)
    room = make_room(hours=Hours(), displays=(sign,))
    first = DOOR_MS - room.now % DOOR_MS

    assert instants(room, room.now + 2 * DOOR_MS) == [first, *([first + DOOR_MS] if first <= DOOR_MS else [])]


def test_an_office_that_never_closes_changes_at_midnight(make_room: Make) -> None:
    room = make_room(hours=Hours())

    assert instants(room, room.now + 15 * HOUR) == [15 * HOUR]


def test_who_is_on_duty_changes_at_midnight(room: Room) -> None:
    """If anybody has planned: the table shows the plan of the day. A kiosk always knows the hours of its day."""
    closed, midnight = room.now + 9 * HOUR, room.now + 15 * HOUR
    assert changed_between(room.state, closed, midnight).kinds == {"kiosk"}
    room.does(c.SetRoster(weekday="mon", duty=(DutySpan(counter="1", from_="08:00", to="12:00"),)), room.supervisor)

    assert next_change(room.state, closed) == midnight
    assert changed_between(room.state, closed, midnight).kinds == {"supervisor", "kiosk"}


def test_a_call_a_press_and_its_speech(make_room: Make) -> None:
    """Undo ends after 10 s, the call is highlighted for 20 s, and it is spoken for 30 s."""
    room = make_room(fresh=20).open("1")
    room.ticket("pass", by=room.kiosk)
    room.sleep(HOUR)
    room.call("1")

    assert {10 * SECOND + 1, 20 * SECOND, 30 * SECOND + 1} <= set(instants(room, room.now + MINUTE))


def test_the_end_of_undo_concerns_only_boards_that_offered_it(make_room: Make) -> None:
    """After a call: the counter's own page, table and reception. After an issue: every counter's page too. Only of that
    person."""
    room = make_room().open("1", "2")
    room.sleep(HOUR)
    room.ticket("pass", by=room.clerk)
    room.sleep(SECOND)
    room.call("1", by=room.clerk)
    issued, called = (
        changed_between(room.state, room.now + after, room.now + after + SECOND).ended for after in (8_000, 10_000)
    )
    boards: tuple[tuple[BoardKind, str], ...] = (("counter", "1"), ("counter", "2"), ("desk", ""), ("supervisor", ""))
    mine = room.clerk.principal

    for ended, offered in ((issued, [True, True, True, True]), (called, [True, False, True, True])):
        assert [any(one.concerns(kind, id, mine) for one in ended) for kind, id in boards] == offered
        assert not any(one.concerns(kind, id, room.anna.principal) for one in ended for kind, id in boards)


def test_started_withdrawn_missed(make_room: Make) -> None:
    room = make_room(stay_after_start=25, withdrawn=15, missed_shown=70, recall_limit=0).open("1", "2")
    for _ in range(3):
        room.ticket("pass")
    room.serve("1")
    room.call("2")
    room.does(c.WithdrawCall(counter="2"))
    room.call("2")
    room.does(c.MarkMissed(counter="2"))

    assert {25 * SECOND, 70 * SECOND} <= set(instants(room, room.now + 2 * MINUTE))


def test_an_appointment_becomes_near(make_room: Make) -> None:
    """Twenty minutes before, five minutes before, and half an hour after if nobody came."""
    room = make_room()
    start = room.now + HOUR
    code = room.book(start)
    assert 90 * MINUTE in instants(room, room.now + 2 * HOUR)
    room.does(c.CheckIn(code=code), room.kiosk)

    assert {40 * MINUTE, 55 * MINUTE} <= set(instants(room, room.now + 2 * HOUR))


def test_a_ticket_may_be_called_again_or_by_others(room: Room, at: Callable[[int], Any]) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.does(c.TransferTicket(ticket=ticket, not_before=at(room.now + 17 * MINUTE)))
    assert 17 * MINUTE in instants(room, room.now + HOUR)
    other = room.ticket("pass")
    assert room.serve("1") == other
    room.does(c.SendToStation(counter="1", station="booth"))
    room.call("booth", room.booth)
    room.does(c.StartService(counter="booth"), room.booth)
    room.does(c.FinishService(counter="booth"), room.booth)

    assert 15 * MINUTE in instants(room, room.now + HOUR)


def test_help_papers_and_messages_end(room: Room, at: Callable[[int], Any]) -> None:
    room.ticket("pass", printer="paper", by=room.desk)
    room.now -= SECOND
    room.does(c.RequestHelp(), room.kiosk)
    room.does(c.PostMessage(text={"de": "x"}, until=at(room.now + 7 * MINUTE)), room.supervisor)

    assert {2 * MINUTE, 5 * MINUTE, 7 * MINUTE} <= set(instants(room, room.now + 10 * MINUTE))


def test_a_service_with_hours_of_its_own(make_room: Make, office: Office) -> None:
    own = replace(office.services[0], hours=Hours(week={"mon": (("09:30", "10:00"),)}))
    room = make_room(services=(own, *office.services[1:]))

    assert instants(room, room.now + 2 * HOUR) == [30 * MINUTE, HOUR]


@pytest.mark.parametrize("before", [20, 50])
def test_somebody_passes_somebody_by_time_alone(make_room: Make, before: int) -> None:
    """When categories age at different speeds, the instant is exact to the millisecond; when they age alike, there is none."""
    room = make_room(preset="punctual").open("1")
    walk_in = room.ticket("pass")
    room.sleep(before * MINUTE)
    priority = room.ticket("pass", category="priority")

    def queue(after: int) -> list[str]:
        return [line.id for line in board(room.state, "counter", "1", room.now + after).queue]  # type: ignore[union-attr]

    flips = [due for due in instants(room, room.now + HOUR) if queue(due - 1) != queue(due)]

    assert queue(0) == ([priority, walk_in] if before == 20 else [walk_in, priority])
    assert len(flips) == (0 if before == 20 else 1)
    assert queue(HOUR) == [priority, walk_in]
    room.does(c.SetPolicy(preset="plain"), room.supervisor)
    later = changed_between(room.state, room.now + MINUTE, room.now + HOUR - 1)
    assert later.kinds <= {"supervisor"}  # then they are over the target


def test_no_office_and_no_day(room: Room) -> None:
    """A closed day ends at midnight too; before the first day there is no midnight."""
    room.does(c.CloseDay(), room.supervisor)
    assert [tick.kind for tick in ticks(room.state)] == ["day"]
    room.state.last_day = None

    assert list(ticks(room.state)) == []


def test_somebody_with_an_appointment_who_went_away_changes_place_when_it_is_time(make_room: Make) -> None:
    """People who are away are listed in the order of call too: those whom nobody may call yet come last."""
    room = make_room()
    room.does(c.CheckIn(code=room.book(room.now + 2 * HOUR)), room.kiosk)
    early = next(ticket.id for ticket in room.state.living())
    room.sleep(100 * MINUTE)
    walk_in = room.ticket("pass")
    for ticket in (early, walk_in):
        room.does(c.PauseTicket(ticket=ticket, minutes=120), room.desk)

    def listed(at: int) -> list[str]:
        shown = board(room.state, "desk", "", at)
        assert isinstance(shown, Desk)
        return [line.id for line in shown.tickets]

    now = room.now
    while listed(room.now) == listed(due := next_change(room.state, now) or 0):
        now = due
        assert now < room.now + 3 * HOUR, "they never change places"

    assert "desk" in changed_between(room.state, now, due).kinds
    assert listed(due - 1) == listed(room.now)
