"""What a model is learned from: visits of finished days, and promises beside what happened. Plain values, without NumPy."""

from server.messages.facts import Fact


class Visit(Fact):
    """One row of the past, minutes since midnight. `slot` for appointments; no `called`: it never came.

    `mixed`: how long it took says nothing of the service: several at once, or with something between.
    """

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


class Kept(Fact):
    """A promise beside what happened, in minutes of wait from its making. Quantiles as simulated, before any stretch."""

    p10: float
    p50: float
    p90: float
    happened: float


Break = tuple[str, str, float, float]
"""A planned break: day, counter, from and to in minutes since midnight."""
