"""What did a set of moves bring? Asked of half hours in which the answer can be computed by hand."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.forecast.aftermath import ANOTHER, Aftermath, Row, happened
from server.forecast.again import Relived
from server.forecast.model import Chance, Length, cold
from server.forecast.promise import Pace
from server.forecast.record import Entry, Record
from server.messages import commands as c
from server.messages import events as e
from server.messages.instants import MINUTE, SECOND
from server.office.evolve import evolve
from server.office.hours import midnight_after
from server.office.looked_back import WINDOW_MS, known_at
from server.office.moves import shared, shown
from server.office.state import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tests.office.room import Make, Room

    At = Callable[[int], Any]

TOLD = c.Gain(low=5.0, median=10.0, high=15.0, chance=0.9)


def brought(room: Room, key: str = "set", until: int | None = None) -> float | None:
    """The effect of the set according to the log, folded from its beginning. Whoever was not served in it takes five minutes."""
    row = room.state.book[key]
    past, state = Aftermath(Row(key, row.by, row.at), until), State()
    for seq, mark, event in room.entries:
        past.note(state, Entry(seq, mark, event))
        evolve(state, event, seq, mark)
    length = Length(mu=log(5.0), sigma=0.01, n=500)
    model = cold(state.office)
    services = dict.fromkeys(model.services, length)
    sure = replace(model, services=services, office=length, day_sd=0.001, absent=(0.0,) * 6, pause=Chance(0.0, 1.0))
    return happened(past, sure, Pace())


def applies(room: Room, *moves: c.Move, **more: Any) -> None:
    room.does(c.ApplyMoves(moves=moves, told=TOLD, **more), room.supervisor, key="set")


class Clerk:
    """Calls the next one as soon as a service of that many minutes is over. `rest`: seconds in between."""

    def __init__(self, room: Room, counter: str, minutes: float = 5.0, rest: float = 0.0) -> None:
        self.room, self.counter, self.minutes, self.rest = room, counter, minutes, rest
        self.until, self.holds = room.now, False

    def acts(self) -> None:
        room = self.room
        if room.now < self.until:
            return
        if self.holds:
            room.finish(self.counter)
            self.holds = False
            self.until = room.now + round(self.rest * SECOND)
        open_ = room.at(self.counter).state == "open"
        if open_ and room.now >= self.until and room.call(self.counter) is not None:
            room.does(c.StartService(counter=self.counter))
            self.holds = True
            self.until = room.now + round(self.minutes * MINUTE)


def passes(room: Room, minutes: float, *clerks: Clerk) -> None:
    """Second by second."""
    for _ in range(round(minutes * 60)):
        for clerk in clerks:
            clerk.acts()
        room.after(SECOND)


@pytest.fixture
def full(room: Room) -> Room:
    """Twelve people want a car licence; counter 3 gives it, counter 1 could. Nobody wants anything else."""
    room.open("1", "3", by=room.supervisor)
    for _ in range(12):
        room.ticket("car")
    return room


def test_a_second_counter_brought_what_one_counter_alone_would_have_needed_longer(full: Room) -> None:
    """Alone the last of twelve is called after 55 minutes; with two counters after 25."""
    applies(full, c.AssignCounter(counter="1", services=("car",)))
    passes(full, 31, Clerk(full, "1"), Clerk(full, "3"))

    assert brought(full) == pytest.approx(30, abs=0.5)


def test_what_was_done_for_nothing_brought_nothing(full: Room) -> None:
    """Nobody waits for what the counter gives now."""
    applies(full, c.AssignCounter(counter="1", services=("reg",)))
    passes(full, 31, Clerk(full, "1"), Clerk(full, "3", rest=20))

    assert brought(full) == 0.0


def test_a_move_that_did_harm_is_said_to_have_done_it(full: Room) -> None:
    full.does(c.AssignCounter(counter="1", services=("car",)), full.supervisor)
    full.after(SECOND)
    applies(full, c.AssignCounter(counter="1", services=("reg",)))
    passes(full, 31, Clerk(full, "1"), Clerk(full, "3"))

    assert brought(full) == pytest.approx(-30, abs=0.5)


@pytest.fixture
def helped(full: Room) -> Room:
    """The move that brings half an hour was made."""
    applies(full, c.AssignCounter(counter="1", services=("car",)))
    return full


def both(room: Room) -> tuple[Clerk, Clerk]:
    return Clerk(room, "1"), Clerk(room, "3")


def test_who_was_called_in_would_not_have_opened_the_counter(make_room: Make) -> None:
    """The clerk's own press opened it, not the set."""
    room = make_room()
    room.open("3")
    room.does(c.AssignCounter(counter="1", services=("car",)), room.supervisor)
    for _ in range(12):
        room.ticket("car")
    applies(room, c.CallHelper(helper="guide", counter="1"))
    room.open("1")
    passes(room, 31, *both(room))

    assert brought(room) == pytest.approx(30, abs=0.5)


