"""Staying in touch with the store: hears of other nodes' entries, notices one that went silent or came back as another.

Changes nothing itself: it tells the desk's standing what it heard, and the desk to look.
"""

import asyncio
from collections.abc import Callable

from server.clock import Clock
from server.desk.standing import Standing
from server.log.port import Log, LogError, Tail

TOUCH_S = 1.0
"""Seconds between two proofs that the store is there, and the same."""
SILENCE_S = 3.0
"""Seconds after which a store that did not answer is told to be stale."""
HEARING_S = 0.002
"""Seconds between two questions for others' entries: a busy desk hears of them from its own conflicts anyway."""
AGAIN_S = 0.05
"""Seconds until a store that did not answer is asked again."""


class Touch:
    """`tail`: what this node folded last. `look`: asks the desk to read. `alone`: no other node writes."""

    def __init__(
        self,
        log: Log,
        standing: Standing,
        clock: Clock,
        tail: Callable[[], Tail],
        look: Callable[[], None],
        *,
        alone: bool,
    ) -> None:
        self._log, self._standing, self._clock, self._alone = log, standing, clock, alone
        self._tail, self._look = tail, look
        self._run_id = ""

    async def keep(self) -> None:
        """Until it is cancelled."""
        asked_at = 0.0
        while True:
            try:
                async with asyncio.timeout(SILENCE_S):
                    if self._clock.monotonic() - asked_at >= TOUCH_S:
                        asked_at = self._clock.monotonic()
                        await self._greet()
                    await self._listen()
            except (LogError, TimeoutError) as fault:
                self._standing.stale(fault)
                self._look()
                await asyncio.sleep(AGAIN_S)

    async def _greet(self) -> None:
        """Is the store there, is it the same process, and does it hold what was folded here?"""
        run_id = await self._log.run_id()
        if self._run_id and run_id != self._run_id:
            self._standing.hush()
            self._look()
        self._run_id = run_id
        tail, now = await self._log.tail(self._standing.office)
        self._standing.heard(now)
        if tail == self._tail():
            self._standing.proven()
        if self._standing.stale_since is not None or tail != self._tail():
            self._look()

    async def _listen(self) -> None:
        """A second of the store: another node's entry, or nothing."""
        if self._alone:
            await asyncio.sleep(TOUCH_S)
            return
        known = self._tail().seq
        if await self._log.wait(self._standing.office, known, int(TOUCH_S * 1000)):
            if self._tail().seq == known:
                self._look()
            await asyncio.sleep(HEARING_S)
