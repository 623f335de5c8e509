"""Which replicas must hold an entry before it counts: all that were connected. Pure; asked by the fence.

A replica that Sentinel promotes leaves its primary before anybody else is told. A caller that waits for all replicas therefore
acknowledges nothing at a primary that is being replaced. A caller that waits for one replica would go on with those that were
not told yet, and lose what it acknowledged.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

GRACE_S = 5.0
"""Seconds that a replica may be away before the office goes on without it, if nobody knows of a failover.

Sentinel needs one second from the promotion of one replica until the others follow it, and two more until the last Sentinel
has heard of it."""

Names = frozenset[str]


class Sighted(NamedTuple):
    """What a primary says of itself. `reign` changes with every promotion and restart. `acked`: offsets by replica."""

    reign: str = ""
    offset: int = 0
    acked: Mapping[str, int] = {}


class Count(NamedTuple):
    """One WAIT: how many replicas were asked for and how many answered; which of the `wanted` replicas `hold` the entry.

    `alone`: the primary went on without as many as it should have, so that only the witnesses can say that it still is one.
    """

    reign: str
    asked: int
    said: int
    least: int
    wanted: Names
    hold: Names
    alone: bool = False

    @property
    def enough(self) -> bool:
        return self.wanted <= self.hold and len(self.hold) >= self.least

    @property
    def worth_asking_again(self) -> bool:
        """WAIT got as many replicas as it was asked for, but not all that are wanted."""
        return not self.enough and self.said >= self.asked


class Replicas:
    """Remembers the replicas of every reign as long as the process lives. A node that returns to a primary which is being
    replaced must not believe that the replicas still there are all. `least`: never fewer than this; with `one_store`, a primary
    whose replicas are down for good may go on alone, until enough of them keep up again."""

    def __init__(self, least: int, *, one_store: bool = False) -> None:
        self.least, self._one_store = least, one_store
        self.last = Sighted()
        self._wanted: dict[str, Names] = {}
        self._short_since: dict[str, float] = {}
        self._alone: set[str] = set()

    @property
    def asked(self) -> int:
        """How many to wait for, if the primary is still the last one heard; only the answer shows which one it was."""
        return max(self._least(self.last.reign), len(self._wanted.get(self.last.reign, ())))

    def heard(self, before: Sighted, asked: int, fence: int, said: int, seen: Sighted, at: float) -> Count:
        """`before`: the value of `last` when the question was sent; a replica that has confirmed more since then keeps up and
        counts from now on. `fence`: the offset to be reached. `seen`: the primary after the wait. `at`: seconds."""
        since = before.offset if before.reign == seen.reign else 0
        current = frozenset(name for name, offset in seen.acked.items() if offset > since)
        hold = frozenset(name for name, offset in seen.acked.items() if offset >= fence)
        wanted = self._wanted.get(seen.reign, frozenset()) | current
        self.last, self._wanted[seen.reign] = seen, wanted
        if len(hold) >= self.least:
            self._alone.discard(seen.reign)
        count = Count(seen.reign, asked, said, self._least(seen.reign), wanted, hold, seen.reign in self._alone)
        if count.enough:
            self._short_since.pop(seen.reign, None)
        else:
            self._short_since.setdefault(seen.reign, at)
        return count

    def short_for(self, count: Count, at: float) -> float:
        """For how many seconds some replicas have been missing, if the others would be enough; else 0."""
        would_do = self._one_store or len(count.hold) >= self.least
        return at - self._short_since.get(count.reign, at) if would_do else 0.0

    def go_on_with(self, count: Count) -> None:
        """The missing ones are down. They count again as soon as they keep up."""
        self._wanted[count.reign] = count.hold
        self._short_since.pop(count.reign, None)
        if self._one_store and len(count.hold) < self.least:
            self._alone.add(count.reign)

    def _least(self, reign: str) -> int:
        return 0 if reign in self._alone else self.least


def seen(info: bytes) -> Sighted:
    """From `INFO replication`. A replica that is still copying is not `online` or has confirmed nothing yet."""
    said = fields(info)
    lines = [said[name] for at in range(int(said.get("connected_slaves", 0))) if (name := f"slave{at}") in said]
    replicas = [dict(pair.partition("=")[::2] for pair in line.split(",")) for line in lines]
    online = [(int(each["offset"]), f"{each['ip']}:{each['port']}") for each in replicas if each["state"] == "online"]
    return Sighted(said.get("master_replid", ""), int(said.get("master_repl_offset", 0)), _by_name(online))


def _by_name(online: list[tuple[int, str]]) -> dict[str, int]:
    """Replicas with the same address get different names, the one ahead first. One may be a dead connection not yet noticed."""
    times = Counter[str]()
    acked: dict[str, int] = {}
    for offset, address in sorted(online, reverse=True):
        times[address] += 1
        acked[f"{address}/{times[address]}"] = offset
    return acked


def fields(info: bytes) -> dict[str, str]:
    """INFO's lines, `name:value`."""
    return dict(line.partition(":")[::2] for line in info.decode(errors="replace").splitlines())
