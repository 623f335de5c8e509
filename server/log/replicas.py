"""Which replicas must have an entry before it counts: all that were there. Pure; asked by the fence.

One that Sentinel promotes leaves its primary before anybody else is told. So whoever waits for all of them acknowledges
nothing at a primary that is being replaced; whoever waits for one goes on with those that were not told yet, and loses that.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

GRACE_S = 5.0
"""How long a replica that was there may be away before the office goes on without it, if nobody knows of a failover.

From the promotion of one replica until Sentinel has turned the others to it one second passes, and two more until the last
Sentinel has heard of it."""

Names = frozenset[str]


class Seen(NamedTuple):
    """A primary in its own words. `reign`: changes with every promotion and restart. `acked`: by replica, up to where."""

    reign: str = ""
    offset: int = 0
    acked: Mapping[str, int] = {}


class Count(NamedTuple):
    """What came of one question: WAIT was `asked` for so many and `said` so many; these hold it, of those wanted."""

    reign: str
    asked: int
    said: int
    least: int
    wanted: Names
    hold: Names

    @property
    def enough(self) -> bool:
        return self.wanted <= self.hold and len(self.hold) >= self.least

    @property
    def worth_asking_again(self) -> bool:
        """WAIT had what it was asked for, but not from all that are wanted."""
        return not self.enough and self.said >= self.asked


class Replicas:
    """Knows them for every reign by itself, for as long as the process lives: who finds its way back to a primary that is
    being replaced must not take those left there for all. `least`: never fewer than this."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.last = Seen()
        self._wanted: dict[str, Names] = {}
        self._short_since: dict[str, float] = {}

    @property
    def asked(self) -> int:
        """For how many to wait, if the primary is the one heard last; which one it was is known only from the answer."""
        return max(self.least, len(self._wanted.get(self.last.reign, ())))

    def heard(self, before: Seen, asked: int, fence: int, said: int, seen: Seen, at: float) -> Count:
        """`before`: what was `last` when the question went out; who has acknowledged more than that keeps up, and counts
        from now on. `fence`: the offset that had to be reached. `seen`: the primary after the wait. `at`: seconds."""
        since = before.offset if before.reign == seen.reign else 0
        current = frozenset(name for name, offset in seen.acked.items() if offset > since)
        hold = frozenset(name for name, offset in seen.acked.items() if offset >= fence)
        wanted = self._wanted.get(seen.reign, frozenset()) | current
        self.last, self._wanted[seen.reign] = seen, wanted
        count = Count(seen.reign, asked, said, self.least, wanted, hold)
        if count.enough:
            self._short_since.pop(seen.reign, None)
        else:
            self._short_since.setdefault(seen.reign, at)
        return count

    def short_for(self, count: Count, at: float) -> float:
        """Seconds since not all that were there answer any more, if those left would do; else 0."""
        return at - self._short_since.get(count.reign, at) if len(count.hold) >= self.least else 0.0

    def go_on_with(self, count: Count) -> None:
        """Those away are down. They count again as soon as they keep up again."""
        self._wanted[count.reign] = count.hold
        self._short_since.pop(count.reign, None)


def seen(info: bytes) -> Seen:
    """From `INFO replication`. A replica that still copies is not `online`, or has acknowledged nothing yet."""
    said = fields(info)
    lines = [said[name] for at in range(int(said.get("connected_slaves", 0))) if (name := f"slave{at}") in said]
    replicas = [dict(pair.partition("=")[::2] for pair in line.split(",")) for line in lines]
    online = [(int(each["offset"]), f"{each['ip']}:{each['port']}") for each in replicas if each["state"] == "online"]
    return Seen(said.get("master_replid", ""), int(said.get("master_repl_offset", 0)), _by_name(online))


def _by_name(online: list[tuple[int, str]]) -> dict[str, int]:
    """Two of one address are told apart: the one ahead comes first. One may be a connection nobody has missed yet."""
    times = Counter[str]()
    acked: dict[str, int] = {}
    for offset, address in sorted(online, reverse=True):
        times[address] += 1
        acked[f"{address}/{times[address]}"] = offset
    return acked


def fields(info: bytes) -> dict[str, str]:
    """INFO's lines, `name:value`."""
    return dict(line.partition(":")[::2] for line in info.decode(errors="replace").splitlines())
