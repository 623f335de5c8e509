"""Looks at every office of this node every few seconds and keeps its alerts. Boards ask for them; the post takes what
changed. Made by wiring, which says what can be seen of an office (`sight`) and who is told when alerts came or went
(`changed`)."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import structlog

from server.letters.standing import Began, BeganOrEnded, Standing
from server.messages.boards import Alert
from server.office.boards import BLIND, Sight
from server.office.boards.alerts import conditions
from server.office.state import State

EVERY_S = 2.0
MOST_TURNS = 200
"""The most beginnings and ends that are kept for the post while the database is away. If there are more, the oldest are
dropped."""

_log = structlog.get_logger("aufruf.letters")


class Source(Protocol):
    """An office's desk, read only."""

    def now(self) -> int: ...

    @property
    def state(self) -> State: ...

    @property
    def health(self) -> str:
        """`ready` once its log is folded."""
        ...


class Watch:
    """`alerts(office)` for boards; `turns(office)`: what began and ended, until the post removes it."""

    def __init__(self, desks: Mapping[str, Source]) -> None:
        self._desks = desks
        self.sight: Callable[[str], Sight] = lambda office: BLIND
        self._standing: dict[str, Standing] = {}
        self._turns: dict[str, deque[BeganOrEnded]] = {}
        self._told: dict[str, tuple[Alert, ...]] = {}
        self.changed: Callable[[str], None] = lambda office: None

    def alerts(self, office: str) -> tuple[Alert, ...]:
        """The alerts that stand, the worst first."""
        return self._told.get(office, ())

    def turns(self, office: str) -> deque[BeganOrEnded]:
        return self._turns.setdefault(office, deque(maxlen=MOST_TURNS))

    def resume(self, office: str, known: Iterable[Began]) -> None:
        """The post of this node takes over. Alerts that were written down before stand already; only the others are news."""
        told = list(known)
        standing = self._of(office)
        standing.resume(told)
        ids = {one.condition.id for one in told}
        self._turns[office] = deque((one for one in standing.began() if one.condition.id not in ids), MOST_TURNS)
        self._tell(office)

    async def run(self) -> None:
        """Runs until it is cancelled."""
        while True:
            for office in list(self._desks):
                self.look(office)
                await asyncio.sleep(0)  # two hundred offices in one go would keep a press waiting
            await asyncio.sleep(EVERY_S)

    def look(self, office: str) -> None:
        """Looks once. An office that cannot be looked at keeps its alerts; the others go on."""
        desk = self._desks[office]
        if desk.health != "ready" or not desk.state.configured:
            return
        try:
            standing, now = self._of(office), desk.now()
            found = conditions(desk.state, now, self.sight(office), standing.ids)
            self.turns(office).extend(standing.look(found, now))
        except Exception:
            _log.exception("the alerts of an office were not looked at", office=office)
        self._tell(office)

    def _of(self, office: str) -> Standing:
        return self._standing.setdefault(office, Standing())

    def _tell(self, office: str) -> None:
        now = self._of(office).alerts()
        if now != self.alerts(office):
            self._told[office] = now
            self.changed(office)
