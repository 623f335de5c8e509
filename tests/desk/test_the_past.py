"""Before a desk decides its first command it compares its log with what the history has read of it: four cases.

The history is the real one, in SQLite; while no node runs, the store forgets, like a disk that was restored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from server.clock import StoreClock
from server.desk import catching_up
from server.desk.desk import Desk
from server.history.database import close_database, open_database
from server.history.historian import Historian
from server.history.witness import HistoryWitness
from server.log.kept_tail import KeptTails
from server.log.port import Kept, Tail
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.events import decode
from server.office.reserved import MARGIN
from tests.conftest import FreshDatabase
from tests.desk.conftest import HeldLog, Node, Site

AMT = "amt"


class House:
    """An office, its history, and nodes that start one after another."""

    def __init__(self, site: Site, engine: AsyncEngine, known: Path) -> None:
        self.site, self.engine, self.known = site, engine, known

    async def node(self, *, alone: bool = True, remembers: bool = False) -> Node:
        log = HeldLog(self.site.store)
        clock = StoreClock(self.site.clock)
        witness = HistoryWitness(self.engine)
        memory = KeptTails(self.known) if remembers else None
        desk = Desk(AMT, log, clock, "{}.{}".format, alone=alone, witness=witness, memory=memory)
        node = Node(desk, log, self.site.office, self.site.clock)
        self.site.nodes.append(node)
        return await node.ready()

    async def opened(self, *, remembers: bool = False) -> Node:
        node = await self.node(remembers=remembers)
        await node.begin()
        return node

    async def read(self, *, rows: int = 200) -> None:
        """Lets the history read everything."""
        historian = Historian(self.engine, HeldLog(self.site.store), self.site.clock, rows=rows)
        await historian.catch_up(AMT)

    async def tickets(self, node: Node, many: int, service: str = "pass") -> list[str]:
        return [await self._ticket(node, service) for _ in range(many)]

    async def _ticket(self, node: Node, service: str) -> str:
        said = await node.done(c.IssueTicket(services=(service,)))
        number: str = said.result["ticket"]["number"]
        return number

    def forks(self) -> list[e.EpochChanged]:
        rows = [decode(row.body) for row in self.site.store.rows[AMT]]
        return [event for event in rows if isinstance(event, e.EpochChanged) and event.reason == "fork"]


@pytest.fixture
async def house(site: Site, tmp_path: Path, fresh_database: FreshDatabase) -> AsyncIterator[House]:
    engine = await open_database(fresh_database(tmp_path))
    yield House(site, engine, tmp_path / "known")
    await close_database(engine)


def codes(node: Node) -> list[str]:
    return [worry.code for worry in node.desk.worries()]


async def told(node: Node) -> None:
    await node.until(lambda: bool(node.desk.state.lost))


async def test_a_log_that_holds_all_goes_on(house: House) -> None:
    node = await house.opened()
    await house.tickets(node, 3)
    await house.read()
    await house.tickets(node, 2)
    await node.desk.stop()

    again = await house.node()
    assert await house.tickets(again, 1) == ["A006"]
    assert (house.forks(), codes(again)) == ([], [])


async def test_a_new_office_has_nothing_to_fear(house: House) -> None:
    node = await house.opened()

    assert (house.forks(), codes(node)) == ([], [])


async def test_a_log_that_no_history_knows_is_told_and_is_no_fork(house: House) -> None:
    node = await house.opened()
    await house.tickets(node, 2)
    await node.desk.stop()

    again = await house.node()
    assert await house.tickets(again, 1) == ["A003"]
    assert (house.forks(), codes(again)) == ([], ["past"])


async def test_a_history_behind_a_trimmed_log_is_told_and_is_no_fork(house: House) -> None:
    node = await house.opened()
    await house.read()
    await house.tickets(node, 2)
    await node.done(c.CloseDay(force=True), SYSTEM)
    await node.done(c.OpenDay(), SYSTEM)
    await node.log.trim(AMT, node.desk.state.seq)
    await node.log.note_checkpoint(AMT, node.desk.state.seq)
    await node.desk.stop()

    again = await house.node()
    assert (house.forks(), codes(again)) == ([], ["past"])
    assert "ends at" in again.desk.worries()[0].detail


@pytest.mark.parametrize("kept", [0, 1, 3, 8, 12])
async def test_a_store_that_came_back_older_or_empty_is_a_fork(house: House, kept: int) -> None:
    """What was lost is listed, issued numbers first; no number that somebody holds is given out again."""
    node = await house.opened()
    given = await house.tickets(node, 10)
    lost = [number for row, number in zip(house.site.store.rows[AMT][-10:], given, strict=True) if row.seq > kept]
    epoch = node.desk.state.epoch
    await house.read()
    await node.desk.stop()
    house.site.store.lose(AMT, kept)
    house.site.store.snapshots.clear()

    again = await house.node()
    await told(again)
    await again.done(c.ConfigureOffice(office=again.office), SYSTEM, "office:again")
    await again.done(c.OpenDay(), SYSTEM, "open again")

    assert again.desk.state.lost[: len(lost)] == tuple(f"ticket_issued {number}" for number in lost)
    assert again.desk.state.epoch != epoch
    assert codes(again) == ["fork"]
    new = await house.tickets(again, 5)
    assert not {*new} & {*given}
    assert new[0] == f"A{10 + MARGIN + 1:03d}", "some are skipped that the history may not have read"
    assert await house.tickets(again, 1, "car") == [f"K{MARGIN + 1:03d}"], "of every range"
    assert len(house.forks()) == 1


async def test_another_history_under_the_same_numbers_is_a_fork(house: House) -> None:
    """Another database number, another office's disk: equal numbers prove nothing, marks do."""
    node = await house.opened()
    given = await house.tickets(node, 5)
    await house.read()
    await node.desk.stop()
    house.site.store.lose(AMT, 0)
    house.site.store.snapshots.clear()
    stranger = await house.site.opened()
    await house.tickets(stranger, 8)
    await stranger.desk.stop()

    again = await house.node()
    await told(again)

    assert len(house.forks()) == 1
    assert not {*await house.tickets(again, 1)} & {*given}


