"""Makes an installation from a backup, in an empty folder. The office goes on in a new epoch, and gives no number twice.

Between the backup and the loss of the disk the office went on. Nobody knows any more which numbers it gave out in that time, but
people hold them: as many as it can have been are not given again on this day.
"""

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from server.backup import keyfile
from server.backup.archive import DATABASE, Contents, NoBackup, OfficeLog, rows_of, unpack
from server.clock import Clock, StoreClock
from server.desk.desk import Desk
from server.desk.entry import Done
from server.desk.fold import begin
from server.history.forward import newest
from server.log.memory_log import MemoryLog
from server.log.port import EMPTY, Appended, Log, NotContinuous, Row
from server.messages.actor import SYSTEM
from server.messages.commands import ChangeEpoch
from server.messages.events import TooNew
from server.messages.instants import rfc3339
from server.office import hours
from server.office.reserved import following
from server.office.state import State

AT_ONCE = 500
"""Entries that are written to the store in one step."""
LOOK_S = 0.01
FOLDED_S = 60.0
"""A desk folds the log of some days in less."""
MS_A_NUMBER = 10_000
"""A range gives out fewer numbers than one in this time: 5,000 tickets in a day of ten hours are one in 7 s, over all ranges."""
TIMES_THE_BUSIEST = 2
"""A day may be busier than the busiest one of the history."""


@dataclass(frozen=True)
class Checked:
    """A backup that was unpacked in `folder`, and proven to fold."""

    folder: Path
    contents: Contents

    @property
    def database(self) -> Path:
        return self.folder / DATABASE


async def checked(file: Path, folder: Path, told: Callable[[str], None] = lambda _: None) -> Checked:
    """Unpacks a backup into an empty folder and proves it: every log folds, the database is whole. Raises NoBackup, OSError."""
    told("unpacking")
    contents = unpack(file, folder)
    if contents.revision > newest():
        raise NoBackup("a newer release made it; install that release to restore it")
    told("checking the database")
    if (fault := _damage(folder / DATABASE)) is not None:
        raise NoBackup(f"the database in it is damaged ({fault})")
    for one in contents.logs:
        told(f"folding the log of {one.office}")
        await _proven(one, folder / one.member)
    return Checked(folder, contents)


def _damage(database: Path) -> str | None:
    try:
        with contextlib.closing(sqlite3.connect(database)) as opened:
            ((said,),) = opened.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.DatabaseError as fault:
        return str(fault)
    return None if said == "ok" else str(said)


async def _proven(one: OfficeLog, file: Path) -> None:
    log = MemoryLog()
    try:
        await _write(log, one, rows_of(file))
        fold = await begin(log, one.office)
    except TooNew as fault:
        raise NoBackup(f"the log of {one.office} was written by a newer release; install that one ({fault})") from fault
    except (NotContinuous, ValueError) as fault:
        raise NoBackup(f"the log of {one.office} does not fold ({fault})") from fault
    if (fold.tail.seq, fold.tail.mark) != (one.seq, one.mark):
        raise NoBackup(f"the log of {one.office} ends at entry {fold.tail.seq}, not at {one.seq}")


async def restore(
    backup: Checked, data: Path, log: Log, key: str | None, clock: Clock, told: Callable[[str], None] = lambda _: None
) -> None:
    """Writes the logs to an empty store, begins a new epoch in each, and puts files and database into the data folder.

    `key`: the installation key; None: a new one is made, and links and phones that the old one signed are worthless. The
    database comes last: without it a restore that was interrupted is no installation.
    """
    contents = backup.contents
    for one in contents.logs:
        told(f"writing the log of {one.office}")
        await _write(log, one, rows_of(backup.folder / one.member))
        await _go_on(log, one, contents.made_at, _busiest(backup.database, one.office), clock)
    if key is not None:
        keyfile.put_into(backup.database, key)
    _end_sessions(backup.database)
    with contextlib.suppress(FileNotFoundError):
        shutil.copytree(backup.folder / "offices", data / "offices")
    shutil.move(backup.database, data / DATABASE)


async def _write(log: Log, one: OfficeLog, rows: Iterator[Row]) -> None:
    """Raises NoBackup if the store already has another log of this office."""
    tail, _ = await log.tail(one.office)
    taken = tail != EMPTY
    while not taken and (piece := list(islice(rows, AT_ONCE))):
        answer = await log.put_back(one.office, tail, piece)
        taken, tail = not isinstance(answer, Appended), answer.tail
    if taken:
        raise NoBackup(f"the store already has a log of {one.office}; a restore wants an empty store")
    if tail == EMPTY and one.seq:
        raise NoBackup(f"the log of {one.office} is missing in it")


async def _go_on(log: Log, one: OfficeLog, made_at: int, busiest: int, clock: Clock) -> None:
    """Begins a new epoch: every screen asks anew, and staff read what is missing."""
    desk = Desk(one.office, log, StoreClock(clock), lambda kind, id: id, alone=True)
    await desk.start()
    try:
        async with asyncio.timeout(FOLDED_S):
            while desk.health == "starting":
                await asyncio.sleep(LOOK_S)
        change = _restored(desk.state, made_at, desk.now(), busiest)
        answer = await desk.submit(SYSTEM, change, f"restored:{made_at}")
    except TimeoutError:
        raise NoBackup(f"the log of {one.office} could not be read again: {desk.detail}") from None
    finally:
        await desk.stop()
    if not isinstance(answer, Done):
        raise NoBackup(f"the log of {one.office} took no new epoch: {answer.detail}")


def _restored(state: State, made_at: int, now: int, busiest: int) -> ChangeEpoch:
    """The command that reports what is missing, and holds back the numbers that may have been given out since the backup.

    `busiest`: how many numbers one service gave out on the busiest day of the history; 0: nobody knows.
    """
    lost = (f"everything after {rfc3339(made_at)}",)
    if not state.configured:
        return ChangeEpoch(reason="restored", lost=lost)
    today = hours.day_of(state.office, now)
    begins = hours.clock(state.office, date.fromisoformat(today), "00:00")
    passed = max(0, now - max(made_at, begins)) // MS_A_NUMBER
    unread = min(passed, TIMES_THE_BUSIEST * busiest) if busiest else passed
    numbers = state.numbers if state.last_day == today else {}
    return ChangeEpoch(reason="restored", lost=lost, reserved=following(state.office, today, numbers, unread))


def _busiest(database: Path, office: str) -> int:
    with contextlib.closing(sqlite3.connect(database)) as opened:
        days = "SELECT count(*) AS many FROM visits WHERE office = ? GROUP BY day, service"
        ((most,),) = opened.execute(f"SELECT max(many) FROM ({days})", (office,))  # noqa: S608 - no value in it
    return int(most or 0)


def _end_sessions(database: Path) -> None:
    """Who signed out or was shut out after the backup must not be signed in again by it: everybody signs in anew."""
    with contextlib.closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("UPDATE accounts SET version = version + 1")
        opened.execute("UPDATE positions SET holder = ''")
