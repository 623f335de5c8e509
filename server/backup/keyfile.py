"""The installation key, apart from its backup: together they would let a thief make valid links and sessions.

It never changes, so it is written once and kept in another place, on paper if need be: one line of 64 signs.
"""

import contextlib
import hashlib
import hmac
import os
import re
import sqlite3
from pathlib import Path

from config import named_file

_KEY = re.compile(r"[0-9a-f]{64}")
_LARGEST = 200
TAKE_AWAY = "DELETE FROM installation WHERE name = 'key'"


class NoKey(Exception):
    """The file holds no installation key, or that of another installation."""


def fingerprint(key: str) -> str:
    """Names a key without telling anything of it: a backup says by it which key file fits."""
    return hmac.digest(bytes.fromhex(key), b"aufruf backup", hashlib.sha256)[:16].hex()


def read_from(database: Path) -> str:
    with contextlib.closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        ((key,),) = opened.execute("SELECT value FROM installation WHERE name = 'key'")
    return str(key)


def put_into(database: Path, key: str) -> None:
    with contextlib.closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("INSERT INTO installation (name, value) VALUES ('key', ?)", (key,))


def write(file: Path, key: str) -> None:
    """Writes a new file that only its owner may read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
        opened.write(f"{key}\n")
        opened.flush()
        os.fsync(opened.fileno())


def read(file: Path, wanted: str) -> str:
    """The key in a file. Raises NoKey, OSError. `wanted`: the fingerprint that the backup names."""
    found = named_file.content(file, _LARGEST, piped=True).decode("ascii", "replace").strip()
    if not _KEY.fullmatch(found):
        raise NoKey("holds no installation key; it is the file that `aufruf backup --key-file` wrote")
    if fingerprint(found) != wanted:
        raise NoKey("holds the key of another installation")
    return found
