"""The questions of a node to its worker, and the answers, as MessagePack. It does not use NumPy: the node imports it too."""

from msgspec import Struct

from server.forecast.model import Model
from server.messages.terms import Category, Need

AGAIN_MS = 10_000
"""Without new entries a forecast is made every this many ms."""


class Ask(Struct, array_like=True, frozen=True):
    """Asks for the waits of an office after entry `seq` with this mark, at the instant `now`. `store`: the URL of the log.
    Without `model` nothing was learned yet. `why`: also who waits longer than told because counters are missing, which may
    take a second simulation. Without an office the question is only whether the worker is there."""

    store: str = ""
    office: str = ""
    seq: int = 0
    mark: str = ""
    now: int = 0
    model: Model | None = None
    why: bool = False


class Range(Struct, array_like=True, frozen=True):
    """Remaining minutes, as shown and before they were rounded outward. `p05`: one in twenty waits less than this."""

    low: int
    median: int
    high: int
    p10: float
    p90: float
    p05: float = 0.0


class Forecasted(Struct, array_like=True, frozen=True):
    """The answer. `reached`: the chance that a ticket drawn now is still served today; `minutes`: how long a visit takes,
    by service; `fewer`: tickets that wait longer than they were told because counters are missing (None if that was not
    asked). `others`: the wait of a ticket drawn now for several services, or with needs; `booked`: of an appointment that
    checks in now; `late`: tickets that may not be served today any more."""

    seq: int
    now: int
    model: str
    learning: bool
    tickets: dict[str, Range]
    drawn: list[tuple[str, Category, Range]]
    reached: dict[str, float]
    minutes: dict[str, float]
    fewer: list[str] | None = None
    others: list[tuple[tuple[str, ...], Category, tuple[Need, ...], Range]] = []
    booked: dict[str, Range] = {}
    late: list[str] = []


def instant(at: int, now: int) -> int:
    """The instant for which a forecast is made: that of the last entry (`at`), then every 10 s after it. So all nodes use
    the same."""
    return at + max(0, now - at) // AGAIN_MS * AGAIN_MS