def test_a_set_that_ended_by_itself_is_compared(full: Room, at: At) -> None:
    """Ten minutes of a second counter: two people fewer for the other, so the last of twelve is called ten minutes sooner."""
    applies(full, c.AssignCounter(counter="1", services=("car",)), until=at(full.now + 10 * MINUTE))
    passes(full, 31, *both(full))

    assert brought(full) == pytest.approx(10, abs=0.5)


def test_what_came_in_between_counts_in_both(helped: Room) -> None:
    """People who come, leave, are missed and sent on; pauses, ends and beginnings of counters; a call that was taken back."""
    room, clerks = helped, (*both(helped), Clerk(helped.open("2"), "2"))
    passes(room, 4, *clerks)
    late, gone = room.ticket("car"), room.ticket("car", "pass")
    passes(room, 3, *clerks)
    room.does(c.CancelTicket(ticket=late))
    room.does(c.PauseCounter(counter="3", reason="break"))
    passes(room, 4, *clerks)
    room.does(c.ResumeCounter(counter="3"))
    room.does(c.TransferTicket(ticket=gone, to_service="reg"))
    passes(room, 21, *clerks)

    found = brought(room)
    assert found is not None
    assert 10 < found < 35


@pytest.mark.parametrize(
    "what",
    [
        c.AssignCounter(counter="1", services=("car", "pass")),
        c.PauseCounter(counter="3", reason="lunch"),
        c.BoostService(service="car", minutes=10),
        c.RevertMoves(key="set"),
        c.CloseDay(force=True),
    ],
)
def test_nothing_is_said_where_there_is_nothing_to_compare(helped: Room, what: c.Command) -> None:
    clerks = both(helped)
    passes(helped, 10, *clerks)
    helped.does(what, helped.supervisor)
    passes(helped, 21, *(clerks if helped.state.day else ()))

    assert brought(helped) is None


def test_nothing_is_said_of_a_set_that_was_taken_back_although_another_has_its_key(helped: Room) -> None:
    """Then boards, and the log, call it by its key and the number of its entry."""
    clerks = both(helped)
    passes(helped, 5, *clerks)
    other = c.ApplyMoves(moves=(c.AssignCounter(counter="4", services=("post",)),))
    helped.does(other, helped.admin, key="set")
    first = helped.state.moves["set"]
    name = shown(first, shared(helped.state))
    assert name == f"set~{first.seq}"
    passes(helped, 5, *clerks)
    helped.does(c.RevertMoves(key=name), helped.supervisor)
    passes(helped, 21, *clerks)

    assert brought(helped) is None


