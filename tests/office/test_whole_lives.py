"""Random lives: whatever people press, the core answers, and its states are folds of the log however it is folded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.json import encode

from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.boards import Part
from server.messages.events import DayOpened
from server.messages.instants import HOUR, MINUTE
from server.messages.terms import BoardKind
from server.office.boards import Sheet, Sight, board, changed_between, drawn, next_change, said
from server.office.boards.alerts import conditions, rank
from server.office.boards.offices import office_row
from server.office.evolve import evolve
from server.office.snapshot import freeze, thaw
from server.office.state import State

if TYPE_CHECKING:
    from tests.office.life import Life
    from tests.office.room import Room

Live = Callable[..., "Room"]
seeds = st.integers(0, 2**32)
few = settings(max_examples=30)
KINDS: list[tuple[BoardKind, str]] = [
    ("display", "hall"),
    ("display", "up"),
    ("counter", "1"),
    ("counter", "4"),
    ("supervisor", ""),
    ("desk", ""),
    ("roster", ""),
    ("line", "pass"),
    ("announcer", "hall"),
    ("printer", "paper"),
    ("kiosk", "entrance"),
    ("kiosk", "side"),
    ("station", "cash"),
]
REMEMBERED = ("lines", "acts", "slot_days", "capacity")
"""Parts that are compared in another way, or not at all: what is remembered of days that somebody asked about."""
STAFF = ("counter", "supervisor", "desk")
ANNA = Actor(role="clerk", principal="token:clerk", holder="token:clerk")


def everything(state: State) -> dict[str, Any]:
    """A state as plain values, with its derived parts."""
    plain = {name: value for name, value in vars(state).items() if name not in REMEMBERED}
    plain["acts"] = {key: [getattr(act, name) for name in act.__slots__] for key, act in state.acts.items()}
    plain["where"] = {ticket: (place, key) for ticket, (_, place, key) in state.lines.where.items()}
    plain["lines"] = {key: line.places for key, line in state.lines.lines.items()}
    plain["bound"] = {counter: places for counter, places in state.lines.bound.items() if places}
    plain["later"] = state.lines.later
    return plain


def differing(one: State, other: State) -> list[str]:
    """The names of the parts in which two states differ."""
    mine, theirs = everything(one), everything(other)
    return [f"state.{name}: {mine[name]!r} is not {theirs[name]!r}" for name in mine if mine[name] != theirs[name]]


def boards(state: State, now: int) -> list[Part]:
    """Every board of the office, seen by a principal who has pressed."""
    shown = [board(state, kind, id, now, Sight(actor=ANNA)) for kind, id in KINDS]
    shown += [board(state, "ticket", ticket, now) for ticket in state.tickets]
    return [one for one in shown if isinstance(one, Part)]


def alerted(state: State, now: int) -> tuple[Part, ...]:
    """What alerts say, and the office's row on the table of all offices."""
    alerts = sorted((one.alert(0) for one in conditions(state, now, Sight()).values()), key=rank)
    return office_row(Sheet(state, now), tuple(alerts)), *alerts


def overdue(room: Room) -> list[str]:
    """What is still there after its end time. That is nothing, if the node looked at its clock while the day was open."""
    state, now = room.state, room.now
    ends = {
        **{f"closed {s.id}": s.until for s in state.services.values() if s.closed},
        **{f"boost {s.id}": s.boost_until for s in state.services.values() if s.boost},
        **{f"counter {n.id}": n.assignment.until for n in state.counters.values() if n.assignment},
        **{f"message {m.id}": m.until for m in state.messages.values()},
        **{f"set {m.key}": m.until for m in state.moves.values()},
        **{f"silence {zone}": until for zone, until in state.silences.items()},
        **{f"helper {one.id}": one.until for one in state.helpers.values()},
        "policy": state.preset_until,
    }
    return [name for name, until in ends.items() if until is not None and until <= now and state.day is not None]


@pytest.mark.no_cover
@few
@given(seeds)
def test_nothing_outlives_its_end_and_every_checkpoint_is_small(live: Live, seed: int) -> None:
    """Whatever people press, with days closed and opened and files changed in between."""

    def look(room: Room) -> None:
        room.tick()
        assert overdue(room) == []

    room = live(seed, 120, look)
    room.after(26 * HOUR)
    assert overdue(room) == []
    assert max(len(encode(event)) for _, _, event in room.entries) < 256 * 1024


@pytest.mark.no_cover
@few
@given(seeds)
def test_no_press_raises_and_every_state_is_one_that_can_be(live: Live, seed: int) -> None:
    """`Room.check` looks at every state: numbers in use are unique, counter and ticket agree, waiting tickets are in a line.

    All boards are drawn of one state in four: that takes longer than everything else in this folder.
    """

    def look(room: Room) -> None:
        if room.state.seq % 4 == 0:
            boards(room.state, room.now)

    live(seed, 150, look)


@pytest.mark.no_cover
@few
@given(seeds)
def test_a_fold_anywhere_gives_the_same_state(live: Live, seed: int) -> None:
    room = live(seed, 100)

    again = room.refold()

    assert differing(again, room.state) == []
    assert boards(again, room.now) == boards(room.state, room.now)
    assert alerted(again, room.now) == alerted(room.state, room.now)


@pytest.mark.no_cover
@few
@given(seeds, st.integers(0, 99))
def test_snapshot_and_events_are_a_fresh_fold(live: Live, seed: int, cut: int) -> None:
    kept: list[bytes] = []
    room = live(seed, 100, lambda room: kept.append(freeze(room.state)))

    state = thaw(kept[cut])
    assert state is not None
    for seq, mark, event in room.entries[state.seq :]:
        evolve(state, event, seq, mark)

    assert differing(state, room.state) == []
    assert boards(state, room.now) == boards(room.state, room.now)
    assert alerted(state, room.now) == alerted(room.state, room.now)


