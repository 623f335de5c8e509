"""Limits how often something may be asked, by name (token buckets). Used by `limits`."""

from collections import OrderedDict

from server.clock import Clock

REMEMBERED = 50_000
"""Names that one kind of bucket remembers. The name that was quiet longest is forgotten first and later starts full."""


DUST = 1e-6
"""Rounding error that sums of fractions may have."""


class Buckets:
    """Each name may take `burst` at once and `rate` per second."""

    def __init__(self, clock: Clock, rate: float, burst: float) -> None:
        self._clock, self._rate, self._burst = clock, rate, burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, cost: float = 1.0) -> float:
        """Take `cost` and return 0. If there is not enough, take nothing and return the seconds until there is."""
        now = self._clock.monotonic()
        left, since = self._left.pop(name, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        short = cost - left
        enough = short <= DUST
        self._left[name] = (max(0.0, left - cost) if enough else left, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return 0.0 if enough else short / self._rate

    def give_back(self, name: str) -> None:
        """Return what was taken last, because it was not used."""
        if name in self._left:
            left, since = self._left[name]
            self._left[name] = (left + 1.0, since)
