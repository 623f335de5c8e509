"""Contact with the store: hears of other nodes' entries, notices a store that is silent or came back as another process.

It changes nothing itself: it reports to the desk's standing, and asks the desk to read the log.
"""

import asyncio
from collections.abc import Callable

from server.clock import Clock
from server.desk.standing import Standing
from server.log.port import Log, LogError, StoreUnavailable, Tail

TOUCH_S = 1.0
"""Seconds between two checks that the store answers and is still the same process."""
SILENCE_S = 3.0
"""Seconds without an answer after which a store is called stale."""
HEARING_S = 0.002
"""Seconds between two waits for others' entries. A busy desk hears of them through its own conflicts anyway."""
AGAIN_S = 0.05
"""Seconds until a store that did not answer is asked again."""


class Touch:
    """`tail`: the last entry that this node folded. `look`: asks the desk to read the log. `alone`: no other node writes."""

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
        """Runs until it is cancelled."""
        asked_at = 0.0
        while True:
            try:
                async with asyncio.timeout(SILENCE_S):
                    if self._clock.monotonic() - asked_at >= TOUCH_S:
                        asked_at = self._clock.monotonic()
                        await self._greet()
                    await self._listen()
            except (LogError, TimeoutError) as fault:
                late = StoreUnavailable(f"no answer within {SILENCE_S:g} s")
                self._standing.stale(fault if isinstance(fault, LogError) else late)
                self._look()
                await asyncio.sleep(AGAIN_S)

    async def _greet(self) -> None:
        """Is the store there, is it the same process, and does it hold what was folded here?"""
        run_id = await self._log.run_id(self._standing.office)
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
        """Waits up to `TOUCH_S` for another node's entry."""
        if self._alone:
            await asyncio.sleep(TOUCH_S)
            return
        known = self._tail().seq
        if await self._log.wait(self._standing.office, known, int(TOUCH_S * 1000)):
            if self._tail().seq == known:
                self._look()
            await asyncio.sleep(HEARING_S)
