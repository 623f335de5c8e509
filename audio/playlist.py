"""What is spoken next in one zone: each announcement at most once, in order, in time, or not at all. Pure.

Fed by `audio.announcer` with frames, boards and the server's time; knows no clock, socket or sound.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

OLDEST_MS = 30_000
"""Milliseconds. Older speech would send people to a counter that has gone on; the displays still show the call."""
AUDIO_PATIENCE_MS = 4_000
"""Milliseconds to wait for a file that is not made yet: a fresh one takes 0.2 s, a hanging voice 3 s. Then the gong alone."""
LEASE_MS = 10_000
"""Milliseconds a zone's lease lasts: a speaker that died was alive, and spoke, until at most this long ago."""
REMEMBERED = 1_000
"""Ids whose turn has been: two hours of calls, far longer than any board lists them."""

Reason = Literal["too_old", "withdrawn", "silenced"]


@dataclass
class Item:
    """An announcement as this zone knows it: `at` in ms of the server, `audio` a path on the server or None."""

    id: str
    epoch: str
    seq: int
    at: int
    number: str
    audio: str | None
    heard_at: int = 0


@dataclass(frozen=True)
class Speak:
    """Its turn: play it, the gong alone if it has no audio. It counts as spoken from now on."""

    item: Item


@dataclass(frozen=True)
class Skip:
    """Its turn is gone."""

    item: Item
    reason: Reason


@dataclass(frozen=True)
class Wait:
    """Nothing to do before `until` (ms of the server); None: until something is heard."""

    until: int | None


Turn = Speak | Skip | Wait


class Playlist:
    """The announcements of one zone that wait for their turn, first called first."""

    def __init__(self) -> None:
        self._waiting: dict[str, Item] = {}
        self._done: OrderedDict[str, None] = OrderedDict()
        self._listed: frozenset[str] = frozenset()
        self._board: tuple[str, int] | None = None
        self.silent = False

    def hear(self, item: Item, now: int) -> None:
        """An announcement came: a new one waits, a known one may have got its audio."""
        if item.id in self._done:
            return
        known = self._waiting.setdefault(item.id, item)
        if known is item:
            item.heard_at = now
        known.audio = item.audio or known.audio

    def list(self, epoch: str, seq: int, items: Sequence[Item], now: int) -> None:
        """The board as of (epoch, seq): what is on it, and so also what no longer is."""
        self._board = (epoch, seq)
        self._listed = frozenset(item.id for item in items)
        for item in items:
            self.hear(item, now)

    def turn(self, now: int) -> Turn:
        """What to do now. Speak and Skip take the announcement off the list for good."""
        if not self._waiting:
            return Wait(None)
        item = min(self._waiting.values(), key=lambda waiting: (waiting.at, waiting.seq))
        reason = self._why_not(item, now)
        if reason is None and item.audio is None and now < item.heard_at + AUDIO_PATIENCE_MS:
            return Wait(min(item.heard_at + AUDIO_PATIENCE_MS, item.at + OLDEST_MS + 1))
        self._finish(item)
        return Speak(item) if reason is None else Skip(item, reason)

    def take_over(self, now: int) -> None:
        """From now on we speak for the zone. What was called before the last speaker can have died, it has spoken."""
        for item in [item for item in self._waiting.values() if now - item.at > LEASE_MS]:
            self._finish(item)

    def forget_old(self, now: int) -> None:
        """While another speaks for the zone: what is too old is its business, not ours to report."""
        for item in [item for item in self._waiting.values() if now - item.at > OLDEST_MS]:
            self._finish(item)

    def _why_not(self, item: Item, now: int) -> Reason | None:
        if now - item.at > OLDEST_MS:
            return "too_old"
        if self._withdrawn(item):
            return "withdrawn"
        return "silenced" if self.silent else None

    def _withdrawn(self, item: Item) -> bool:
        """Not on a board that must have known it: frames are early copies and may come before their board."""
        if self._board is None or item.id in self._listed:
            return False
        epoch, seq = self._board
        return epoch != item.epoch or seq >= item.seq

    def _finish(self, item: Item) -> None:
        del self._waiting[item.id]
        self._done[item.id] = None
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
