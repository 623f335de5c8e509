"""What `GET slots` answers: when an appointment can begin; and an appointment as its own link shows it."""

from server.messages.value import Value


class DaySlots(Value):
    """When a visit can begin on one day, in order."""

    day: str
    starts: tuple[str, ...]


class FreeSlots(Value):
    """Free slots of a visit, which takes so many minutes. A day without any is not listed."""

    at: str
    services: tuple[str, ...]
    persons: int
    minutes: int
    days: tuple[DaySlots, ...]


class BookedVisit(Value):
    """An appointment, for whoever has its link or booked it. `code`: for the check-in; `secret`: of the link; `may`: the commands
    that the link can send now."""

    id: str
    office: str
    code: str
    secret: str
    start: str
    minutes: int
    services: tuple[str, ...]
    persons: int
    language: str | None
    reference: str | None
    may: tuple[str, ...]
