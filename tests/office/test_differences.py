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
    "policy.arrival_after": "counts with `arrival = assumed` only: test_timed_changes",
    "policy.away_minutes": "counts where a press says no minutes, and this life always does: tried below",
    "policy.appointment_before": "for appointments",
    "policy.appointment_early": "for appointments",
    "policy.appointment_late": "for appointments",
    "policy.no_show_after": "for appointments",
    "policy.presets": "test_order_of_call",
    "policy.way_back": "counts where a forecast is handed in: tests/promises/test_shown.py",
}
"""Why a key is not in the list above."""
SEEDS = (1, 2, 3, 4)


def lived(office: Office, seed: int) -> tuple[Any, ...]:
    """What happens, press by press, and sometimes what the boards show; the file itself does not count as an effect."""
    seen: list[Any] = []
    known = 0

    def look(room: Room) -> None:
        nonlocal known
        seen.append([_told(event) for _, _, event in room.entries[known:] if not isinstance(event, e.OfficeConfigured)])
        known = len(room.entries)
        if len(seen) % EVERY == 0:
            seen.append(msgspec.json.encode(picture(room.state, room.now)["boards"]))

    room = Room(office)
    room.press(c.ConfigureOffice(office=office), SYSTEM)
    room.press(c.OpenDay(), SYSTEM)
    Life(room, seed).live(PRESSES, look)
    return tuple(seen)


def _told(event: Event) -> bytes:
    return msgspec.json.encode(replace(event, office=None) if isinstance(event, e.DayOpened) else event)


@cache
def as_it_is(seed: int) -> tuple[Any, ...]:
    return lived(small_office(), seed)


def changed(key: str) -> Office:
    table, _, name = key.partition(".")
    office = small_office()
    return replace(office, **{table: replace(getattr(office, table), **{name: CHANGED[key]})})


@pytest.mark.parametrize("key", CHANGED)
def test_a_life_differs_by_this_key_alone(key: str) -> None:
    assert any(lived(changed(key), seed) != as_it_is(seed) for seed in SEEDS), f"{key} changes nothing"


def test_every_key_of_calls_and_policy_is_tried_or_says_where() -> None:
    keys = {f"calls.{name}" for name in Calls.__struct_fields__} | {
        f"policy.{name}" for name in Policy.__struct_fields__
    }

    assert keys - {*ELSEWHERE} == {*CHANGED}
    assert not {*ELSEWHERE} & {*CHANGED}


def test_a_life_that_differs_in_nothing_is_the_same() -> None:
    assert lived(small_office(), 1) == as_it_is(1)


@pytest.mark.parametrize("minutes", [1, 20])
def test_a_pause_without_minutes_takes_those_of_the_file(make_room: Callable[..., Room], minutes: int) -> None:
    room = make_room(away_minutes=minutes)
    ticket = room.ticket()
    room.press(c.PauseTicket(ticket=ticket), room.desk)

    assert room.of(ticket).away_until == room.now + minutes * 60_000
