"""What `GET slots` answers: when an appointment can begin."""

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
