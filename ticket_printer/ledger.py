"""The jobs that the agent has begun to print, on its own disk, so that no job is printed twice, not even after a power cut.

One line of JSON per change, synced before the first byte goes to the printer. Used only by the agent.
"""

import asyncio
import os
from pathlib import Path

import msgspec

from server.messages.instants import DAY
from server.messages.terms import PrintOutcome
from ticket_printer.journal import owned, rewritten
from ticket_printer.transport import Outcome, Reason

KEPT_MS = DAY
"""How long jobs are kept: longer than any server asks for a job (two minutes), short enough for a small file."""


class Entry(msgspec.Struct, frozen=True):
    """A job and its state; `at` in ms since the epoch; `told`: the server has answered its report."""

    job: str
    at: int
    state: PrintOutcome | None = None
    reason: Reason | None = None
    told: bool = False


class LedgerInUse(Exception):
    """Another agent uses this ledger: two of them would print everything twice."""


class Ledger:
    """The jobs of one printer. Methods that write wait for the sync to disk, and raise OSError if it fails.

    Opening also ends what a dead agent left: a job that was begun and not finished becomes `unknown`, `interrupted`.
    """

    def __init__(self, path: Path, now_ms: int) -> None:
        lock = owned(path)
        if lock is None:
            raise LedgerInUse(f"another printer agent uses {path}")
        self._lock = lock
        self._entries = {e.job: _settled(e) for e in _read(path) if e.at > now_ms - KEPT_MS}
        self._file = rewritten(path, b"".join(_line(entry) for entry in self._entries.values()))

    def close(self) -> None:
        os.close(self._file)
        self._lock.close()

    def knows(self, job: str) -> bool:
        return job in self._entries

    def untold(self) -> list[Entry]:
        """Finished jobs whose report the server has not answered."""
        return [entry for entry in self._entries.values() if entry.state is not None and not entry.told]

    async def begin(self, job: str, now_ms: int) -> None:
        """Called before the first byte is sent. Returns only when the job is safely on disk."""
        if self.knows(job):
            raise ValueError(f"job {job} was begun before")
        await self._put(Entry(job, now_ms))

    async def finish(self, job: str, outcome: Outcome, now_ms: int) -> Entry:
        entry = Entry(job, now_ms, outcome.state, outcome.reason)
        await self._put(entry)
        return entry

    async def told(self, job: str) -> None:
        await self._put(msgspec.structs.replace(self._entries[job], told=True))

    async def _put(self, entry: Entry) -> None:
        # In memory first: even if the disk fails, this process must not print the job again.
        self._entries[entry.job] = entry
        await asyncio.to_thread(self._append, _line(entry))

    def _append(self, line: bytes) -> None:
        os.write(self._file, line)
        os.fdatasync(self._file)


def _settled(entry: Entry) -> Entry:
    return entry if entry.state else msgspec.structs.replace(entry, state="unknown", reason="interrupted")


def _line(entry: Entry) -> bytes:
    return msgspec.json.encode(entry) + b"\n"


def _read(path: Path) -> list[Entry]:
    """Every complete line; a power cut may have cut off the last one."""
    entries = []
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            entries.append(msgspec.json.decode(line, type=Entry))
        except msgspec.DecodeError:
            continue
    return entries
