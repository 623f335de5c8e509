"""Commands about a ticket: issue, print, pause, return, move, change, cancel."""

from typing import Annotated

from msgspec import Meta

from server.messages.commands.command import Boost, Command, DateTime, Ids, Minutes, Needs, Some
from server.messages.terms import Category, Id, Language, OneLine, Persons, Reason
from server.messages.value import Value


class IssueTicket(Command):
    services: Ids
    category: Category = "walk_in"
    needs: Needs = ()
    persons: Persons = 1
    language: Language | None = None
    printer: Id | None = None
    kiosk: Id | None = None


class PrintTicket(Command):
    ticket: Id
    printer: Id | None = None


class HandedIn(Value, forbid_unknown_fields=True):
    """One ticket that a kiosk issued while it was cut off from the server."""

    number: Annotated[OneLine, Meta(min_length=1, max_length=12)]
    service: Id
    issued_at: DateTime
    language: Language | None = None


class HandInTickets(Command):
    lease: Id
    tickets: Annotated[tuple[HandedIn, ...], Meta(min_length=1, max_length=200)]


class CancelTicket(Command):
    ticket: Id
    reason: Reason | None = None


class TransferTicket(Command):
    """`from_service`: the service that `to_service` replaces; absent: the one its counter serves, or the first."""

    ticket: Id
    to_service: Id | None = None
    to_counter: Id | None = None
    not_before: DateTime | None = None
    from_service: Id | None = None


class ReturnTicket(Command):
    ticket: Id


class PauseTicket(Command):
    ticket: Id
    minutes: Minutes | None = None


class SetServices(Command):
    ticket: Id
    services: Ids


class SetCategory(Command):
    ticket: Id
    category: Category


class SetNeeds(Command):
    ticket: Id
    needs: Needs


class BoostTicket(Command):
    ticket: Id
    minutes: Boost


class MoveTickets(Command):
    """`from_service`: the service that `to_service` replaces; absent: the first that each ticket wants."""

    tickets: Some
    to_service: Id
    from_service: Id | None = None
