"""Catching up with the log: folds what this node has not folded yet, and restores or reports what the store lost.

It owns the fold, because a fork replaces it. Only the desk's own task calls it, before it decides anything on the fold.
"""

import asyncio
import secrets
from collections import deque

import structlog

from server.desk import fold as folding
from server.desk.entry import unavailable
from server.desk.pending import Pending
from server.desk.recover import fork, outrun, put_back
from server.desk.standing import Standing
from server.desk.watchers import Watchers
from server.desk.witness import Found, Witness, compared
from server.log.port import Log, LogError, Memory, NotContinuous
from server.messages.actor import SYSTEM
from server.messages.commands import ChangeEpoch, KeepTime
from server.messages.events import TooNew
from server.messages.instants import MINUTE

RETRY_S = 0.05
"""Seconds between two attempts to reach the store."""
RETRY_TOO_NEW_S = 1.0
"""Seconds between two attempts to read a log that has an entry of a newer release."""

ASKING_S = 10.0
"""Seconds that a node waits for a history that does not answer. Not longer: an office must open in the morning."""
JUMP_MS = 5_000
"""An entry that is further ahead of this node's time was decided by a node with another clock."""
SLACK_MS = 1_000
"""A log that is ahead of the clock by no more than this is not treated as ahead: the clock soon catches up."""
AWAY_MS = 10 * MINUTE
"""While another node is running, the log gets an entry at least this often."""
MENDING_S = 5.0
"""Seconds that other nodes have to put back what the store lost, before this node reports a fork."""

_log = structlog.get_logger("aufruf.desk")