@pytest.mark.no_cover
@few
@given(seeds, st.booleans())
def test_a_fold_may_start_at_the_newest_day_opened(live: Live, seed: int, over_night: bool) -> None:
    """A log that is trimmed there folds to the same state and boards as the whole one."""
    room = live(seed, 60)
    if over_night:
        room.sleep(14 * HOUR).tick()
    room.press(c.CloseDay(force=True), room.supervisor)
    room.press(c.OpenDay(), room.supervisor)
    room.ticket("pass")
    start = max(at for at, (_, _, event) in enumerate(room.entries) if isinstance(event, DayOpened))

    trimmed = room.refold(room.entries[start:])

    assert differing(trimmed, room.state) == []
    assert boards(trimmed, room.now) == boards(room.state, room.now)


@pytest.mark.no_cover
@few
@given(seeds, seeds)
def test_a_copy_runs_ahead_and_leaves_the_first_alone(
    live: Live, make_life: Callable[[Room, int], Life], seed: int, other: int
) -> None:
    room = live(seed, 60)
    before, frozen = everything(room.state.copy()), freeze(room.state)
    assert before == everything(room.state)
    first = room.state
    assume(first.day is not None)  # a second life begins on an open day

    room.state = first.copy()
    make_life(room, other).live(60)

    assert everything(first) == before
    assert freeze(first) == frozen


@pytest.mark.no_cover
@few
@given(seeds, st.sampled_from(["balanced", "punctual"]))
def test_between_two_instants_of_next_change_no_board_differs(live: Live, seed: int, preset: str) -> None:
    """A page that is updated at those instants never shows something that time has made wrong."""
    room = live(seed, 60, preset=preset)
    now = room.now
    for _ in range(12):
        due = next_change(room.state, now)
        if due is None:
            break
        assert due > now
        shown = boards(room.state, now)
        for at in (now + (due - now) // 3, now + 2 * (due - now) // 3, due - 1):
            if now < at < due:
                assert boards(room.state, at) == shown
        now = due


@pytest.mark.no_cover
@few
@given(seeds, st.sampled_from(["balanced", "punctual"]))
def test_an_instant_changes_only_the_boards_it_names(live: Live, seed: int, preset: str) -> None:
    """So all others need not be made again: a board that differs is of these kinds, or it offered to undo a press."""
    room = live(seed, 60, preset=preset)
    now = room.now
    for _ in range(12):
        due = next_change(room.state, now)
        if due is None:
            break
        before, after = boards(room.state, now), boards(room.state, due)
        kinds, ended = changed_between(room.state, now, due)
        views = [*KINDS, *(("ticket", ticket) for ticket in room.state.tickets)]
        for (kind, id), shown, later in zip(views, before, after, strict=True):
            mine = kind in STAFF and any(one.concerns(kind, id, ANNA.principal) for one in ended)
            assert shown == later or kind in kinds or mine, (kind, due - now)
        now = due


def sent(sheet: Sheet, counter: str, sight: Sight) -> bytes:
    """A counter's board as push sends it, joined of its pieces."""
    found = said(sheet, counter, sight)
    assert found is not None
    return b"".join(found.pieces)


@pytest.mark.no_cover
@few
@given(seeds)
def test_boards_that_share_a_sheet_are_those_drawn_alone_byte_for_byte(live: Live, seed: int) -> None:
    room = live(seed, 80)
    for after in (0, 10 * MINUTE, HOUR):
        sheet = Sheet(room.state, room.now + after)
        for sight in (Sight(actor=ANNA), Sight(actor=room.anna), Sight()):
            for kind, id in [*KINDS, ("counter", "2"), ("counter", "3")]:
                alone = board(room.state, kind, id, room.now + after, sight)
                shared = drawn(sheet, kind, id, sight)
                assert isinstance(shared, Part)
                assert sheet.encode(shared) == encode(alone)
                assert kind != "counter" or sent(sheet, id, sight) == encode(alone)


@few
@given(seeds)
def test_what_lasts_from_sheet_to_sheet_is_as_if_made_anew(live: Live, seed: int) -> None:
    """Whatever is pressed between them, at any counter, and whoever looks."""
    last: list[Sheet] = []

    def look(room: Room) -> None:
        last[:] = [Sheet(room.state, room.now, None, last[0] if last else None)]
        for actor in (ANNA, room.anna, room.supervisor):
            for counter in ("1", "2"):
                shown = drawn(last[0], "counter", counter, Sight(actor=actor))
                assert isinstance(shown, Part)
                alone = board(room.state, "counter", counter, room.now, Sight(actor=actor))
                assert last[0].encode(shown) == encode(alone)
                assert sent(last[0], counter, Sight(actor=actor)) == encode(alone)

    live(seed, 60, look)


def test_nothing_changes_by_itself_before_there_is_an_office() -> None:
    assert next_change(State(), 0) is None
    assert changed_between(State(), 0, 1) == (frozenset(), ())


def test_a_snapshot_of_another_format_or_a_broken_one_is_thrown_away(room: Room) -> None:
    blob = freeze(room.state)

    assert thaw(blob) is not None
    assert thaw(blob[:-3]) is None
    assert thaw(b"") is None
    assert thaw(bytes([blob[0], blob[1], blob[2], 0x7F]) + blob[4:]) is None
