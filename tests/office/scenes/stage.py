"""Where the scenes of commands are played: an office with two of everything, and what many scenes begin with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import MINUTE
from server.messages.office import Helper, Named, Printer
from tests.office.room import Room, instant, small_office

if TYPE_CHECKING:
    from collections.abc import Mapping

    from server.messages.actor import Actor
    from server.messages.office import Office

Scene = tuple["Actor", c.Command, "Mapping[str, Any]"]
"""Who presses what, and a second value for each field."""


def office() -> Office:
    made = small_office()
    two = (*made.printers, Printer(id="back", name="Hinten"))
    breaks = (*made.breaks, Named(id="team", names={"de": "Besprechung"}))
    helpers = (*made.helpers, Helper(id="porter", names={"de": "Pforte"}))
    return replace(made, printers=two, breaks=breaks, helpers=helpers)


def soon(room: Room, minutes: int = 10) -> datetime:
    return instant(room.now + minutes * MINUTE)


def two_tickets(room: Room, *services: str, **more: Any) -> tuple[str, str]:
    return room.ticket(*services, **more), room.ticket(*services, **more)
