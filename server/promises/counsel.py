"""The one move that is worth making now, for each office. The second worker is asked once a minute while somebody has the
table open (`glance`), or when somebody asks for it. Made by `tables`; wiring hands it to push and web.

An advice is shown until the next one is found. It disappears at once when somebody changes what it is about.
"""

import time
from collections.abc import Callable, Mapping

from msgspec.msgpack import Decoder

from server.messages.instants import at_or_none
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

    def of(self, office: str) -> AdviceFound:
        """The advice that is shown now, or why there is none. Never waits."""
        return self._said(office, self.glance.of(office))

    async def asked(self, office: str, fresh: bool) -> AdviceFound | Refusal:
        """The advice that is shown now. It is looked for anew if `fresh`, or if nothing is known; the tables then show that
        one too."""
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
            none = not found.short and (found.tried or found.rests is None)
            return AdviceFound(advice_none=none, advice_short=found.short, advice_rests=at_or_none(found.rests))
        return AdviceFound() if _overtaken(self._desks[office].state, found) else AdviceFound(advice=found.advice)

    async def stop(self) -> None:
        await self.glance.stop()


def _overtaken(state: State, found: AdviceAnswer) -> bool:
    """Whether somebody changed what the advice is about: if it were applied now, it would be refused."""
    moves = found.advice.moves if found.advice is not None else ()
    return any(state.touched.get(name, 0) > found.seq for move in moves for name in touches(move))
