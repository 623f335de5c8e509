"""How much one address or one principal may ask: buckets that refill, and counts of open sockets. Called by doors and the socket.

What is genuine is never held back for its neighbours: a valid link and a signed-in device are looked at first.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable

from server.clock import Clock
from server.web.refused import too_many

REMEMBERED = 50_000
"""Addresses and principals a kind of bucket remembers; the longest quiet is forgotten first, and starts full."""


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
        self._left[name] = (left if short > 0 else left - cost, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return max(0.0, short / self._rate)


class Limits:
    """The limits of a node. Rates are per second and per node."""

    def __init__(self, clock: Clock) -> None:
        self.commands = Buckets(clock, rate=5_000, burst=10_000)
        """Per principal; the contract promises 500. A city portal presses for many people with one token."""
        self.unknown_links = Buckets(clock, rate=1.0, burst=30)
        """Per address: guessed ticket links, tokens, codes."""
        self.strangers = Buckets(clock, rate=20.0, burst=600)
        """Per address: pages asked for without sign-in or valid link."""
        self.half_open = Rooms(2_500)
        """Sockets per address that have not said who they are."""
        self.unsigned = Rooms(2_500)
        """Sockets per address on public displays. Links and tokens are not counted."""

    def command(self, principal: str) -> None:
        if wait := self.commands.wait(principal):
            raise too_many(wait)

    def guessed(self, address: str) -> None:
        """A link or token that is not genuine."""
        if wait := self.unknown_links.wait(address):
            raise too_many(wait, "too many unknown links from here")

    def stranger(self, address: str) -> None:
        if wait := self.strangers.wait(address):
            raise too_many(wait)


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
