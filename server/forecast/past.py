"""What a model is learned from: visits of finished days, and promises beside what happened. Plain values, without NumPy."""

from server.messages.facts import Fact


class Visit(Fact):
    """One visit of the past, in minutes since midnight. `slot`: of an appointment. Without `called` it was never called.
    `mixed`: its length says nothing about the service, because it was for several services, or something came between.
    `times`: how much longer it is expected to take than one of its service, because it was for several of it."""

    day: str
    service: str
    category: str
    issued: float | None = None
    called: float | None = None
    ended: float | None = None
    counter: str = ""
    absent: bool = False
    slot: float | None = None
    mixed: bool = False
    times: float = 1.0


class Kept(Fact):
    """A promise and what happened, in minutes of wait from the moment it was made. Quantiles as simulated, before any
    stretch."""

    p10: float
    p50: float
    p90: float
    happened: float


Break = tuple[str, str, float, float]
"""A planned break: day, counter, from and to in minutes since midnight."""
