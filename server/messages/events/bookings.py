"""What happened to slots and appointments."""

from server.messages import facts
from server.messages.events.event import Event, OfTicket
from server.messages.terms import Millis


class SlotHeld(Event):
    hold: str
    services: tuple[str, ...]
    start: Millis
    until: Millis
    persons: int = 1
    public: bool = False


class SlotReleased(Event):
    hold: str


class AppointmentBooked(Event):
    appointment: str
    code: str
    services: tuple[str, ...]
    start: Millis
    persons: int = 1
    language: str | None = None
    reference: str | None = None
    hold: str | None = None
    public: bool = False


class AppointmentMoved(Event):
    """`code` and `services` did not change; they are here for the answer, a fold does not need them."""

    appointment: str
    start: Millis
    code: str = ""
    services: tuple[str, ...] = ()


class AppointmentCancelled(Event):
    appointment: str


class AppointmentCheckedIn(OfTicket):
    appointment: str
    told: facts.Told | None = None


class AppointmentMissed(Event):
    appointment: str
