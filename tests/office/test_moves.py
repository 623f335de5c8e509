"""Sets of moves: several commands as one press, and taken back as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import HOUR, rfc3339
from server.office.touched import OF_MOVE
from tests.office.shown import shown

if TYPE_CHECKING:
    from tests.office.room import Room


def moves(room: Room, *tickets: str) -> c.ApplyMoves:
    return c.ApplyMoves(
        moves=(
            c.AssignCounter(counter="3", services=("pass",)),
            c.CloseService(service="reg", reason="personal"),
            c.PauseCounter(counter="2", reason="lunch"),
            c.OpenCounter(counter="4"),
            c.BoostTicket(ticket=tickets[0], minutes=10),
            c.MoveTickets(tickets=tickets[1:], to_service="car"),
            c.SetPolicy(preset="plain"),
        ),
        reason="ansturm",
    )


def test_a_set_of_moves_is_applied_all_or_nothing(room: Room) -> None:
    room.open("2", "3")
    one, two = room.ticket("pass"), room.ticket("reg")
    bad = c.ApplyMoves(moves=(c.CloseService(service="reg"), c.OpenCounter(counter="nothing")))
    assert room.code(bad, room.supervisor) == "unknown_counter"
    assert not room.state.services["reg"].closed
    assert room.does(c.ApplyMoves(moves=(c.OpenService(service="reg"),)), room.supervisor) == []

    said = room.does(moves(room, one, two), room.supervisor)

    assert said[-1] == "moves_applied"
    assert room.at("3").services == ("pass",)
    assert room.state.services["reg"].closed
    assert (room.at("2").state, room.at("4").state) == ("paused", "open")
    assert (room.of(one).boost, room.of(two).services) == (10, ("car",))


def test_a_move_counts_for_the_next_one_of_its_set(room: Room) -> None:
    room.does(c.ApplyMoves(moves=(c.OpenCounter(counter="2"), c.PauseCounter(counter="2"))), room.supervisor)

    assert room.at("2").state == "paused"


def test_a_set_is_taken_back_as_one_any_time_today(room: Room) -> None:
    room.open("2", "3")
    one, two = room.ticket("pass"), room.ticket("reg")
    before = (room.at("2"), room.at("3"), room.at("4"), room.state.services["reg"], room.of(one), room.of(two))
    room.does(moves(room, one, two), room.supervisor, key="set")
    room.after(3 * HOUR)

    assert room.code(c.RevertMoves(key="other"), room.supervisor) == "nothing_to_undo"
    assert room.does(c.RevertMoves(key="set"), room.supervisor) == ["moves_reverted"]

    after = (room.at("2"), room.at("3"), room.at("4"), room.state.services["reg"], room.of(one), room.of(two))
    for was, now in zip(before, after, strict=True):
        names = [name for name in was.__struct_fields__ if name not in ("last_seq", "moved_at")]
        assert {name: getattr(now, name) for name in names} == {name: getattr(was, name) for name in names}
    assert room.state.preset == "balanced"
    assert room.code(c.RevertMoves(key="set"), room.supervisor) == "nothing_to_undo"


def test_what_went_on_since_stays(room: Room) -> None:
    """Tickets at counters stay there, counters that somebody changed keep the change, drawn tickets count, ended ones stay so."""
    room.open("2", "3")
    one, two, three = room.ticket("pass"), room.ticket("reg", "pass"), room.ticket("reg")
    room.does(moves(room, one, two, three), room.supervisor, key="set")
    assert room.call("3") == one
    room.does(c.ResumeCounter(counter="2"))
    room.does(c.SetNeeds(ticket=two, needs=("escort",)))
    room.does(c.CancelTicket(ticket=three))
    room.ticket("pass", by=room.kiosk)

    room.does(c.RevertMoves(key="set"), room.supervisor)

    assert (room.of(one).state, room.of(one).boost) == ("called", 10)
    assert (room.at("3").ticket, room.at("3").services) == (one, ("car",))
    assert room.at("2").state == "open"
    assert (room.of(two).services, room.of(two).needs) == (("reg", "pass"), ("escort",))
    assert room.of(three).state == "cancelled"
    assert room.state.services["pass"].issued == 1


def test_what_has_ended_by_itself_does_not_come_back(room: Room, at: Callable[[int], Any]) -> None:
    """Timed moves from before the set ended while it was in force: taking the set back does not restore them."""
    soon, how = at(room.now + HOUR), room.supervisor
    room.does(c.AssignCounter(counter="3", services=("pass",), until=soon), how)
    room.does(c.CloseService(service="reg", until=soon), how)
    room.does(c.BoostService(service="car", minutes=5, until=soon), how)
    room.does(c.AssignCounter(counter="2", services=("pass",), until=at(room.now + 5 * HOUR)), how)
    moves = (
        c.AssignCounter(counter="3", services=("pass", "car")),
        c.AssignCounter(counter="2", services=("reg",)),
        c.OpenService(service="reg"),
        c.BoostService(service="car", minutes=50),
    )
    room.does(c.ApplyMoves(moves=moves), how, key="set")
    room.after(2 * HOUR)

    room.does(c.RevertMoves(key="set"), how)

    assert (room.at("3").services, room.at("3").assignment) == (("car",), None)
    assert room.at("2").services == ("pass",)
    assert (room.state.services["reg"].closed, room.state.services["car"].boost) == (False, 0)
    assert room.after(4 * HOUR).at("2").services == ("pass", "reg")


def test_a_preset_for_a_while_gives_way_to_the_one_before(room: Room, at: Callable[[int], Any]) -> None:
    room.does(c.SetPolicy(preset="plain"), room.supervisor)
    room.does(c.SetPolicy(preset="punctual", until=at(room.now + HOUR)), room.supervisor)
    room.does(c.SetPolicy(preset="balanced", until=at(room.now + HOUR)), room.supervisor)
    room.after(HOUR)

    assert room.state.preset == "plain"
    assert room.code(c.SetPolicy(preset="nothing"), room.supervisor) == "invalid"


def test_whoever_is_moved_back_is_told_so(room: Room) -> None:
    moved, other = room.ticket("pass"), room.ticket("car")
    both = (c.MoveTickets(tickets=(moved,), to_service="car"), c.BoostTicket(ticket=other, minutes=10))
    room.does(c.ApplyMoves(moves=both), room.supervisor, key="set")
    room.after(HOUR)

    room.does(c.RevertMoves(key="set"), room.supervisor)

    assert room.of(moved).services == ("pass",)
    assert shown(room, "ticket", moved).moved_at == rfc3339(room.now)
    assert [one.numbers for one in shown(room, "display", "hall").moved] == [(room.number(moved),)]
    assert shown(room, "ticket", other).moved_at is None


def test_moving_tickets_to_another_line(room: Room) -> None:
    tickets = [room.ticket("pass"), room.ticket("reg")]
    room.does(c.PauseTicket(ticket=tickets[1]))
    room.does(c.MoveTickets(tickets=(*tickets, tickets[0]), to_service="car"), room.supervisor)
    moved = room.now

    assert [room.of(ticket).services for ticket in tickets] == [("car",), ("car",)]
    assert room.does(c.MoveTickets(tickets=(), to_service="car"), room.supervisor) == []
    assert room.code(c.MoveTickets(tickets=("nothing",), to_service="car"), room.supervisor) == "unknown_ticket"
    room.open("3")
    assert [shown(room, "ticket", ticket).moved_at for ticket in tickets] == [rfc3339(moved)] * 2
    held = room.call("3") or ""
    assert shown(room, "ticket", held).moved_at is None
    assert room.code(c.MoveTickets(tickets=(held,), to_service="reg"), room.supervisor) == "wrong_state"


def test_a_counter_that_a_set_opened_and_closes_again_keeps_nobody(room: Room) -> None:
    """Somebody was sent there meanwhile: any counter may call them now."""
    room.open("2")
    room.does(c.ApplyMoves(moves=(c.OpenCounter(counter="1"),)), room.supervisor, key="set")
    ticket = room.ticket("pass")
    room.does(c.TransferTicket(ticket=ticket, to_counter="1"))
    room.does(c.RevertMoves(key="set"), room.supervisor)

    assert room.at("1").state == "closed"
    assert room.call("2") == ticket


# two supervisors at once

OTHERS: dict[str, tuple[Callable[[str], Any], Callable[[str], Any]]] = {
    "assigned": (
        lambda t: c.AssignCounter(counter="3", services=("car",)),
        lambda t: c.AssignCounter(counter="3", services=("pass",)),
    ),
    "paused": (
        lambda t: c.PauseCounter(counter="3"),
        lambda t: c.AssignCounter(counter="3", services=("pass",)),
    ),
    "closed": (lambda t: c.CloseService(service="car"), lambda t: c.LimitService(service="car", tickets=3)),
    "into a closed one": (
        lambda t: c.CloseService(service="car"),
        lambda t: c.MoveTickets(tickets=(t,), to_service="car"),
    ),
    "boosted": (lambda t: c.BoostTicket(ticket=t, minutes=5), lambda t: c.BoostTicket(ticket=t, minutes=9)),
    "moved": (
        lambda t: c.MoveTickets(tickets=(t,), to_service="reg"),
        lambda t: c.MoveTickets(tickets=(t,), to_service="car"),
    ),
    "policy": (lambda t: c.SetPolicy(preset="punctual"), lambda t: c.SetPolicy(preset="plain")),
    "helper": (lambda t: c.CallHelper(helper="guide"), lambda t: c.CallHelper(helper="guide", counter="1")),
    "where the helper goes": (
        lambda t: c.CloseCounter(counter="1"),
        lambda t: c.CallHelper(helper="guide", counter="1"),
    ),
    "a set": (
        lambda t: c.ApplyMoves(moves=(c.AssignCounter(counter="3", services=("car",)),)),
        lambda t: c.AssignCounter(counter="3", services=("pass",)),
    ),
    "taken back": (lambda t: c.RevertMoves(key="earlier"), lambda t: c.AssignCounter(counter="4", services=("small",))),
    "policy taken back": (lambda t: c.RevertMoves(key="earlier"), lambda t: c.SetPolicy(preset="punctual")),
    "helper taken back": (lambda t: c.RevertMoves(key="earlier"), lambda t: c.CallHelper(helper="guide")),
    "a new day": (lambda t: c.OpenDay(), lambda t: c.CloseService(service="reg")),
}
"""What somebody else does meanwhile, and the move that was chosen before that."""


def overtaken(room: Room, what: str) -> tuple[c.Move, int]:
    """A move that was chosen before somebody else did this, and the last entry that was seen before."""
    room.open("1", "2", "3")
    ticket = room.ticket("pass")
    earlier = (
        c.AssignCounter(counter="4", services=("post",)),
        c.SetPolicy(preset="plain"),
        c.CallHelper(helper="guide"),
    )
    room.does(c.ApplyMoves(moves=earlier), room.supervisor, key="earlier")
    seen = room.state.seq
    other, mine = [make(ticket) for make in OTHERS[what]]
    if what == "a new day":
        room.does(c.CloseDay(), room.supervisor)
    room.does(other, room.admin)
    return mine, seen


@pytest.mark.parametrize("what", OTHERS)
def test_a_set_that_touches_what_was_changed_since_is_refused_whole(room: Room, what: str) -> None:
    how = room.supervisor
    mine, seen = overtaken(room, what)
    command = c.ApplyMoves(moves=(c.CloseService(service="small"), mine), seen_seq=seen)

    refused = room.refuses(command, how)

    assert (refused.code, refused.status) == ("overtaken", 409)
    assert not room.state.services["small"].closed
    assert room.press(replace(command, seen_seq=None), how)


@pytest.mark.parametrize("what", OTHERS)
def test_a_single_move_that_touches_what_was_changed_since_is_refused_as_a_set_would_be(room: Room, what: str) -> None:
    """It says itself what was seen, or the set that it is part of does."""
    how = room.supervisor
    mine, seen = overtaken(room, what)
    late = replace(mine, seen_seq=seen)

    assert room.code(late, how) == "overtaken"
    part = room.refuses(c.ApplyMoves(moves=(c.CloseService(service="small"), late)), how)
    assert (part.code, part.more["move"]) == ("overtaken", 1)
    assert not room.state.services["small"].closed
    assert room.press(replace(mine, seen_seq=room.state.seq), how)


def test_every_kind_of_move_can_say_what_was_seen() -> None:
    """All that touch something; a message stands beside others and changes none of them."""
    kinds = get_args(c.Move)

    assert {kind for kind in kinds if not issubclass(kind, c.AsSeen)} == {c.PostMessage}
    assert set(OF_MOVE) <= set(kinds)


def test_what_a_colleague_has_done_already_is_not_refused_as_overtaken(room: Room) -> None:
    room.does(c.CloseService(service="reg"), room.supervisor)
    seen = room.state.seq
    room.does(c.OpenService(service="reg"), room.admin)

    assert room.does(c.OpenService(service="reg", seen_seq=seen), room.supervisor) == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_refused_set_names_the_move_that_was_refused(room: Room, place: int) -> None:
    """By its place, counted from 0: whatever the reason, also if something was changed since it was seen."""
    good = [c.CloseService(service="car"), c.CloseService(service="small")]
    seen = room.state.seq
    room.does(c.BoostService(service="reg", minutes=5), room.admin)
    for bad, code, more in (
        (c.BoostTicket(ticket="gone", minutes=5), "unknown_ticket", {}),
        (c.CallHelper(helper="nobody"), "invalid", {}),
        (c.CloseService(service="reg"), "overtaken", {"changed": ["service:reg"]}),
    ):
        moves = (*good[:place], bad, *good[place:])
        refused = room.refuses(c.ApplyMoves(moves=moves, seen_seq=seen), room.supervisor)

        assert (refused.code, refused.more) == (code, {**more, "move": place})
        if code == "invalid":  # in the same words as `what-if`
            assert [one.field for one in refused.errors] == [f"moves[{place}].helper"]
            assert refused.detail == f"moves[{place}].helper: nobody is not on this office's list of helpers"
        assert refused.problem()["move"] == place


def test_a_single_move_can_say_what_was_seen_too(room: Room) -> None:
    room.open("3")
    seen = room.state.seq
    room.does(c.AssignCounter(counter="3", services=("pass",)), room.admin)
    late = c.AssignCounter(counter="3", services=("car", "pass"), seen_seq=seen)

    assert room.refuses(late, room.supervisor).more == {"changed": ["counter:3"]}
    assert room.does(replace(late, seen_seq=room.state.seq), room.supervisor) == ["counter_assigned"]


def test_what_happened_elsewhere_since_does_not_stand_in_the_way(room: Room) -> None:
    """Calls, new tickets and changes of other counters, and what was seen before it is applied."""
    room.open("1", "2", "3")
    ticket, seen = room.ticket("pass"), room.state.seq
    room.call("1")
    room.ticket("car")
    room.call("3")
    room.does(c.PauseCounter(counter="2"))
    room.does(c.CloseService(service="reg"), room.supervisor)
    moves = (c.AssignCounter(counter="3", services=("pass",)), c.CloseService(service="car"))

    assert room.does(c.ApplyMoves(moves=moves, seen_seq=seen), room.supervisor)[-1] == "moves_applied"

    later = c.ApplyMoves(moves=(c.CloseService(service="small"),), seen_seq=room.state.seq + 1)
    assert room.code(later, room.supervisor) == "overtaken"
    moved = c.ApplyMoves(moves=(c.BoostTicket(ticket="gone", minutes=4),), seen_seq=room.state.seq)
    assert room.code(moved, room.supervisor) == "unknown_ticket"
    assert ticket in room.state.tickets


def test_taking_back_an_earlier_set_leaves_later_single_moves(room: Room) -> None:
    """Each row restores what would hold without it, in whatever order they are taken back."""
    how = room.supervisor
    room.does(c.ApplyMoves(moves=(c.CloseService(service="reg", reason="voll"),)), how, key="set")
    room.does(c.OpenService(service="reg"), how, key="opened")
    room.does(c.RevertMoves(key="set"), how)
    assert not room.state.services["reg"].closed

    assert room.does(c.RevertMoves(key="opened"), how) == ["moves_reverted"]

    assert not room.state.services["reg"].closed