def test_another_set_with_the_same_key_that_was_taken_back_changes_nothing(helped: Room) -> None:
    clerks = both(helped)
    passes(helped, 5, *clerks)
    other = c.ApplyMoves(moves=(c.AssignCounter(counter="4", services=("post",)),))
    helped.does(other, helped.admin, key="set")
    (second,) = (one for one in helped.state.moves.values() if one.by != helped.state.moves["set"].by)
    helped.does(c.RevertMoves(key=shown(second, shared(helped.state))), helped.admin)
    passes(helped, 26, *clerks)

    assert brought(helped) == pytest.approx(30, abs=0.5)


def test_late_in_the_evening_it_is_known_before_the_day_ends(full: Room) -> None:
    """Twenty minutes later as well as half an hour later: who was here is followed until they are called."""
    office, day = full.state.office, full.state.day or ""
    midnight = midnight_after(office, day)
    assert known_at(office, day, full.now) == full.now + WINDOW_MS
    assert known_at(office, day, midnight - 21 * MINUTE) == midnight - MINUTE
    assert known_at(office, day, midnight - 5 * MINUTE) is None
    applies(full, c.AssignCounter(counter="1", services=("car",)))
    until = full.now + 20 * MINUTE
    passes(full, 21, Clerk(full, "1"), Clerk(full, "3"))

    assert brought(full, until=until) == pytest.approx(30, abs=0.5)


def test_a_move_elsewhere_in_between_stands_in_nobodys_way(helped: Room) -> None:
    clerks = both(helped)
    passes(helped, 10, *clerks)
    helped.does(c.AssignCounter(counter="4", services=("post",)), helped.supervisor)
    passes(helped, 21, *clerks)

    assert brought(helped) == pytest.approx(30, abs=0.5)


def test_of_a_closed_intake_nobody_knows_who_would_have_come(full: Room) -> None:
    applies(full, c.CloseService(service="reg"))
    passes(full, 31, Clerk(full, "3"))

    assert brought(full) is None


def test_nothing_is_said_of_clerks_who_picked_whom_they_called(make_room: Make) -> None:
    """Lived again in order, the half hour would be another one."""
    room = make_room(picking=True)
    room.open("1", "3")
    people = [room.ticket("car") for _ in range(6)]
    room.after(20 * MINUTE)
    applies(room, c.AssignCounter(counter="1", services=("reg",)))
    newest = room.ticket("car")
    for ticket, minutes in ((newest, 10), *((one, 1) for one in reversed(people))):
        room.does(c.CallTicket(counter="3", ticket=ticket))
        room.does(c.StartService(counter="3"))
        passes(room, minutes)
        room.finish("3")
    passes(room, 20)

    assert brought(room) is None


def test_of_an_older_set_with_the_same_key_or_of_yesterday_nothing_is_known(full: Room) -> None:
    past = Aftermath(Row("no-such-set", "supervisor:7", full.now))
    state = State()
    for seq, mark, event in full.entries:
        past.note(state, Entry(seq, mark, event))
        evolve(state, event, seq, mark)

    assert happened(past, cold(full.state.office), Pace()) is None


@pytest.mark.parametrize("seed", range(6))
def test_any_half_hour_can_be_lived_again_without_any_of_its_presses(live: Callable[..., Room], seed: int) -> None:
    """Nothing that a day holds stops it, and nobody is called at two counters."""
    room = live(seed, 250)
    times = [event.at for _, _, event in room.entries]
    start = times[len(times) // 3]
    state, entries = State(), []
    for seq, mark, event in room.entries:
        if event.at < start:
            evolve(state, event, seq, mark)
        elif event.at <= start + WINDOW_MS and not isinstance(event, (*ANOTHER, e.Undone, e.EpochChanged)):
            entries.append(Entry(seq, mark, event))
    for gone in (set(), {one.seq for one in entries[::7]}):
        world = Relived(Record(state, entries, start, start + WINDOW_MS), gone, lambda ticket, counter: 8.0).state
        held = [one.ticket for one in world.counters.values() if one.ticket is not None]
        assert len(held) == len(set(held))
