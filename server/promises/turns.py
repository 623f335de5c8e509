"""When each office's next forecast is due: at most one run a second; one after new entries, else one every 10 s.

An office whose run failed pauses, each time twice as long; the others go on. All times are seconds of the monotonic clock.
"""

from typing import NamedTuple

from server.office.waits import Waits
from server.promises.wire import AGAIN_MS

LEAST_S = 1.0
"""The least seconds between the starts of two runs of an office."""
FRESH_S = 30.0
"""Seconds after which a forecast is too old to be shown."""
WHY_S = 10.0
"""The least seconds between two runs that also say why somebody waits longer."""
LOOKED_S = 600.0
"""Seconds for which an office is still forecast after somebody last asked for its waits or drew a ticket there."""
FIRST_REST_S, LONGEST_REST_S = 1.0, 60.0
SHORT_REST_S = 10.0
"""The most seconds until a failed run is tried again if the worker could say why it failed: the store may be back."""


class Wish(NamedTuple):
    """The forecast that an office needs now: as of this entry, at this instant; `next_s`: seconds until it needs another one."""

    seq: int
    mark: str
    now: int
    next_s: float = AGAIN_MS / 1000


class Turn:
    """One office: its last request, how that went, and what is shown."""

    def __init__(self) -> None:
        self.waits = Waits()
        self.looked = self.began = self.fresh_until = self._rests_until = self._why_again = float("-inf")
        self.wanted_since: float | None = None
        self.fault = ""
        self._asked: tuple[int, str, int] | None = None
        self._rest = FIRST_REST_S

    def due(self, wish: Wish, now: float) -> float:
        """When its next run may start."""
        due = now + wish.next_s if wish[:3] == self._asked else self.began + LEAST_S
        return max(due, self._rests_until)

    def asks_why(self, now: float) -> bool:
        """Whether the next run also says who waits longer because counters are missing. That may take twice as long."""
        if now < self._why_again:
            return False
        self._why_again = now + WHY_S
        return True

    def begins(self, wish: Wish, now: float) -> None:
        self._asked, self.began = wish[:3], now

    def failed(self, fault: str, now: float, *, said: bool) -> None:
        """Notes a failed run. `said`: the worker lives, and gave the reason."""
        self.fault, self._asked = fault, None
        self._rests_until = now + self._rest
        self._rest = min(2 * self._rest, SHORT_REST_S if said else LONGEST_REST_S)

    def takes(self, waits: Waits) -> None:
        self.waits, self.fresh_until = waits, self.began + FRESH_S
        self.fault, self._rest = "", FIRST_REST_S

    def shown(self, now: float) -> Waits:
        """The waits that may be shown; none that are too old."""
        return self.waits if now < self.fresh_until else Waits()

    def missing_for(self, now: float) -> float:
        """For how many seconds a forecast has been needed and missing."""
        if self.wanted_since is None or now < self.fresh_until:
            return 0.0
        return now - max(self.wanted_since, self.fresh_until - FRESH_S)
