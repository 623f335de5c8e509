"""The last entry that this node saw acknowledged, in a file of its data folder. It is not in the store, so that a store with
older data does not lose it too. The history follows after seconds, this at once. Made by wiring, written by desks, read once
when a desk starts.

Nothing waits for the disk: after a kill the file is complete, after a power cut it may be older than the store. Older does no
harm; if it is newer than the store, the store has lost something.
"""

import os
from pathlib import Path

import structlog

from server.log.port import Kept, Tail

LENGTH = 200
"""Bytes of the line, which is always overwritten as a whole."""

_log = structlog.get_logger("aufruf.log")


class KeptTails:
    """One file per office in `folder`. If the disk fails, only this note is missing; the press is not affected."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}
        self._told = False

    def newest(self, office: str) -> Kept | None:
        """What was noted last; None if nothing was, or if it cannot be read."""
        try:
            seq, mark, epoch = (self._folder / office).read_text("ascii").split()
            return Kept(Tail(int(seq), mark), epoch)
        except (OSError, ValueError):
            return None

    def note(self, office: str, tail: Tail, epoch: str) -> None:
        line = f"{tail.seq} {tail.mark} {epoch}".encode("ascii", "replace")
        try:
            if office not in self._open:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._open[office] = os.open(self._folder / office, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.pwrite(self._open[office], line.ljust(LENGTH - 1) + b"\n", 0)
        except OSError as fault:
            if not self._told:
                _log.warning("what was acknowledged last is not noted", office=office, reason=str(fault))
            self._told = True

    def close(self) -> None:
        for file in self._open.values():
            os.close(file)
        self._open.clear()
