"""Opens the installation's database for a verb. Any fault becomes one line that names the option and the place.

Called by wiring and by verbs that need no server. No line ever contains a password.
"""

import asyncio
import contextlib
import importlib.util
import logging
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import structlog
from sqlalchemy import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from config import named_file
from server import before_update
from server.history.database import DatabaseUnusable, async_url, default_url, open_database
from server.history.forward import DatabaseTooNew
from server.options import Unusable, WrongUse

_log = structlog.get_logger("aufruf.server")

FULL = 1 << 20
"""Bytes: with less free space SQLite cannot even create its write-ahead file."""


async def opened(data: Path, database: str | None) -> AsyncEngine:
    """The database of an installation; it is made if there is none, and kept before it is changed to this release.

    WrongUse or Unusable says what is wrong.
    """
    url = looked_at(data, database)
    with _plainly(url):
        if (copy := await asyncio.to_thread(before_update.keep, url)) is not None:
            _log.info("the database of an older release is kept", file=str(copy))
        return await open_database(database or default_url(data))


async def update_ahead(data: Path, database: str | None) -> str | None:
    """One line about what the next start will change in the database, which was tried; None: nothing."""
    with _plainly(looked_at(data, database)):
        return await before_update.tried(data, database)


@contextlib.contextmanager
def _plainly(url: URL) -> Iterator[None]:
    """Raises WrongUse or Unusable for whatever the database raises."""
    try:
        yield
    except DatabaseTooNew as fault:
        raise Unusable(f"{named(url)} belongs to a newer release: {fault}; install that release again") from fault
    except (OSError, SQLAlchemyError, sqlite3.Error) as fault:
        raise _told(url, fault) from fault
    except (
        TypeError,
        ValueError,
        OverflowError,
    ) as fault:  # the driver does not know an option that stands behind the "?"
        raise WrongUse(f"--database: {named(url)} has an option that cannot be used ({_reason(fault)})") from fault


async def found(data: Path, database: str | None) -> AsyncEngine:
    """The database of an existing installation: for a mistyped folder nothing is made."""
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
    """Sends logs to stderr: a verb's stdout is its answer (`aufruf token > file`), and structlog would write there, with local
    variables."""
    if not structlog.is_configured():
        structlog.configure(
            processors=[
                structlog.processors.add_log_level,
                structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
            logger_factory=lambda *names: structlog.PrintLogger(sys.stderr),  # looked up at each call: tests replace it
        )


def looked_at(data: Path, database: str | None) -> URL:
    """Checks what can be known of the URL before any connection is made."""
    try:
        url = async_url(database or default_url(data))
    except DatabaseUnusable as fault:
        raise WrongUse(f"--database: {fault}") from fault
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database == ":memory:":
            raise WrongUse("--database: this names no file; say sqlite:///FILE or postgresql://HOST/NAME")
        try:
            named_file.may_be_written(Path(url.database))
        except OSError as fault:
            option = "--database" if database else "--data"
            raise WrongUse(f"{option}: {url.database} cannot be used ({fault.strerror})") from fault
    elif url.port is not None and not 1 <= url.port <= 65_535:
        raise WrongUse(f"--database: {url.port} is no port; ports are 1 to 65535")
    elif importlib.util.find_spec("asyncpg") is None:
        raise WrongUse("--database: PostgreSQL needs: pip install 'aufruf[postgres]'")
    return url


def named(url: URL) -> str:
    """A name for messages: `PostgreSQL at db.example.de:5432/aufruf`, `the database /var/lib/aufruf/aufruf.db`."""
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
    """The driver's own message, without what SQLAlchemy and asyncpg put around it."""
    inner: BaseException = getattr(fault, "orig", None) or fault
    text = str(inner).rpartition(">: ")[2].removeprefix("the database does not answer: ")
    return " ".join((text or type(inner).__name__).split())


def full(folder: Path) -> str | None:
    """A message if the disk is full, else None."""
    try:
        left = shutil.disk_usage(folder).free
    except OSError:
        return None
    return (
        f"--data: the disk of {folder} is full ({left:,} bytes left); make room and start again"
        if left < FULL
        else None
    )
