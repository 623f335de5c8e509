"""What this node saw acknowledged last, in a file of its data folder: beside the store, so that an older store does not take it
along. The history follows by seconds; this follows at once. Made by wiring, written by desks, asked once as a desk begins.

Nothing waits for the disk: a kill leaves what the system has taken, and a power cut may leave less than the store has. Less is
no harm; more than the store has is a loss.
"""

import os
from pathlib import Path

import structlog

from server.log.port import Kept, Tail

LENGTH = 200
"""Bytes of a line: written over in one piece, never longer."""

_log = structlog.get_logger("aufruf.log")


class KeptTails:
    """One file an office in `folder`. A disk that takes nothing costs the memory, not the press."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}
        self._told = False

    def newest(self, office: str) -> Kept | None:
        """None: nothing is known, or nothing that can be read."""
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
