"""What a backup must not keep: contact data, notes, who signed in, the installation key."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from server.access.tables import ACCESS
from server.backup import keyfile
from server.backup.archive import DATABASE, unpack
from server.backup.taking import LEFT_OUT, take
from server.history.database import close_database, default_url, open_database
from server.history.tables import HISTORY
from server.letters.tables import LETTERS
from server.log.memory_log import MemoryLog
from server.notes.tables import NOTES
from server.persons.tables import PERSONS

KEPT = {
    *("accounts", "grants", "tokens", "known_offices", "installation", "audit", "outside_accounts", "passkeys"),
    *("entries", "visits", "calls", "positions", "models"),
    *("alerts", "rung", "hooks"),
}
"""Tables that a backup keeps: who may in, what happened, what was told. None holds a name, an address or a text of a citizen."""
SECRET = "erika.mustermann@example.org"
KEY = "ab" * 32


async def database_with_a_secret_in_each_table(data: Path) -> Path:
    """A database in which each table that is left out holds `SECRET` in every text column."""
    await close_database(await open_database(default_url(data)))
    file = data / DATABASE
    with contextlib.closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("INSERT INTO installation VALUES ('key', ?)", (KEY,))
        for table in LEFT_OUT:
            columns = opened.execute(f"PRAGMA table_info({table})").fetchall()
            values = [1 if kind in ("BIGINT", "INTEGER", "BOOLEAN") else SECRET for _, _, kind, *_ in columns]
            opened.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    return file


def test_every_table_is_either_kept_or_left_out() -> None:
    """A new table is in neither set until somebody has thought about it."""
    every = {table.name for rooms in (ACCESS, HISTORY, LETTERS, NOTES, PERSONS) for table in rooms.sorted_tables}

    assert {*LEFT_OUT} | KEPT == every
    assert not {*LEFT_OUT} & KEPT


async def test_nothing_of_what_is_left_out_is_in_the_backup(tmp_path: Path) -> None:
    """Not a byte of it, in no member: SQLite would leave deleted rows in the file."""
    source = await database_with_a_secret_in_each_table(tmp_path / "data")
    assert SECRET.encode() in source.read_bytes() or SECRET.encode() in Path(f"{source}-wal").read_bytes()

    await take(source, MemoryLog(), [], tmp_path / "backup.tar.gz", 1)
    unpack(tmp_path / "backup.tar.gz", tmp_path / "out")

    for file in (tmp_path / "out").rglob("*"):
        if file.is_file():
            assert SECRET.encode() not in file.read_bytes(), file
            assert KEY.encode() not in file.read_bytes(), file


async def test_the_key_file_fits_its_installation_only(tmp_path: Path) -> None:
    source = await database_with_a_secret_in_each_table(tmp_path / "data")
    contents = await take(source, MemoryLog(), [], tmp_path / "backup.tar.gz", 1)
    keyfile.write(tmp_path / "key", keyfile.read_from(source))

    assert keyfile.read(tmp_path / "key", contents.key) == KEY
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    for text, reason in ((KEY.replace("a", "c"), "another installation"), ("Sehr geehrte", "no installation key")):
        (tmp_path / "other").write_text(text)
        with pytest.raises(keyfile.NoKey, match=reason):
            keyfile.read(tmp_path / "other", contents.key)
