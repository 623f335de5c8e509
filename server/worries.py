"""What staff should know about this node and its offices although they are open. Asked by health, metrics, supervisor's board.

It checks the database every few seconds, and has boards drawn again when a worry comes or goes. Made by wiring.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping

import structlog

from server.desk.offices import Offices
from server.history.database import FAILURES
from server.history.historian import Historian, Progress
from server.log.examine import ALONE, StoreReport
from server.messages.boards import Worry
from server.tasks import Restarts

EVERY_S = 2.0
LIMIT_S = 3.0
"""Seconds after which a database that does not answer counts as away."""

_log = structlog.get_logger("aufruf.server")


class Worries:
    """`ask`: a question that the database answers if it is there. `store`: what was found when the store was examined.

    Set by wiring: `files`: why an office does not use its file; `certificate`: why a renewed one is not used; `deletion`: why
    nothing is deleted; `forecast`: why an office's waits are not shown; `letters`: why its alerts reach nobody; `webhooks`: why
    other systems are not told; `voices`: the languages of an office that no voice speaks; `devices`: those of which a part was
    started again.
    """

    def __init__(
        self, desks: Offices, historian: Historian, restarts: Restarts, ask: Callable[[], Awaitable[object]]
    ) -> None:
        self._desks, self._historian, self._restarts, self._ask = desks, historian, restarts, ask
        self._database = ""
        self._told: frozenset[tuple[str, str]] = frozenset()
        self.store: Callable[[], StoreReport] = StoreReport
        self.accept_weak_store = False
        self.files: Callable[[str], str | None] = lambda office: None
        self.certificate: Callable[[], str | None] = lambda: None
        self.deletion: Callable[[], str] = str
        self.forecast: Callable[[str], str] = lambda office: ""
        self.letters: Callable[[str], str] = lambda office: ""
        self.webhooks: Callable[[str], str] = lambda office: ""
        self.voices: Callable[[str], str] = lambda office: ""
        self.devices: Callable[[str], str] = lambda office: ""

    def of_node(self) -> tuple[Worry, ...]:
        """The worries that concern every office."""
        return tuple(self._of_node())

    def of(self, office: str) -> tuple[Worry, ...]:
        """The worries of one office: its own first, then the node's."""
        return (*self._of_office(office), *self._of_node())

    def own(self, office: str) -> tuple[Worry, ...]:
        return tuple(self._of_office(office))

    def restarts(self) -> Mapping[str, int]:
        return {name: restart.many for name, restart in self._restarts.by_name.items()}

    def behind(self, office: str) -> int | None:
        """How many entries the history has not read yet. Another node may be the historian: then nobody here knows."""
        progress = self._historian.health().get(office)
        if progress is None or progress.position is None or progress.doing == "standing_by":
            return None
        return max(0, self._desks[office].state.seq - progress.position.seq)

    def database_faults(self) -> int:
        return FAILURES.many

    def _of_node(self) -> Iterator[Worry]:
        if self._database:
            yield Worry(code="database", detail=self._database)
        report = self.store()
        if report.weak and not self.accept_weak_store:
            yield Worry(code="durability", detail="; ".join(report.weak))
        if report.replicas:
            yield Worry(code="replicas", detail=report.replicas)
        if report.alone:
            yield Worry(code="one_store", detail=ALONE)
        if detail := self.certificate():
            yield Worry(code="certificate", detail=detail)
        if rests := self.deletion():
            yield Worry(code="deletion", detail=rests)
        for name, restart in self._restarts.recent().items():
            detail = f"{name} ended {restart.many} times and was begun again: {restart.fault}"
            yield Worry(code="task", detail=detail)

    def _of_office(self, office: str) -> Iterator[Worry]:
        desk = self._desks[office]
        yield from desk.worries()
        if detail := self.files(office):
            yield Worry(code="file", detail=detail)
        if detail := self.forecast(office):
            yield Worry(code="forecast", detail=detail)
        if detail := self.letters(office):
            yield Worry(code="letters", detail=detail)
        if detail := self.webhooks(office):
            yield Worry(code="webhooks", detail=detail)
        if languages := self.voices(office):
            yield Worry(code="voices", detail=languages)
        if devices := self.devices(office):
            yield Worry(code="restarted", detail=devices)
        progress = self._historian.health().get(office)
        if progress is not None and (detail := _late(progress)):
            yield Worry(code="history", detail=detail)

    async def watch(self) -> None:
        """Runs until it is cancelled."""
        while True:
            await self._look()
            await asyncio.sleep(EVERY_S)

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(LIMIT_S):
                await self._ask()
            self._database = ""
        except TimeoutError:
            self._database = f"the database does not answer within {LIMIT_S:g} s"
        except Exception as fault:
            self._database = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        self._tell()

    def _tell(self) -> None:
        """Logs each worry once when it comes; has boards drawn when any came or went."""
        now = {("", worry.code): worry.detail for worry in self._of_node()}
        for office in self._desks:
            now |= {(office, worry.code): worry.detail for worry in self._of_office(office)}
        for office, code in sorted(now.keys() - self._told):
            _log.warning("something is weak", code=code, office=office, detail=now[office, code])
        if now.keys() != self._told:
            self._told = frozenset(now)
            for desk in self._desks.values():
                desk.time_passed()


def _late(progress: Progress) -> str:
    if progress.doing in ("failing", "too_new", "waiting_for_log"):
        return f"{progress.doing}: {progress.detail}"
    return ""
