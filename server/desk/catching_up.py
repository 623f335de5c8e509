"""Catching up with the log: folds what this node has not folded yet, and mends or tells what the store lost.

Owns the fold, because a fork replaces it. Called by the desk's own task only, before anything is decided on what it folded.
"""

import asyncio
import secrets
from collections import deque

import structlog

from server.desk import fold as folding
from server.desk.asked import Asked
from server.desk.entry import unavailable
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
"""Seconds between two looks whether an entry of a newer release is still there."""

ASKING_S = 10.0
"""Seconds a history that does not answer is waited for: an office must open in the morning."""
JUMP_MS = 5_000
"""An entry so far ahead of this node's time was decided by another time."""
SLACK_MS = 1_000
"""So far ahead of the clock a log may be and is waited for: less than a press takes."""
AWAY_MS = 10 * MINUTE
"""A log that others keep has an entry sooner than this."""
MENDING_S = 5.0
"""Seconds in which other nodes that share the store put back what it lost, before it is told as a fork."""

_log = structlog.get_logger("aufruf.desk")


class CatchingUp:
    """`fold`: what this node folded. `due`: the log is read before anything is decided. `lost`: what a fork took from here.

    `waiting`: the desk's; what is told as a fork goes first in it. `witness`: whom the log is compared with before the first
    command is decided; None in rehearsals and tests that have no history. `memory`: what this node itself saw acknowledged.
    """

    def __init__(
        self,
        log: Log,
        standing: Standing,
        waiting: deque[Asked],
        watchers: Watchers,
        witness: Witness | None,
        memory: Memory | None = None,
    ) -> None:
        self._memory = memory
        self._witness, self._asked_since, self._compared = witness, standing.monotonic(), False
        self._differs_since: float | None = None
        self.fold = folding.Fold()
        self.due = False
        self.lost: tuple[str, ...] = ()
        self._log, self._standing, self._waiting, self._watchers = log, standing, waiting, watchers
        self._office = standing.office

    async def begin(self) -> bool:
        """Folds the log from where a fold may start. False if the store is away or holds what this release cannot read."""
        try:
            self.fold = await folding.begin(self._log, self._office)
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

    def _keep_time(self, clock: int) -> None:
        """A log ahead of the clock goes on from its last entry, a millisecond a millisecond; one that was goes back to it.

        How long this node was away is not known then. While others may live, only what cannot be true is taken back.
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
        """Compares with the history, once in the life of a node. False: not known yet, look at both again."""
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
        """None: the history cannot be asked at the moment, and there is patience left."""
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
        """Another node that holds more than the store does puts it back within a few seconds."""
        now = self._standing.monotonic()
        self._differs_since = self._differs_since or now
        return not self._standing.alone and now - self._differs_since < MENDING_S

    async def read(self) -> bool:
        """Reads what was missed; puts back or tells a fork if the store lost what was folded here."""
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
            self._standing.obey()  # others began anew and go by the store's clock as it is now
        self._standing.recovered()
        return True

    def remember(self) -> None:
        """What was just acknowledged, beside the store."""
        if self._memory is not None:
            self._memory.note(self._office, self.fold.tail, self.fold.state.epoch)

    async def pause(self) -> None:
        """The store is away: callers are told after their patience, the reading goes on."""
        await asyncio.sleep(RETRY_TOO_NEW_S if self._standing.health == "too_new" else RETRY_S)
        while self._waiting and self._waiting[0].gone:
            self._waiting.popleft()

    def _turn_away(self) -> None:
        for asked in self._waiting:
            asked.tell(unavailable(self._standing.detail))
        self._waiting.clear()

    async def _mend(self) -> None:
        """The store does not hold what was folded last. Whatever comes of it, the log is read on before anything is decided."""
        self.due = True
        self._standing.hush()
        if await put_back(self._log, self._office, self.fold, self._standing.out_of_touch):
            _log.warning("put back what the store had lost", office=self._office, seq=self.fold.tail.seq)
            return
        if await self._still_there():
            return
        if await outrun(self._log, self._office, self.fold):
            _log.warning("the log was trimmed while this node slept", office=self._office)
            self.fold = await folding.begin(self._log, self._office)
            self._standing.proven()
            self._standing.changed()
            return
        if self._standing.others_may_mend():
            await asyncio.sleep(RETRY_S)
            return
        self.fold, self.lost = await fork(self._log, self._office, self.fold)
        self._standing.proven()
        _log.error("the store's history is another; this node's was dropped", office=self._office, lost=len(self.lost))
        self._standing.changed()
        self._tell(ChangeEpoch(reason="fork", lost=self.lost), f"fork:{secrets.token_hex(6)}")

    def _tell(self, change: ChangeEpoch | KeepTime, key: str) -> None:
        """First of all that waits."""
        self._waiting.appendleft(Asked(SYSTEM, change, key, 0, self._standing.monotonic()))

    async def _still_there(self) -> bool:
        """Another node put back or appended while this one looked: its tail is in the store after all."""
        row = await self._log.row(self._office, self.fold.tail.seq)
        return row is not None and row.mark == self.fold.tail.mark
