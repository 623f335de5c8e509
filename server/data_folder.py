"""Makes the data folder private: its files contain secrets, and who waited. Called by wiring at the start."""

import os
import stat
from pathlib import Path

import structlog

_PRIVATE = (
    *("aufruf.db", "aufruf.db-wal", "aufruf.db-shm", "contacts.key", "*.token", "*.jobs"),
    *("printers", "printers/*", "known", "known/*", "tickets/*"),
)
_log = structlog.get_logger("aufruf.server")


def make_private(folder: Path) -> None:
    """Makes the folder with mode 0700. In an existing one, permissions that an earlier release or a copy left too wide are
    removed, also from the files in it."""
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
    """Whether it is no folder that everybody uses, such as /tmp."""
    found = folder.stat()
    return found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX


def _narrow(path: Path) -> None:
    mode = stat.S_IMODE(path.lstat().st_mode)
    if not path.is_symlink() and mode & 0o077:
        path.chmod(mode & 0o700)
