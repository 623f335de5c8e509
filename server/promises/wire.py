"""What a node asks its worker and what that answers, as MessagePack. Without NumPy: both sides read it."""

from msgspec import Struct

from server.forecast.model import Model
from server.messages.terms import Category

AGAIN_MS = 10_000
"""Without a new entry the forecast is made anew so often."""


class Ask(Struct, array_like=True, frozen=True):
    """The waits of an office as of entry `seq` with this mark, at `now`. `store`: the URL of the log. No `model`: a cold one.

    Without an office it is only asked whether the worker is there.
    """

    store: str = ""
    office: str = ""
    seq: int = 0
    mark: str = ""
    now: int = 0
    model: Model | None = None


class Range(Struct, array_like=True, frozen=True):
    """Minutes still to wait: as shown, and before that was rounded outward. `p05`: one in twenty waits less."""

    low: int
    median: int
    high: int
    p10: float
    p90: float
    p05: float = 0.0


class Forecasted(Struct, array_like=True, frozen=True):
    """The answer. `reached`: the chance that today still reaches who draws now; `minutes`: of a visit, by service."""

    seq: int
    now: int
    model: str
    learning: bool
    tickets: dict[str, Range]
    drawn: list[tuple[str, Category, Range]]
    reached: dict[str, float]
    minutes: dict[str, float]


def instant(at: int, now: int) -> int:
    """When a forecast of an entry of `at` is made: at that instant, then every 10 s after it."""
    return at + max(0, now - at) // AGAIN_MS * AGAIN_MS
