"""Commands about slots and appointments, up to the check-in."""

from typing import Annotated

from msgspec import Meta

from server.messages.commands.command import Code, Command, DateTime, Ids
from server.messages.terms import Id, Language, Persons


class HoldSlot(Command):
    """Keeps a slot free for ten minutes while somebody fills in a form; a slot that is offered to somebody, for thirty."""

    services: Ids
    start: DateTime
    persons: Persons = 1
    minutes: Annotated[int, Meta(ge=1, le=30)] = 10


class ReleaseSlot(Command):
    """Gives back a slot that was held."""

    hold: Id


class BookAppointment(Command):
    """Books an appointment. `hold`: the slot was held before; `reference`: the booking's id in the caller's own system."""

    services: Ids
    start: DateTime
    hold: Id | None = None
    persons: Persons = 1
    language: Language | None = None
    reference: Id | None = None


class MoveAppointment(Command):
    """Moves an appointment to another time."""

    appointment: Id
    start: DateTime


class CancelAppointment(Command):
    """Cancels an appointment."""

    appointment: Id


class CheckIn(Command):
    """Somebody with an appointment is here, and shows the code of the booking: they get a ticket."""

    code: Code
