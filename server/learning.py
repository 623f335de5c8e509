"""Learns from the history how long people wait in an office: each night, at the start if a night was missed, and by the verb
`aufruf learn`.

The learning itself is pure (`server.forecast.learn`). Here is what it reads, in a process of its own, and how a model comes
into force: the node whose historian writes an office's history says so in the office's log, so all nodes use the model at
once.
"""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Protocol

import structlog
from msgspec.msgpack import Decoder, encode
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from audio.worker import Worker, WorkerFault
from server.desk.desk import Desk
from server.history.historian import Historian
from server.history.models import newest
from server.learning_process import Ask, Taught
from server.messages.actor import SYSTEM
from server.messages.commands import SetModel

LOOK_S = 60.0
"""Seconds between two checks for a new model, made here, on another node or by the verb."""
LIMIT_S = 300.0
"""Seconds that learning one office may take; then its process is killed."""
REST_S = 3_600.0
"""Seconds to wait after a failure."""

_log = structlog.get_logger("aufruf.server")
_taught = Decoder(Taught).decode


class LearningWorker(Protocol):
    """The process: `audio.worker.Worker`."""

    async def ask(self, request: bytes, limit: float) -> bytes: ...

    async def close(self) -> None: ...


class Learner:
    """One per node. `url`: of the database, which the process opens by itself."""

    def __init__(
        self,
        desks: Mapping[str, Desk],
        historian: Historian,
        engine: AsyncEngine,
        url: str,
        worker: LearningWorker | None = None,
    ) -> None:
        self._desks, self._historian, self._engine, self._url = desks, historian, engine, url
        self._worker: LearningWorker = worker or Worker("server.learning_process")
        self._rests: dict[str, tuple[str, float]] = {}

    async def keep(self) -> None:
        """Begins once an office is folded and its history has reached today; then looks every minute."""
        while True:
            await self.look(self._desks)
            await asyncio.sleep(LOOK_S)

    async def look(self, offices: Iterable[str]) -> None:
        """Learns what the night missed and puts the newest model in force, for offices whose history this node writes."""
        for office in list(offices):
            try:
                await self._office(office, self._desks[office])
            except (OSError, SQLAlchemyError, WorkerFault) as fault:
                self._failed(office, str(fault) or type(fault).__name__)
        await self._worker.close()

    async def stop(self) -> None:
        await self._worker.close()

    async def _office(self, office: str, desk: Desk) -> None:
        day = desk.state.day
        if desk.health != "ready" or day is None or not self._historian.stands_at(office, day):
            return
        found = await newest(self._engine, office)
        if (found is None or found.day < day) and self._may(office, day):
            await self._learn(office, day, desk.now())
            found = await newest(self._engine, office)
        if found is not None and found.version != desk.state.model:
            await desk.submit(SYSTEM, SetModel(version=found.version, taken_up=found.taken_up), "")

    async def _learn(self, office: str, day: str, now: int) -> None:
        self._rests[office] = (day, float("inf"))  # once a day, unless it fails
        taught = _taught(await self._worker.ask(encode(Ask(self._url, office, now)), LIMIT_S))
        _log.info(
            "learned from the history", office=office, visits=taught.visits, days=taught.days, model=taught.version
        )

    def _may(self, office: str, day: str) -> bool:
        last, until = self._rests.get(office, ("", 0.0))
        return last != day or asyncio.get_running_loop().time() >= until

    def _failed(self, office: str, reason: str) -> None:
        _log.warning("nothing was learned from the history", office=office, reason=reason)
        day = self._desks[office].state.day or ""
        self._rests[office] = (day, asyncio.get_running_loop().time() + REST_S)
