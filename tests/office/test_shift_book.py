"""The shift book: today's moves, each with author, reason, end and effect, and each taken back with one press."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import HOUR, MINUTE, rfc3339
from server.messages.terms import LONGEST_KEY
from server.office.boards import board
from server.office.evolve.book import MOST
from server.office.hours import midnight_after
from server.office.snapshot import freeze, thaw

if TYPE_CHECKING:
    from tests.office.room import Room

At = Callable[[int], Any]


def book(room: Room) -> tuple[b.ShiftRow, ...]:
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    return shown.shift_book


def at_counter(room: Room, counter: str) -> b.Counter:
    shown = board(room.state, "counter", counter, room.now)
    assert isinstance(shown, b.Counter)
    return shown


def singles(room: Room, ticket: str) -> dict[str, c.Command]:
    """One of each kind of move."""
    return {
        "counter_assigned": c.AssignCounter(counter="3", services=("pass",), reason="voll"),
        "counter_opened": c.OpenCounter(counter="4"),
        "counter_closed": c.CloseCounter(counter="3"),
        "counter_paused": c.PauseCounter(counter="2", reason="lunch"),
        "counter_resumed": c.ResumeCounter(counter="1"),
        "service_opened": c.OpenService(service="small"),
        "service_closed": c.CloseService(service="reg", reason="personal"),
        "service_limited": c.LimitService(service="reg", tickets=3),
        "service_boosted": c.BoostService(service="reg", minutes=5),
        "ticket_boosted": c.BoostTicket(ticket=ticket, minutes=5),
        "tickets_moved": c.MoveTickets(tickets=(ticket,), to_service="car"),
        "policy_set": c.SetPolicy(preset="plain"),
        "helper_called": c.CallHelper(helper="guide", counter="2"),
    }


KINDS = [*singles(None, "")]  # type: ignore[arg-type]


def ready(room: Room) -> str:
    """Three counters open, one of them paused, one ticket kept for counter 3, one service closed."""
    room.open("1", "2", "3")
    room.does(c.PauseCounter(counter="1"))
    room.does(c.CloseService(service="small"), room.supervisor, key="before")
    ticket = room.ticket("pass")
    room.does(c.TransferTicket(ticket=ticket, to_counter="3"))
    return ticket


def picture(room: Room, ticket: str) -> Any:
    state = room.state
    parts = (*state.counters.values(), *state.services.values(), room.of(ticket))
    # `moved_at`: whoever is moved back is told so
    names = [[k for k in one.__struct_fields__ if not k.endswith("seq") and k != "moved_at"] for one in parts]
    plain = [{k: getattr(one, k) for k in mine} for one, mine in zip(parts, names, strict=True)]
    return plain, state.preset or "balanced", [*state.helpers]


@pytest.mark.parametrize("kind", KINDS)
def test_a_move_outside_a_set_is_taken_back_with_one_press_hours_later(room: Room, kind: str) -> None:
    ticket = ready(room)
    before = picture(room, ticket)
    room.does(singles(room, ticket)[kind], room.supervisor, key="move")
    row = book(room)[0]
    assert (row.key, row.type, row.by, row.open) == ("move", kind, "supervisor:7", True)
    assert [did.type for did in row.did] == [kind]
    room.after(2 * HOUR)

    assert room.does(c.RevertMoves(key="move"), room.supervisor) == ["moves_reverted"]

    assert picture(room, ticket) == before
    assert (book(room)[0].open, book(room)[0].ended) == (False, True)
    assert room.code(c.RevertMoves(key="move"), room.supervisor) == "nothing_to_undo"
    assert room.state.book == room.refold().book


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_changed_since_cannot_be_taken_back_by_its_row(room: Room, kind: str, at: At) -> None:
    ticket = ready(room)
    if kind == "counter_assigned":
        room.does(
            c.AssignCounter(counter="3", services=("pass",), until=at(room.now + MINUTE)), room.supervisor, key="move"
        )
        room.after(HOUR)
        assert not book(room)[0].open
        assert room.code(c.RevertMoves(key="move"), room.supervisor) == "nothing_to_undo"
        return
    room.does(singles(room, ticket)[kind], room.supervisor, key="move")
    again = {
        "counter_opened": c.CloseCounter(counter="4"),
        "counter_closed": c.OpenCounter(counter="3"),
        "counter_paused": c.ResumeCounter(counter="2"),
        "counter_resumed": c.PauseCounter(counter="1"),
        "service_opened": c.CloseService(service="small"),
        "service_closed": c.OpenService(service="reg"),
        "service_limited": c.LimitService(service="reg", tickets=4),
        "service_boosted": c.BoostService(service="reg", minutes=9),
        "ticket_boosted": c.CancelTicket(ticket=ticket),
        "tickets_moved": c.SetServices(ticket=ticket, services=("reg",)),
        "policy_set": c.SetPolicy(preset="punctual"),
        "helper_called": c.CallHelper(helper="guide"),
    }[kind]
    room.does(again, room.supervisor)

    if kind == "counter_closed":  # the ticket that was kept for it is not kept any more, and can be again
        assert room.code(c.CancelTicket(ticket="none"), room.supervisor) == "unknown_ticket"
        room.does(c.CancelTicket(ticket=ticket))
    assert room.code(c.RevertMoves(key="move"), room.supervisor) == "nothing_to_undo"
    assert not next(row for row in book(room) if row.key == "move").open


def test_a_set_is_one_row_with_its_reason_its_end_and_what_it_was_said_to_bring(room: Room, at: At) -> None:
    room.open("2")
    told = c.Gain(low=11.0, median=18.0, high=25.0, chance=0.93, advice="a1")
    moves = (c.AssignCounter(counter="3", services=("pass",)), c.SetPolicy(preset="plain"))
    command = c.ApplyMoves(moves=moves, until=at(room.now + 30 * MINUTE), reason="ansturm", told=told)
    room.does(command, room.supervisor, key="set")
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    assert [one.key for one in shown.moves] == ["set"]
    (row,) = book(room)
    assert (row.type, row.reason, row.until) == ("moves_applied", "ansturm", shown.moves[0].until)
    assert [(did.type, did.added, did.removed, did.preset) for did in row.did] == [
        ("counter_assigned", ("pass",), ("car",), None),
        ("policy_set", (), (), "plain"),
    ]
    assert (row.told, row.happened, row.open) == (b.GainTold(low=11.0, median=18.0, high=25.0, chance=0.93), None, True)
    room.after(30 * MINUTE)
    assert (book(room)[0].open, book(room)[0].ended) == (False, True)

    assert room.does(c.NoteEffect(set="set", minutes=17.0), room.system, key="effect") == ["effect_noted"]
    assert room.does(c.NoteEffect(set="set", minutes=3.0), room.system) == []
    assert room.does(c.NoteEffect(set="none", minutes=3.0), room.system) == []
    assert room.code(c.NoteEffect(set="set", minutes=3.0), room.supervisor) == "not_allowed"

    assert book(room)[0].happened == 17.0


def test_a_press_that_was_undone_at_once_never_stood_in_the_book(room: Room) -> None:
    room.does(c.CloseService(service="reg"), room.supervisor)
    assert len(book(room)) == 1

    room.undo(room.supervisor)

    assert book(room) == ()
    assert room.state.moves == {}


def test_what_clerks_do_at_their_counters_is_not_in_the_book(room: Room) -> None:
    room.open("1", "2")
    room.does(c.PauseCounter(counter="1"))
    room.does(c.IssueTicket(services=("pass",)), room.supervisor)
    room.undo(room.supervisor)

    assert book(room) == ()


def test_the_book_keeps_the_newest_rows_and_a_set_outlives_its_row(room: Room) -> None:
    room.does(c.ApplyMoves(moves=(c.CloseService(service="reg"),)), room.supervisor, key="set")
    for nth in range(MOST + 5):
        room.does(c.LimitService(service="pass", tickets=nth), room.supervisor, key=f"limit{nth}")
        room.sleep(1_000)

    assert [row.key for row in book(room)] == [f"limit{nth}" for nth in range(MOST + 4, 4, -1)]
    assert len(room.state.moves) == MOST + 1
    assert room.code(c.RevertMoves(key="limit0"), room.supervisor) == "nothing_to_undo"
    assert room.does(c.RevertMoves(key="set"), room.supervisor) == ["moves_reverted"]


COLLEAGUE = Actor(role="supervisor", principal="token:other", holder="t", account="7")
"""Of the same account, but signed in elsewhere: keys belong to the sign-in."""
FIRST, SECOND = c.CloseService(service="reg"), c.LimitService(service="pass", tickets=3)
FORMS: dict[str, Callable[[Any], c.Command]] = {
    "single": lambda move: move,
    "set": lambda move: c.ApplyMoves(moves=(move,)),
}


def standing(room: Room) -> tuple[bool, int | None]:
    return room.state.services["reg"].closed, room.state.services["pass"].limit


@pytest.mark.parametrize("later", FORMS)
@pytest.mark.parametrize("earlier", FORMS)
@pytest.mark.parametrize("key", ["1", "k" * 64])
def test_of_two_moves_with_one_key_each_supervisor_takes_back_their_own(
    room: Room, earlier: str, later: str, key: str
) -> None:
    for turn in range(2):
        room.does(FORMS[earlier](FIRST), room.supervisor, key=key)
        room.does(FORMS[later](SECOND), COLLEAGUE, key=key)
        if turn:  # keys and moves go through a checkpoint, in which a long key is a digest
            room.does(c.CloseDay(), room.supervisor)
            room.does(c.OpenDay(), room.supervisor)
        assert standing(room) == (True, 3)

        room.does(c.RevertMoves(key=key), room.supervisor, key=f"back{turn}")
        assert standing(room) == (False, 3)
        assert room.code(c.RevertMoves(key=key), room.supervisor) == "nothing_to_undo"
        assert standing(room) == (False, 3)
        room.does(c.RevertMoves(key=key), COLLEAGUE, key=f"back{turn}")
        assert standing(room) == (False, None)
        assert room.refold().book == room.state.book
        room.sleep(25 * HOUR).tick()  # a key can be used again


@pytest.mark.parametrize("later", FORMS)
@pytest.mark.parametrize("earlier", FORMS)
def test_a_board_shows_two_moves_with_one_key_by_keys_of_which_each_means_one(
    room: Room, earlier: str, later: str
) -> None:
    room.does(FORMS[earlier](FIRST), room.supervisor, key="1")
    assert [row.key for row in book(room)] == ["1"]
    room.does(FORMS[later](SECOND), COLLEAGUE, key="1")
    second, first = book(room)
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    assert {one.key for one in shown.moves} <= {first.key, second.key}
    assert room.code(c.RevertMoves(key="1"), room.admin) == "nothing_to_undo"  # which of them?

    room.does(c.RevertMoves(key=first.key), COLLEAGUE)
    assert standing(room) == (False, 3)
    assert [row.ended for row in book(room)] == [False, True]
    room.does(c.NoteEffect(set=second.key, minutes=4.0), room.system)
    assert [row.happened for row in book(room)] == [4.0, None]
    room.does(c.RevertMoves(key=second.key), room.supervisor)
    assert standing(room) == (False, None)


def test_a_key_that_no_command_could_name_is_shown_shorter(room: Room) -> None:
    room.does(FIRST, room.supervisor, key="standing:" + 60 * "x")
    (row,) = book(room)

    assert len(row.key) <= LONGEST_KEY
    room.does(c.RevertMoves(key=row.key), COLLEAGUE)

    assert standing(room) == (False, None)


def test_a_key_that_looks_like_what_a_board_shows_takes_back_what_it_pressed(room: Room) -> None:
    room.does(FIRST, room.supervisor, key="1")
    room.does(SECOND, COLLEAGUE, key=f"1~{room.state.seq}")
    second, first = book(room)

    room.does(c.RevertMoves(key=second.key), room.admin)
    assert standing(room) == (True, None)
    room.does(c.RevertMoves(key=first.key), room.admin)
    assert standing(room) == (False, None)


def test_what_is_undone_at_once_is_one_s_own_move_and_a_colleague_s_of_the_same_key_stays(room: Room) -> None:
    room.does(FIRST, room.supervisor, key="1")
    room.does(SECOND, COLLEAGUE, key="1")
    room.does(c.Undo(key="1"), COLLEAGUE)

    (row,) = book(room)
    assert (row.type, row.open) == ("service_closed", True)
    room.does(c.RevertMoves(key="1"), room.admin)
    assert standing(room) == (False, None)


def test_the_book_is_that_of_one_date_and_survives_a_restart(room: Room) -> None:
    room.does(c.CloseService(service="reg"), room.supervisor, key="move")
    kept = thaw(freeze(room.state))
    assert kept is not None
    assert (kept.book, kept.moves, kept.touched) == (room.state.book, room.state.moves, room.state.touched)
    room.does(c.CloseDay(), room.supervisor)
    room.does(c.OpenDay(), room.supervisor)
    assert [row.key for row in book(room)] == ["move"]
    assert room.does(c.RevertMoves(key="move"), room.supervisor) == ["moves_reverted"]
    assert not room.state.services["reg"].closed

    room.sleep(24 * HOUR).tick()

    assert book(room) == ()


def test_a_clerk_reads_who_moved_what_at_their_counter_why_and_until_when(room: Room, at: At) -> None:
    room.open("2", "3")
    until = at(room.now + 30 * MINUTE)
    command = c.AssignCounter(counter="3", services=("pass",), until=until, reason="voll")
    room.does(command, room.supervisor, key="move")
    said = at_counter(room, "3").moved
    assert said is not None
    assert (said.by, said.reason, said.type) == ("supervisor:7", "voll", "counter_assigned")
    assert said.until is not None
    assert at_counter(room, "4").moved is None

    room.does(c.CloseService(service="reg", reason="personal"), room.supervisor, key="closing")
    closing = at_counter(room, "2").moved
    assert closing is not None
    assert (closing.key, closing.reason) == ("closing", "personal")
    room.does(c.RevertMoves(key="closing"), room.supervisor)

    assert at_counter(room, "2").moved is None


# helpers


def test_a_called_helper_is_shown_to_everybody_at_work_until_the_time_is_over(room: Room, at: At) -> None:
    since, until = room.now, room.now + HOUR
    assert room.code(c.CallHelper(helper="guide", counter="none"), room.supervisor) == "unknown_counter"
    room.does(c.CallHelper(helper="guide", until=at(until), counter="2"), room.supervisor)
    room.sleep(MINUTE)
    room.does(c.CallHelper(helper="guide", until=at(until), counter="2"), room.supervisor)
    for kind, id in (("supervisor", ""), ("desk", ""), ("counter", "2")):
        shown = board(room.state, kind, id, room.now)  # type: ignore[arg-type]
        assert isinstance(shown, b.Supervisor | b.Desk | b.Counter)
        (line,) = shown.helpers
        assert (line.id, line.names, line.counter) == ("guide", {"de": "Lotse"}, "2")
        assert (line.since, line.until) == (rfc3339(since), rfc3339(until))

    room.after(HOUR)

    assert at_counter(room, "2").helpers == ()
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    assert [(line.id, line.since) for line in shown.helpers] == [("guide", None)]


def test_a_helper_who_is_kept_longer_stays_until_the_new_end_or_goes_at_the_first_if_that_is_taken_back(
    room: Room, at: At
) -> None:
    how, since = room.supervisor, room.now
    room.does(c.CallHelper(helper="guide", until=at(since + HOUR), counter="1"), how, key="called")
    room.sleep(50 * MINUTE)
    room.does(c.CallHelper(helper="guide", until=at(since + 2 * HOUR), counter="1", reason="rush"), how, key="kept")
    helper = room.state.helpers["guide"]
    assert (helper.since, helper.until) == (since, since + 2 * HOUR)
    room.after(20 * MINUTE)
    assert "guide" in room.state.helpers, "the first end is over"
    room.does(c.RevertMoves(key="kept"), how)
    assert room.state.helpers == {}

    room.does(c.CallHelper(helper="guide", until=at(room.now + HOUR), counter="1"), how, key="again")
    first = room.state.helpers["guide"].until
    room.does(c.CallHelper(helper="guide", until=at(room.now + 2 * HOUR), counter="1"), how, key="longer")
    room.does(c.RevertMoves(key="longer"), how)
    assert room.state.helpers["guide"].until == first


def test_a_helper_called_in_a_set_is_sent_back_with_it(room: Room, at: At) -> None:
    how = room.supervisor
    room.does(c.CallHelper(helper="guide", until=at(room.now + HOUR), counter="1"), how, key="first")
    moves = (c.CallHelper(helper="guide", counter="2"), c.PostMessage(text={"de": "Hallo"}))
    room.does(c.ApplyMoves(moves=moves), how, key="one")
    room.does(c.ApplyMoves(moves=(c.CallHelper(helper="guide", counter="3"),)), how, key="two")
    room.does(c.RevertMoves(key="one"), how)
    assert (room.state.helpers["guide"].counter, room.state.messages) == ("3", {})

    room.does(c.RevertMoves(key="two"), how)
    assert room.state.helpers["guide"].counter == "1"

    room.does(c.ApplyMoves(moves=(c.CallHelper(helper="guide"),)), how, key="three")
    room.sleep(2 * HOUR)
    room.does(c.RevertMoves(key="three"), how)
    assert room.state.helpers == {}
    room.does(c.ApplyMoves(moves=(c.CallHelper(helper="guide"),)), how, key="four")
    room.does(c.RevertMoves(key="four"), how)

    assert room.state.helpers == {}
    assert room.refold().helpers == {}


@pytest.mark.parametrize(("before", "said"), [(5, True), (7, False)])
def test_what_was_told_so_late_that_nobody_can_compare_it_says_so(room: Room, at: At, before: int, said: bool) -> None:
    """Minutes before midnight. What told nothing has nothing to compare, and what is known by then is shown."""
    room.open("1")
    midnight = midnight_after(room.state.office, room.state.day or "")
    room.now = midnight - before * MINUTE
    move = c.AssignCounter(counter="1", services=("pass",))
    told = c.Gain(low=1, median=5, high=9, chance=0.9)
    room.does(c.ApplyMoves(moves=(move,), told=told), room.supervisor, key="late")
    room.does(c.ApplyMoves(moves=(replace(move, services=("reg",)),)), room.supervisor, key="silent")

    assert {row.key: row.not_compared for row in book(room)} == {"late": said, "silent": False}
    room.does(c.NoteEffect(set="late", minutes=3), room.system)
    assert not any(row.not_compared for row in book(room))
