"""Behaviour 37: the store hangs, has no memory, or its disk is full or read-only. Presses are refused, alarms are sent."""

import asyncio
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.crash.callers import Load
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.figures import Figures
from tests.crash.room import AT_ONCE_S, Room, room
from tests.crash.stores import stopped
from tests.crash.up import ROOT
from tests.crash.walls import until, wrong

SLOW_S = 5.0


@pytest.fixture
async def embedded(make_up: MakeUp, rng: random.Random) -> AsyncIterator[Room]:
    up = make_up()
    await up.start()
    async with room(up, rng) as one:
        yield one


async def test_a_store_that_hangs_for_five_seconds(embedded: Room, rng: random.Random, figures: Figures) -> None:
    """Twenty callers wait or are told to press again; the wall learns that its data is old; nothing is done twice."""
    store = embedded.up.store()
    assert store
    async with Load([embedded.up.url], embedded.token, rng.randrange(2**32)) as load:
        load.gate.open()
        await load.acknowledged(100)
        with stopped(store.pid):
            begun = time.monotonic()
            await embedded.alarm()
            alarm_s = time.monotonic() - begun
            await until(lambda: embedded.wall.stale_since, 10, "a beat that says the data is old")
            stale_s = time.monotonic() - begun
            assert embedded.wall.connected, "the last truth stays up"
            await asyncio.sleep(
                max(0.0, begun + SLOW_S - time.monotonic())
            )  # this is the trouble itself, not a wait for something
        await load.acknowledged(100)
        await load.gate.close()
        embedded.record.acknowledged |= load.record.acknowledged
        embedded.record.faults += load.record.faults
        await until(lambda: embedded.wall.stale_since is None, 10, "a beat that says all is well")
        await embedded.agrees()

    figures.note(
        "A store that hangs for five seconds",
        acknowledged=len(load.record.acknowledged),
        attempts_repeated=dict(load.record.again),
        alarm_heard_after_s=round(alarm_s, 3),
        wall_told_after_s=round(stale_s, 1),
    )


async def test_a_store_without_memory(make_up: MakeUp, run_store: RunStore, rng: random.Random) -> None:
    """At its limit every press is refused with `retry`, boards go on, and it recovers as soon as there is memory."""
    store = run_store()
    up = make_up(redis=store.url)
    await up.start()
    async with room(up, rng) as one:
        store.told("CONFIG", "SET", "maxmemory", "1")
        waiting = [asyncio.create_task(one.hand.press(type="issue_ticket", services=["ausweis"])) for _ in range(5)]
        await until(lambda: one.record.again["store_unavailable"] >= 5, 20, "refusals")
        await one.alarm()
        assert (await wrong([one.wall, one.counter], up, time.monotonic() + AT_ONCE_S)).walls == []
        assert not any(press.done() for press in waiting)

        store.told("CONFIG", "SET", "maxmemory", "0")
        answers = await asyncio.gather(*waiting)

        assert len({answer["result"]["ticket"]["number"] for answer in answers}) == 5
        await one.agrees()


def may_mount() -> bool:
    probe = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return os.getuid() == 0 and subprocess.run(probe, capture_output=True, timeout=10).returncode == 0
    except FileNotFoundError:
        return False


def may_make_a_disk() -> bool:
    return may_mount() and shutil.which("mkfs.ext4") is not None and Path("/dev/loop-control").exists()


@pytest.mark.skipif(not may_mount(), reason="needs root and unshare: a disk of its own to fill")
def test_a_full_disk_under_the_whole_server(tmp_path: Path) -> None:
    """Store, database and sounds are on one full disk: refused, reported, alarmed. With space again, everything goes on."""
    lived("tests.crash.full_disk_day", tmp_path)


@pytest.mark.skipif(not may_make_a_disk(), reason="needs root, unshare, mkfs.ext4 and loop devices: a disk of its own")
def test_a_disk_that_becomes_read_only_under_the_whole_server(tmp_path: Path) -> None:
    """From one write to the next: refused, reported, alarmed. Stopped, repaired and restarted, it has lost nothing."""
    lived("tests.crash.read_only_day", tmp_path)


def lived(story: str, folder: Path) -> None:
    """Runs a story in its own mount namespace."""
    command = [sys.executable, "-m", story, str(folder)]

    told = subprocess.run(["unshare", "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-6000:]
