"""The installation's database, opened for a verb: whatever is wrong with it is one line that names the option and the place.

Called by wiring and by the verbs on a resting database. No password is ever in a line.
"""

import asyncio
import importlib.util
import logging
import shutil
import sqlite3
import sys
from pathlib import Path

import structlog
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.database import DatabaseUnusable, async_url, default_url, open_database
from server.history.forward import DatabaseTooNew
from server.options import Unusable, WrongUse

FULL = 1 << 20
"""Bytes: with less than this left SQLite cannot even begin its write-ahead file."""


async def opened(data: Path, database: str | None) -> AsyncEngine:
    """The database of an installation, made if it is not there. WrongUse or Unusable says what is wrong."""
    url = looked_at(data, database)
    try:
        return await open_database(database or default_url(data))
    except DatabaseTooNew as fault:
        raise Unusable(f"{named(url)} belongs to a newer release: {fault}; install that release again") from fault
    except (OSError, SQLAlchemyError, sqlite3.Error) as fault:
        raise _told(url, fault) from fault


async def found(data: Path, database: str | None) -> AsyncEngine:
    """The database of an installation that is there already: nothing is made for a mistyped folder."""
    _logs_to_stderr()
    url = looked_at(data, database)
    option, place = ("--database", str(url.database)) if database else ("--data", str(data))
    try:
        missing = url.get_backend_name() == "sqlite" and not await asyncio.to_thread(Path(str(url.database)).is_file)
    except OSError as fault:
        raise WrongUse(f"{option}: {place} cannot be read ({fault.strerror})") from fault
    if missing:
        raise WrongUse(f"{option}: there is no installation in {place}; `aufruf up` makes one")
    return await opened(data, database)


def _logs_to_stderr() -> None:
    """A verb's stdout is its answer (`aufruf token > file`); structlog's own default writes there, local variables included."""
    if not structlog.is_configured():
        structlog.configure(
            processors=[
                structlog.processors.add_log_level,
                structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
            logger_factory=lambda *names: structlog.PrintLogger(sys.stderr),  # as it is at the time: tests replace it
        )


def looked_at(data: Path, database: str | None) -> URL:
    """What can be said of the URL before anybody is asked."""
    try:
        url = async_url(database or default_url(data))
    except DatabaseUnusable as fault:
        raise WrongUse(f"--database: {fault}") from fault
    if url.get_backend_name() == "sqlite":
        if url.database in (None, "", ":memory:"):
            raise WrongUse("--database: this names no file; say sqlite:///FILE or postgresql://HOST/NAME")
    elif importlib.util.find_spec("asyncpg") is None:
        raise WrongUse("--database: PostgreSQL needs: pip install 'aufruf[postgres]'")
    return url


def named(url: URL) -> str:
    """`PostgreSQL at db.example.de:5432/aufruf`, `the database /var/lib/aufruf/aufruf.db`."""
    if url.get_backend_name() == "sqlite":
        return f"the database {url.database}"
    return f"PostgreSQL at {url.host or url.query.get('host', 'localhost')}:{url.port or 5432}/{url.database or ''}"


def _told(url: URL, fault: Exception) -> Exception:
    file = url.get_backend_name() == "sqlite"
    if file and (said := full(Path(str(url.database)).parent)):
        return Unusable(said)
    said = _reason(fault)
    option = "--data or --database" if file else "--database"
    if file or isinstance(fault, OSError):
        return Unusable(f"{option}: {named(url)} does not answer ({said})")
    return WrongUse(f"{option}: {named(url)} does not let us in ({said})")


def _reason(fault: BaseException) -> str:
    """The driver's own words, without what SQLAlchemy and asyncpg put around them."""
    inner: BaseException = getattr(fault, "orig", None) or fault
    text = str(inner).rpartition(">: ")[2].removeprefix("the database does not answer: ")
    return " ".join((text or type(inner).__name__).split())


def full(folder: Path) -> str | None:
    """That a disk is full, if it is."""
    try:
        left = shutil.disk_usage(folder).free
    except OSError:
        return None
    return (
        f"--data: the disk of {folder} is full ({left:,} bytes left); make room and start again"
        if left < FULL
        else None
    )
