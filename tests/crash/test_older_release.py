"""What the release before this one left behind is opened by this one: a data folder, a backup, and its nodes beside ours.

`tests/release/kept` has what each release left (`make.py` there made it). The office's clock stands ten minutes later, so that it
is still the day on which people wait.
"""

import contextlib
import json
import random
import re
import sqlite3
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from server import before_update
from server.backup.taking import LEFT_OUT
from server.history.database import async_url, default_url
from server.history.forward import newest
from server.messages.instants import DAY
from tests.crash.callers import Caller, Load
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.evidence import Record, judge
from tests.crash.reading import log_of
from tests.crash.stores import FAKETIME
from tests.crash.test_wrong_clock import clock
from tests.crash.up import OFFICE, ROOT, Up
from tests.release.kept.make import KEPT, issued, taken, under, verb, waiting

LATER_S = 600
pytestmark = pytest.mark.calm
faked = pytest.mark.skipif(FAKETIME is None, reason="faketime is not installed: make system")


class Left(NamedTuple):
    """What a release left behind, and what was in it."""

    folder: Path
    told: dict[str, Any]

    @property
    def before(self) -> list[str]:
        return clock(self.told["at"] + LATER_S - int(time.time()))

    def aufruf(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = [*self.before, sys.executable, "-m", "server.command_line", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


RELEASES = sorted(file.parent.name for file in KEPT.glob("*/told.json"))


@pytest.fixture(params=RELEASES)
def left(request: pytest.FixtureRequest) -> Left:
    folder = KEPT / str(request.param)
    return Left(folder, json.loads((folder / "told.json").read_text(encoding="utf-8")))


@pytest.fixture
def data(left: Left, tmp_path: Path) -> Path:
    """The data folder of that release, where the first node of a test looks for it."""
    with tarfile.open(left.folder / "data.tar.gz") as packed:
        packed.extractall(tmp_path, filter="data")
    (tmp_path / "data").rename(tmp_path / "node-0")
    return tmp_path / "node-0"


def revision(database: Path) -> str:
    with contextlib.closing(sqlite3.connect(database)) as opened:
        return str(opened.execute("SELECT version_num FROM alembic_version").fetchone()[0])


async def opens(up: Up, left: Left) -> None:
    """The links on paper of that release show their tickets."""
    async with httpx.AsyncClient(trust_env=False, base_url=up.url) as client:
        for ticket in left.told["tickets"][:6]:
            found = await client.get(f"/api/v1/tickets/{ticket['secret']}")
            assert (found.status_code, found.json()["number"]) == (200, ticket["number"])


@faked
async def test_a_data_folder_goes_on(left: Left, data: Path, make_up: MakeUp, rng: random.Random) -> None:
    up = make_up(before=left.before)
    assert up.data == data
    await up.start()
    caller = Caller([up.url], left.told["token"], Record(), rng)

    assert await waiting(up, left.told["token"]) == left.told["data"]
    new = await issued(caller)
    await caller.close()

    assert new["number"] == f"A{len(left.told['tickets']) + 1:03}"
    await opens(up, left)
    assert "m.meyer" in left.aufruf("account", "list", "--data", str(data)).stdout
    (kept,) = data.glob("aufruf.db.before-*")
    assert kept.name == f"aufruf.db.before-{newest()}"
    assert revision(kept) < revision(data / "aufruf.db") == newest()


@faked
async def test_a_backup_is_restored(left: Left, make_up: MakeUp, rng: random.Random) -> None:
    up = make_up(before=left.before)
    backup, key = str(left.folder / "backup.tar.gz"), str(left.folder / "aufruf.key")
    checked = left.aufruf("restore", backup, "--check")
    restored = left.aufruf("restore", backup, "--data", str(up.data), "--key-file", key)
    assert (checked.returncode, restored.returncode) == (0, 0), checked.stderr + restored.stderr
    await up.start()
    caller = Caller([up.url], left.told["token"], Record(), rng)

    assert await waiting(up, left.told["token"]) == left.told["backup"]
    new = await issued(caller)
    await caller.close()

    assert new["number"] not in [one["number"] for one in left.told["tickets"]]
    await opens(up, left)


def test_the_check_tries_the_update_on_a_copy(left: Left, data: Path) -> None:
    before, files = revision(data / "aufruf.db"), sorted(data.iterdir())

    said = left.aufruf("up", "--check", "--data", str(data))

    assert said.returncode == 0, said.stderr
    assert re.search(
        rf"the database will be brought from {before} to {newest()}: tried on a copy, [\d.]+ s\n", said.stdout
    )
    assert (revision(data / "aufruf.db"), sorted(data.iterdir())) == (before, files)


def test_what_is_kept_before_an_update_is_no_longer_kept_than_backups(left: Left, data: Path) -> None:
    url = async_url(default_url(data))
    with contextlib.closing(sqlite3.connect(data / "aufruf.db")) as opened, opened:
        opened.execute("INSERT INTO first_links SELECT 'secret', 'nobody', 1, 2 WHERE 0")
    copy = before_update.keep(url)
    assert copy is not None
    with contextlib.closing(sqlite3.connect(copy)) as opened:
        there = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        rows = {table: opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in there & {*LEFT_OUT}}
        keys = opened.execute("SELECT count(*) FROM installation WHERE name = 'key'").fetchone()[0]
    now = int(copy.stat().st_mtime * 1000)

    assert (set(rows.values()), keys) == ({0}, 1)
    assert copy.stat().st_mode & 0o077 == 0
    before_update.forget(url, now + 13 * DAY)
    assert copy.exists()
    before_update.forget(url, now + 15 * DAY)
    assert not copy.exists()


async def test_a_rolling_update_loses_nothing(
    make_up: MakeUp, run_store: RunStore, tmp_path: Path, rng: random.Random
) -> None:
    """Two nodes of the release before; one after the other is ended, and this release starts in its place, under load."""
    release = RELEASES[-1]
    try:
        code = taken(release, tmp_path / "code")
    except subprocess.CalledProcessError:
        pytest.skip(f"this clone has no history back to {release}")
    database, store = f"sqlite:///{tmp_path / 'shared.db'}", run_store()
    ups = [make_up(redis=store.url, database=database, before=under(code)) for _ in range(2)]
    for up in ups:
        up.launch()
    for up in ups:
        await up.ready()
    token = verb(code, "token", "--role", "supervisor", "--office", OFFICE, "--database", database)
    old = revision(tmp_path / "shared.db")
    assert old < newest(), "the nodes of that release did not run its own code"
    async with Load([up.url for up in ups], token, rng.randrange(2**32)) as load:
        load.gate.open()
        for up in ups:
            await load.acknowledged(100)
            assert await up.terminate() == 0
            up.runs_under()
            await up.start()
            assert revision(tmp_path / "shared.db") == newest()
        await load.acknowledged(100)
        await load.gate.close()
        log = await log_of(ups[0], token, load.record.seq)

    verdict = judge(load.record, log)
    assert verdict.clean, verdict
    assert load.record.faults == []
