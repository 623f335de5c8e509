"""What became of sets of moves whose effect was predicted. Half an hour later, or just before midnight, the second worker
lives that time again without them, and the result is noted in the log. Made by wiring.

The state alone says what is due, so a restart loses nothing. Every node may ask; the first note counts, and the core drops all
later ones.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

import structlog
from msgspec.msgpack import Decoder

from server.messages.actor import SYSTEM, Actor
from server.messages.commands import NoteEffect
from server.messages.facts import Row
from server.office.looked_back import known_at
from server.office.moves import shared, shown
from server.office.state import State
from server.promises.keeper import Source
from server.promises.questions import EffectAnswer, EffectQuestion
from server.promises.second import Away, Second

EVERY_S = 5.0
"""Seconds between two looks."""
FIRST_REST_S, LONGEST_REST_S = 30.0, 1_800.0
"""Seconds until a set is asked about again if there was no answer; doubled each time."""

_log = structlog.get_logger("aufruf.promises")
_answer = Decoder(EffectAnswer).decode

Set = tuple[str, str, str, int]
"""Office, key, author and instant: keys belong to whoever made them."""


class _Rest(NamedTuple):
    until: float
    seconds: float


class Noted(Source, Protocol):
    """An office's desk, which takes the note."""

    def submit(self, actor: Actor, command: NoteEffect, key: str) -> Awaitable[object]: ...


class Effects:
    """One per node."""

    def __init__(self, desks: Mapping[str, Noted], second: Second, clock: Callable[[], float] = time.monotonic) -> None:
        self._desks, self._second, self._clock = desks, second, clock
        self._rests: dict[Set, _Rest] = {}

    async def run(self) -> None:
        """Runs until it is cancelled."""
        while True:
            for office in list(self._desks):
                await self.look(office)
            await asyncio.sleep(EVERY_S)

    async def look(self, office: str) -> None:
        """Asks about every set that is due."""
        desk = self._desks[office]
        if desk.health != "ready":
            return
        rows = list(due(desk.state, desk.now()))
        kept = {_set(office, row) for row, _ in rows}
        self._rests = {name: rest for name, rest in self._rests.items() if name[0] != office or name in kept}
        for row, until in rows:
            rest = self._rests.get(_set(office, row))
            if rest is None or rest.until <= self._clock():
                await self._ask(office, row, until)

    async def _ask(self, office: str, row: Row, until: int) -> None:
        about = {"key": row.key, "by": row.by, "at": row.at, "until": until}
        try:
            found = _answer(await self._second.ask(office, EffectQuestion, **about))
        except Away as away:
            _log.info("not known what became of a set of moves", office=office, reason=str(away))
            self._rest(_set(office, row))
            return
        if found.minutes is None:
            self._rests[_set(office, row)] = _Rest(float("inf"), 0.0)
            return
        # another set may have this key by now: the note would be about that one
        desk = self._desks[office]
        if _set(office, row) in (_set(office, one) for one, _ in due(desk.state, desk.now())):
            command = NoteEffect(set=shown(row, shared(desk.state)), minutes=found.minutes)
            await desk.submit(SYSTEM, command, f"effect:{row.key}:{row.at}")
        self._rest(_set(office, row))

    def _rest(self, name: Set) -> None:
        known = self._rests.get(name)
        seconds = FIRST_REST_S if known is None else min(2 * known.seconds, LONGEST_REST_S)
        self._rests[name] = _Rest(self._clock() + seconds, seconds)


def due(state: State, now: int) -> Iterator[tuple[Row, int]]:
    """Sets of the open day whose effect was predicted and whose result is not noted yet, if it can be known by now; each with
    the instant from which on it can."""
    if state.day is None:
        return
    for row in state.book.values():
        if row.told is not None and row.happened is None:
            until = known_at(state.office, state.day, row.at)
            if until is not None and until <= now:
                yield row, until


def _set(office: str, row: Row) -> Set:
    return office, row.key, row.by, row.at
