"""How much time of a day can be sold: by hour, for all services together and for each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from server.messages import commands as c
from server.messages.office import Appointments
from server.office.boards import offered

if TYPE_CHECKING:
    from tests.office.room import Make


def test_the_time_that_roster_and_share_leave(make_room: Make) -> None:
    """Two counters on duty for an hour and a half, half of it kept for walk-ins; only one of them serves cars."""
    room = make_room(appointments=Appointments(walk_in_percent=50))
    duty = tuple(c.DutySpan(counter=one, from_="08:00", to="09:30") for one in ("2", "3"))
    room.does(c.SetRoster(day="2026-11-24", duty=duty), room.supervisor)
    found = offered(room.state, room.now, date(2026, 11, 24))

    assert (found[8, ""], found[9, ""]) == (60, 30)
    assert (found[8, "car"], found[9, "car"]) == (30, 15)
    assert (10, "") not in found
    assert all(minutes > 0 for minutes in found.values())
