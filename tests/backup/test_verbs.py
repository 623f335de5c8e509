"""The verbs around a backup: what `--keep` may delete, and what a restore that fails leaves behind."""

import asyncio
import contextlib
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.backup.taking import keep_newest, named, take
from server.history.database import close_database, default_url, open_database
from server.log.memory_log import MemoryLog
from tests.command_line.test_odd_values import COMMAND, ended


def test_only_backups_that_got_their_name_here_are_deleted(tmp_path: Path) -> None:
    """Somebody's `aufruf-before-the-update.tar.gz` is theirs, and does not count."""
    ours = [named(datetime(2026, 11, day, 3, 15, tzinfo=UTC)) for day in (28, 29, 30)]
    theirs = ["aufruf-before-the-update.tar.gz", "aufruf-20261101-031500.tar.gz.old", "notes.txt"]
    for name in (*ours, *theirs):
        (tmp_path / name).touch()

    assert [file.name for file in keep_newest(tmp_path, 2)] == ours[:1]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted((*ours[1:], *theirs))


async def backup_in(folder: Path) -> Path:
    await close_database(await open_database(default_url(folder / "old")))
    source = folder / "old" / "aufruf.db"
    with contextlib.closing(sqlite3.connect(source)) as opened, opened:
        opened.execute("INSERT INTO installation VALUES ('key', ?)", ("ab" * 32,))
    await take(source, MemoryLog(), [], folder / "b.tar.gz", 1)
    return folder / "b.tar.gz"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return asyncio.run(backup_in(tmp_path))


def test_a_restore_that_fails_leaves_the_folder_empty_for_the_next_one(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Here the disk is full when the database is put in its place: the store has been there already."""
    data = tmp_path / "new"

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(shutil, "move", full)
        code, said = ended(["restore", str(backup), "--data", str(data)], capsys)
    assert (code, "the restore stopped: [Errno 28]" in said) == (1, True)
    assert list(data.iterdir()) == []

    with pytest.raises(SystemExit) as end:
        COMMAND.main(["restore", str(backup), "--data", str(data)], "aufruf")
    assert end.value.code == 0
    assert (data / "aufruf.db").is_file()
