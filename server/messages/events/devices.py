"""What devices did: prints, lent numbers, help, silent alarms."""

from server.messages.events.event import Event, OfTicket
from server.messages.terms import Millis, PrintState


class PrintRequested(OfTicket):
    job: str
    printer: str


class PrintReported(OfTicket):
    job: str
    printer: str
    state: PrintState
    reason: str | None = None


class NumbersLeased(Event):
    lease: str
    blocks: tuple[tuple[str, int, int], ...]
    until: Millis
    letters: dict[str, str] = {}


class HelpRequested(Event):
    help: str
    device: str


class HelpAccepted(Event):
    help: str


class AlarmRaised(Event):
    counter: str | None = None


class AlarmAccepted(Event):
    counter: str | None = None
    place: str = "desk"


class AlarmEnded(Event):
    counter: str | None = None
