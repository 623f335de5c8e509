"""A file of lines that one program owns: it writes at the end, and replaces the whole when it opens it. For `ledger`, `lent`."""

import fcntl
import os
from io import BufferedWriter
from pathlib import Path


def owned(path: Path) -> BufferedWriter | None:
    """The lock of this file, kept until it is closed; None if another program has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_suffix(".lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def rewritten(path: Path, lines: bytes) -> int:
    """Replaces the file by a new one, and goes on writing at its end. A power cut leaves the old file or the new one."""
    fresh = path.with_suffix(".new")
    file = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND, 0o600)
    os.write(file, lines)
    os.fsync(file)
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return file
