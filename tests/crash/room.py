"""A counter and a wall that watch a server in trouble, and a hand that presses."""

import asyncio
import contextlib
import random
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.crash.callers import Caller
from tests.crash.evidence import Record, judge
from tests.crash.reading import log_of
from tests.crash.up import Up
from tests.crash.walls import Wall, until, watching, wrong

AT_ONCE_S = 2.0


@dataclass
class Room:
    """`record`: what `hand` was told."""

    up: Up
    token: str
    wall: Wall
    counter: Wall
    hand: Caller
    record: Record

    async def agrees(self) -> None:
        """Everything acknowledged is in the log once, and the screens show it."""
        verdict = judge(self.record, await log_of(self.up, self.token))
        assert verdict.clean, verdict
        assert (await wrong([self.wall, self.counter], self.up, time.monotonic() + AT_ONCE_S)).walls == []
        assert self.record.faults == []

    async def alarm(self) -> None:
        """Pressed while the store is in trouble: the counter hears it at once, whatever happens to the press."""
        heard = len(self.counter.alarms)
        press = asyncio.create_task(self.hand.press(type="raise_alarm", counter="3"))
        try:
            await until(lambda: len(self.counter.alarms) > heard, AT_ONCE_S, "the alarm")
        finally:
            press.cancel()
        assert self.counter.alarms[-1]["counter"] == "3"
        assert self.wall.alarms == [], "an alarm is never shown to the public"


@contextlib.asynccontextmanager
async def room(up: Up, rng: random.Random) -> AsyncIterator[Room]:
    token = await up.token("supervisor")
    wall, counter = Wall(up.live, "display", "hall"), Wall(up.live, "counter", "1", token)
    record = Record()
    hand = Caller([up.url], token, record, rng)
    async with watching([wall, counter]):
        await hand.press(type="open_counter", counter="1")
        yield Room(up, token, wall, counter, hand, record)
    await hand.close()


async def live(data: Path, day: Callable[[Room], Awaitable[None]]) -> None:
    """A server with this data folder, for one day; its log is printed if that ends badly."""
    up = Up(data)
    await up.start()
    try:
        async with room(up, random.Random(1)) as one:
            await day(one)
        assert await up.terminate() == 0
    except BaseException:
        print(up.words(), file=sys.stderr)
        raise
    finally:
        await up.end()