async def test_what_was_told_is_told_once_and_the_history_follows(house: House) -> None:
    node = await house.opened()
    await house.tickets(node, 5)
    await house.read()
    await node.desk.stop()
    house.site.store.lose(AMT, 4)
    house.site.store.snapshots.clear()
    again = await house.node()
    await told(again)
    await again.desk.stop()

    third = await house.node()
    await third.desk.stop()
    await house.read()
    fourth = await house.node()
    await house.tickets(fourth, 1)

    assert len(house.forks()) == 1
    assert codes(fourth) == ["fork"], "still told, for as long as the day lasts"


async def test_two_nodes_that_find_the_same_tell_it_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "MENDING_S", 0.0)
    node = await house.opened()
    await house.tickets(node, 5)
    await house.read()
    await node.desk.stop()
    house.site.store.lose(AMT, 4)
    house.site.store.snapshots.clear()

    one, two = await house.node(alone=False), await house.node(alone=False)
    await told(one)
    await told(two)

    assert len(house.forks()) == 1


async def test_a_node_that_lives_gets_the_time_to_put_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that starts after the store lost something reports no fork while another node can still restore it."""
    monkeypatch.setattr(catching_up, "MENDING_S", 60.0)
    first = await house.site.opened(alone=False)
    given = await house.tickets(first, 5)
    await house.read()
    house.site.store.go_away()
    await first.until(lambda: first.desk.health == "stale")
    house.site.store.lose(AMT, 4)
    house.site.store.come_back()

    second = await house.node(alone=False)
    assert house.forks() == []
    assert await house.tickets(second, 1) == ["A006"]
    assert given[-1] == "A005"


async def test_a_day_of_numbers_ends_with_its_day(house: House) -> None:
    """Numbers that were given out yesterday are free today."""
    node = await house.opened()
    await house.tickets(node, 5)
    await house.read()
    await node.desk.stop()
    house.site.store.lose(AMT, 4)
    house.site.store.snapshots.clear()
    house.site.clock.step(24 * 3_600)

    again = await house.node()
    await told(again)
    await again.done(c.OpenDay(), SYSTEM, "open")
    assert await house.tickets(again, 1) == ["A001"]


async def test_a_history_that_cannot_be_asked_closes_no_office(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "ASKING_S", 0.3)
    node = await house.opened()
    await house.tickets(node, 2)
    await node.desk.stop()

    async def away(*_: Any) -> None:
        raise ConnectionError("the database does not answer")

    monkeypatch.setattr(HistoryWitness, "position", away)

    again = await house.node()
    assert await house.tickets(again, 1) == ["A003"]
    assert codes(again) == ["past"]
    assert "does not answer" in again.desk.worries()[0].detail


@pytest.mark.parametrize("history", [True, False], ids=["the history knew them", "only the node knew them"])
async def test_of_many_lost_entries_some_are_listed_and_the_others_counted(
    house: House, monkeypatch: pytest.MonkeyPatch, history: bool
) -> None:
    for module in ("server.office.reserved", "server.desk.witness"):
        monkeypatch.setattr(f"{module}.MOST_LOST", 4)
    node = await house.opened(remembers=not history)
    kept = node.desk.state.seq
    if not history:
        await house.read()
    await house.tickets(node, 10)
    if history:
        await house.read()
    lost = node.desk.state.seq - kept
    await node.desk.stop()
    house.site.store.lose(AMT, kept)
    house.site.store.snapshots.clear()

    again = await house.node(remembers=not history)
    await told(again)
    assert (len(again.desk.state.lost), again.desk.state.lost_more) == (4, lost - 4)
    assert again.desk.state.lost[-1] in ("ticket_issued A010", f"entry {kept + lost}")
    assert f"{lost} facts" in again.desk.worries()[0].detail


@pytest.mark.parametrize("kept", [0, 3])
async def test_a_store_that_ends_where_the_history_does_is_seen_by_the_node_that_knew_more(
    house: House, kept: int
) -> None:
    """What the history had not read yet: `kept` tickets of it are still in the store."""
    node = await house.opened(remembers=True)
    await house.tickets(node, 4)
    await house.read()
    given = await house.tickets(node, 6)
    epoch, seq = node.desk.state.epoch, node.desk.state.seq
    await node.desk.stop()
    house.site.store.lose(AMT, seq - 6 + kept)
    house.site.store.snapshots.clear()

    again = await house.node(remembers=True)
    await told(again)
    assert again.desk.state.lost == tuple(f"entry {one}" for one in range(seq - 6 + kept + 1, seq + 1))
    assert again.desk.state.epoch != epoch
    assert codes(again) == ["fork"]
    assert not {*await house.tickets(again, 5)} & {*given}
    await again.desk.stop()

    third = await house.node(remembers=True)
    await house.tickets(third, 1)
    assert len(house.forks()) == 1


async def test_another_history_after_what_the_history_has_read_is_seen_too(house: House) -> None:
    node = await house.opened(remembers=True)
    await house.tickets(node, 4)
    await house.read()
    given = await house.tickets(node, 3)
    seq = node.desk.state.seq
    await node.desk.stop()
    house.site.store.lose(AMT, seq - 3)
    house.site.store.snapshots.clear()
    stranger = await house.node()
    await house.tickets(stranger, 5)
    await stranger.desk.stop()

    again = await house.node(remembers=True)
    await told(again)
    assert len(house.forks()) == 1
    assert not {*await house.tickets(again, 1)} & {*given}


@pytest.mark.parametrize("history", [True, False])
async def test_while_the_database_is_away_the_margin_grows_with_every_entry(
    house: House, monkeypatch: pytest.MonkeyPatch, history: bool
) -> None:
    """The history reads nothing, and the store loses more than the usual margin, with or without what the history had read."""
    monkeypatch.setattr("server.office.reserved.MARGIN", 2)
    node = await house.opened(remembers=True)
    kept = node.desk.state.seq
    await house.tickets(node, 3)
    await house.read()
    if not history:
        kept = node.desk.state.seq
    given = await house.tickets(node, 12)
    await node.desk.stop()
    house.site.store.lose(AMT, kept)
    house.site.store.snapshots.clear()

    again = await house.node(remembers=True)
    await told(again)
    assert not {*await house.tickets(again, 3)} & {*given}


async def test_a_node_that_slept_while_others_went_on_finds_the_log_whole(house: House) -> None:
    """Its memory is older than the log, or the log begins later, or another fork was reported meanwhile."""
    node = await house.opened(remembers=True)
    await house.tickets(node, 4)
    await house.read()
    await node.desk.stop()
    other = await house.node()
    await house.tickets(other, 2)
    await other.done(c.CloseDay(force=True), SYSTEM)
    await other.done(c.OpenDay(), SYSTEM)
    await house.read()
    await other.log.trim(AMT, other.desk.state.seq)
    await other.log.note_checkpoint(AMT, other.desk.state.seq)
    again = await house.node(remembers=True)
    assert house.forks() == []
    await house.tickets(again, 1)
    await again.desk.stop()
    await other.done(c.ChangeEpoch(reason="fork", lost=("entry 1",)), SYSTEM)
    house.site.store.lose(AMT, other.desk.state.seq)

    await house.node(remembers=True)
    assert len(house.forks()) == 1


def test_a_memory_that_is_gone_full_or_broken_costs_no_press(tmp_path: Path) -> None:
    kept = KeptTails(tmp_path / "known")
    assert kept.newest(AMT) is None
    kept.note(AMT, Tail(7, "m" * 16), "epoch")
    kept.note(AMT, Tail(8, "m"), "epoch")
    assert KeptTails(tmp_path / "known").newest(AMT) == Kept(Tail(8, "m"), "epoch")
    kept.close()
    (tmp_path / "known" / AMT).write_bytes(b"\xff\xfe7")
    assert kept.newest(AMT) is None
    (tmp_path / "file").touch()
    nowhere = KeptTails(tmp_path / "file")
    nowhere.note(AMT, Tail(1, "m"), "epoch")
    assert nowhere.newest(AMT) is None
