"""Two and three servers on one store and one database: races, a distant node, a paused one, a rolling restart.

Behaviours 2, 45 (its second half) and 47 with real processes.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from tests.crash.callers import Caller, Load
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.evidence import Record, judge
from tests.crash.figures import Figures
from tests.crash.proxies import Proxy
from tests.crash.reading import log_of
from tests.crash.stores import RunningStore, stopped
from tests.crash.up import Up
from tests.crash.walls import Wall, watching, wrong

RACES, SOAK_RACES = 75, 1_000
"""Number of races, each for two and for three nodes."""
FAR_S = 0.005
"""Each way: a node 10 ms away."""
PAUSE_S, SOAK_PAUSE_S = 4.0, 60.0
EQUAL_S = 30.0
"""Time in which all boards of all nodes must become the same. The real time is only
reported (`docs/soak.md`) and not judged, because it depends on the machine too."""


@pytest.fixture
def shared(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'shared.db'}"


@contextlib.asynccontextmanager
async def nodes(make_up: MakeUp, store: RunningStore, shared: str, count: int) -> AsyncIterator[list[Up]]:
    """`count` nodes on one store; if there are three, the last one is 10 ms away from it."""
    async with Proxy(store.socket, FAR_S) as far:
        urls = [store.url, store.url, far.url][:count]
        ups = [make_up(redis=url, database=shared) for url in urls]
        for up in ups:
            up.launch()
        for up in ups:
            await up.ready()
        yield ups
        for up in ups:
            await up.end()


async def differing(ups: Sequence[Up], walls: Sequence[Wall]) -> tuple[list[str], float]:
    """Screens on any node that still differ from what any node says; and the seconds until all were equal."""
    begun = time.monotonic()
    found = await asyncio.gather(*(wrong(walls, up, begun + EQUAL_S) for up in ups))
    unequal = [f"node {number}: {one}" for number, each in enumerate(found) for one in each.walls]
    return unequal, round(max(each.at for each in found) - begun, 2)


def screens(ups: Sequence[Up], token: str) -> list[Wall]:
    return [wall for up in ups for wall in (Wall(up.live, "display", "hall"), Wall(up.live, "counter", "1", token))]


@pytest.mark.parametrize("count", [2, 3])
async def test_races_for_the_last_ticket(
    count: int, make_up: MakeUp, run_store: RunStore, shared: str, rng: random.Random, soak: bool, figures: Figures
) -> None:
    """One or two wait, and three press at the same instant on different nodes: each citizen is called once, nobody is refused."""
    async with nodes(make_up, run_store(), shared, count) as ups:
        token = await ups[0].token("supervisor")
        record = Record()
        clerks = [Caller([ups[n % count].url], token, record, rng) for n in range(3)]
        for counter in ("1", "2", "3"):
            await clerks[0].press(type="open_counter", counter=counter)
        mistaken, refused = [], []
        for race in range(SOAK_RACES if soak else RACES):
            people = rng.choice((1, 2))
            issuer = rng.choice(clerks)
            issued = [await issuer.press(type="issue_ticket", services=["ausweis"]) for _ in range(people)]
            waiting = {answer["result"]["ticket"]["id"] for answer in issued}
            answers = await asyncio.gather(
                *(clerk.press(type="call_next", counter=str(number)) for number, clerk in enumerate(clerks, 1))
            )
            refused += [answer for answer in answers if "result" not in answer]
            called = [answer["result"]["ticket"]["id"] for answer in answers if answer.get("result", {}).get("ticket")]
            if sorted(called) != sorted(waiting):
                mistaken.append(f"race {race}: {waiting} waited, {called} were called")
            for number, answer in enumerate(answers, 1):
                if answer.get("result", {}).get("ticket"):
                    await clerks[number - 1].press(type="start_service", counter=str(number))
                    await rng.choice(clerks).press(type="finish_service", counter=str(number))
        log = await log_of(ups[-1], token, record.seq)
        for clerk in clerks:
            await clerk.close()

    verdict = judge(record, log)
    figures.note(
        f"Races for the last ticket: {count} nodes",
        races=SOAK_RACES if soak else RACES,
        called_twice_or_not_at_all=len(mistaken),
        refused_by_race=len(refused),
        lost=len(verdict.lost),
        doubled=len(verdict.doubled),
    )
    assert mistaken == []
    assert refused == []
    assert verdict.clean, verdict
    assert not record.faults


async def test_a_node_that_was_paused_and_one_far_away(
    make_up: MakeUp, run_store: RunStore, shared: str, rng: random.Random, soak: bool, figures: Figures
) -> None:
    """Three nodes under load, one stopped for a while: the others go on, and in the end all show the same."""
    pause_s = SOAK_PAUSE_S if soak else PAUSE_S
    async with nodes(make_up, run_store(), shared, 3) as ups:
        token = await ups[0].token("supervisor")
        walls = screens(ups, token)
        async with watching(walls), Load([up.url for up in ups], token, rng.randrange(2**32)) as load:
            load.gate.open()
            await load.acknowledged(200)
            before = len(load.record.acknowledged)
            with stopped(ups[1].pid):
                await asyncio.sleep(pause_s)  # no wait for a condition: the pause is the test
                meanwhile = len(load.record.acknowledged) - before
            await load.acknowledged(200)
            await load.gate.close()
            unequal, equal_after_s = await differing(ups, walls)
            log = await log_of(ups[1], token, load.record.seq)

    verdict = judge(load.record, log)
    figures.note(
        "A node stopped and back, another 10 ms away",
        paused_s=pause_s,
        acknowledged=verdict.acknowledged,
        acknowledged_by_the_others_meanwhile=meanwhile,
        attempts_repeated=dict(load.record.again),
        boards_equal_after_s=equal_after_s,
        boards_that_stay_different=len(unequal),
        lost=len(verdict.lost),
        doubled=len(verdict.doubled),
    )
    assert verdict.clean, verdict
    assert load.record.faults == []
    assert unequal == []
    assert meanwhile > 0


async def test_a_rolling_restart_under_load(
    make_up: MakeUp, run_store: RunStore, shared: str, rng: random.Random, soak: bool, figures: Figures
) -> None:
    """One node after another ends properly and comes back; callers who press again with the same key succeed."""
    rounds = 10 if soak else 1
    async with nodes(make_up, run_store(), shared, 2) as ups:
        token = await ups[0].token("supervisor")
        walls = screens(ups, token)
        codes, slowest = [], 0.0
        async with watching(walls), Load([up.url for up in ups], token, rng.randrange(2**32)) as load:
            load.gate.open()
            for up in ups * rounds:
                await load.acknowledged(100)
                begun = time.monotonic()
                codes.append(await up.terminate())
                slowest = max(slowest, time.monotonic() - begun)
                await up.start()
            await load.acknowledged(100)
            await load.gate.close()
            unequal, equal_after_s = await differing(ups, walls)
            log = await log_of(ups[0], token, load.record.seq)

    verdict = judge(load.record, log)
    figures.note(
        "A rolling restart under load",
        restarts=len(codes),
        slowest_end_s=round(slowest, 2),
        acknowledged=verdict.acknowledged,
        attempts_repeated=dict(load.record.again),
        boards_equal_after_s=equal_after_s,
        boards_that_stay_different=len(unequal),
        lost=len(verdict.lost),
        doubled=len(verdict.doubled),
    )
    assert verdict.clean, verdict
    assert load.record.faults == []
    assert unequal == []
    assert set(codes) == {0}
