"""What may be asked again and again, and what may be open at once: counts by name. Used by `limits`."""

from collections import Counter, OrderedDict
from collections.abc import Callable

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


class Silent:
    """What is open and has shown nothing, up to `most` per name. One more is let in, and the oldest ends."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._open: dict[str, dict[object, Callable[[], None]]] = {}

    def enter(self, name: str, end: Callable[[], None]) -> Callable[[], None]:
        """`end` is called when others need the place. Returned: a function that leaves, as often as one likes."""
        own, place = self._open.setdefault(name, {}), object()
        own[place] = end

        def leave() -> None:
            own.pop(place, None)
            if not own and self._open.get(name) is own:
                del self._open[name]

        if len(own) > self.most:
            own.pop(next(iter(own)))()
        return leave

    def __len__(self) -> int:
        return sum(map(len, self._open.values()))


class Rooms:
    """Counts what is open at once, per name, up to `most`."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._open: Counter[str] = Counter()

    def enter(self, name: str) -> Callable[[], None] | None:
        """A function that leaves again (once), or None when the room is full."""
        if self._open[name] >= self.most:
            return None
        self._open[name] += 1
        inside = [name]

        def leave() -> None:
            if inside:
                inside.clear()
                self._open[name] -= 1
                if self._open[name] <= 0:
                    del self._open[name]

        return leave

    def __len__(self) -> int:
        return self._open.total()
