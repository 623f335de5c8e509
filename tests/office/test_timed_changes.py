"""What has an end time ends, even if days begin and end meanwhile; undoing a set removes its changes and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.messages import commands as c
from server.messages.events import DayOpened
from server.messages.instants import HOUR, MINUTE
from server.messages.office import Situation
from server.office.snapshot import freeze

if TYPE_CHECKING:
    from tests.office.room import Make, Room

Until = Any
DRILL = Situation(id="drill", names={"de": "Übung"}, reason="meeting", services=("photo",))
TIMED: dict[str, Callable[[Until], c.Command]] = {
    "assign_counter": lambda until: c.AssignCounter(counter="3", services=("pass",), until=until),
    "boost_service": lambda until: c.BoostService(service="pass", minutes=30, until=until),
    "close_service": lambda until: c.CloseService(service="pass", reason="technik", until=until),
    "set_policy": lambda until: c.SetPolicy(preset="plain", until=until),
    "call_helper": lambda until: c.CallHelper(helper="guide", until=until),
    "post_message": lambda until: c.PostMessage(text={"de": "Hallo"}, until=until),
    "silence_zone": lambda until: c.SilenceZone(zone="hall", until=until),
    "start_situation": lambda until: c.StartSituation(situation="drill", until=until),
    "apply_moves": lambda until: c.ApplyMoves(
        moves=(
            c.AssignCounter(counter="4", services=("post",)),
            c.CloseService(service="reg"),
            c.LimitService(service="car", tickets=7),
            c.BoostService(service="car", minutes=5),
            c.SetPolicy(preset="punctual"),
            c.PauseCounter(counter="2"),
            c.OpenCounter(counter="1"),
        ),
        until=until,
    ),
}


def timed(room: Room) -> dict[str, Any]:
    """Everything that an end time can change, except what a day ends anyway."""
    state = room.state
    return {
        "closed": {s.id: (s.closed, s.reason, s.until) for s in state.services.values()},
        "limits": {s.id: s.limit for s in state.services.values()},
        "boosts": {s.id: (s.boost, s.boost_until) for s in state.services.values()},
        "counters": {n.id: (n.services, n.assignment) for n in state.counters.values()},
        "policy": (state.rules, state.preset_until),
        "messages": list(state.messages),
        "silences": dict(state.silences),
        "helpers": list(state.helpers),
        "moves": [one.key for one in state.moves.values() if not one.single],
    }


def in_force(room: Room) -> set[str]:
    state = room.state
    return {
        name
        for name, holds in {
            "assign_counter": state.counters["3"].services == ("pass",),
            "boost_service": state.services["pass"].boost == 30,
            "close_service": state.services["pass"].closed,
            "set_policy": state.preset == "plain",
            "call_helper": "guide" in state.helpers,
            "post_message": bool(state.messages),
            "silence_zone": "hall" in state.silences,
            "start_situation": state.services["photo"].situation == "drill",
            "apply_moves": state.services["reg"].closed
            and state.counters["4"].services == ("post",)
            and (state.services["car"].limit, state.services["car"].boost) == (7, 5),
        }.items()
        if holds
    }


def refolded(room: Room) -> None:
    """The state from each checkpoint equals the state from the whole log."""
    starts = [at for at, (_, _, event) in enumerate(room.entries) if isinstance(event, DayOpened)]
    assert freeze(room.refold(room.entries[starts[-1] :])) == freeze(room.state)


def test_every_command_with_an_end_is_here() -> None:
    assert set(TIMED) == {name for name, kind in c.COMMANDS.items() if "until" in kind.__struct_fields__}


@pytest.mark.no_cover
@settings(max_examples=40)
@given(
    acts=st.lists(
        st.tuples(st.sampled_from(sorted(TIMED)), st.integers(1, 70)),
        min_size=1,
        max_size=6,
        unique_by=lambda act: act[0],
    ),
    nights=st.lists(st.tuples(st.integers(1, 30), st.sampled_from(["", "by hand", "closed over it"])), max_size=4),
)
def test_every_timed_change_ends_across_any_change_of_day(
    acts: list[tuple[str, int]], nights: list[tuple[int, str]], make_room: Make, at: Callable[[int], Any]
) -> None:
    """In force until its end, on whichever day that is; then everything is as before."""
    room = make_room(situations=(DRILL,)).open("2")
    before, began = timed(room), room.now
    ends: dict[str, int] = {}
    for name, hours in acts:
        room.does(TIMED[name](at(room.now + hours * HOUR)), room.supervisor)
        ends[name] = room.now + hours * HOUR
    if {"set_policy", "apply_moves"} <= ends.keys():  # of two presets the later one counts: the set's or this one
        ends.pop("set_policy")

    for hours, how in nights:
        if how:
            room.does(c.CloseDay(force=True), room.supervisor)
        if how != "by hand":
            room.after(hours * HOUR)
        room.does(c.OpenDay(), room.supervisor)
        room.tick()
        assert in_force(room) - {"set_policy"} == {name for name, end in ends.items() if end > room.now} - {
            "set_policy"
        }
        refolded(room)
    room.now = max(room.now, began + 71 * HOUR)
    room.tick()

    assert timed(room) == before


def test_a_service_closed_until_monday_is_closed_on_sunday(room: Room, at: Callable[[int], Any]) -> None:
    until = room.now + 40 * HOUR
    room.does(c.CloseService(service="car", reason="technik", until=at(until)), room.supervisor)
    room.does(c.CloseService(service="reg", reason="technik"), room.supervisor)
    room.after(24 * HOUR)

    refused = room.refuses(c.IssueTicket(services=("car",)), room.kiosk)
    assert (refused.code, refused.more["reason"]) == ("service_closed", "technik")
    assert room.ticket("reg", by=room.kiosk), "closed without an end: for the day"
    room.after(16 * HOUR)
    assert not room.state.services["car"].closed


def test_who_serves_over_midnight_serves_what_it_did_before_its_assignment(
    room: Room, at: Callable[[int], Any]
) -> None:
    """An assignment without an end time ends with the date, one with an end time lasts until then."""
    room.open("2", "3")
    room.does(c.AssignCounter(counter="3", services=("pass",)), room.supervisor)
    room.does(c.AssignCounter(counter="2", services=("reg",), until=at(room.now + 20 * HOUR)), room.supervisor)
    for service, counter in (("pass", "3"), ("reg", "2")):
        room.ticket(service)
        room.serve(counter)
    room.after(16 * HOUR)

    assert (room.at("3").services, room.at("3").assignment) == (("car",), None)
    assert room.at("2").services == ("reg",)
    room.after(4 * HOUR)
    assert room.at("2").services == ("pass", "reg")


def test_a_set_without_an_end_is_taken_back_until_the_date_ends(room: Room) -> None:
    moves = (
        c.CloseService(service="reg"),
        c.SetPolicy(preset="plain"),
        c.AssignCounter(counter="3", services=("pass",)),
    )
    room.does(c.ApplyMoves(moves=moves), room.supervisor, key="set")
    room.does(c.ApplyMoves(moves=(c.CloseService(service="car"),)), room.supervisor, key="other")
    room.does(c.CloseDay(), room.supervisor)
    room.does(c.OpenDay(), room.supervisor)

    assert room.at("3").services == ("pass",)
    assert room.does(c.RevertMoves(key="set"), room.supervisor) == ["moves_reverted"]
    assert (room.state.services["reg"].closed, room.state.preset, room.at("3").services) == (
        False,
        "balanced",
        ("car",),
    )
    assert room.state.services["car"].closed
    room.after(24 * HOUR)
    assert room.code(c.RevertMoves(key="other"), room.supervisor) == "nothing_to_undo"
    assert not room.state.services["car"].closed


def test_a_preset_with_an_end_keeps_it_through_a_set(room: Room, at: Callable[[int], Any]) -> None:
    end = room.now + 5 * HOUR
    room.does(c.SetPolicy(preset="plain", until=at(end)), room.supervisor)
    room.does(c.ApplyMoves(moves=(c.SetPolicy(preset="punctual"),)), room.supervisor, key="set")
    room.does(c.RevertMoves(key="set"), room.supervisor)
    assert (room.state.preset, room.state.preset_until) == ("plain", end)

    room.does(c.ApplyMoves(moves=(c.SetPolicy(preset="punctual"),)), room.supervisor, key="late")
    room.after(6 * HOUR)
    room.does(c.RevertMoves(key="late"), room.supervisor)

    assert (room.state.rules, room.state.preset_until) == (room.refold(room.entries[:2]).rules, None)


def test_a_preset_chosen_for_a_while_since_does_not_bring_the_sets_back(room: Room, at: Callable[[int], Any]) -> None:
    room.does(c.ApplyMoves(moves=(c.SetPolicy(preset="punctual"),)), room.supervisor, key="set")
    room.does(c.SetPolicy(preset="plain", until=at(room.now + HOUR)), room.supervisor)
    room.does(c.RevertMoves(key="set"), room.supervisor)

    assert room.state.preset == "plain"
    assert room.after(HOUR).state.preset == "balanced"
    room.does(c.ApplyMoves(moves=(c.SetPolicy(preset="punctual"),)), room.supervisor, key="set")
    room.does(c.SetPolicy(preset="plain"), room.supervisor)
    room.does(c.RevertMoves(key="set"), room.supervisor)
    assert room.state.preset == "plain"


def test_a_set_leaves_alone_a_place_that_was_given_anew(room: Room) -> None:
    """Boosted, twice missed for good, and back: its place counts from its return, and taking back the set changes no boost."""
    room.open("1")
    ticket, other = room.ticket(), room.ticket()
    room.does(c.ApplyMoves(moves=(c.BoostTicket(ticket=ticket, minutes=20),)), room.supervisor, key="set")
    room.does(c.BoostTicket(ticket=other, minutes=5), room.supervisor)
    room.does(c.ApplyMoves(moves=(c.BoostTicket(ticket=other, minutes=20),)), room.supervisor, key="too")
    room.does(c.BoostTicket(ticket=other, minutes=7), room.supervisor)
    for _ in range(2):
        while room.of(ticket).state != "missed":
            room.after(5 * MINUTE).does(c.CallTicket(counter="1", ticket=ticket))
            room.does(c.MarkMissed(counter="1"))
        room.does(c.ReturnTicket(ticket=ticket))
    now, issued = room.now, room.of(other).issued_at
    room.does(c.RevertMoves(key="set"), room.supervisor)
    room.does(c.RevertMoves(key="too"), room.supervisor)

    assert (room.of(ticket).reference, room.of(ticket).boost) == (now, 0)
    assert (room.of(other).boost, room.of(other).reference) == (12, issued - 12 * MINUTE)


def test_a_ticket_somebody_moved_since_stays_there(room: Room) -> None:
    room.open("1")
    one, two = room.ticket("pass"), room.ticket("pass")
    room.does(c.ApplyMoves(moves=(c.MoveTickets(tickets=(one, two), to_service="reg"),)), room.supervisor, key="set")
    room.does(c.TransferTicket(ticket=one, to_service="car"))
    room.does(c.RevertMoves(key="set"), room.supervisor)

    assert (room.of(one).services, room.of(two).services) == (("car",), ("pass",))


def test_a_counter_paused_by_a_set_after_its_finish_goes_on(room: Room) -> None:
    room.open("1", "2")
    room.ticket()
    room.serve("1")
    room.does(
        c.ApplyMoves(moves=(c.PauseCounter(counter="1"), c.PauseCounter(counter="2"))), room.supervisor, key="set"
    )
    room.finish("1")
    room.does(c.ResumeCounter(counter="2"))
    room.does(c.PauseCounter(counter="2", reason="lunch"))
    room.does(c.RevertMoves(key="set"), room.supervisor)

    assert (room.at("1").state, room.at("2").state, room.at("2").reason) == ("open", "paused", "lunch")


def test_who_was_kept_for_a_counter_is_kept_again_unless_it_stays_closed(room: Room) -> None:
    ticket = room.ticket("pass")
    room.open("1", "2")
    room.does(c.TransferTicket(ticket=ticket, to_counter="2"))
    for how in ("again", "closed since"):
        room.does(c.ApplyMoves(moves=(c.CloseCounter(counter="2"),)), room.supervisor, key=how)
        assert room.of(ticket).only_counter is None
        if how == "closed since":
            room.open("2")
            room.does(c.CloseCounter(counter="2"))
        room.does(c.RevertMoves(key=how), room.supervisor)
        kept = (room.at("2").state, room.of(ticket).only_counter)
        assert kept == (("open", "2") if how == "again" else ("closed", None))


def test_a_hundred_sets_may_stand(room: Room) -> None:
    for _ in range(100):
        room.does(c.ApplyMoves(moves=(c.LimitService(service="pass", tickets=3),)), room.supervisor)

    assert room.code(c.ApplyMoves(moves=(c.CloseService(service="pass"),)), room.supervisor) == "too_many"


ONE = st.one_of(
    st.builds(
        lambda s, r: c.CloseService(service=s, reason=r),
        st.sampled_from(["pass", "reg"]),
        st.sampled_from(["krank", "technik"]),
    ),
    st.builds(lambda s: c.OpenService(service=s), st.sampled_from(["pass", "reg"])),
    st.builds(
        lambda s, n: c.LimitService(service=s, tickets=n),
        st.sampled_from(["pass", "reg"]),
        st.sampled_from([None, 3, 5]),
    ),
    st.builds(
        lambda s, n: c.BoostService(service=s, minutes=n), st.sampled_from(["pass", "reg"]), st.sampled_from([0, 5, 9])
    ),
    st.builds(lambda n: c.AssignCounter(counter="3", services=(n,)), st.sampled_from(["pass", "car"])),
    st.builds(lambda n: c.SetPolicy(preset=n), st.sampled_from(["plain", "punctual", "balanced"])),
)
STEP = st.one_of(
    ONE,
    st.lists(ONE, min_size=1, max_size=3),
    st.integers(0, 3),
    st.just("night"),
)


Change = c.CloseService | c.OpenService | c.LimitService | c.BoostService | c.AssignCounter | c.SetPolicy


class Notebook:
    """Each part is a pile of sheets, one for each change: the top sheet counts, and undoing a set removes its sheets."""

    def __init__(self) -> None:
        self.piles: dict[str, list[tuple[str, Any]]] = {}

    def write(self, who: str, move: Change) -> None:
        part, value = self._read(move)
        if not isinstance(move, c.OpenService) or self.top(part, (False, None))[0]:
            self.piles.setdefault(part, []).append((who, value))

    def _read(self, move: Change) -> tuple[str, Any]:
        match move:
            case c.CloseService():
                return f"closed {move.service}", (True, move.reason)
            case c.OpenService():
                return f"closed {move.service}", (False, None)
            case c.LimitService():
                return f"limit {move.service}", move.tickets
            case c.BoostService():
                return f"boost {move.service}", move.minutes
            case c.AssignCounter():
                return "counter", move.services
            case _:
                return "policy", move.preset

    def take_back(self, who: str) -> None:
        self.piles = {part: [one for one in pile if one[0] != who] for part, pile in self.piles.items()}

    def top(self, part: str, else_: Any) -> Any:
        pile = self.piles.get(part)
        return pile[-1][1] if pile else else_

    def picture(self) -> dict[str, Any]:
        services = ("pass", "reg")
        return {
            **{f"closed {name}": self.top(f"closed {name}", (False, None)) for name in services},
            **{f"limit {name}": self.top(f"limit {name}", None) for name in services},
            **{f"boost {name}": self.top(f"boost {name}", 0) for name in services},
            "counter": self.top("counter", ("car",)),
            "policy": self.top("policy", "balanced"),
        }


@pytest.mark.no_cover
@settings(max_examples=80)
@given(steps=st.lists(STEP, min_size=2, max_size=14))
@pytest.mark.parametrize("closed", [False, True])
def test_a_set_taken_back_takes_back_what_it_changed_and_nothing_else(
    closed: bool, steps: list[Any], make_room: Make
) -> None:
    """Acts, sets and undone sets in any order, with days closed and opened in between: the same as with a pile of paper."""
    room, book = make_room(), Notebook()
    if not closed:
        room.open("3")
    standing: list[str] = []
    for at, step in enumerate(steps):
        who = f"set{at}"
        if step == "night":
            room.does(c.CloseDay(), room.supervisor)
            room.does(c.OpenDay(), room.supervisor)
        elif isinstance(step, int):
            if step < len(standing):
                key = standing.pop(step)
                room.does(c.RevertMoves(key=key), room.supervisor)
                book.take_back(key)
        elif isinstance(step, list):
            if room.does(c.ApplyMoves(moves=tuple(step)), room.supervisor, key=who):
                standing.append(who)
            for move in step:
                book.write(who, move)
        else:
            room.does(step, room.supervisor)
            book.write("", step)
        services = (room.state.services[name] for name in ("pass", "reg"))
        found: dict[str, Any] = {"counter": room.at("3").services, "policy": room.state.preset or "balanced"}
        for one in services:
            found |= {
                f"closed {one.id}": (one.closed, one.reason),
                f"limit {one.id}": one.limit,
                f"boost {one.id}": one.boost,
            }
        assert found == book.picture()
    room.does(c.CloseDay(), room.supervisor)
    room.does(c.OpenDay(), room.supervisor)
    refolded(room)
