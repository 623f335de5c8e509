"""Reading a log on from any entry, for webhooks: whole, trimmed and kept by the history, trimmed and kept by nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from server.history.database import close_database, open_database
from server.history.tables import entries
from server.history.witness import HistoryWitness
from server.messages import commands as c
from server.messages.actor import SYSTEM
from server.reading_on import PAGE, ReadingOn
from tests.conftest import FreshDatabase
from tests.desk.conftest import Node, Site
from tests.desk.test_the_past import AMT, House


@pytest.fixture
async def kept(site: Site, tmp_path: Path, fresh_database: FreshDatabase) -> AsyncIterator[House]:
    engine = await open_database(fresh_database(tmp_path))
    yield House(site, engine, tmp_path / "known")
    await close_database(engine)


def reader(house: House, node: Node) -> ReadingOn:
    return ReadingOn({AMT: node.desk}, HistoryWitness(house.engine))


async def read_on(house: House, node: Node, most: int, after: int = 0) -> list[tuple[int, str]]:
    """Every entry from one on, page by page: its number and its mark."""
    found: list[tuple[int, str]] = []
    while page := await reader(house, node).entries(AMT, found[-1][0] if found else after, most):
        assert len(page) <= most
        found += [(one.seq, one.mark) for one in page]
    return found


async def trimmed(house: House, node: Node) -> tuple[Node, list[tuple[int, str]]]:
    """A log that the history has read, and that begins with today; a node that was started since; and what there was."""
    await node.done(c.CloseDay(force=True), SYSTEM)
    await node.done(c.OpenDay(), SYSTEM)
    opened = node.desk.checkpoints[-1][0]
    whole = [(row.seq, row.mark) for row in house.site.store.rows[AMT]]
    await house.read()
    await node.log.trim(AMT, opened)
    await node.log.note_checkpoint(AMT, opened)
    await node.desk.stop()
    house.site.store.snapshots.clear()
    return await house.node(), whole


@pytest.mark.parametrize("most", [1, 3, 100])
async def test_a_whole_log_is_read_page_by_page(kept: House, most: int) -> None:
    node = await kept.opened()
    await kept.tickets(node, 5)
    whole = [(row.seq, row.mark) for row in kept.site.store.rows[AMT]]

    assert await read_on(kept, node, most) == whole
    assert await read_on(kept, node, most, after=4) == whole[4:]
    assert await reader(kept, node).entries(AMT, whole[-1][0], most) == []


@pytest.mark.parametrize("most", [1, 3, 100])
async def test_what_was_trimmed_comes_from_the_history_none_twice(kept: House, most: int) -> None:
    first = await kept.opened()
    await kept.tickets(first, 5)
    node, whole = await trimmed(kept, first)
    assert kept.site.store.rows[AMT][0].seq > 5

    assert await read_on(kept, node, most) == whole[: node.desk.state.seq]


async def test_what_nobody_has_kept_is_left_out_and_the_rest_goes_on(kept: House) -> None:
    """The oldest are gone from the history too; then all that was trimmed is."""
    first = await kept.opened()
    await kept.tickets(first, 5)
    node, whole = await trimmed(kept, first)
    begins = kept.site.store.rows[AMT][0].seq
    async with kept.engine.begin() as connection:
        await connection.execute(delete(entries).where(entries.c.seq <= 4))
    assert await read_on(kept, node, 2) == whole[4 : node.desk.state.seq]

    async with kept.engine.begin() as connection:
        await connection.execute(delete(entries))
    assert await read_on(kept, node, 2) == whole[begins - 1 : node.desk.state.seq]


async def test_where_an_epoch_began_is_found_backwards(kept: House) -> None:
    """A first epoch began with the log; one further back than a page is found too; one that was trimmed begins with the rest."""
    node = await kept.opened()
    assert await reader(kept, node).epoch_began(AMT) == 1

    await node.done(c.ChangeEpoch(reason="restored"), SYSTEM)
    began = node.desk.state.seq
    assert await reader(kept, node).epoch_began(AMT) == began
    while node.desk.state.seq - began <= PAGE:
        await kept.tickets(node, 20)
    assert await reader(kept, node).epoch_began(AMT) == began

    again, _ = await trimmed(kept, node)
    assert await reader(kept, again).epoch_began(AMT) == kept.site.store.rows[AMT][0].seq
