"""The desk's relation to its store: ready, stale, too new; since when the store is silent; until when nothing is decided.

The desk, its `CatchingUp` and its `Touch` report here what happened. It never reads the log itself; it calls `changed`.
"""

from collections.abc import Callable

import structlog

from server.clock import StoreClock
from server.log.port import LogError, StoreUnavailable
from server.messages.events import TooNew

QUIET_S = 2.0
"""Seconds in which no node decides after a lost connection, if several nodes share a store: first the node that holds most
may put back what the store lost."""
DOUBTED_S = 24 * 3_600.0
"""Seconds for which staff are told that the log may not be complete."""
PROBE_S = 5.0
"""A store that refused a write is taken for healthy again after it has answered for this many seconds."""

_log = structlog.get_logger("aufruf.desk")


class Standing:
    """`health`: starting, ready, stale (the store does not answer), too_new (an entry of a newer release), stopping.

    `stale_since`: when the store was last heard, ms, while it does not answer. `alone`: no other node shares the store.
    `changed`: called when time or health changed, so that watchers look again.
    """

    def __init__(self, office: str, clock: StoreClock, changed: Callable[[], None], *, alone: bool) -> None:
        self.office, self.changed = office, changed
        self.health, self.detail = "starting", "the log is being folded"
        self.stale_since: int | None = None
        self._clock, self.alone = clock, alone
        self._doubted = ""
        self._doubted_at = 0.0
        self._heard_at = 0
        self._proven_at = clock.monotonic()
        self._parted_at: float | None = None
        self._quiet_until = 0.0
        self._unwritten_until = 0.0

    def now(self) -> int:
        """The store's clock, ms."""
        return self._clock.now_ms()

    def monotonic(self) -> float:
        return self._clock.monotonic()

    @property
    def clock_jump(self) -> int | None:
        """By how many ms the store's clock jumped. The office does not follow the jump; somebody should look at it."""
        return self._clock.jumped

    def _tell_jump(self) -> None:
        if self.clock_jump is None:
            _log.info("the store's clock is right again", office=self.office)
        else:
            _log.warning(
                "the store's clock jumped; the office goes on by the time before. Set it right; if it is right now, restart",
                office=self.office,
                seconds=round(self.clock_jump / 1000),
            )
        self.changed()

    def ready(self) -> None:
        """The log is folded."""
        self.stale_since = None
        if self.health != "stopping":
            self.health, self.detail = "ready", ""
        self.changed()

    def doubt(self, why: str) -> None:
        """At the start nobody could say whether the log is complete: staff are told so for a day."""
        self._doubted, self._doubted_at = why, self._clock.monotonic()

    @property
    def in_doubt(self) -> str:
        """Why the log may not be complete; empty if there is no doubt, or if it is more than a day old."""
        return self._doubted if self._clock.monotonic() - self._doubted_at < DOUBTED_S else ""

    def stopping(self) -> None:
        self.health, self.detail = "stopping", "this node is going down"

    def heard(self, store_ms: int) -> None:
        """The store answered."""
        known = self._clock.jumped
        self._clock.heard(store_ms)
        self._heard_at = store_ms
        if (known is None) != (self._clock.jumped is None):
            self._tell_jump()

    def obey(self) -> None:
        """Follows the store's clock as it is now, because the log does."""
        if self._clock.jumped is not None:
            self._clock.obey()
            self._tell_jump()

    def proven(self) -> None:
        """The store holds what was folded here. Only this counts as contact when lost rows are put back."""
        self._proven_at = self._clock.monotonic()
        self._parted_at = None

    @property
    def out_of_touch(self) -> float:
        """Seconds since the store was last known to hold what was folded here."""
        return self._clock.monotonic() - self._proven_at

    def others_may_mend(self) -> bool:
        """Whether another node may still restore what this one cannot. Asked when the store lost what was folded here."""
        now = self._clock.monotonic()
        if self._parted_at is None:
            self._parted_at = now
        return not self.alone and now - self._parted_at < QUIET_S

    @property
    def quiet_for(self) -> float:
        """Seconds for which this node must not decide yet; zero or less if it may."""
        return self._quiet_until - self._clock.monotonic()

    def hush(self) -> None:
        """Decides nothing for `QUIET_S`, so that every node that shares the store can put back what it holds."""
        if not self.alone:
            self._quiet_until = self._clock.monotonic() + QUIET_S

    def stale(self, fault: Exception, *, writing: bool = False) -> None:
        """The store did not answer, or (`writing`) answers but does not take what is written."""
        if writing and _refuses(fault):
            self._unwritten_until = self._clock.monotonic() + PROBE_S
        if self.stale_since is None:
            self.stale_since = self._heard_at or self.now()
            _log.warning("the store does not answer", office=self.office, reason=str(fault))
            self.hush()
        if self.health == "ready":
            self.health, self.detail = "stale", f"the store does not answer: {fault}"
            self.changed()

    def recovered(self, *, written: bool = False) -> None:
        """The store answers. If it refused a write before, it counts as healthy only after a write, or after `PROBE_S`."""
        if not written and self._clock.monotonic() < self._unwritten_until:
            return
        self._unwritten_until = 0.0
        if self.stale_since is not None:
            _log.info("the store answers again", office=self.office)
            self.hush()
        self.stale_since = None
        if self.health in ("stale", "too_new"):
            self.health, self.detail = "ready", ""
            self.changed()

    def too_new(self, fault: TooNew) -> None:
        """An entry of a newer release: this office stops on this node (rule 7)."""
        self.detail = str(fault)
        if self.health != "too_new":
            self.health = "too_new"
            _log.error("this release is too old for the log", office=self.office, reason=str(fault))
            self.changed()


def _refuses(fault: Exception) -> bool:
    """Whether the fault means that the store refuses writes although it can be read; False for a lost connection."""
    lost = isinstance(fault, StoreUnavailable) and fault.kind in ("lost", "starting")
    return isinstance(fault, LogError) and not lost