class CatchingUp:
    """`fold`: what this node folded. `due`: the log must be read before anything is decided. `lost`: what a fork removed here.

    `waiting`: the desk's queue; the report of a fork goes to its front. `witness`: the history, with which the log is compared
    before the first command is decided; None in rehearsals and tests without a history. `memory`: what this node itself saw
    acknowledged. `recent`: how many entries the fold keeps decoded.
    """

    def __init__(
        self,
        log: Log,
        standing: Standing,
        waiting: deque[Pending],
        watchers: Watchers,
        witness: Witness | None,
        memory: Memory | None = None,
        recent: int = folding.RECENT,
    ) -> None:
        self._memory, self._recent = memory, recent
        self._witness, self._asked_since, self._compared = witness, standing.monotonic(), False
        self._differs_since: float | None = None
        self.fold = folding.Fold()
        self.due = False
        self.lost: tuple[str, ...] = ()
        self._log, self._standing, self._waiting, self._watchers = log, standing, waiting, watchers
        self._office = standing.office

    async def begin(self) -> bool:
        """Folds the log from where a fold may start. False if the store does not answer or has an entry of a newer release."""
        try:
            self._take(await folding.begin(self._log, self._office))
            _, now = await self._log.tail(self._office)
            if not await self._same_past():
                return False
        except TooNew as fault:
            self._standing.too_new(fault)
            return False
        except LogError as fault:
            self._standing.detail = f"the store is not ready: {fault}"
            return False
        self._standing.heard(now)
        self._standing.proven()
        self._keep_time(now)
        self.lost = self.fold.state.lost
        self._standing.ready()
        return True

    def _take(self, fold: folding.Fold) -> None:
        fold.keep(self._recent)
        self.fold = fold

    def _keep_time(self, clock: int) -> None:
        """If the log is ahead of the clock, its time goes on from the last entry and keeps that lead; if it no longer needs one,
        it follows the clock again.

        With a wrong clock nobody knows how long this node was away. So while other nodes may be running, the lead is made
        smaller only after `AWAY_MS` without an entry: then no other node is running.
        """
        state = self.fold.state
        needed = state.at - clock
        needed = needed if needed > SLACK_MS else 0
        away = clock + state.ahead - state.at
        if needed == state.ahead or (needed < state.ahead and not self._standing.alone and away < AWAY_MS):
            return
        if needed:
            _log.warning("the log is ahead of the store's clock", office=self._office, seconds=needed // 1000)
        self._tell(KeepTime(ahead=needed), f"time:{state.seq}:{state.mark}")
        self.due = True

    async def _same_past(self) -> bool:
        """Compares the log with the history, once in the life of a node. False if the result is not known yet: try again."""
        if self._compared or self._witness is None:
            return True
        found = await self._found(self._witness)
        if found is None or (found.case == "fork" and self._others_may_mend()):
            return False
        self._compared = True
        if found.case == "new":
            _log.info("nobody knows this office yet: its log begins here", office=self._office)
        if found.case == "unknown":
            _log.warning("nobody can say whether the log is whole", office=self._office, detail=found.detail)
            self._standing.doubt(found.detail)
        if found.change is not None:
            self._tell(found.change, found.key)
            self.due = True
        return True

    async def _found(self, witness: Witness) -> Found | None:
        """The result; None if the history does not answer now but may still be waited for."""
        try:
            async with asyncio.timeout(ASKING_S):
                return await compared(self._log, self._office, self.fold, witness, self._memory)
        except (LogError, TooNew):
            raise
        except Exception as fault:  # whatever it is, an office must open in the morning
            if self._standing.monotonic() - self._asked_since < ASKING_S:
                self._standing.detail = f"the history is asked whether the log is whole: {fault!r}"
                return None
            return Found("unknown", f"the history could not be asked whether the log is whole: {fault!r}")

    def _others_may_mend(self) -> bool:
        """Whether another node may still put back what the store lost: it would do so within a few seconds."""
        now = self._standing.monotonic()
        self._differs_since = self._differs_since or now
        return not self._standing.alone and now - self._differs_since < MENDING_S

    async def read(self) -> bool:
        """Reads what this node missed. If the store lost what was folded here, puts it back or reports a fork."""
        fold, known, ahead = self.fold, self.fold.tail.seq, self.fold.state.ahead
        try:
            try:
                await folding.catch_up(self._log, self._office, fold)
            except NotContinuous:
                await self._mend()
            else:
                self._standing.proven()
            _, now = await self._log.tail(self._office)
        except TooNew as fault:
            self._standing.too_new(fault)
            self._turn_away()
            return False
        except LogError as fault:
            self._standing.stale(fault)
            return False
        finally:
            if self.fold is fold and fold.tail.seq > known:
                self._watchers.tell(fold.since(known))
        self._standing.heard(now)
        if (
            self.fold.state.ahead != ahead
            or self.fold.state.at > self._standing.now() + self.fold.state.ahead + JUMP_MS
        ):
            self._standing.obey()  # other nodes have started to follow the store's clock as it is now
        self._standing.recovered()
        return True

    def remember(self) -> None:
        """Notes on this node's own disk what was just acknowledged: the store may lose it."""
        if self._memory is not None:
            self._memory.note(self._office, self.fold.tail, self.fold.state.epoch)

    async def pause(self) -> None:
        """Waits a little while the store does not answer. Callers get their answer from their own timers."""
        await asyncio.sleep(RETRY_TOO_NEW_S if self._standing.health == "too_new" else RETRY_S)
        while self._waiting and self._waiting[0].gone:
            self._waiting.popleft()

    def _turn_away(self) -> None:
        for asked in self._waiting:
            asked.tell(unavailable(self._standing.detail))
        self._waiting.clear()

    async def _mend(self) -> None:
        """The store does not hold what was folded last. In every case the log is read again before anything is decided."""
        self.due = True
        self._standing.hush()
        if await put_back(self._log, self._office, self.fold, self._standing.out_of_touch):
            _log.warning("put back what the store had lost", office=self._office, seq=self.fold.tail.seq)
            return
        if await self._still_there():
            return
        if await outrun(self._log, self._office, self.fold):
            _log.warning("the log was trimmed while this node slept", office=self._office)
            self._take(await folding.begin(self._log, self._office))
            self._standing.proven()
            self._standing.changed()
            return
        if self._standing.others_may_mend():
            await asyncio.sleep(RETRY_S)
            return
        theirs, change = await fork(self._log, self._office, self.fold)
        self._take(theirs)
        self.lost = change.lost
        self._standing.proven()
        lost = len(self.lost) + change.lost_more
        _log.error("the store's history is another; this node's was dropped", office=self._office, lost=lost)
        self._standing.changed()
        self._tell(change, f"fork:{secrets.token_hex(6)}")

    def _tell(self, change: ChangeEpoch | KeepTime, key: str) -> None:
        """Puts an own command in front of everything that waits."""
        self._waiting.appendleft(Pending(SYSTEM, change, key, 0, self._standing.monotonic()))

    async def _still_there(self) -> bool:
        """Whether the store has this node's tail now, because another node put it back meanwhile."""
        row = await self._log.row(self._office, self.fold.tail.seq)
        return row is not None and row.mark == self.fold.tail.mark
