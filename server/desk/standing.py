"""How a desk stands with its store: ready, stale, too old; since when it does not answer; until when nobody may decide.

Holds no log and asks nobody: the desk, its reader and its touch tell it what happened, and it tells who watches.
"""

from collections.abc import Callable

import structlog

from server.clock import StoreClock
from server.log.port import LogError, StoreUnavailable
from server.messages.events import TooNew

QUIET_S = 2.0
"""Seconds nobody decides after a lost connection when several nodes share a store: whoever holds most puts back first."""
DOUBTED_S = 24 * 3_600.0
"""Seconds for which staff are told that the past is not certain."""
PROBE_S = 5.0
"""Seconds after which a store that took no writes is taken to be whole again because it answers."""

_log = structlog.get_logger("aufruf.desk")


class Standing:
    """`health`: starting, ready, stale (the store does not answer), too_new (an entry of a newer release), stopping.

    `stale_since`: when the store was last heard, ms, while it does not answer. `alone`: no other node shares the store.
    `changed`: time or health changed, whoever watches looks again.
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
        """By how many ms the store's clock jumped; not obeyed, for somebody to look at."""
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
        """Nobody could say at the start whether the log is whole; told for a day."""
        self._doubted, self._doubted_at = why, self._clock.monotonic()

    @property
    def in_doubt(self) -> str:
        """Why the past of this office is not certain; empty when it is, or when that was long ago."""
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
        """The log goes by the store's clock as it is: so does this node."""
        if self._clock.jumped is not None:
            self._clock.obey()
            self._tell_jump()

    def proven(self) -> None:
        """The store holds what was folded here: the contact that counts for putting back."""
        self._proven_at = self._clock.monotonic()
        self._parted_at = None

    @property
    def out_of_touch(self) -> float:
        """Seconds since the store was last known to hold what was folded here."""
        return self._clock.monotonic() - self._proven_at

    def others_may_mend(self) -> bool:
        """The store lost what was folded here, and this node cannot mend it: whether one that holds more still may."""
        now = self._clock.monotonic()
        if self._parted_at is None:
            self._parted_at = now
        return not self.alone and now - self._parted_at < QUIET_S

    @property
    def quiet_for(self) -> float:
        """Seconds for which this node decides nothing."""
        return self._quiet_until - self._clock.monotonic()

    def hush(self) -> None:
        """Every node that shares the store gets the time to put back what it holds."""
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
        """The store answers; one that took no writes is whole again once it took one, or was not tried for a while."""
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
    """Whether a store that can be read will go on refusing writes."""
    lost = isinstance(fault, StoreUnavailable) and fault.kind in ("lost", "starting")
    return isinstance(fault, LogError) and not lost
