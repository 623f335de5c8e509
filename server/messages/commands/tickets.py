"""Commands about a ticket: issue, print, pause, return, move, change, cancel."""

from typing import Annotated

from msgspec import Meta

from server.messages.commands.command import AsSeen, Boost, Command, DateTime, Ids, Minutes, Needs, Some
from server.messages.terms import Category, Id, Language, OneLine, Persons, Quantities, Reason
from server.messages.value import Value


class IssueTicket(Command):
    """Draws a ticket for these services. `quantities`: how many of a service, where it is more than one. `printer`: prints it
    there at once; `kiosk`: the kiosk at which it is drawn."""

    services: Ids
    category: Category = "walk_in"
    needs: Needs = ()
    persons: Persons = 1
    quantities: Quantities = {}
    language: Language | None = None
    printer: Id | None = None
    kiosk: Id | None = None


class PrintTicket(Command):
    """Prints a ticket again. Without `printer`: at that of the kiosk that asks, else of the one that issued it. A kiosk prints at
    its own printer only."""

    ticket: Id
    printer: Id | None = None


class HandedIn(Value, forbid_unknown_fields=True):
    """One ticket that a kiosk issued while it was cut off from the server. `service`: whose number it is; `also`: further
    services on it. The rest as `issue_ticket` has it."""

    number: Annotated[OneLine, Meta(min_length=1, max_length=12)]
    service: Id
    issued_at: DateTime
    language: Language | None = None
    also: Annotated[tuple[Id, ...], Meta(max_length=20)] = ()
    needs: Needs = ()
    persons: Persons = 1
    quantities: Quantities = {}


class HandInTickets(Command):
    """Hands in tickets that a kiosk issued from its leased numbers while it was cut off, in the order of issue. Each is taken
    over by itself: the answer names those that were not, and why."""

    lease: Id
    tickets: Annotated[tuple[HandedIn, ...], Meta(min_length=1, max_length=200)]


class CancelTicket(Command):
    """Ends a visit without service: the citizen does not want to wait any longer, or staff end it."""

    ticket: Id
    reason: Reason | None = None


class TransferTicket(Command):
    """Passes a ticket on.

    `from_service`: the service that `to_service` replaces; absent: the one its counter serves, or the first.
    """

    ticket: Id
    to_service: Id | None = None
    to_counter: Id | None = None
    not_before: DateTime | None = None
    from_service: Id | None = None


class ReturnTicket(Command):
    """Brings back somebody who is away or was missed: they wait again and keep their place."""

    ticket: Id


class PauseTicket(Command):
    """Somebody who waits goes away for a while and keeps their place; they are not called meanwhile. Without `minutes`: as
    long as the office file says."""

    ticket: Id
    minutes: Minutes | None = None


class SetServices(Command):
    """Replaces the services that a ticket wants."""

    ticket: Id
    services: Ids


class SetCategory(Command):
    """Changes the category of a ticket, for example to priority."""

    ticket: Id
    category: Category


class SetNeeds(Command):
    """Replaces the needs of a ticket, for example that its counter is reached without steps."""

    ticket: Id
    needs: Needs


class BoostTicket(AsSeen):
    """Lets a ticket count as if it had waited this many minutes longer."""

    ticket: Id
    minutes: Boost


class MoveTickets(AsSeen):
    """Moves tickets to another service.

    `from_service`: the service that `to_service` replaces; absent: the first that each ticket wants.
    """

    tickets: Some
    to_service: Id
    from_service: Id | None = None
