"""Before a newer release changes the tables of the database: what was is kept beside it, and the change can be tried on a copy.

Whoever goes back to the older release puts the kept file in the place of the database (docs/backup.md). Called by opening, by
`aufruf up --check`, and by deletion, which takes the kept file away after some days. PostgreSQL keeps itself (`pg_dump`).
"""

import contextlib
import sqlite3
import tempfile
import time
from pathlib import Path

from sqlalchemy import URL

from server.backup.taking import copied
from server.history.database import close_database, default_url, open_database, rehearsed
from server.history.forward import newest
from server.messages.instants import DAY

KEPT_MS = 14 * DAY
"""As long as the nightly backups that the units keep."""
NAMED = ".before-"


def keep(url: URL) -> Path | None:
    """Copies a database of an older release before it is changed, without what a backup leaves out; returns the copy.

    None: there is nothing to keep. Raises OSError or sqlite3.Error; then nothing may be changed.
    """
    file = _file(url)
    if file is None or not _older(file):
        return None
    copy = file.with_name(f"{file.name}{NAMED}{newest()}")
    with tempfile.TemporaryDirectory(prefix=f".{copy.name}.", dir=file.parent) as folder:
        making = Path(folder) / file.name
        if copied(file, making, with_key=True) >= newest():
            return None  # another node that starts too was faster
        making.replace(copy)
    return copy


def forget(url: URL, now: int) -> None:
    """Takes away what was kept for long enough. `now`: ms of this machine's clock, as the file's date is."""
    if (file := _file(url)) is None:
        return
    for copy in file.parent.glob(f"{file.name}{NAMED}*"):
        if copy.stat().st_mtime * 1000 < now - KEPT_MS:
            copy.unlink(missing_ok=True)


async def tried(data: Path, database: str | None) -> str | None:
    """One line about a change of the tables that the next start makes, after it was tried; None: there is none.

    A file is tried on its copy, PostgreSQL in a transaction that is taken back. Raises what the change raises.
    """
    url = database or default_url(data)
    begun = time.monotonic()
    if database is not None and not database.startswith("sqlite"):
        before, after = await rehearsed(url)
        if before in (None, after):
            return None
        return _said(before, after, "and taken back", begun)
    file = Path(database.partition(":///")[2]) if database else data / "aufruf.db"
    if not _older(file):
        return None
    with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as folder:
        copy = Path(folder) / file.name
        before = copied(file, copy, with_key=True)
        await close_database(await open_database(f"sqlite:///{copy}"))
    return _said(before, newest(), "on a copy", begun)


def _said(before: str | None, after: str, how: str, begun: float) -> str:
    return f"the database will be brought from {before} to {after}: tried {how}, {time.monotonic() - begun:.1f} s"


def _file(url: URL) -> Path | None:
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _older(file: Path) -> bool:
    """Whether it is a database of ours that an older release made. A damaged one is none: opening it says what is wrong."""
    if not file.is_file():
        return False
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(file)) as opened:
        found = opened.execute("SELECT version_num FROM alembic_version").fetchone()
        return found is not None and str(found[0]) < newest()
    return False
