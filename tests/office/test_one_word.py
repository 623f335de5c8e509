"""One service has one word everywhere: on its office's table, on the table of all offices, and in the alerts."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.messages.boards import Expected, Trouble
from server.messages.instants import MINUTE
from server.office.boards import Sheet, Sight
from server.office.boards.alerts import conditions
from server.office.boards.offices import STATES, office_row
from server.office.waits import Drawn, Waits, kind_of
from tests.office.shown import shown

if TYPE_CHECKING:
    from tests.office.room import Room

Live = Callable[..., "Room"]


def guessed(room: Room, seed: int) -> Waits:
    """A wait for most services, around their target."""
    chance, drawn = random.Random(seed), {}
    for plan in room.state.office.services:
        low = max(0, plan.target_minutes + chance.choice((-30, -12, -4, 3, 20)))
        wait = Expected(low=low, median=low + 5, high=low + 10, at="", learning=False)
        if chance.random() < 0.8:
            drawn[kind_of(plan)] = Drawn(shown=wait, low=low, high=low + 10)
    return Waits(known=True, drawn=drawn)


def differences(room: Room, waits: Waits, now: int) -> Iterator[str]:
    room.now = now
    table = shown(room, "supervisor", "", Sight(actor=room.supervisor, waits=waits))
    lines = {one.id: one for one in table.services if not room.state.plans[one.id].retired}
    row = office_row(Sheet(room.state, now, waits), ())
    alerted = {
        one.place for one in conditions(room.state, now, Sight(waits=waits)).values() if one.code == "over_target"
    }
    words = {name: one.trouble.code for name, one in lines.items() if isinstance(one.trouble, Trouble)}
    assert words.keys() == lines.keys()
    if row.service is not None and row.state != words[row.service]:
        yield f"all offices say {row.state} of {row.service}, its own table {words[row.service]}"
    hurting = [words[name] for name, one in lines.items() if one.waiting and words[name] != "closed"]
    if any(STATES.index(word) < STATES.index(row.state) for word in hurting):
        yield f"all offices say {row.state}, though of its services {hurting} are true"
    for name, word in words.items():
        # people whose need nobody covers are the greater trouble, and the others wait too long all the same
        if (name in alerted) != (word == "over_target") and not (name in alerted and word == "needs"):
            yield f"{name}: {word}, alert {name in alerted}"


@pytest.mark.no_cover
@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_table_alerts_and_the_table_of_all_offices_agree_about_every_service(live: Live, seed: int) -> None:
    room = live(seed, 60)
    for after in (0, 5, 20, 40, 90):
        assert [*differences(room, guessed(room, seed + after), room.now + after * MINUTE)] == []
