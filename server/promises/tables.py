"""What the supervisor's table shows of today and of the hours ahead, for each office: asked of the second worker at most once a
minute, and only while somebody looks at such a table. Made by wiring, which hands it to push."""

import time
from collections.abc import Callable, Mapping

import structlog
from msgspec.msgpack import Decoder

from server.forecast.model import Model
from server.messages.boards.curve import Figures
from server.promises.counsel import Counsel
from server.promises.keeper import Source, no_model
from server.promises.questions import TableAnswer, TableQuestion
from server.promises.second import Away, Second
from server.tasks import Tasks

EVERY_S, KEPT_S = 60.0, 600.0
"""Seconds between two runs of an office, and after which a result is too old to be shown."""

_log = structlog.get_logger("aufruf.promises")
_answer = Decoder(TableAnswer).decode


class Tables:
    """`second`: the worker that is asked, for what-if too; `changed(office)`: its supervisor's tables are to be drawn again."""

    def __init__(
        self,
        desks: Mapping[str, Source],
        store: str,
        models: Callable[[str], Model | None] = no_model,
        second: Second | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desks, self._clock = desks, clock
        self.second = second or Second(desks, store, models=models)
        self.counsel = Counsel(desks, self.second, clock)
        self._known: dict[str, tuple[float, str | None, Figures]] = {}
        self._began: dict[str, float] = {}
        self._tasks = Tasks("tables")
        self.changed: Callable[[str], None] = lambda office: None

    def of(self, office: str) -> Figures | None:
        """The last one, at once; a new one is asked for if that is a minute old. Called whenever the table is drawn."""
        now, desk = self._clock(), self._desks[office]
        if now - self._began.get(office, -EVERY_S) >= EVERY_S and desk.health == "ready" and desk.state.day is not None:
            self._began[office] = now
            self._tasks.start(self._renew(office), f"table {office}")
        at, day, table = self._known.get(office, (now - KEPT_S, None, None))
        return table if now - at < KEPT_S and day == desk.state.day else None

    async def _renew(self, office: str) -> None:
        day = self._desks[office].state.day
        try:
            found = _answer(await self.second.ask(office, TableQuestion))
        except Away as away:
            _log.info("no curve ahead", office=office, reason=str(away))
            return
        self._known[office] = self._clock(), day, Figures(found.curve, found.fairness)
        self.changed(office)

    async def stop(self) -> None:
        await self.counsel.stop()
        await self._tasks.close()
        await self.second.stop()
