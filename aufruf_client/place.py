"""A place in an office's log: the epoch and the seq of the last entry that a program knows."""

from typing import Any

from msgspec import Struct


class LogPlace(Struct, frozen=True):
    """Keep it, and the next start of a program goes on behind it. The beginning of the log has no epoch."""

    epoch: str = ""
    seq: int = 0

    def after(self, entry: dict[str, Any]) -> "LogPlace":
        """The place behind an entry of the log."""
        return LogPlace(entry["epoch"], entry["seq"])


class CutOff(Exception):
    """The log cannot go on behind a place: begin again at `LogPlace()`, and forget what you made of earlier entries.

    `code`: `epoch_changed`, the store lost entries that you may know; `log_trimmed`, what follows is no longer kept.
    """

    def __init__(self, code: str, place: LogPlace) -> None:
        super().__init__(f"{code}: nothing follows entry {place.seq} of epoch {place.epoch}")
        self.code, self.place = code, place
