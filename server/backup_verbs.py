"""The verbs `backup` (while the office is open) and `restore` (into an empty folder). Part of the command line."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config import named_file
from server.options import Unusable, WrongUse
from server.verb_options import Data, Database, fresh, is_folder, need, option

if TYPE_CHECKING:
    from server.backup.archive import Contents
    from server.log.port import Log

MOST_KEPT = 10_000

KeyFile = Annotated[Path | None, option("key-file", "File for the installation key, kept apart from the backup")]
Redis = Annotated[str | None, option("redis", "URL of the store, as `aufruf up` has it; without it: our own")]


def backup(
    target: Annotated[Path, typer.Argument(help="File to write, or a folder for it", metavar="FILE")],
    data: Data = Path("data"),
    database: Database = None,
    redis: Redis = None,
    key_file: KeyFile = None,
    keep: Annotated[
        int | None, option("keep", "How many backups to keep in the folder FILE; older ones are deleted")
    ] = None,
) -> None:
    """Writes accounts, tokens, history, logs and office files into one file, while the office is open.

    Notes, sign-ins and addresses of phones are not in it. Nor is the installation key: keep it apart, once, with --key-file.
    """
    need("server")
    from server.backup.taking import keep_newest, named

    folder = is_folder("FILE", target)
    if keep is not None and not folder:
        raise WrongUse("--keep: counts the backups of a folder; FILE is no folder")
    if keep is not None and not 1 <= keep <= MOST_KEPT:
        raise WrongUse(f"--keep: {keep} is out of range; say 1 to {MOST_KEPT}")
    file = target / named(datetime.now(UTC)) if folder else target
    fresh("FILE", file)
    if key_file is not None:
        fresh("--key-file", key_file)
    typer.echo(asyncio.run(_taken(file, data, database, redis, key_file)))
    for old in keep_newest(target, keep) if keep is not None else ():
        typer.echo(f"deleted {old}")


def restore(
    file: Annotated[Path, typer.Argument(help="Backup that `aufruf backup` wrote", metavar="FILE")],
    data: Data = Path("data"),
    redis: Redis = None,
    key_file: KeyFile = None,
    check: Annotated[
        bool, option("check", "Only say whether FILE can be restored; nothing is written", each_time=True)
    ] = False,
) -> None:
    """Makes an installation from a backup in an empty folder; then start `aufruf up` there as before.

    Everybody signs in anew. Numbers that may have been given out since the backup are not given again on this day.
    """
    need("server")
    if key_file is not None:
        _readable("--key-file", key_file)
    if not check:
        _empty(data)
    _readable("FILE", file)
    typer.echo(asyncio.run(_restored(file, data, redis, key_file, check)))


def _readable(option: str, file: Path) -> None:
    try:
        named_file.checked(file)
    except OSError as fault:
        raise WrongUse(f"{option}: {file} cannot be read ({fault.strerror})") from fault


def _empty(data: Path) -> None:
    try:
        named_file.may_be_folder(data)
        kept = data.is_dir() and any(data.iterdir())
    except OSError as fault:
        raise WrongUse(f"--data: {data} cannot be used ({fault.strerror})") from fault
    if kept:
        raise WrongUse(f"--data: {data} is not empty; a backup is restored into an empty folder")


def _say(step: str) -> None:
    typer.echo(f"{step} ...", err=True)


async def _taken(file: Path, data: Path, database: str | None, redis: str | None, key_file: Path | None) -> str:
    from server.backup import keyfile
    from server.backup.archive import NoBackup
    from server.backup.taking import take
    from server.clock import SystemClock
    from server.history.database import close_database
    from server.log.port import LogError
    from server.opening import found

    engine = await found(data, database)
    await close_database(engine)
    if engine.dialect.name != "sqlite":
        raise WrongUse("--database: back up PostgreSQL with pg_dump; this verb knows only a database in a file")
    source = Path(str(engine.url.database))
    files = sorted((data / "offices").glob("*.toml"))
    try:
        async with _log(data, redis, new=False) as log:
            contents = await take(source, log, files, file, SystemClock().now_ms(), _say)
        if key_file is not None:
            keyfile.write(key_file, keyfile.read_from(source))
    except (NoBackup, LogError, OSError, sqlite3.Error) as fault:
        raise Unusable(f"no backup was made: {fault}") from fault
    apart = "" if key_file is not None else "; the installation key is not in it (--key-file keeps it apart)"
    return f"{file}: {_what(contents)}{apart}"


def _what(contents: "Contents") -> str:
    made = datetime.fromtimestamp(contents.made_at / 1000, UTC)
    offices = ", ".join(one.office for one in contents.logs) or "no office"
    return f"{made:%Y-%m-%d %H:%M:%S} UTC, release {contents.release}, {offices}, {contents.entries:,} entries of logs"


async def _restored(file: Path, data: Path, redis: str | None, key_file: Path | None, check: bool) -> str:
    from server.backup import keyfile
    from server.backup.archive import NoBackup
    from server.backup.restoring import checked, restore
    from server.clock import SystemClock
    from server.data_folder import make_private
    from server.log.port import LogError

    try:
        with tempfile.TemporaryDirectory(prefix="aufruf-restore-", dir=None if check else _beside(data)) as folder:
            backup = await checked(file, Path(folder), _say)
            key = keyfile.read(key_file, backup.contents.key) if key_file is not None else None
            if check:
                return f"{file} can be restored: {_what(backup.contents)}"
            with _emptied_again(data):
                make_private(data)
                async with _log(data, redis, new=True) as log:
                    await restore(backup, data, log, key, SystemClock(), _say)
    except keyfile.NoKey as fault:
        raise WrongUse(f"--key-file: {key_file} {fault}") from fault
    except NoBackup as fault:
        raise Unusable(f"{file} cannot be restored: {fault}") from fault
    except (LogError, OSError, sqlite3.Error) as fault:
        raise Unusable(f"the restore stopped: {fault}") from fault
    lost = (
        ""
        if key is not None
        else "; without its key, links of printed tickets are worthless and phones are told no more"
    )
    return f"{data} is restored: {_what(backup.contents)}{lost}"


@contextmanager
def _emptied_again(data: Path) -> Iterator[None]:
    """A restore that fails leaves the folder as empty as it was, so that the next one may use it."""
    try:
        yield
    except BaseException:
        for left in data.iterdir() if data.is_dir() else ():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        raise


def _beside(data: Path) -> Path:
    """The folder in which `data` is or will be: the unpacked database then needs not be copied to another disk."""
    parent = data.absolute().parent
    if not parent.is_dir():
        raise WrongUse(f"--data: there is no folder {parent}")
    return parent


@asynccontextmanager
async def _log(data: Path, redis: str | None, *, new: bool) -> AsyncIterator["Log"]:
    """The log of an installation: in the store of `--redis`, in our own that runs, or in our own that is started for this."""
    from server.log.examine import StoreUrlUnusable, check_url
    from server.log.redis_log import RedisLog
    from server.log.store import EmbeddedStore, StoreFailed
    from server.log.store_folder import FolderTaken
    from server.log.store_process import ask

    folder = data / "store"
    if redis is not None:
        try:
            check_url(redis)
        except StoreUrlUnusable as fault:
            raise WrongUse(str(fault)) from fault
    elif not new and not folder.is_dir():
        raise WrongUse(f"--redis: the logs are not in {data}; say the URL that `aufruf up` has")
    store = EmbeddedStore(folder)
    try:
        runs = redis is None and await ask(store.socket, "PING") == "+PONG"
    except (OSError, TimeoutError):
        runs = False
    ours = redis is None and not runs
    try:
        if ours:
            await store.start()
    except (FolderTaken, StoreFailed) as fault:
        raise Unusable(str(fault)) from fault
    log = RedisLog(redis or store.url)
    try:
        yield log
    finally:
        await log.close()
        if ours:
            await store.stop()


VERBS = (
    (backup, "aufruf backup /var/backups/aufruf --keep 14"),
    (restore, "aufruf restore aufruf-20261130-031500.tar.gz --data /var/lib/aufruf --key-file aufruf.key"),
)
