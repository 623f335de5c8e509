"""The one move worth making now, for each office: asked of the second worker at most once a minute while somebody has the table
open, or on request. Made by wiring, which hands it to push and web.

An advice stands until the next look, and disappears at once when somebody changes what it touches.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import structlog
from msgspec.msgpack import Decoder

from server.messages.boards import Advice
from server.messages.problems import Refusal
from server.messages.what_if import AdviceFound
from server.office.state import State
from server.office.touched import touches
from server.promises.keeper import Source
from server.promises.questions import AdviceAnswer, AdviceQuestion
from server.promises.second import Away, Second
from server.tasks import Tasks

EVERY_S, KEPT_S = 60.0, 150.0
"""Seconds between two looks at an office, and after which what was found is too old to be shown."""

_log = structlog.get_logger("aufruf.promises")
_answer = Decoder(AdviceAnswer).decode


class _Known(NamedTuple):
    at: float
    epoch: str
    day: str | None
    seq: int
    advice: Advice | None


class Counsel:
    """`changed(office)`: its supervisor's tables are to be drawn again."""

    def __init__(
        self, desks: Mapping[str, Source], second: Second, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._desks, self._second, self._clock = desks, second, clock
        self._known: dict[str, _Known] = {}
        self._began: dict[str, float] = {}
        self._again: dict[str, asyncio.TimerHandle] = {}
        self._tasks = Tasks("counsel")
        self.changed: Callable[[str], None] = lambda office: None

    def of(self, office: str) -> tuple[Advice | None, bool]:
        """What stands, at once, and whether nothing helps. Called whenever a table is drawn: that keeps the looks going."""
        now, desk = self._clock(), self._desks[office]
        if now - self._began.get(office, -EVERY_S) >= EVERY_S and desk.health == "ready" and desk.state.day is not None:
            self._began[office] = now
            self._tasks.start(self._renew(office), f"advice {office}")
        found = self._standing(office)
        return found.advice, found.advice_none

    async def asked(self, office: str, fresh: bool) -> AdviceFound | Refusal:
        """What stands; a new look if `fresh`, or if nothing is known. What it finds is shown on the tables too."""
        found = self._standing(office)
        if not fresh and found != AdviceFound():
            return found
        self._began[office] = self._clock()
        return await self._look(office) or self._standing(office)

    def _standing(self, office: str) -> AdviceFound:
        known, state = self._known.get(office), self._desks[office].state
        if known is None or self._clock() - known.at >= KEPT_S or (known.epoch, known.day) != (state.epoch, state.day):
            return AdviceFound()
        if known.advice is None:
            return AdviceFound(advice_none=True)
        return AdviceFound() if _overtaken(state, known) else AdviceFound(advice=known.advice)

    async def _renew(self, office: str) -> None:
        refusal = await self._look(office)
        if refusal is not None:
            _log.info("no advice", office=office, reason=refusal.detail)
        if office in self._again:
            self._again[office].cancel()
        # an office in which nothing happens is drawn again all the same: time alone may end an advice or make one
        self._again[office] = asyncio.get_running_loop().call_later(EVERY_S, self.changed, office)

    async def _look(self, office: str) -> Refusal | None:
        state = self._desks[office].state
        epoch, day = state.epoch, state.day
        try:
            found = _answer(await self._second.ask(office, AdviceQuestion))
        except Away as away:
            return away.refusal
        self._known[office] = _Known(self._clock(), epoch, day, found.seq, found.advice)
        self.changed(office)
        return None

    async def stop(self) -> None:
        for timer in self._again.values():
            timer.cancel()
        await self._tasks.close()


def _overtaken(state: State, known: _Known) -> bool:
    """Whether somebody changed what the advice touches: applied, it would be refused."""
    moves = known.advice.moves if known.advice is not None else ()
    return any(state.touched.get(name, 0) > known.seq for move in moves for name in touches(move))
