"""The one move worth making now, for each office: asked of the second worker once a minute while somebody has the table open
(`glance`), or on request. Made by `tables`; wiring hands it to push and web.

An advice stands until the next look, and disappears at once when somebody changes what it touches.
"""

import time
from collections.abc import Callable, Mapping

from msgspec.msgpack import Decoder

from server.messages.boards import Advice
from server.messages.problems import Refusal
from server.messages.what_if import AdviceFound
from server.office.state import State
from server.office.touched import touches
from server.promises.glance import Glance
from server.promises.keeper import Source
from server.promises.questions import AdviceAnswer, AdviceQuestion
from server.promises.second import Away, Second

KEPT_S = 150.0
"""Seconds after which an advice is too old to be shown."""

_answer = Decoder(AdviceAnswer).decode


class Counsel:
    """`second`: the worker that is asked."""

    def __init__(
        self, desks: Mapping[str, Source], second: Second, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._desks, self._second = desks, second
        self.glance = Glance("advice", desks, self._find, KEPT_S, clock)

    def of(self, office: str) -> tuple[Advice | None, bool]:
        """What stands, at once, and whether nothing helps."""
        found = self._said(office, self.glance.of(office))
        return found.advice, found.advice_none

    async def asked(self, office: str, fresh: bool) -> AdviceFound | Refusal:
        """What stands; a new look if `fresh`, or if nothing is known. What it finds is shown on the tables too."""
        found = self._said(office, self.glance.standing(office))
        if not fresh and found != AdviceFound():
            return found
        try:
            await self.glance.renew(office)
        except Away as away:
            return away.refusal
        return self._said(office, self.glance.standing(office))

    async def _find(self, office: str) -> AdviceAnswer:
        return _answer(await self._second.ask(office, AdviceQuestion))

    def _said(self, office: str, found: AdviceAnswer | None) -> AdviceFound:
        if found is None:
            return AdviceFound()
        if found.advice is None:
            return AdviceFound(advice_none=True)
        return AdviceFound() if _overtaken(self._desks[office].state, found) else AdviceFound(advice=found.advice)

    async def stop(self) -> None:
        await self.glance.stop()


def _overtaken(state: State, found: AdviceAnswer) -> bool:
    """Whether somebody changed what the advice touches: applied, it would be refused."""
    moves = found.advice.moves if found.advice is not None else ()
    return any(state.touched.get(name, 0) > found.seq for move in moves for name in touches(move))
