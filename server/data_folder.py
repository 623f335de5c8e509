"""The data folder is nobody else's: what lies in it opens doors or says who waited. Called by wiring at the start."""

import os
import stat
from pathlib import Path

import structlog

_PRIVATE = (
    *("aufruf.db", "aufruf.db-wal", "aufruf.db-shm", "*.token", "*.jobs"),
    *("printers", "printers/*", "known", "known/*", "tickets/*"),
)
_log = structlog.get_logger("aufruf.server")


def make_private(folder: Path) -> None:
    """Make the folder, 0700. One that is there is narrowed, with what an earlier release or a copy left wider in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if not _ours_alone(folder):
            _log.warning("the data folder is shared with others; give aufruf one of its own", folder=str(folder))
            return
        folder.chmod(0o700)
        for pattern in _PRIVATE:
            for found in folder.glob(pattern):
                _narrow(found)
    except OSError as fault:
        _log.warning("the data folder cannot be narrowed to 0700", folder=str(folder), reason=str(fault))


def _ours_alone(folder: Path) -> bool:
    """Not a place where everybody puts things, such as /tmp."""
    found = folder.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX


def _narrow(path: Path) -> None:
    mode = stat.S_IMODE(path.lstat().st_mode)
    if not path.is_symlink() and mode & 0o077:
        path.chmod(mode & 0o700)
