"""Takes a backup while the office is open: a copy of the database, then the logs, packed into one file.

The database is copied first: a log that has gone on since then holds all that the copied history knows, so that nothing looks
lost after a restore. Neither copy makes a press wait: SQLite reads its copy in one transaction, and the log is read in pages;
all of it in small pieces with rests (`pace`).
"""

import asyncio
import contextlib
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from server.backup import keyfile
from server.backup.archive import DATABASE, FORMAT, Contents, Member, NoBackup, OfficeLog, measured, pack, write_rows
from server.backup.pace import Pace
from server.log.port import Log

LEFT_OUT = (
    "attempts",
    "contacts",
    "dead_letters",
    "ended",
    "first_links",
    "letters",
    "notes",
    "offers",
    "phones",
    "session_uses",
    "sign_ins",
    "wishes",
)
"""Tables that a backup leaves empty: what they hold is deleted within days, some of it is personal, and a backup is kept for
months."""
_NAMED = re.compile(r"aufruf-\d{8}-\d{6}\.tar\.gz")
PAGE = 1_000
_STEPS = 10_000
"""SQLite asks for a rest after so many of its own steps: about a millisecond."""
TRIES = 3
"""A log may be trimmed while it is read; the next attempt begins with a newer copy of the database."""


class _Trimmed(Exception):
    """The log no longer reaches back to where the copied history ends."""


async def take(
    database: Path,
    log: Log,
    files: Iterable[Path],
    target: Path,
    now: int,
    told: Callable[[str], None] = lambda _: None,
) -> Contents:
    """Writes the backup `target` and returns what is in it. `files`: the office files of the data folder. `now`: ms.

    `told` gets one line for each step. Raises OSError, sqlite3.Error, LogError, NoBackup; then there is no `target`.
    """
    pace = Pace()
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as name:
        folder = Path(name)
        for tries in range(1, TRIES + 1):
            told("copying the database")
            revision = copied(database, folder / DATABASE, pace)
            try:
                logs = await _logs(log, folder, pace, told)
                break
            except _Trimmed:
                if tries == TRIES:
                    raise NoBackup("the log is trimmed each time before it could be read; try again") from None
        _office_files(files, folder)
        contents = Contents(
            format=FORMAT,
            release=version("aufruf"),
            made_at=now,
            revision=revision,
            key=keyfile.fingerprint(keyfile.read_from(database)),
            logs=logs,
            members=_measured(folder, pace),
        )
        told("packing")
        pack(folder, contents, target, pace.rest)
    return contents


def copied(database: Path, copy: Path, pace: Pace | None = None, *, with_key: bool = False) -> str:
    """Copies the database as it is at one instant, without what a backup must not keep. Returns its revision.

    `VACUUM INTO` writes only living rows; the second VACUUM leaves nothing of what was deleted from the copy. `with_key`: also
    the installation key, for a copy that stays where the key is. The database may be of an older release and lack tables.
    """
    copy.unlink(missing_ok=True)
    rest = pace.rest if pace is not None else None
    with contextlib.closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        opened.set_progress_handler(rest, _STEPS)
        opened.execute("VACUUM INTO ?", (str(copy),))
    copy.chmod(0o600)
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as opened:
        opened.set_progress_handler(rest, _STEPS)
        opened.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in LEFT_OUT:
            if table in there:
                opened.execute(f"DELETE FROM {table}")  # noqa: S608 - names from above
        if not with_key:
            opened.execute(keyfile.TAKE_AWAY)
        opened.execute("VACUUM")
        ((revision,),) = opened.execute("SELECT version_num FROM alembic_version")
    return str(revision)


async def _logs(log: Log, folder: Path, pace: Pace, told: Callable[[str], None]) -> tuple[OfficeLog, ...]:
    shutil.rmtree(folder / "logs", ignore_errors=True)
    (folder / "logs").mkdir()
    read = _read_up_to(folder / DATABASE)
    found = []
    for number, office in enumerate(await log.offices(), 1):
        told(f"reading the log of {office}")
        member = f"logs/{number}.jsonl"
        found.append(await _one_log(log, office, folder, member, read.get(office, 0), pace))
    return tuple(found)


def _read_up_to(copy: Path) -> dict[str, int]:
    """By office, the last entry that the copied history has."""
    with contextlib.closing(sqlite3.connect(copy)) as opened:
        return dict(opened.execute("SELECT office, seq FROM positions"))


async def _one_log(log: Log, office: str, folder: Path, member: str, read: int, pace: Pace) -> OfficeLog:
    last, _ = await log.tail(office)
    entries, seq, mark = 0, 0, ""
    with (folder / member).open("wb") as file:
        while seq < last.seq:
            rows = await log.read(office, seq, PAGE)
            expected = rows[0].seq if rows and entries == 0 else seq + 1
            if not rows or rows[0].seq != expected or (entries == 0 and rows[0].seq > read + 1):
                raise _Trimmed
            write_rows(file, rows)
            await asyncio.sleep(pace.due())
            entries, seq, mark = entries + len(rows), rows[-1].seq, rows[-1].mark
    return OfficeLog(office=office, member=member, entries=entries, seq=seq, mark=mark)


def _office_files(files: Iterable[Path], folder: Path) -> None:
    (folder / "offices").mkdir()
    for file in files:
        shutil.copyfile(file, folder / "offices" / file.name)


def _measured(folder: Path, pace: Pace) -> dict[str, Member]:
    return {
        str(file.relative_to(folder)): measured(file, pace.rest) for file in sorted(folder.rglob("*")) if file.is_file()
    }


def named(now: datetime) -> str:
    """The name of a backup that is put into a folder: by these alone `keep_newest` knows what it may delete."""
    return f"aufruf-{now:%Y%m%d-%H%M%S}.tar.gz"


def keep_newest(folder: Path, many: int) -> list[Path]:
    """Deletes all but the `many` newest backups that got their name here, and returns those it deleted. Others stay."""
    old = sorted(file for file in folder.iterdir() if _NAMED.fullmatch(file.name))[:-many]
    for file in old:
        file.unlink()
    return old
