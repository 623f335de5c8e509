"""After a restore no number is given out twice: what may have been given out since the backup is held back on this day."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from server.backup.archive import NoBackup
from server.backup.restoring import checked, restore
from server.backup.taking import take
from server.clock import StoreClock
from server.desk.desk import Desk
from server.desk.entry import Done
from server.history.database import close_database, default_url, open_database
from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.instants import HOUR, MINUTE
from tests.clocks import StandingClock
from tests.office.room import NINE, small_office

DESK = Actor(role="desk", principal="token:t-desk")
SERVICE = small_office().services[0]


class Site:
    """An office with a store, a database and a clock; `backup()` and `restored()` as the verbs do it."""

    def __init__(self, data: Path, now: int) -> None:
        self.data, self.clock = data, StandingClock(now)
        self.log = MemoryLog(MemoryStore(self.clock.now_ms))
        self.desk = self._desk()

    def _desk(self) -> Desk:
        return Desk("mitte", self.log, StoreClock(self.clock), lambda kind, id: id, alone=True)

    async def open(self, *, first: bool = False) -> None:
        await self.desk.start()
        async with asyncio.timeout(30):
            while self.desk.health == "starting":
                await asyncio.sleep(0)
        if first:
            await self.desk.submit(SYSTEM, c.ConfigureOffice(office=small_office()), "office")
        await self.desk.submit(SYSTEM, c.OpenDay(), f"open {self.clock.ms}")

    async def number(self) -> str:
        key = f"issue {self.log.store.tail('mitte').seq} {self.clock.ms}"
        answer = await self.desk.submit(DESK, c.IssueTicket(services=(SERVICE.id,)), key)
        assert isinstance(answer, Done), answer
        return str(answer.result["ticket"]["number"])

    async def backup(self, name: str = "backup.tar.gz") -> Path:
        target = self.data.parent / name
        await take(self.data / "aufruf.db", self.log, [], target, self.clock.ms)
        return target

    async def restored(self, backup: Path, data: Path) -> "Site":
        """The disk is gone; a new one is made from the backup at the same time of day."""
        other = Site(data, self.clock.ms)
        found = await checked(backup, data.parent / f"{data.name}-unpacked")
        data.mkdir()
        await restore(found, data, other.log, "ab" * 32, self.clock)
        await other.open()
        return other


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    data = tmp_path / "data"
    await close_database(await open_database(default_url(data)))
    with contextlib.closing(sqlite3.connect(data / "aufruf.db")) as opened, opened:
        opened.execute("INSERT INTO installation VALUES ('key', ?)", ("ab" * 32,))
    site = Site(data, NINE)
    await site.open(first=True)
    yield site
    await site.desk.stop()


async def test_who_waited_at_the_backup_still_waits(site: Site, tmp_path: Path) -> None:
    numbers = [await site.number() for _ in range(3)]

    after = await site.restored(await site.backup(), tmp_path / "new")

    assert [ticket.number for ticket in after.desk.state.tickets.values()] == numbers
    await after.desk.stop()


async def test_numbers_given_out_after_the_backup_are_not_given_again(site: Site, tmp_path: Path) -> None:
    before = [await site.number() for _ in range(3)]
    backup = await site.backup()
    unknown = []
    for _ in range(150):
        site.clock.pass_time(MINUTE)
        unknown.append(await site.number())

    after = await site.restored(backup, tmp_path / "new")
    given = [await after.number() for _ in range(50)]

    assert not {*given} & {*before, *unknown}
    await after.desk.stop()


async def test_a_backup_of_the_night_holds_back_numbers_of_the_day(site: Site, tmp_path: Path) -> None:
    """The usual case: the disk is lost at eleven, and the backup knows nothing of this day."""
    site.clock.pass_time(13 * HOUR)
    backup = await site.backup()
    site.clock.pass_time(11 * HOUR)
    await site.desk.submit(SYSTEM, c.OpenDay(), "open the next day")
    today = [await site.number() for _ in range(60)]
    site.clock.pass_time(2 * HOUR)

    after = await site.restored(backup, tmp_path / "new")
    given = [await after.number() for _ in range(40)]

    assert today[0].endswith("1")
    assert not {*given} & {*today}
    await after.desk.stop()


async def test_it_is_a_new_epoch_and_says_what_is_missing(site: Site, tmp_path: Path) -> None:
    epoch = site.desk.state.epoch
    after = await site.restored(await site.backup(), tmp_path / "new")

    assert after.desk.state.epoch != epoch
    assert after.desk.state.lost == ("everything after 2026-11-23T08:00:00.000Z",)
    await after.desk.stop()


async def test_the_next_day_begins_with_the_first_number(site: Site, tmp_path: Path) -> None:
    """Only this day's numbers are held back."""
    first = await site.number()
    after = await site.restored(await site.backup(), tmp_path / "new")
    after.clock.pass_time(24 * HOUR)
    await after.desk.submit(SYSTEM, c.OpenDay(), "open the next day")

    assert await after.number() == first
    await after.desk.stop()


async def test_a_store_that_has_a_log_takes_no_other(site: Site, tmp_path: Path) -> None:
    await site.number()
    found = await checked(await site.backup(), tmp_path / "unpacked")

    with pytest.raises(NoBackup, match="already has a log of mitte"):
        await restore(found, tmp_path / "new", site.log, None, site.clock)

    assert not (tmp_path / "new" / "aufruf.db").exists()


async def test_a_log_of_a_newer_release_is_named(site: Site, tmp_path: Path) -> None:
    tail = site.log.store.tail("mitte")
    await site.log.append("mitte", tail, "x" * 12, [b'{"type":"ticket_issued","v":99}'])

    with pytest.raises(NoBackup, match="the log of mitte was written by a newer release"):
        await checked(await site.backup(), tmp_path / "unpacked")


async def test_a_log_that_does_not_reach_back_to_the_history_is_no_backup(site: Site) -> None:
    """What was trimmed is only in the history; if that has not read so far, something is missing."""
    for _ in range(5):
        await site.number()
    await site.log.trim("mitte", 4)

    with pytest.raises(NoBackup, match="trimmed"):
        await site.backup()
