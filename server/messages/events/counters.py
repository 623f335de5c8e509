"""What happened to a counter, and to the ticket that it called and served."""

from server.messages import facts
from server.messages.events.event import Event, OfTicket
from server.messages.terms import DirectChannel, Millis, Phrase, ServiceOutcome, TicketState


class DirectServiceStarted(OfTicket):
    counter: str
    services: tuple[str, ...]
    ordinal: int
    persons: int = 1
    channel: DirectChannel = "counter"


class PhraseShown(OfTicket):
    counter: str
    phrase: Phrase | None = None


class TicketCalled(OfTicket):
    counter: str
    why: facts.Why
    attempt: int = 1
    services: tuple[str, ...] = ()


class CallRepeated(OfTicket):
    counter: str
    attempt: int


class CallWithdrawn(OfTicket):
    """`to`: the state from before the call: waiting, or away or missed again."""

    counter: str
    to: TicketState = "waiting"
    away_until: Millis | None = None


class ServiceStarted(OfTicket):
    counter: str


class ServiceFinished(OfTicket):
    """`next`: the services for which it goes on waiting; empty: the visit is over."""

    counter: str
    outcome: ServiceOutcome
    services_done: tuple[str, ...]
    next: tuple[str, ...] = ()
    back_to: str | None = None
    back_until: Millis | None = None


class TicketMissed(OfTicket):
    """`again_at`: when it may be called again; null if it may not."""

    counter: str
    again_at: Millis | None


class TicketParked(OfTicket):
    counter: str


class TicketResumed(OfTicket):
    counter: str


class TicketSentToStation(OfTicket):
    """`until`: from when on any counter may take it, although the station has not called it."""

    counter: str
    station: str
    until: Millis | None = None


class CounterOpened(Event):
    counter: str
    services: tuple[str, ...]
    holder: str | None = None


class CounterTakenOver(Event):
    counter: str
    holder: str | None = None


class CounterPaused(Event):
    """`after_finish`: the pause begins when the ticket now served is finished."""

    counter: str
    reason: str | None = None
    back_at: Millis | None = None
    after_finish: bool = False


class WrapUpBegun(Event):
    counter: str


class CounterResumed(Event):
    counter: str


class CounterClosed(Event):
    """`unbound`: tickets that were kept for it and are now kept for none."""

    counter: str
    unbound: tuple[str, ...] = ()
