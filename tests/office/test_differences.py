"""A key of the office file has an effect if two lives that differ only in this key differ in an event or on a board."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.instants import MINUTE
from server.messages.office import Calls, Office, Policy
from tests.office.life import Life
from tests.office.room import Room, small_office
from tests.office.test_golden_log import picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.messages.events import Event

PRESSES = 260
EVERY = 5
"""Boards are compared after this number of presses."""
CHANGED: dict[str, Any] = {
    "calls.recall_limit": 0, "calls.recall_pause": 1, "calls.stay_after_start": 3_000, "calls.withdrawn": 3_000,
    "calls.missed_shown": 1, "calls.grace": 5, "calls.fresh": 3_000, "calls.hide_after": 7,
    "policy.preset": "punctual", "policy.arrival": "assumed", "policy.picking": False,
    "policy.away_most_minutes": 1, "policy.language_within": 0,
}  # fmt: skip
"""Another value for each key."""
ELSEWHERE = {
    "calls.repeat_after": "counts by the clock: test_voices_board.py",
    "policy.arrival_after": "counts with `arrival = assumed` only: test_timed_changes",
    "policy.away_minutes": "counts where a press says no minutes, and this life always does: tried below",
    "policy.appointment_before": "test_file_differences.py, where people have appointments",
    "policy.appointment_early": "tried below",
    "policy.appointment_late": "test_file_differences.py",
    "policy.close_intake": "counts where a forecast is handed in: test_standing.py",
    "policy.no_show_after": "test_file_differences.py",
    "policy.presets": "test_file_differences.py",
    "policy.way_back": "counts where a forecast is handed in: tests/promises/test_shown.py",
}
"""Why a key is not in the list above."""
SEEDS = range(1, 30)
"""So many lives are compared only for a key that hardly ever matters: the first one that differs is enough."""


class Differs(Exception):
    """The two lives differ: the second need not be lived to its end."""


def live(office: Office, seed: int, see: Callable[[Any], None]) -> None:
    """`see` is told what happens, press by press, and sometimes what boards show; the file itself does not count as an effect."""
    known = presses = 0

    def look(room: Room) -> None:
        nonlocal known, presses
        see([_told(event) for _, _, event in room.entries[known:] if not isinstance(event, e.OfficeConfigured)])
        known, presses = len(room.entries), presses + 1
        if presses % EVERY == 0:
            see(msgspec.json.encode(picture(room.state, room.now)["boards"]))

    room = Room(office)
    room.press(c.ConfigureOffice(office=office), SYSTEM)
    room.press(c.OpenDay(), SYSTEM)
    Life(room, seed).live(PRESSES, look)


def _told(event: Event) -> bytes:
    return msgspec.json.encode(replace(event, office=None) if isinstance(event, e.DayOpened) else event)


@cache
def as_it_is(seed: int) -> tuple[Any, ...]:
    seen: list[Any] = []
    live(small_office(), seed, seen.append)
    return tuple(seen)


def differs(office: Office, seed: int) -> bool:
    """Whether a life with this file differs from the usual one. It is lived only until a difference is seen."""
    known = iter(as_it_is(seed))

    def see(what: object) -> None:
        if next(known) != what:
            raise Differs

    try:
        live(office, seed, see)
    except Differs:
        return True
    return False


def changed(key: str) -> Office:
    table, _, name = key.partition(".")
    office = small_office()
    return replace(office, **{table: replace(getattr(office, table), **{name: CHANGED[key]})})


@pytest.mark.parametrize("key", CHANGED)
def test_a_life_differs_by_this_key_alone(key: str) -> None:
    assert any(differs(changed(key), seed) for seed in SEEDS), f"{key} changes nothing"


def test_every_key_of_calls_and_policy_is_tried_or_says_where() -> None:
    keys = {f"calls.{name}" for name in Calls.__struct_fields__} | {
        f"policy.{name}" for name in Policy.__struct_fields__
    }

    assert keys - {*ELSEWHERE} == {*CHANGED}
    assert not {*ELSEWHERE} & {*CHANGED}


def test_a_life_that_differs_in_nothing_is_the_same() -> None:
    assert not differs(small_office(), 1)


@pytest.mark.parametrize("minutes", [1, 20])
def test_a_pause_without_minutes_takes_those_of_the_file(make_room: Callable[..., Room], minutes: int) -> None:
    room = make_room(away_minutes=minutes)
    ticket = room.ticket()
    room.press(c.PauseTicket(ticket=ticket), room.desk)

    assert room.of(ticket).away_until == room.now + minutes * MINUTE


@pytest.mark.parametrize(("early", "called"), [(60, False), (1_200, True)])
def test_who_came_early_is_called_as_early_as_the_file_says(
    make_room: Callable[..., Room], early: int, called: bool
) -> None:
    room = make_room(appointment_early=early).open("1")
    room.does(c.CheckIn(code=room.book(room.now + 10 * MINUTE)), room.kiosk)

    assert (room.call("1") is not None) == called


@pytest.mark.parametrize(("limit", "called"), [(900, False), (60, True)])
def test_a_returned_ticket_is_kept_for_its_counter_as_long_as_the_file_says(
    make_room: Callable[..., Room], limit: int, called: bool
) -> None:
    (booth, *others) = small_office().stations
    room = make_room(stations=(replace(booth, limit=limit), *others)).open("1", "2")
    ticket = room.ticket("pass")
    room.serve("1")
    room.does(c.SendToStation(counter="1", station="booth"))
    room.serve("booth", room.booth)
    room.does(c.FinishService(counter="booth"), room.booth)
    room.after(5 * MINUTE)

    assert room.call("2") == (ticket if called else None)
