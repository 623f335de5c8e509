"""Whose forecast is due when: at most one run a second for an office, one after each entry, one every 10 s without.

An office whose run failed rests, twice as long every time; the others go on. Seconds are the monotonic clock's.
"""

from typing import NamedTuple

from server.office.waits import Waits
from server.promises.wire import AGAIN_MS

LEAST_S = 1.0
"""Between the beginnings of two runs of an office."""
FRESH_S = 30.0
"""So old a forecast may be and still be shown."""
LOOKED_S = 600.0
"""Whoever asked for the waits of an office, or drew a ticket there, keeps its forecast going for so long."""
FIRST_REST_S, LONGEST_REST_S = 1.0, 60.0
SHORT_REST_S = 10.0
"""A run that says why it failed is tried again at least so often: a store that was away is back."""


class Wish(NamedTuple):
    """The forecast that an office wants now: as of this entry, at this instant; `next_s` until it wants another one."""

    seq: int
    mark: str
    now: int
    next_s: float = AGAIN_MS / 1000


class Turn:
    """One office: what was asked last, how it went, and what is shown."""

    def __init__(self) -> None:
        self.waits = Waits()
        self.looked = self.began = self.fresh_until = self._rests_until = float("-inf")
        self.wanted_since: float | None = None
        self.fault = ""
        self._asked: tuple[int, str, int] | None = None
        self._rest = FIRST_REST_S

    def due(self, wish: Wish, now: float) -> float:
        """From when its next run may begin."""
        due = now + wish.next_s if wish[:3] == self._asked else self.began + LEAST_S
        return max(due, self._rests_until)

    def begins(self, wish: Wish, now: float) -> None:
        self._asked, self.began = wish[:3], now

    def failed(self, fault: str, now: float, *, said: bool) -> None:
        """`said`: the worker lives and says why."""
        self.fault, self._asked = fault, None
        self._rests_until = now + self._rest
        self._rest = min(2 * self._rest, SHORT_REST_S if said else LONGEST_REST_S)

    def takes(self, waits: Waits) -> None:
        self.waits, self.fresh_until = waits, self.began + FRESH_S
        self.fault, self._rest = "", FIRST_REST_S

    def shown(self, now: float) -> Waits:
        """What may be shown: nothing that is too old."""
        return self.waits if now < self.fresh_until else Waits()

    def missing_for(self, now: float) -> float:
        """Seconds for which a forecast was wanted and none was there."""
        if self.wanted_since is None or now < self.fresh_until:
            return 0.0
        return now - max(self.wanted_since, self.fresh_until - FRESH_S)
