"""What the supervisor's table shows of today and of the hours ahead, for each office. The second worker is asked once a
minute, and only while somebody looks at such a table (`glance`). Made by wiring, which hands it to push."""

import time
from collections.abc import Callable, Mapping

from msgspec.msgpack import Decoder

from server.forecast.model import Model
from server.messages.boards.curve import Figures
from server.promises.counsel import Counsel
from server.promises.glance import Glance
from server.promises.keeper import Source, no_model
from server.promises.questions import TableAnswer, TableQuestion
from server.promises.second import BusyDay, Second, no_day

KEPT_S = 600.0
"""Seconds after which a result is too old to be shown."""

_answer = Decoder(TableAnswer).decode


class Tables:
    """`second`: the worker that is asked, for what-if too."""

    def __init__(
        self,
        desks: Mapping[str, Source],
        store: str,
        models: Callable[[str], Model | None] = no_model,
        second: Second | None = None,
        clock: Callable[[], float] = time.monotonic,
        busy_day: BusyDay = no_day,
    ) -> None:
        self.second = second or Second(desks, store, models=models, busy_day=busy_day)
        self.counsel = Counsel(desks, self.second, clock)
        self.glance = Glance("curve ahead", desks, self._find, KEPT_S, clock)

    def of(self, office: str) -> Figures | None:
        """The last result, without waiting."""
        return self.glance.of(office)

    def on_change(self, changed: Callable[[str], None]) -> None:
        """`changed(office)` is called when the tables of that office's supervisors must be drawn again."""
        self.glance.changed = self.counsel.glance.changed = changed

    async def _find(self, office: str) -> Figures:
        found = _answer(await self.second.ask(office, TableQuestion))
        return Figures(found.curve, found.fairness)

    async def stop(self) -> None:
        await self.counsel.stop()
        await self.glance.stop()
        await self.second.stop()
