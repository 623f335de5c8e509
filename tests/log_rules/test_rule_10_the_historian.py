"""Rule 10: of two historians one writes; what a fork removed is voided, and the log is read again."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.clock import SystemClock
from server.history import historian as histories
from server.history import writing
from server.history.database import close_database, default_url, open_database
from server.history.forks import Parting
from server.history.historian import Historian
from server.history.position import Fenced, Position, first_position
from server.history.tables import entries, positions, visits
from server.history.writing import write
from server.log.memory_log import MemoryLog
from server.log.port import Row
from server.messages.events import TicketIssued, decode
from tests.conftest import FreshDatabase
from tests.nodes.clock import hurry
from tests.nodes.life import press
from tests.nodes.node import opened

Break = Callable[[pytest.MonkeyPatch], None]
OFFICE = "mitte"


@pytest.fixture
async def engine(tmp_path: Path, fresh_database: FreshDatabase) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(fresh_database(tmp_path))
    yield engine
    await close_database(engine)


@pytest.fixture
async def other_engine(engine: AsyncEngine, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """Connections of another node to the same database."""
    other = await open_database(default_url(tmp_path))
    yield other
    await close_database(other)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The entries of a morning."""

    async def lived() -> list[Row]:
        async with opened() as (nodes, desk):
            random = Random(10)
            for _ in range(400):
                nodes.clock.advance(random.choice([500, 20_000, 90_000]))
                await nodes.press(desk, press(random, desk.state))
            return list(nodes.rows)

    return hurry(lived())


# The fence


async def written_once(one: AsyncEngine, two: AsyncEngine, rows: list[Row]) -> None:
    """Two historians read the same rows at the same moment; the fence stops the second, and nothing is there twice."""
    batch = [(row, decode(row.body)) for row in rows]
    stood = await first_position(one, OFFICE)
    await write(one, stood, batch[:60], "one", 0)
    with stopped_by_nothing_else(), pytest.raises(Fenced):
        await write(two, stood, batch[:40], "two", 0)

    await says_the_log(one, rows[:60])
    assert (await first_position(two, OFFICE)).seq == 60


@contextmanager
def stopped_by_nothing_else() -> Iterator[None]:
    """The database also refuses an entry twice, but the fence must act before that."""
    try:
        yield
    except IntegrityError as fault:
        raise AssertionError("only the database's own rule stopped it") from fault


async def says_the_log(engine: AsyncEngine, rows: list[Row]) -> None:
    """The valid rows of the history are exactly the log: each entry once, each ticket once."""
    async with engine.connect() as connection:
        raw = select(entries.c.seq, entries.c.mark).where(entries.c.voided.is_(False)).order_by(entries.c.seq)
        assert [tuple(row) for row in await connection.execute(raw)] == [(row.seq, row.mark) for row in rows]
        issued = {event.ticket for row in rows if isinstance(event := decode(row.body), TicketIssued)}
        known = await connection.execute(select(visits.c.ticket))
        assert issued <= {row.ticket for row in known}
        assert (await connection.execute(select(func.count()).select_from(visits))).scalar() == len(
            {getattr(decode(row.body), "ticket", None) for row in rows} - {None}
        )


async def test_of_two_historians_one_writes(engine: AsyncEngine, other_engine: AsyncEngine, rows: list[Row]) -> None:
    await written_once(engine, other_engine, rows)


async def without_fence(connection: AsyncConnection, old: Position, new: Position) -> None:
    """Moves the position without checking where it is."""
    values = {name: getattr(new, name) for name in Position.__struct_fields__ if name != "office"}
    await connection.execute(update(positions).where(positions.c.office == old.office).values(values))


async def test_a_position_without_fence_is_found(
    engine: AsyncEngine, other_engine: AsyncEngine, rows: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "move", without_fence)
    with pytest.raises(AssertionError):
        await written_once(engine, other_engine, rows)


# Forks


async def follows_the_log(engine: AsyncEngine, rows: list[Row], other: list[Row]) -> None:
    """The log fell back to entry 60 and went on differently: the history's rows after it are voided, and the new ones read."""
    log = MemoryLog()
    log.store.add(OFFICE, rows[:100])
    historian = Historian(engine, log, SystemClock())
    await historian.catch_up(OFFICE)
    await says_the_log(engine, rows[:100])

    log.store.rows[OFFICE] = [*rows[:60], *other]
    with stopped_by_nothing_else():
        await historian.catch_up(OFFICE)

    await says_the_log(engine, log.store.rows[OFFICE])
    async with engine.connect() as connection:
        voided = select(entries.c.seq).where(entries.c.voided.is_(True)).order_by(entries.c.seq)
        assert [row.seq for row in await connection.execute(voided)] == list(range(61, 101)), "kept, and no longer true"


def shorter(rows: list[Row]) -> list[Row]:
    return [Row(row.seq, "another-mark", row.body) for row in rows[60:90]]


def longer(rows: list[Row]) -> list[Row]:
    return [Row(row.seq, "another-mark", row.body) for row in rows[60:]]


@pytest.mark.parametrize("other", [shorter, longer])
async def test_what_a_fork_took_back_is_voided_and_read_again(
    engine: AsyncEngine, rows: list[Row], other: Callable[[list[Row]], list[Row]]
) -> None:
    await follows_the_log(engine, rows, other(rows))


def reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """By number alone: what comes after the position's number is read."""

    async def one(self: Historian, office: histories._Office, old: Position) -> bool:
        rows = list(await self._logs.read(office.name, old.seq, 200))
        batch, _ = histories.read(rows)
        if batch:
            await write(self._engine, old, batch, self.id, 0)
        return bool(batch)

    monkeypatch.setattr(Historian, "_one", one)


def deletes_nothing_voids_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Goes back to where both agree, and leaves the rows that it wrote."""

    async def follow(engine: AsyncEngine, old: Position, found: Parting, holder: str, now: int) -> Position:
        assert found.kept is not None
        new = replace(old, seq=found.kept[0], mark=found.kept[1])
        async with engine.begin() as connection:
            await without_fence(connection, old, new)
        return new

    monkeypatch.setattr(histories, "follow_fork", follow)


@pytest.mark.parametrize(
    ("other", "broken"), [(shorter, reads_on), (longer, reads_on), (shorter, deletes_nothing_voids_nothing)]
)
async def test_a_fork_that_is_not_followed_is_found(
    engine: AsyncEngine,
    rows: list[Row],
    other: Callable[[list[Row]], list[Row]],
    broken: Break,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        await follows_the_log(engine, rows, other(rows))
