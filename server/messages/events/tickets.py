"""What became of a ticket: issued, printed, paused, returned, moved, changed, over."""

from server.messages import facts
from server.messages.events.event import Event, OfTicket
from server.messages.terms import Category, Millis, Need


class TicketIssued(OfTicket):
    """`ahead`: people before it at issue; `ordinal`: how far its number range is used (None: a number lent before).

    `told`: what was promised then; `expected_reason`: why nothing could be.
    """

    services: tuple[str, ...]
    ordinal: int | None = None
    category: Category = "walk_in"
    needs: tuple[Need, ...] = ()
    persons: int = 1
    language: str | None = None
    kiosk: str | None = None
    reference: Millis | None = None
    slot: Millis | None = None
    appointment: str | None = None
    ahead: int = 0
    not_before: Millis | None = None
    counted: bool = False
    told: facts.Told | None = None
    expected_reason: str | None = None


class TicketReturned(OfTicket):
    """`not_before`: a pause does not end what else keeps it from being called. `anew`: its place counts from now."""

    reference: Millis
    not_before: Millis | None = None
    anew: bool = False


class TicketPaused(OfTicket):
    away_until: Millis


class TicketTransferred(OfTicket):
    services: tuple[str, ...]
    to_service: str | None = None
    to_counter: str | None = None
    not_before: Millis | None = None


class TicketCancelled(OfTicket):
    reason: str | None = None


class TicketExpired(OfTicket):
    pass


class ServicesSet(OfTicket):
    services: tuple[str, ...]


class CategorySet(OfTicket):
    category: Category


class NeedsSet(OfTicket):
    needs: tuple[Need, ...]


class TicketBoosted(OfTicket):
    minutes: int


class TicketsMoved(Event):
    """`wants`: what each of them wants by then; the first release said only where to."""

    tickets: tuple[str, ...]
    numbers: tuple[str, ...]
    to_service: str
    wants: tuple[tuple[str, ...], ...] = ()

    def wanted(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each ticket with the services it wants by then."""
        return tuple(zip(self.tickets, self.wants or ((self.to_service,),) * len(self.tickets), strict=True))
