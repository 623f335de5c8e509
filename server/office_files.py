"""Office files of a running node: looked at every few seconds, a changed one is checked and applied as one event."""

import asyncio
from collections.abc import Mapping

import structlog

from config.loader import OfficeFileError, load
from config.office_files import find
from server.desk.tend import Tender
from server.history.historian import Historian
from server.options import Options

TIDY_S = 5.0
"""Seconds between two looks at how far the historian is and whether an office file changed."""

_log = structlog.get_logger("aufruf")


async def tidy(options: Options, tenders: Mapping[str, Tender], historian: Historian) -> None:
    """Tells tenders how far the history is, and applies office files that changed."""
    seen = {name: _stamp(options, name) for name in options.offices}
    while True:
        await asyncio.sleep(TIDY_S)
        for name, progress in historian.health().items():
            if progress.position is not None:
                tenders[name].passed = progress.position.seq
        for name in options.offices:
            stamp = _stamp(options, name)
            if stamp != seen[name]:
                seen[name] = stamp
                await _apply(options, name, tenders)


def _stamp(options: Options, name: str) -> float:
    try:
        return find(name, options.data).stat().st_mtime
    except (LookupError, OSError):
        return 0.0


async def _apply(options: Options, name: str, tenders: Mapping[str, Tender]) -> None:
    """A changed file is applied as one event after the same check; a fault stops nothing that runs."""
    try:
        office = await asyncio.to_thread(lambda: load(find(name, options.data)))
    except (OfficeFileError, LookupError) as fault:
        _log.error("the changed office file has faults; the office goes on as it was", faults=str(fault))
        return
    if office.id in tenders:
        await tenders[office.id].configure(office)
