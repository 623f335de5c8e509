"""The historian: reads the logs of all offices and writes the history. The fence allows one at a time per office.

Wiring wakes it for every entry; it reads up to 200 rows at a time, at the latest every five seconds. It never writes to a log.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import Clock
from server.history.forks import follow_fork, parting
from server.history.position import Fenced, Position, first_position, let_go
from server.history.raw import LogToRead, Row
from server.history.writing import write
from server.messages.events import Event, TooNew, decode
from server.tasks import Tasks

ROWS = 200
GATHER_S = 5.0
"""Seconds for which entries are gathered into one transaction: one for each press would cost more than the press, and
reports, which look back, can wait."""
PATIENCE_S = 10.0
"""Seconds for which another historian may leave entries unread before this one takes over."""
PAUSE_S = 1.0
"""Seconds to the next try after a failure; doubled each time, up to LONGEST_PAUSE_S."""
LONGEST_PAUSE_S = 30.0
LIMIT_S = 30.0
"""Seconds that one batch, fork or look may take."""
LAST_LOOK_S = 2.0
"""Seconds for reading the last entries before the end: the next start compares the log with them."""

_log = structlog.get_logger("aufruf.history")
Doing = Literal["starting", "writing", "standing_by", "waiting_for_log", "too_new", "failing"]


@dataclass
class Progress:
    """How far the historian is with one office. `detail`: what an operator should know, else empty."""

    doing: Doing = "starting"
    detail: str = ""
    position: Position | None = None


@dataclass
class _Office:
    name: str
    progress: Progress = field(default_factory=Progress)
    written: Position | None = None  # set by this historian; None again once another one may have moved it
    news: asyncio.Event = field(default_factory=asyncio.Event)
    patient_since: tuple[float, int, str] | None = None
    look_again: bool = False
    task: asyncio.Task[None] | None = None


class Historian:
    """One per node. `wake(office)` is called after every commit of a desk; `follow` begins to read an office."""

    def __init__(
        self, engine: AsyncEngine, logs: LogToRead, clock: Clock, rows: int = ROWS, gather_s: float = GATHER_S
    ) -> None:
        self.id = secrets.token_hex(8)
        self._engine, self._logs, self._clock = engine, logs, clock
        self._rows, self._gather_s = rows, gather_s
        self._offices: dict[str, _Office] = {}
        self._tasks = Tasks("historian")

    def follow(self, offices: Iterable[str]) -> None:
        """Begins to read the logs of these offices. Those that are read already go on."""
        for name in offices:
            if name not in self._offices:
                office = self._offices[name] = _Office(name)
                office.news.set()
                office.task = self._tasks.forever(partial(self._run, office), name)

    def wake(self, office: str) -> None:
        """There may be something to read. It costs nothing if there is not."""
        if office in self._offices:
            self._offices[office].news.set()

    def health(self) -> dict[str, Progress]:
        """The progress of each office; `too_new` and `failing` are faults."""
        return {name: office.progress for name, office in self._offices.items()}

    def stands_at(self, office: str, day: str) -> bool:
        """Whether this historian writes the history of an office, and has come to this day."""
        progress = self._offices[office].progress if office in self._offices else Progress()
        written = progress.position
        return progress.doing == "writing" and written is not None and self._owner(written) and written.day >= day

    async def stop(self, timeout_s: float = LAST_LOOK_S) -> None:
        """Reads the last entries, ends, and gives the offices back. A batch in progress is written whole or not at all."""
        tasks = [office.task for office in self._offices.values() if office.task is not None]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=timeout_s)
        await asyncio.gather(*(self._leave(office, timeout_s) for office in self._offices.values()))
        self._offices.clear()

    async def _leave(self, office: _Office, timeout_s: float) -> None:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(timeout_s):
                await self.catch_up(office.name)
        with contextlib.suppress(Exception):
            async with asyncio.timeout(timeout_s):
                await let_go(self._engine, office.name, self.id)

    async def catch_up(self, office: str) -> Position:
        """Reads until nothing is left: for tests, and before a backup."""
        followed = self._offices.get(office) or _Office(office)
        while await self._step(followed):
            pass
        return followed.progress.position or Position(office=office)

    async def _run(self, office: _Office) -> None:
        pause = PAUSE_S
        while True:
            await office.news.wait()
            office.news.clear()
            try:
                while await self._step(office):
                    pass
                pause = PAUSE_S
            except Exception as error:  # the office works without its history, which catches up later
                self._failed(office, error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)
                office.news.set()
                continue
            if office.look_again:
                self._look_again(office)
            await asyncio.sleep(self._gather_s)

    def _look_again(self, office: _Office) -> None:
        """Looks again in a while: another historian should write this office, or the log should get back what it lost."""
        office.look_again = False
        asyncio.get_running_loop().call_later(PATIENCE_S, office.news.set)

    def _failed(self, office: _Office, error: Exception) -> None:
        told = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        if office.progress.doing != "failing":  # only the first failure is logged
            _log.error("the history is not written", office=office.name, reason=told)
        office.progress.doing, office.progress.detail = "failing", told

    async def _step(self, office: _Office) -> bool:
        """Writes one batch. True if there may be more."""
        async with asyncio.timeout(LIMIT_S):
            old, office.written = office.written or await first_position(self._engine, office.name), None
            office.progress.position = old
            try:
                return await self._one(office, old)
            except Fenced:
                self._stands_by(office, "another historian was there first")
                return False

    async def _one(self, office: _Office, old: Position) -> bool:
        rows = list(await self._logs.read(office.name, max(0, old.seq - 1), self._rows + 1))
        if old.seq and (not rows or rows[0].seq <= old.seq):
            if not rows or (rows[0].seq, rows[0].mark) != (old.seq, old.mark):
                return await self._parted(office, old)
            rows = rows[1:]
        if rows and not self._mine(office, old):
            return False
        batch, newer = read(rows)
        if batch:
            written = await write(self._engine, old, batch, self.id, self._clock.now_ms())
            office.written = office.progress.position = written
        if newer is not None:
            self._says(office, "too_new", f"entry {old.seq + len(batch) + 1}: {newer}")
            return False
        if rows or self._owner(old):
            hole = _hole(old, rows)
            if hole:
                _log.warning("the history has a hole", office=office.name, hole=hole)
            self._says(office, "writing", hole)
        return len(rows) >= self._rows

    async def _parted(self, office: _Office, old: Position) -> bool:
        if not self._mine(office, old):
            return False
        found = await parting(self._engine, self._logs, old)
        if found is None:
            office.look_again = True
            self._says(
                office, "waiting_for_log", f"the log is shorter than the history, which stands at entry {old.seq}"
            )
            return False
        _log.warning("the log parted from the history", office=office.name, fork=str(found))
        office.progress.position = await follow_fork(self._engine, old, found, self.id, self._clock.now_ms())
        return True

    def _mine(self, office: _Office, old: Position) -> bool:
        """Whether to write this office.

        An office that another historian holds is left to that one, unless it has not read for too long.
        """
        if self._owner(old):
            office.patient_since = None
            return True
        now = self._clock.monotonic()
        since = office.patient_since
        if since is None or since[1:] != (old.seq, old.mark):
            office.patient_since = since = (now, old.seq, old.mark)
        if now - since[0] >= PATIENCE_S:
            office.patient_since = None
            return True
        self._stands_by(office, f"left to historian {old.holder}")
        return False

    def _owner(self, old: Position) -> bool:
        return old.holder in ("", self.id)

    def _stands_by(self, office: _Office, detail: str) -> None:
        self._says(office, "standing_by", detail)
        office.look_again = True

    def _says(self, office: _Office, doing: Doing, detail: str) -> None:
        if doing == "too_new" and office.progress.doing != "too_new":
            _log.error("the history stops", office=office.name, reason=detail)
        office.progress.doing, office.progress.detail = doing, detail


def read(rows: Iterable[Row]) -> tuple[list[tuple[Row, Event]], TooNew | None]:
    """The entries that this release understands, and the reason why it stops after them, if it does."""
    batch: list[tuple[Row, Event]] = []
    for row in rows:
        try:
            batch.append((row, decode(row.body)))
        except TooNew as newer:
            return batch, newer
    return batch, None


def _hole(old: Position, rows: list[Row]) -> str:
    """Entries that were trimmed before they were read, as a text; empty if there are none."""
    if rows and rows[0].seq > old.seq + 1:
        return f"entries {old.seq + 1} to {rows[0].seq - 1} were gone before they were read"
    return ""
