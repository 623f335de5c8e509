"""What happened to a ticket: issued, printed, paused, returned, moved, changed, ended."""

from server.messages import facts
from server.messages.events.event import Event, OfTicket
from server.messages.terms import Category, Millis, Need


class TicketIssued(OfTicket):
    """`ahead`: people before it at issue; `ordinal`: how far its number range is used (None: a number lent earlier).

    `quantities`: by service, how many, where it is more than one. `told`: the wait promised at issue; `expected_reason`: why
    none was promised.
    """

    services: tuple[str, ...]
    ordinal: int | None = None
    category: Category = "walk_in"
    needs: tuple[Need, ...] = ()
    persons: int = 1
    quantities: dict[str, int] = {}
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

    @property
    def issued_at(self) -> Millis:
        """When the citizen began to wait: a kiosk may hand a ticket in later. The slot of an appointment is no such instant."""
        if self.reference is None or self.appointment is not None:
            return self.at
        return min(self.at, self.reference)


class TicketReturned(OfTicket):
    """`not_before`: if it is still to come, a return does not end it. `anew`: its place counts from now."""

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
    """`wants`: the services of each ticket after the move; the first release wrote only `to_service`."""

    tickets: tuple[str, ...]
    numbers: tuple[str, ...]
    to_service: str
    wants: tuple[tuple[str, ...], ...] = ()

    def wanted(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each ticket with its services after the move."""
        return tuple(zip(self.tickets, self.wants or ((self.to_service,),) * len(self.tickets), strict=True))
