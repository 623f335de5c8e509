"""Migrates the database's tables to this release, never back. One of several nodes does it, the others wait.

Called by `database.open_database`; the steps are in `migrations/versions`, one migration history for both rooms.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x41756672
"""The letters "Aufr": the advisory lock that every node takes before it migrates."""


class DatabaseTooNew(Exception):
    """A newer release has migrated the database; this one must not write to it."""


def bring_forward(connection: Connection) -> None:
    """Applies the missing migrations in the caller's transaction: all or none."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    here = revision(connection)
    if here != newest():
        _upgrade(connection, here)


def newest() -> str:
    """The newest migration of this release. Each file's name begins with its number: `r0001_first_tables.py`."""
    return max(step.name[1:5] for step in (MIGRATIONS / "versions").glob("r*.py"))


def revision(connection: Connection) -> str | None:
    """The last migration that was applied to a database; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection, here: str | None) -> None:
    from alembic import command  # here, because it is needed once per release and takes a tenth of a start's time
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()  # without its ini file
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseTooNew(f"the database is at {here!r}, this release knows up to {newest()!r}") from error
