"""Which announcement a zone speaks next: each at most once, in order, and in time or not at all. Pure.

`audio.announcer` feeds it with frames, boards and the server's time; it knows no clock, socket or sound.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Literal

from server.messages.agreed import LEASE_MS, RENDER_MS, SPOKEN_FOR_MS, TOGETHER, TOGETHER_OVER

REMEMBERED = 1_000
"""How many ids of past announcements are remembered: two hours of calls, far longer than boards list them."""

Reason = Literal["too_old", "withdrawn", "silenced"]


@dataclass
class Item:
    """An announcement as this zone knows it: `at` in ms of the server, `audio` a path on the server or None; `brief` the same
    for its short form; `volume` in percent; `gong`: its own, if it is not the zone's."""

    id: str
    epoch: str
    seq: int
    at: int
    number: str
    audio: str | None
    heard_at: int = 0
    brief: str | None = None
    volume: int = 100
    gong: str | None = None


@dataclass(frozen=True)
class Speak:
    """It is its turn: play it, or only the gong if it has no audio. From now on it counts as spoken."""

    item: Item


@dataclass(frozen=True)
class SpeakTogether:
    """It is their turn, briefly, after one gong."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Skip:
    """It is not spoken any more."""

    item: Item
    reason: Reason


@dataclass(frozen=True)
class Wait:
    """There is nothing to do before `until` (ms of the server); None: until something new comes."""

    until: int | None


NextStep = Speak | SpeakTogether | Skip | Wait


class Playlist:
    """The announcements of one zone that wait for their turn, in the order of calls."""

    def __init__(self) -> None:
        self._waiting: dict[str, Item] = {}
        self._done: OrderedDict[str, None] = OrderedDict()
        self._listed: frozenset[str] = frozenset()
        self._board: tuple[str, int] | None = None
        self.silent = False

    def hear(self, item: Item, now: int) -> None:
        """An announcement came. A new one is added; a known one may have its audio now."""
        if item.id in self._done:
            return
        known = self._waiting.setdefault(item.id, item)
        if known is item:
            item.heard_at = now
        known.audio, known.brief = item.audio or known.audio, item.brief or known.brief

    def list(self, epoch: str, seq: int, items: Sequence[Item], now: int) -> None:
        """Takes the announcements of the board as of (epoch, seq). Known ones that are no longer on it were withdrawn."""
        self._board = (epoch, seq)
        self._listed = frozenset(item.id for item in items)
        for item in items:
            self.hear(item, now)

    def turn(self, now: int) -> NextStep:
        """What to do now. With Speak and Skip the announcement is removed for good."""
        if not self._waiting:
            return Wait(None)
        line = sorted(self._waiting.values(), key=lambda waiting: (waiting.at, waiting.seq))
        item = line[0]
        reason = self._why_not(item, now)
        if reason is None and len(together := self._together(line, now)) > TOGETHER_OVER:
            for one in together:
                self._finish(one)
            return SpeakTogether(together)
        if reason is None and item.audio is None and now < item.heard_at + RENDER_MS:
            return Wait(min(item.heard_at + RENDER_MS, item.at + SPOKEN_FOR_MS + 1))
        self._finish(item)
        return Speak(item) if reason is None else Skip(item, reason)

    def _together(self, line: Sequence[Item], now: int) -> tuple[Item, ...]:
        """The first of the line, as far as all may be said and have a short form."""
        fit = takewhile(lambda one: one.brief is not None and self._why_not(one, now) is None, line)
        return tuple(islice(fit, TOGETHER))

    def take_over(self, now: int) -> None:
        """From now on we speak for the zone. Calls from before the last speaker can have died were spoken by it, and
        are dropped."""
        for item in [item for item in self._waiting.values() if now - item.at > LEASE_MS]:
            self._finish(item)

    def forget_old(self, now: int) -> None:
        """While another device speaks for the zone: drops what is too old without a report, which is the other's task."""
        for item in [item for item in self._waiting.values() if now - item.at > SPOKEN_FOR_MS]:
            self._finish(item)

    def _why_not(self, item: Item, now: int) -> Reason | None:
        if now - item.at > SPOKEN_FOR_MS:
            return "too_old"
        if self._withdrawn(item):
            return "withdrawn"
        return "silenced" if self.silent else None

    def _withdrawn(self, item: Item) -> bool:
        """Whether it is missing on a board that is new enough to contain it. (A frame may come before the board of its call.)"""
        if self._board is None or item.id in self._listed:
            return False
        epoch, seq = self._board
        return epoch != item.epoch or seq >= item.seq

    def _finish(self, item: Item) -> None:
        del self._waiting[item.id]
        self._done[item.id] = None
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)
