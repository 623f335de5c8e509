"""While no node runs, the store loses its past: an old copy, emptied, another database, nothing kept. The history knows.

What is in people's hands is listed, and its numbers do not go out again.
"""

import asyncio
import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crash.callers import Caller
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.evidence import Record
from tests.crash.reading import log_of
from tests.crash.stores import DEBIAN
from tests.crash.up import OFFICE, POLL_S, Up, orphans

pytestmark = pytest.mark.calm

MANY = 39


async def issued(up: Up, token: str, rng: random.Random, many: int) -> list[str]:
    caller = Caller([up.url], token, Record(), rng)
    answers = [await caller.press(type="issue_ticket", services=["ausweis"]) for _ in range(many)]
    await caller.close()
    return [answer["result"]["ticket"]["number"] for answer in answers]


async def asked(up: Up, token: str, path: str) -> Any:
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(f"{up.url}{path}", headers={"Authorization": f"Bearer {token}"})).json()


async def read_by_the_history(up: Up) -> None:
    """Waits for the history, which is up to five seconds behind."""
    with contextlib.closing(sqlite3.connect(f"file:{up.data / 'aufruf.db'}?mode=ro", uri=True)) as history:
        async with asyncio.timeout(60):
            while history.execute("SELECT max(seq) FROM positions").fetchone()[0] in (None, 0):
                await asyncio.sleep(POLL_S)


async def told(up: Up, token: str, numbers: list[str], *, all_of_them: bool = True) -> None:
    """Reported on the supervisor's table, in health, in the log; and none of its numbers is given out again."""
    table = await asked(up, token, f"/api/v1/offices/{OFFICE}/boards/supervisor")
    listed = [one.removeprefix("ticket_issued ") for one in table["lost"] if one.startswith("ticket_issued ")]
    ready = await asked(up, token, "/health/ready")
    log = await log_of(up, token)
    forks = [event for event in log if event["type"] == "epoch_changed" and event["reason"] == "fork"]

    assert listed == numbers if all_of_them else {*listed} <= {*numbers}
    assert [one["lost"] for one in forks] == [table["lost"]]
    assert any(line.startswith("fork:") for line in ready["degraded"])
    assert any(worry["code"] == "fork" for worry in table["worries"])
    assert "the store is not the one that the history knows" in up.words()


async def test_an_older_copy_of_the_disk_is_a_fork(make_up: MakeUp, rng: random.Random, tmp_path: Path) -> None:
    up = make_up()
    await up.start()
    token = await up.token("supervisor")
    kept = await issued(up, token, rng, 20)
    epoch = (await log_of(up, token))[-1]["epoch"]
    assert await up.terminate() == 0
    disk = up.data / "store" / "appendonlydir"
    shutil.copytree(disk, tmp_path / "copy")
    await up.start()
    lost = await issued(up, token, rng, MANY - 20)
    assert await up.terminate() == 0
    shutil.rmtree(disk)
    shutil.copytree(tmp_path / "copy", disk)

    await up.start()
    new = await issued(up, token, rng, 5)

    await told(up, token, lost)
    assert not {*new} & {*kept, *lost}
    assert (await log_of(up, token))[-1]["epoch"] != epoch


def emptied(up: Up, tmp_path: Path) -> None:
    shutil.rmtree(up.data / "store" / "appendonlydir")


async def test_an_emptied_store_is_a_fork(make_up: MakeUp, rng: random.Random, tmp_path: Path) -> None:
    up = make_up()
    await up.start()
    token = await up.token("supervisor")
    lost = await issued(up, token, rng, MANY)
    assert await up.terminate() == 0
    emptied(up, tmp_path)

    await up.start()
    new = await issued(up, token, rng, 5)

    await told(up, token, lost)
    assert not {*new} & {*lost}


async def test_another_database_number_is_a_fork(make_up: MakeUp, run_store: RunStore, rng: random.Random) -> None:
    store = run_store()
    up = make_up(redis=store.url)
    await up.start()
    token = await up.token("supervisor")
    lost = await issued(up, token, rng, MANY)
    assert await up.terminate() == 0
    up.redis = f"{store.url}?db=1"

    await up.start()
    new = await issued(up, token, rng, 5)

    await told(up, token, lost)
    assert not {*new} & {*lost}


@pytest.mark.skipif(not DEBIAN.exists(), reason="Debian's redis-server is not installed")
async def test_a_store_that_keeps_nothing_killed_together_with_the_node(
    make_up: MakeUp, run_store: Callable[..., Any], rng: random.Random
) -> None:
    """A power cut: what the history had not read yet is missing there, and a margin of numbers covers it."""
    store = run_store(DEBIAN, "--appendonly", "no")
    up = make_up(redis=store.url)
    await up.start()
    token = await up.token("supervisor")
    given = await issued(up, token, rng, MANY // 2)
    await read_by_the_history(up)  # without any witness, nobody could know that something is lost
    given += await issued(up, token, rng, MANY - MANY // 2)
    up.kill()
    store.kill()
    store.start()

    await up.start()
    new = await issued(up, token, rng, 5)

    await told(up, token, given, all_of_them=False)
    assert not {*new} & {*given}


async def test_what_came_after_the_historys_last_look_is_lost_and_seen(
    make_up: MakeUp, rng: random.Random, tmp_path: Path
) -> None:
    """Killed before the history had read everything, and an older copy restored: the node itself knew of more."""
    up = make_up()
    await up.start()
    token = await up.token("supervisor")
    kept = await issued(up, token, rng, 5)
    assert await up.terminate() == 0
    disk = up.data / "store" / "appendonlydir"
    shutil.copytree(disk, tmp_path / "copy")
    await up.start()
    lost = await issued(up, token, rng, 5)
    store = up.store()
    assert store
    up.kill()
    assert await orphans([store]) == [], "it would write over what is put back"
    shutil.rmtree(disk)
    shutil.copytree(tmp_path / "copy", disk)

    await up.start()
    new = await issued(up, token, rng, 5)

    assert not {*new} & {*kept, *lost}
    table = await asked(up, token, f"/api/v1/offices/{OFFICE}/boards/supervisor")
    assert table["lost"]
    assert any(worry["code"] == "fork" for worry in table["worries"])
