"""Commands about slots and appointments, up to the check-in."""

from server.messages.commands.command import Code, Command, DateTime, Ids
from server.messages.terms import Id, Language, Persons


class HoldSlot(Command):
    services: Ids
    start: DateTime


class ReleaseSlot(Command):
    hold: Id


class BookAppointment(Command):
    services: Ids
    start: DateTime
    hold: Id | None = None
    persons: Persons = 1
    language: Language | None = None
    reference: Id | None = None


class MoveAppointment(Command):
    appointment: Id
    start: DateTime


class CancelAppointment(Command):
    appointment: Id


class CheckIn(Command):
    code: Code
