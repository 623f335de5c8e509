"""What may be asked again and again: counts by name. Used by `limits`."""

from collections import OrderedDict

from server.clock import Clock

REMEMBERED = 50_000
"""Names that a kind of bucket remembers; the longest quiet is forgotten first, and starts full."""


DUST = 1e-6
"""What sums of fractions may be short of."""


class Buckets:
    """`rate` per second, `burst` at once, for each name by itself."""

    def __init__(self, clock: Clock, rate: float, burst: float) -> None:
        self._clock, self._rate, self._burst = clock, rate, burst
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str, cost: float = 1.0) -> float:
        """Take `cost`; 0 if there was enough, else the seconds until there is (and nothing is taken)."""
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
        """What was taken last was not used."""
        if name in self._left:
            left, since = self._left[name]
            self._left[name] = (left + 1.0, since)
