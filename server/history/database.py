"""The SQL database of an installation, for history and access: opens it, migrates it, closes it.

SQLite in a file by default, PostgreSQL by URL. Called by wiring and the command line, which hand the engine to both rooms.
"""

import asyncio
import contextlib
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Pool, event, make_url, select
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from server.history.forward import bring_forward, revision

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
BUSY_MS = 5_000
"""How long a writer waits for a transaction of another process (SQLite)."""
AGAIN_MS = 50
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MS}", "foreign_keys=ON", "secure_delete=ON")
"""SQLite settings. `secure_delete` overwrites deleted data in the file, not only in its index."""
POOL_S = 10.0
"""Seconds that a caller waits for a free connection."""


_INODES: WeakKeyDictionary[Pool, int | None] = WeakKeyDictionary()
"""The files of open databases, by the pool of their connections."""


class Failures:
    """How often a use of a database failed in this process. `many`: only read from outside."""

    many = 0


FAILURES = Failures()


class DatabaseUnusable(Exception):
    """A URL that names no database this release can use."""


def default_url(data: Path) -> str:
    """The database of an installation that names no other."""
    return f"sqlite:///{data / 'aufruf.db'}"


def async_url(url: str) -> URL:
    """`sqlite:///...` or `postgresql://...` with the asynchronous driver named; DatabaseUnusable for anything else."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnusable("the database URL cannot be read: sqlite:///FILE or postgresql://HOST/NAME") from error
    backend = parsed.drivername.split("+")[0]
    if backend not in DRIVERS:
        raise DatabaseUnusable(f"no driver for {backend!r}: use sqlite:///FILE or postgresql://HOST/NAME")
    return _as_asyncpg(parsed) if backend != "sqlite" else parsed.set(drivername=DRIVERS[backend])


def _as_asyncpg(url: URL) -> URL:
    """`sslmode`, as every other PostgreSQL client and every provider's URL says it, is `ssl` for this driver."""
    query = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    return url.set(drivername=DRIVERS["postgresql"], query=query)


async def open_database(url: str) -> AsyncEngine:
    """An engine on a database that has every table of this release. Dispose of it with `close_database`.

    Every use raises ConnectionError while the database is away: gone, full, read-only, locked for too long.
    """
    parsed = async_url(url)
    engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgres(parsed)
    event.listen(engine.sync_engine, "handle_error", _away, retval=True)
    try:
        await _bring_forward(engine)
    except BaseException:
        await engine.dispose()
        raise
    return engine


async def _bring_forward(engine: AsyncEngine) -> None:
    """Migrates the database. Nodes that start together wait for each other here, because SQLite's own `busy_timeout` does not
    apply while its first write-ahead file is created."""
    patience = BUSY_MS / AGAIN_MS
    while True:
        try:
            async with engine.begin() as connection:
                await connection.run_sync(bring_forward)
                return
        except ConnectionError as fault:
            patience -= 1
            if "locked" not in str(fault) or patience < 0:
                raise
        await asyncio.sleep(AGAIN_MS / 1000)


async def rehearsed(url: str) -> tuple[str | None, str]:
    """Migrates a PostgreSQL database in a transaction that is taken back. Returns the revisions before and after."""
    engine = _postgres(async_url(url))
    event.listen(engine.sync_engine, "handle_error", _away, retval=True)
    try:
        async with engine.connect() as connection:
            begun = await connection.begin()
            before = await connection.run_sync(revision)
            await connection.run_sync(bring_forward)
            after = await connection.run_sync(revision)
            await begun.rollback()
    finally:
        await engine.dispose()
    return before, str(after)


async def close_database(engine: AsyncEngine, timeout_s: float = 5.0) -> None:
    """Closes every connection; SQLite then merges its write-ahead file into the database."""
    async with asyncio.timeout(timeout_s):
        await engine.dispose()


async def answers(engine: AsyncEngine) -> None:
    """Raises if the database does not answer; also if its file was removed or replaced while it was open: what is written goes
    on into the old one, which is gone at the next start."""
    async with engine.execution_options(read_only=True).connect() as connection:
        await connection.execute(select(1))
    if engine.pool in _INODES and _inode(Path(str(engine.url.database))) != _INODES[engine.pool]:
        raise ConnectionError("the database's file was removed or replaced: put it back, or start the server again")


async def folded(engine: AsyncEngine) -> None:
    """Restarts SQLite's write-ahead file, which still contains deleted data. A reader may delay that."""
    if engine.dialect.name == "sqlite":
        async with engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None
            await raw.driver_connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")


def _away(context: ExceptionContext) -> BaseException | None:
    """The error for every fault of the database itself: ConnectionError, so that callers need not know SQL."""
    if isinstance(context.sqlalchemy_exception, OperationalError | InterfaceError):
        FAILURES.many += 1
        return ConnectionError(f"the database does not answer: {context.original_exception}")
    return None


def _postgres(url: URL) -> AsyncEngine:
    limits = {"timeout": 5, "command_timeout": 30}
    return create_async_engine(url, pool_pre_ping=True, pool_timeout=POOL_S, connect_args=limits)


def _sqlite(url: URL) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)  # it holds password hashes and the installation key
    engine = create_async_engine(url, pool_timeout=POOL_S)
    if url.database and url.database != ":memory:":
        _INODES[engine.pool] = _inode(Path(url.database))
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _give_back)
    return engine


def _inode(file: Path) -> int | None:
    try:
        return file.stat().st_ino
    except OSError:
        return None


def _prepare(connection: Any, _: object) -> None:
    """Switches off the driver's own BEGIN: it comes before the first write, too late to read and write in one transaction."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    """Begins a transaction for writing, unless its engine says `read_only`: SQLite refuses a reader that begins to write."""
    reads = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _give_back(connection: Any, record: object, error: BaseException | None) -> None:
    """Closes a connection whose caller was cancelled: a statement that is half read keeps SQLite's lock until it is collected."""
    with contextlib.suppress(Exception):
        connection.run_async(lambda driver: asyncio.shield(driver.rollback()))
