"""Behaviour 36: store, server or both killed at random under load. Nothing acknowledged is lost, nothing is done twice."""

import asyncio
import contextlib
import datetime
import random
import statistics
import time
from collections import Counter

import psutil  # type: ignore[import-untyped]
import pytest

from tests.crash.callers import Load
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.evidence import judge
from tests.crash.figures import Figures
from tests.crash.reading import folded_board, fresh_fold, log_of
from tests.crash.stores import DEBIAN, RunningStore, runs
from tests.crash.up import POLL_S, Up, orphans
from tests.crash.walls import Wall, steady, until, watching, wrong

KILLS, SOAK_KILLS = 10, 200
LONGEST_S = 2400.0
AGREE_S = 5.0
"""This many seconds after a restart began, every display must be right;"""
EQUAL_S = 1.0
"""and while presses change the state for longer, this many seconds after the last answer."""
VICTIMS = ("store", "server", "both")


class House:
    """A server on its embedded store, or on a store of the test; how each is killed and comes back."""

    def __init__(self, up: Up, store: RunningStore | None) -> None:
        self.up, self.store = up, store
        self.left_behind: list[str] = []
        self.killed: Counter[str] = Counter()
        self.begun = 0.0

    async def strike(self, rng: random.Random) -> None:
        """One to three kills; a second one comes at any moment, perhaps during the restart. Returns when the server is ready."""
        for again in range(rng.choice((1, 1, 2, 3))):
            if again:
                await asyncio.sleep(rng.uniform(0, 1.5))  # no wait for a condition: the random moment is the test
            await self._kill(rng.choice(VICTIMS))
        await self.up.ready()

    async def _kill(self, victim: str) -> None:
        """Kills with SIGKILL and starts again; an embedded store is started by its server."""
        self.begun = time.monotonic()
        children = self.up.children() if victim != "store" else []
        if victim != "server" and not await self._kill_store():
            return  # it is not there yet, so nobody was killed
        self.killed[victim] += 1
        if victim != "store":
            self.up.kill()
        if victim != "server" and self.store:
            self.store.start()
        if victim != "store":
            self.begun = time.monotonic()
            self.up.launch()
            self.left_behind += [repr(child) for child in await orphans(children)]

    async def _kill_store(self) -> bool:
        if self.store:
            self.store.kill()
            return True
        embedded = self.up.store()
        if embedded is None:
            return False
        with contextlib.suppress(psutil.NoSuchProcess):
            embedded.kill()
            await until(lambda: not runs(embedded), 5, "the store's end")
        return True


@pytest.mark.parametrize("kind", ["valkey", "redis"])
async def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(
    kind: str, make_up: MakeUp, run_store: RunStore, rng: random.Random, soak: bool, figures: Figures
) -> None:
    """Twenty callers with retries by key, displays watching: lost, doubled, gaps, orphans, wrong displays are all 0."""
    if kind == "redis" and not DEBIAN.exists():
        pytest.skip("redis-server is not installed: make system")
    store = run_store(DEBIAN) if kind == "redis" else None
    up = make_up(redis=store.url if store else None)
    await up.start()
    token = await up.token("supervisor")
    walls = [Wall(up.live, "display", "hall"), Wall(up.live, "display", "upstairs")]
    walls += [Wall(up.live, "counter", "1", token), Wall(up.live, "supervisor", "", token)]
    house, mistaken, slowest = House(up, store), list[str](), 0.0
    ready: list[float] = []

    async with watching(walls), Load([up.url], token, rng.randrange(2**32)) as load:
        load.gate.open()
        enough, ends = SOAK_KILLS if soak else KILLS, time.monotonic() + LONGEST_S
        while house.killed.total() < enough and time.monotonic() < ends:
            await load.acknowledged(rng.randrange(1, 150))
            await house.strike(rng)
            ready.append(time.monotonic() - house.begun)
            await load.gate.close()
            found = await wrong(walls, up, max(house.begun + AGREE_S, time.monotonic() + EQUAL_S))
            slowest = max(slowest, found.at - house.begun)
            mistaken += found.walls
            load.gate.open()
        await load.acknowledged(50)
        await load.gate.close()
        log = await log_of(up, token)
        assert (await wrong(walls, up, time.monotonic() + EQUAL_S)).walls == []
        await _same_as_a_fresh_fold(up, walls)

    verdict = judge(load.record, log)
    figures.note(
        f"Killed at random: {kind}",
        kills=dict(house.killed),
        callers=20,
        acknowledged=verdict.acknowledged,
        attempts_repeated=dict(load.record.again),
        answers=dict(load.record.answered.most_common(8)),
        lost=len(verdict.lost),
        doubled=len(verdict.doubled),
        seq_gaps=len(verdict.gaps),
        orphan_processes=len(house.left_behind),
        displays_wrong_5_s_after_the_restart=len(mistaken),
        ready_again_after_s=f"{statistics.median(ready):.1f} (median), {max(ready):.1f} (slowest)",
        slowest_display_right_again_s=round(slowest, 2),
        heard_again_after_a_restart=len(_heard_twice(walls)),
    )
    assert house.killed.total() >= enough, "too slow a machine to kill so often"
    assert verdict.clean, verdict
    assert load.record.faults == []
    assert house.left_behind == []
    assert mistaken == []
    assert _heard_twice(walls) == []


async def _same_as_a_fresh_fold(up: Up, walls: list[Wall]) -> None:
    """Each board on a screen equals the board that a fold of the log alone gives. The log may grow by time between the two, so
    it is read again until they agree."""
    late = time.monotonic() + AGREE_S
    while (found := await _unlike_a_fresh_fold(up, walls)) and time.monotonic() < late:
        await asyncio.sleep(POLL_S)
    assert found == []


async def _unlike_a_fresh_fold(up: Up, walls: list[Wall]) -> list[tuple[object, object]]:
    """Of each display that differs, what it shows and what it should."""
    fold = await fresh_fold(up)
    pairs = [
        (steady(wall.board), steady(folded_board(fold, "display", wall.id, _millis(wall.at))))
        for wall in walls
        if wall.kind == "display"
    ]
    return [(shown, fresh) for shown, fresh in pairs if shown != fresh]


def _millis(instant: str) -> int:
    return int(datetime.datetime.fromisoformat(instant).timestamp() * 1000)


def _heard_twice(walls: list[Wall]) -> list[str]:
    """Announcements that came again to a screen after it reconnected: the gong would sound for an old call."""
    found = []
    for wall in walls:
        first: dict[str, int] = {}
        for said in wall.heard:
            if first.setdefault(said["id"], said["life"]) != said["life"]:
                found.append(f"{said['id']} {said['seq']} in life {first[said['id']]} and {said['life']}")
    return found
