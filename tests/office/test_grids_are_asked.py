"""Every command that staff may press is in a grid, and every row of a grid is asked in `tests/office/test_may.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.messages.rights import COMMANDS as RIGHTS
from server.messages.rights import STAFF
from server.office import grid, office_grid
from tests.office.test_may import at_counter, of_office, of_service, of_ticket

if TYPE_CHECKING:
    from tests.office.room import Room

NOT_ON_BOARDS = {
    "hold_slot", "release_slot", "book_appointment", "move_appointment", "cancel_appointment",
    "report_print", "lease_numbers", "hand_in_tickets", "lay_setting", "take_back_setting",
}  # fmt: skip
"""Bookings are known by their own code or link, and no board of staff lists them. Settings are given by a page of
administrators, which is no board. Devices press the others."""


def test_every_command_that_staff_may_press_is_in_a_grid() -> None:
    """So a board says when it would be accepted, and no page has to guess."""
    pressed = {name for name, roles in RIGHTS.items() if roles & STAFF and roles > {"system"}}
    grids = grid.FROM.keys() | grid.AT.keys() | office_grid.OF_SERVICE | {"undo"}
    grids |= office_grid.ANY_TIME.keys() | office_grid.BY_DAY.keys()

    missing = sorted(pressed - NOT_ON_BOARDS - grids)

    assert not missing, f"server/office/grid.py or office_grid.py: say when {', '.join(missing)} would be accepted"
    assert grids <= pressed


def test_every_row_of_a_grid_is_asked(room: Room) -> None:
    """Otherwise a board could offer a command that is refused, and no test would fail."""
    state, ticket = room.state, room.ticket("pass")
    by_itself = {
        "call_ticket",
        "resume_ticket",
        "send_to_station",
    }  # of two things: asked in `at_one_counter`, `of_one_counter`
    asked = {
        "of_office": (of_office(state), office_grid.ANY_TIME.keys() | office_grid.BY_DAY.keys()),
        "of_service": (of_service("pass"), office_grid.OF_SERVICE),
        "of_ticket": (of_ticket(state, ticket), grid.FROM.keys() - by_itself),
        "at_counter": (at_counter(state, "1"), grid.AT.keys() - by_itself),
    }
    missing = [
        f"tests/office/test_may.py: ask {name} in {where}"
        for where, (made, rows) in asked.items()
        for name in sorted(rows - made.keys())
    ]

    assert not missing, missing
