"""A log that is ahead of the clock: its time goes on, and one press brings the office back to the true date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.facts import Reserved
from server.messages.instants import DAY, HOUR, MINUTE, SECOND
from server.office import hours
from server.office.boards.sight import presence
from server.office.snapshot import freeze, thaw
from server.office.state import State
from tests.office.room import instant

if TYPE_CHECKING:
    from tests.office.room import Room

AHEAD = [HOUR, 50 * 365 * DAY]


def lively(room: Room, ahead: int) -> list[str]:
    """One ticket served, one called, one away, one in a pause after a miss, two waiting; the log `ahead` of the clock."""
    room.open("1", "2", "3")
    tickets = [room.ticket() for _ in range(6)]
    room.serve("1")
    room.does(c.CallNext(counter="2"))
    room.does(c.MarkMissed(counter="2"))
    room.does(c.CallNext(counter="2"))
    room.does(c.PauseTicket(ticket=tickets[5], minutes=20), room.desk)
    room.does(c.PostMessage(text={"de": "Bitte warten"}, until=instant(room.now + HOUR)), room.supervisor)
    room.does(c.SilenceZone(zone="hall"), room.supervisor)
    room.does(c.SilenceZone(zone="up", until=instant(room.now + HOUR)), room.supervisor)
    room.does(c.SetPolicy(preset="plain", until=instant(room.now + HOUR)), room.supervisor)
    put_ahead(room, ahead)
    return tickets


def put_ahead(room: Room, ahead: int) -> None:
    """The store restarted with the right clock: the log is ahead of it and goes on."""
    room.clock = -ahead
    assert room.does(c.KeepTime(ahead=ahead), SYSTEM, key="time:1") == ["time_kept"]
    assert room.state.ahead == ahead


def put_right(room: Room, by: c.Command | None = None) -> None:
    """One press; from then on the test's time is the clock's."""
    ahead = room.state.ahead
    assert room.does(by or c.CorrectClock(), room.supervisor) == ["epoch_changed"]
    room.now, room.clock = room.now - ahead, None


def same(room: Room, state: State) -> bool:
    return freeze(state) == freeze(room.state)


@pytest.mark.parametrize("ahead", AHEAD)
def test_one_press_brings_back_the_true_date_and_nobody_loses_a_place(room: Room, ahead: int) -> None:
    tickets = lively(room, ahead)
    before, clock = room.state.copy(), room.now - ahead
    put_right(room)

    true = hours.day_of(room.state.office, clock)
    assert (room.state.at, room.state.ahead, room.state.day, room.state.last_day) == (clock, 0, true, true)
    assert room.state.epoch != before.epoch
    for name in tickets:
        old, new = before.tickets[name], room.of(name)
        assert (new.state, new.number, new.counter) == (old.state, old.number, old.counter)
        assert new.reference == old.reference - ahead
        assert (new.not_before, new.away_until) == tuple(
            None if when is None else when - ahead for when in (old.not_before, old.away_until)
        )
    assert [shown.at + ahead for shown in room.state.shown.values()] == [shown.at for shown in before.shown.values()]
    assert room.state.silences == {"hall": None, "up": clock + HOUR}
    assert room.state.preset_until == clock + HOUR
    assert same(room, room.refold())
    kept = thaw(freeze(room.state))
    assert kept is not None
    assert same(room, kept)


def test_events_go_on_from_there_and_the_next_day_comes(room: Room) -> None:
    lively(room, 50 * 365 * DAY)
    put_right(room)
    epoch = room.entries[-1][0]
    room.sleep(21 * MINUTE)
    assert "ticket_returned" in room.tick(), "away for twenty minutes, whatever the clock said"
    room.after(DAY)

    after = [event.at for seq, _, event in room.entries if seq >= epoch]
    assert after == sorted(after)
    assert room.state.day == hours.day_of(room.state.office, room.now)


def test_a_press_from_before_cannot_be_undone_and_its_key_is_still_spent(room: Room) -> None:
    lively(room, HOUR)
    room.ticket()
    key = room.last_key
    put_right(room)

    assert room.state.keys.spent(room.desk.principal, key) is not None
    assert not isinstance(room.undo(room.desk, key), list)


def test_a_clock_that_agrees_needs_no_press(room: Room) -> None:
    assert room.does(c.CorrectClock(), room.supervisor) == []
    put_ahead(room, HOUR)
    assert room.does(c.KeepTime(ahead=HOUR), SYSTEM, key="time:2") == []
    assert room.code(c.CorrectClock(), room.clerk) == "not_allowed"
    assert room.code(c.KeepTime(ahead=0), room.supervisor) == "not_allowed"


def test_who_opens_the_day_means_the_one_by_the_clock(room: Room) -> None:
    lively(room, 50 * 365 * DAY)
    clock = room.now - 50 * 365 * DAY

    put_right(room, c.OpenDay())
    assert room.state.day == hours.day_of(room.state.office, clock)


def test_a_closed_day_stays_closed_and_opens_on_the_true_date(room: Room) -> None:
    room.does(c.CloseDay(), room.supervisor)
    put_ahead(room, 50 * 365 * DAY)
    put_right(room)

    assert (room.state.day, room.state.last_day) == (None, hours.day_of(room.state.office, room.now))
    assert "day_opened" in room.does(c.OpenDay(), room.supervisor)


def test_how_far_the_log_is_ahead_outlives_its_day(room: Room) -> None:
    put_ahead(room, HOUR)
    room.after(DAY)
    opened = max(seq for seq, _, event in room.entries if isinstance(event, e.DayOpened))

    assert room.state.ahead == HOUR
    assert room.refold([one for one in room.entries if one[0] >= opened]).ahead == HOUR


def test_numbers_held_back_are_held_back_on_the_true_date_too(room: Room) -> None:
    day = room.state.day
    assert day is not None
    kept = Reserved(day=day, spans=(("A", 1, 7),))
    room.does(c.ChangeEpoch(reason="fork", lost=("ticket_issued A007",), reserved=kept), SYSTEM)
    put_ahead(room, 50 * 365 * DAY)
    put_right(room)

    assert room.number(room.ticket()) == "A008"
    assert room.state.lost_at <= room.now


def test_a_device_that_spoke_under_another_time_is_offline_until_it_speaks_again() -> None:
    assert presence({"at": 50 * 365 * DAY}, 0) == "offline"
    assert presence({"at": 30 * SECOND}, 0) == "online", "a clock that is a little behind is none"


def test_a_number_of_the_true_day_goes_out_once_whatever_day_it_was_meanwhile(room: Room) -> None:
    """The machine started fifty years ahead, and its day began with number one; then it is the morning's day again."""
    ahead = 50 * 365 * DAY
    morning = [room.of(room.ticket()).number for _ in range(4)]
    room.does(c.LeaseNumbers(services=("pass",), count=3), room.kiosk)
    lent = [f"A{first:03d}" for lease in room.state.leases.values() for _, first, _ in lease.blocks]
    room.now += ahead
    room.does(c.OpenDay(), SYSTEM)
    wrong = [room.of(room.ticket()).number for _ in range(2)]
    assert wrong == morning[:2], "another day"
    room.now += DAY
    room.does(c.OpenDay(), SYSTEM)
    wrong += [room.of(room.ticket()).number for _ in range(1)]
    put_ahead(room, ahead + DAY)
    put_right(room)

    after = [room.of(room.ticket()).number for _ in range(5)]
    assert not {*after} & {*morning, *lent}
    assert same(room, room.refold())
    room.after(DAY)
    assert room.of(room.ticket()).number == morning[0], "a new day begins at one"
