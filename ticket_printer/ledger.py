"""What the agent has begun to print, on its own disk: so that no job is printed twice, not even across a power cut.

One line of JSON per change, synced before the first byte goes to the printer. Touched by the agent only.
"""

import asyncio
import fcntl
import os
from pathlib import Path

import msgspec

from server.messages.instants import DAY
from ticket_printer.transport import Outcome, Printed, Reason

KEPT_MS = DAY
"""Longer than any server still asks about a job (two minutes), short enough to stay small."""


class Entry(msgspec.Struct, frozen=True):
    """A job and how far it came; `at` in ms since the epoch; `told`: the server has answered to its report."""

    job: str
    at: int
    state: Printed | None = None
    reason: Reason | None = None
    told: bool = False


class LedgerInUse(Exception):
    """Another agent prints from this folder; the second would print everything again."""


class Ledger:
    """The jobs of one printer. Methods that write wait for the disk's sync and raise OSError if it does not take it.

    Opening settles what a dead agent left: a job begun and not finished is `unknown`, `interrupted`.
    """

    def __init__(self, path: Path, now_ms: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = path.with_suffix(".lock").open("ab")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise LedgerInUse(f"another printer agent uses {path}") from None
        self._entries = {e.job: _settled(e) for e in _read(path) if e.at > now_ms - KEPT_MS}
        self._file = self._rewritten(path)

    def _rewritten(self, path: Path) -> int:
        """Writes what is kept to a new file in the old one's place and stays at its end."""
        fresh = path.with_suffix(".new")
        file = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND, 0o600)
        os.write(file, b"".join(_line(entry) for entry in self._entries.values()))
        os.fsync(file)
        fresh.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
        return file

    def close(self) -> None:
        os.close(self._file)
        self._lock.close()

    def knows(self, job: str) -> bool:
        return job in self._entries

    def untold(self) -> list[Entry]:
        """Finished jobs whose report the server has not answered."""
        return [entry for entry in self._entries.values() if entry.state is not None and not entry.told]

    async def begin(self, job: str, now_ms: int) -> None:
        """Before the first byte. Returns only when it will be remembered."""
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
        # In memory first: whatever the disk says, this process will not print the job again.
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
    """Every whole line; the last may be torn by a power cut."""
    entries = []
    for line in path.read_bytes().splitlines() if path.exists() else []:
        try:
            entries.append(msgspec.json.decode(line, type=Entry))
        except msgspec.DecodeError:
            continue
    return entries
