"""What a running node checks every few seconds: office files with all that they extend, certificates, progress of the history.

A changed office file is checked and applied as one event. If that is impossible now, it is tried again; if it is impossible at
all, staff are told why.
"""

import asyncio
import contextlib
from collections.abc import Mapping
from pathlib import Path

import structlog

from config.loader import Reading, read
from config.office_files import find
from server.certificates import Certificates, Stamp, stamp
from server.desk.tend import Tender
from server.history.historian import Historian
from server.messages.office import Office
from server.messages.problems import Refusal
from server.options import Options

LOOK_S = 5.0
"""Seconds between two checks."""

_log = structlog.get_logger("aufruf.server")


class Upkeep:
    """`faults`: by office, why it does not use its present file. `named`: the office file of each `--office` NAME.

    `own_files`: by office, where the files are that its office file names."""

    def __init__(
        self,
        options: Options,
        tenders: Mapping[str, Tender],
        historian: Historian,
        certificates: Certificates | None = None,
        named: Mapping[str, str] | None = None,
        own_files: dict[str, Mapping[str, Path]] | None = None,
    ) -> None:
        self._named = named or {}
        self._options, self._tenders, self._historian = options, tenders, historian
        self._certificates = certificates
        self._files: dict[str, tuple[Path, ...]] = {}
        self._seen: dict[str, Stamp] = {}
        self._held: set[str] = set()  # offices that have been ready once
        self._again = asyncio.Event()
        self.faults: dict[str, str] = {}
        self._own_files = {} if own_files is None else own_files

    def look_again(self) -> None:
        """Reads office files and certificates again, even if they did not change (SIGHUP)."""
        _log.info("office files and certificates are read again")
        self._seen.clear()
        self._again.set()

    async def run(self) -> None:
        while True:
            again = self._again.is_set()
            self._again.clear()
            if self._certificates is not None:
                await asyncio.to_thread(self._certificates.look, again=again)
            self._tell_progress()
            for name in self._options.offices:
                await self._look_at(name)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await self._again.wait()

    def _tell_progress(self) -> None:
        for name, progress in self._historian.health().items():
            if progress.position is not None:
                self._tenders[name].passed = progress.position.seq

    async def _look_at(self, name: str) -> None:
        """Applies a changed file. If that was not possible (the store was away), the next look treats the file as
        changed again."""
        known = self._files.get(name, ())
        now = stamp(*known)
        if known and self._seen.get(name) == now:
            return
        reading = await asyncio.to_thread(self._read, name)
        if reading is None:
            return
        self._files[name] = reading.files
        if await self._applied(name, reading) and reading.files == known:
            self._seen[name] = now
        else:
            self._seen.pop(name, None)

    def _read(self, name: str) -> Reading | None:
        try:
            return read(find(name, self._options.data))
        except (LookupError, OSError) as fault:
            self._say(name, f"it is not there any more ({fault})")
            return None

    async def _applied(self, name: str, reading: Reading) -> bool:
        """False if it could not be applied yet."""
        office = reading.office
        if office is None:
            faults = "\n".join(f"  {fault}" for fault in reading.faults)
            self._say(name, f"it has faults:\n{faults}")
            return True
        if office.id not in self._tenders:
            self._say(name, f"it is of another office now ({office.id}); that one is served after a new start")
            return True
        self._own_files[office.id] = reading.own
        tender = self._tenders[office.id]
        used = tender.awaited
        if used is None:
            if name in self._held:  # before that, the tender applies it at the start
                self._say(name, "the office is not ready; it is tried again")
            return False
        self._held.add(name)
        overlooked = _overlooked(office, used)
        if overlooked is None and office.revision > used.revision:
            answer = await tender.configure(office)
            if isinstance(answer, Refusal):
                self._say(name, f"{answer.detail or answer.code}{'; it is tried again' if answer.retry else ''}")
                return not answer.retry
            _log.info("a changed office file is applied", office=office.id, revision=office.revision)
        self._say(name, overlooked)
        return True

    def _say(self, name: str, fault: str | None) -> None:
        """Tells a fault once for each reason."""
        office = self._named.get(name, name)
        if fault is None:
            self.faults.pop(office, None)
        elif self.faults.get(office) != fault:
            self.faults[office] = fault
            _log.error("the office file is not applied; the office goes on as it was", office=office, reason=fault)


def _overlooked(file: Office, office: Office) -> str | None:
    """Why a valid file has no effect although it differs from the office."""
    if file.revision < office.revision:
        return f"its revision {file.revision} is below {office.revision}, which the office has; give it a higher one"
    if file.revision == office.revision and not _same(file, office):
        return f"it says something else, but its revision is {file.revision} as before; give it a higher one"
    return None


def _same(file: Office, office: Office) -> bool:
    """Whether an office equals its file, apart from rows that it only keeps until nothing refers to them any more."""
    return all(_alike(getattr(file, field), getattr(office, field)) for field in Office.__struct_fields__)


def _alike(said: object, found: object) -> bool:
    if not isinstance(said, tuple) or not isinstance(found, tuple):
        return said == found
    named = {getattr(one, "id", one) for one in said}
    return said == tuple(one for one in found if getattr(one, "id", one) in named or not getattr(one, "retired", True))
