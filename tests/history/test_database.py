"""The database: where it is, how it is migrated, and that no cancelled caller keeps it locked."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.tables import ACCESS
from server.history.database import DatabaseUnusable, answers, async_url, close_database, default_url, open_database
from server.history.forward import DatabaseTooNew, bring_forward, revision
from server.history.tables import HISTORY
from server.letters.tables import LETTERS
from server.notes.tables import NOTES
from server.persons.tables import PERSONS


def test_urls_name_their_driver() -> None:
    assert async_url("sqlite:////var/lib/aufruf/aufruf.db").drivername == "sqlite+aiosqlite"
    assert async_url("postgresql://aufruf@db/aufruf").drivername == "postgresql+asyncpg"
    assert async_url("postgres://aufruf@db/aufruf").drivername == "postgresql+asyncpg"
    assert default_url(Path("data")) == "sqlite:///data/aufruf.db"


@pytest.mark.parametrize("url", ["", "aufruf.db", "mysql://root@db/aufruf"])
def test_other_databases_are_refused_with_what_to_use(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match="sqlite:///FILE or postgresql://HOST/NAME"):
        async_url(url)


async def test_the_migrations_make_the_tables_that_the_rooms_use(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        tables = [HISTORY, ACCESS, NOTES, LETTERS, PERSONS]
        return list(compare_metadata(MigrationContext.configure(connection), tables))  # type: ignore[arg-type]

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_keeps_what_is_in_it_when_it_is_opened_again(engine: AsyncEngine, url: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO installation VALUES ('key', 'kept')"))
    again = await open_database(url)

    async with again.connect() as connection:
        assert (await connection.execute(text("SELECT value FROM installation"))).scalar() == "kept"
        assert await connection.run_sync(revision) is not None
    await close_database(again)


async def test_names_of_accounts_are_folded_anew_and_nobody_loses_theirs(engine: AsyncEngine) -> None:
    """One name was written with two characters for its umlaut, and a second one looks like another."""
    written = {"a": "Ju\u0308rgen", "b": "Jürgen", "c": "Ｏｌａ", "d": None}
    async with engine.begin() as connection:
        for id, name in written.items():
            key = None if name is None else name.casefold()
            values = {"id": id, "name": name, "key": key}
            await connection.execute(
                text("INSERT INTO accounts (id, name, name_key, version, made_at) VALUES (:id, :name, :key, 1, 1)"),
                values,
            )
        for later in ("offers", "wishes", "dead_letters", "hooks", "passkeys", "outside_accounts", "contacts", "audit"):
            await connection.execute(text(f"DROP TABLE {later}"))  # what later migrations make
        await connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
        await connection.run_sync(bring_forward)

        rows = await connection.execute(text("SELECT id, name_key FROM accounts"))
        keys = {row.id: row.name_key for row in rows}

    assert keys == {"a": "ju\u0308rgen", "b": "jürgen", "c": "ola", "d": None}


async def test_nodes_that_start_together_bring_it_forward_once(tmp_path: Path) -> None:
    url = default_url(tmp_path / "new" / "folder")

    engines = await asyncio.gather(*(open_database(url) for _ in range(8)))

    for engine in engines:
        await close_database(engine)


async def test_a_database_of_a_newer_release_is_left_alone(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNew, match="'9999'"):
        async with engine.begin() as connection:
            await connection.run_sync(bring_forward)


async def test_it_writes_ahead_and_syncs(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        modes = [
            (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")
        ]

    assert modes == ["wal", 2]


async def test_readers_are_not_kept_waiting_by_a_writer(engine: AsyncEngine) -> None:
    async with engine.begin() as writing:
        await writing.execute(text("INSERT INTO installation VALUES ('key', 'new')"))
        async with engine.execution_options(read_only=True).connect() as reading:
            assert (await reading.execute(text("SELECT count(*) FROM installation"))).scalar() == 0


async def test_a_database_that_is_away_is_one_error_for_all_who_ask(engine: AsyncEngine, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "aufruf.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with engine.execution_options(read_only=True).connect() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=0")
            with pytest.raises(ConnectionError, match="the database does not answer: database is locked"):
                await connection.execute(text("INSERT INTO installation VALUES ('key', 'value')"))


async def test_a_file_that_was_removed_or_replaced_under_us_is_told(engine: AsyncEngine, tmp_path: Path) -> None:
    """What is written then is lost at the next start, and every statement still succeeds."""
    file = tmp_path / "data" / "aufruf.db"
    await answers(engine)
    file.rename(kept := file.with_name("kept.db"))

    with pytest.raises(ConnectionError, match="removed or replaced"):
        await answers(engine)
    file.write_bytes(kept.read_bytes())
    with pytest.raises(ConnectionError, match="removed or replaced"):
        await answers(engine)
    kept.rename(file)
    await answers(engine)


@pytest.mark.parametrize("steps", range(0, 60, 3))
async def test_who_is_cancelled_in_the_middle_leaves_no_lock(engine: AsyncEngine, tmp_path: Path, steps: int) -> None:
    """A statement that was half read would keep SQLite's lock until it is garbage collected."""

    async def work() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO installation VALUES ('key', 'half')"))
            await connection.execute(text("SELECT * FROM installation"))
            await connection.execute(text("UPDATE installation SET value = 'whole'"))

    task = asyncio.create_task(work())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task], timeout=10)

    with sqlite3.connect(tmp_path / "data" / "aufruf.db", timeout=1.0) as beside:
        assert beside.execute("SELECT value FROM installation").fetchall() in ([], [("whole",)])
        beside.execute("DELETE FROM installation")
    beside.close()


def test_each_step_forward_has_a_name_of_its_own() -> None:
    steps = sorted((Path(__file__).parents[2] / "server/history/migrations/versions").glob("r*.py"))
    check: Callable[[Path], bool] = lambda step: "def downgrade" not in step.read_text()  # noqa: E731

    assert [step.name[:5] for step in steps] == [f"r{n:04d}" for n in range(1, len(steps) + 1)]
    assert all(f'\nrevision = "{step.name[1:5]}"\n' in step.read_text() for step in steps), "by its name it is known"
    assert all(check(step) for step in steps), "forward only"
