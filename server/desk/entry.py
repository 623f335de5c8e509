"""What a desk returns: entries of its log, answers to presses, and the error for entries that are gone."""

from typing import Any

from server.log.port import Row
from server.messages.events import Event, decode
from server.messages.problems import Refusal
from server.messages.value import Value


class Entry(Value, kw_only=True, gc=False):
    """One folded event and its place in the log."""

    seq: int
    mark: str
    event: Event


class Done(Value, kw_only=True):
    """A press that was accepted: its events (none if nothing changed) and its result, JSON-ready."""

    epoch: str
    seq: int
    replayed: bool
    entries: tuple[Entry, ...]
    result: dict[str, Any]


Reply = Done | Refusal


def unavailable(reason: str) -> Refusal:
    """The store did not answer. Whether anything was changed is not known; pressing again with the same key tells."""
    return Refusal(code="store_unavailable", detail=reason)


def entry_of(row: Row) -> Entry:
    """A row of the log, decoded. Raises TooNew."""
    return Entry(seq=row.seq, mark=row.mark, event=decode(row.body))


class Trimmed(Exception):
    """The entry asked for is no longer kept; `first` is the oldest one that is."""

    def __init__(self, first: int) -> None:
        super().__init__(f"the log is kept from entry {first} on")
        self.first = first
