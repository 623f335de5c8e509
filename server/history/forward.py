"""Brings the database's tables forward to this release, never back. One of several nodes does it, the others wait.

Called by `database.open_database`; the steps are in `migrations/versions`, one migration history for both rooms.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x41756672  # "Aufr": one advisory lock for every node that migrates


class DatabaseTooNew(Exception):
    """The database was brought forward by a newer release; this one must not write to it."""


def bring_forward(connection: Connection) -> None:
    """Apply what is missing, in the caller's transaction: all of it or nothing."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = configuration()
    config.attributes["connection"] = connection
    here, newest = revision(connection), ScriptDirectory.from_config(config).get_current_head()
    if here == newest:
        return
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseTooNew(f"the database is at {here!r}, this release knows up to {newest!r}") from error


def configuration() -> Config:
    """Alembic's settings without its ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def revision(connection: Connection) -> str | None:
    """The migration a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
