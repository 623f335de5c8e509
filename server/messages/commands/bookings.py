"""Commands about slots and appointments, up to the check-in."""

from server.messages.commands.command import Code, Command, Ids, Instant
from server.messages.terms import Id, Language, Persons


class HoldSlot(Command):
    services: Ids
    start: Instant


class ReleaseSlot(Command):
    hold: Id


class BookAppointment(Command):
    services: Ids
    start: Instant
    hold: Id | None = None
    persons: Persons = 1
    language: Language | None = None
    reference: Id | None = None


class MoveAppointment(Command):
    appointment: Id
    start: Instant


class CancelAppointment(Command):
    appointment: Id


class CheckIn(Command):
    code: Code
