"""Behaviour 43: the store loses everything while a node lives. What was acknowledged is restored, or it is listed."""

import contextlib
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crash.callers import Caller, Load
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.evidence import Record, judge
from tests.crash.figures import Figures
from tests.crash.reading import log_of
from tests.crash.stores import stopped
from tests.crash.up import OFFICE, Up
from tests.crash.walls import Wall, watching, wrong


async def test_a_node_that_lives_puts_everything_back(
    make_up: MakeUp, run_store: RunStore, rng: random.Random, figures: Figures
) -> None:
    """Under load the store's disk is lost and the store comes back empty; then the log is complete again without a fork."""
    store = run_store()
    up = make_up(redis=store.url)
    await up.start()
    token = await up.token("supervisor")
    walls = [Wall(up.live, "display", "hall"), Wall(up.live, "supervisor", "", token)]
    async with watching(walls), Load([up.url], token, rng.randrange(2**32)) as load:
        load.gate.open()
        await load.acknowledged(400)
        epoch = (await log_of(up, token))[-1]["epoch"]
        store.lose_its_disk()
        store.start()
        await up.ready()
        await load.acknowledged(100)
        await load.gate.close()
        log = await log_of(up, token)
        assert (await wrong(walls, up, time.monotonic() + 1)).walls == []

    verdict = judge(load.record, log)
    figures.note(
        "The store's disk lost while a node lives",
        acknowledged=verdict.acknowledged,
        put_back_or_still_there=len(log),
        lost=len(verdict.lost),
        doubled=len(verdict.doubled),
    )
    assert verdict.clean, verdict
    assert {event["epoch"] for event in log} == {epoch}
    assert load.record.faults == []


async def test_what_cannot_be_put_back_is_listed_and_the_office_goes_on(
    make_up: MakeUp, run_store: RunStore, rng: random.Random, tmp_path: Path
) -> None:
    """An older copy of the disk was restored, and another node wrote to it while this one hung: a fork, reported and listed."""
    store, shared = run_store(), f"sqlite:///{tmp_path / 'shared.db'}"
    here, there = (make_up(redis=store.url, database=shared) for _ in range(2))
    await here.start()
    token = await here.token("supervisor")
    caller, stranger = (Caller([up.url], token, Record(), rng) for up in (here, there))
    kept = [await caller.press(type="issue_ticket", services=["ausweis"]) for _ in range(10)]
    copy = shutil.copytree(store.folder / "appendonlydir", tmp_path / "copy")
    lost = [await caller.press(type="issue_ticket", services=["ausweis"]) for _ in range(10)]
    with hung(here.pid, tmp_path / "shared.db"):
        store.lose_its_disk()
        shutil.copytree(copy, store.folder / "appendonlydir")
        store.start()
        await there.start()
        other = await stranger.press(type="issue_ticket", services=["kfz"])

    again = await caller.press(type="issue_ticket", services=["ausweis"])
    async with httpx.AsyncClient(trust_env=False) as client:
        table = await _table(client, here, token)
    log = await log_of(there, token)
    for one in (caller, stranger):
        await one.close()

    assert [event["seq"] for event in log] == list(range(1, len(log) + 1))
    held = {event.get("ticket") for event in log}
    assert {answer["result"]["ticket"]["id"] for answer in (*kept, other, again)} <= held
    assert again["epoch"] != lost[-1]["epoch"], "the new history can be told from the old one"
    told = [f"ticket_issued {answer['result']['ticket']['number']}" for answer in lost]
    assert list(table["lost"][: len(told)]) == told, "all that was acknowledged, issued numbers first"


@contextlib.contextmanager
def hung(pid: int, database: Path) -> Iterator[None]:
    """Stopped at a moment when it holds no lock of the shared SQLite file, which would delay every other node's start."""
    for _ in range(1000):
        with stopped(pid):
            if _free(database):
                yield
                return
    pytest.fail("it writes all the time")


def _free(database: Path) -> bool:
    with contextlib.closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as probe:
        try:
            probe.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        return True


async def _table(client: httpx.AsyncClient, up: Up, token: str) -> dict[str, Any]:
    where = f"{up.url}/api/v1/offices/{OFFICE}/boards/supervisor"
    found: dict[str, Any] = (await client.get(where, headers={"Authorization": f"Bearer {token}"})).json()
    return found
