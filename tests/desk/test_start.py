"""How a desk starts: whole log, checkpoint, snapshot, trimmed log, entries that are too new; and what its tender does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.clock import StoreClock
from server.desk.desk import Desk
from server.desk.entry import Trimmed
from server.desk.fold import LEAST_RECENT, RECENT, begin, share_of
from server.log.memory_log import MemoryLog
from server.log.port import Row, Tail
from server.messages import commands as c
from server.office.snapshot import freeze

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.desk.conftest import Node, Site

HOUR_S = 3_600


async def two_days(site: Site, node: Node, office: Office) -> None:
    """A day with somebody who is served over midnight, and the next morning."""
    tender = site.tender(node, office)
    await tender.start()
    await node.ticket()
    await node.done(c.CallNext(counter="1"))
    await node.done(c.StartService(counter="1"))
    await node.ticket("car")
    site.clock.step(16 * HOUR_S)
    await node.until(lambda: node.desk.state.day == "2026-11-24")
    await node.done(c.OpenCounter(counter="2"))
    await node.ticket()
    await tender.stop()


async def test_every_way_to_begin_gives_the_same_state(site: Site, node: Node, office: Office) -> None:
    """From the first entry, from the newest checkpoint, from a snapshot, from a log that was cut before the checkpoint."""
    await two_days(site, node, office)
    whole = freeze(node.desk.state)
    log = MemoryLog(site.store)
    checkpoint = node.desk.checkpoints[-1][0]
    site.store.checkpoints.clear()
    site.store.snapshots.clear()
    assert freeze((await begin(log, "amt")).state) == whole

    await log.note_checkpoint("amt", checkpoint)
    from_checkpoint = await begin(log, "amt")
    assert freeze(from_checkpoint.state) == whole
    assert from_checkpoint.recent[0].seq == checkpoint
    await node.desk.keep_snapshot()
    await node.ticket()
    from_snapshot = await begin(log, "amt")
    assert freeze(from_snapshot.state) == freeze(node.desk.state)
    assert len(from_snapshot.recent) == 1
    site.store.snapshots.clear()
    site.store.checkpoints.clear()
    await log.trim("amt", checkpoint)
    assert freeze((await begin(log, "amt")).state) == freeze(node.desk.state)


async def test_a_hint_that_is_wrong_is_a_hint_only(site: Site, node: Node) -> None:
    whole = freeze(node.desk.state)
    log = MemoryLog(site.store)
    for hint in (2, 4, 99):
        await log.note_checkpoint("amt", hint)
        assert freeze((await begin(log, "amt")).state) == whole


async def test_a_snapshot_of_a_lost_history_is_thrown_away(site: Site, node: Node) -> None:
    await node.ticket()
    await node.desk.keep_snapshot()
    await node.desk.stop()
    site.store.lose("amt", 4)

    again = await site.node().ready()

    assert not again.desk.state.tickets
    assert again.desk.state.seq == 4


@pytest.mark.parametrize("blob", [b"", b"\x00broken", b"\x91\x63"])
async def test_a_broken_snapshot_is_thrown_away(site: Site, node: Node, blob: bytes) -> None:
    tail = node.desk.state
    await node.log.save_snapshot("amt", Tail(tail.seq, tail.mark), blob)

    assert freeze((await begin(node.log, "amt")).state) == freeze(node.desk.state)


async def test_an_old_answer_is_read_from_the_log(site: Site, node: Node) -> None:
    """A node that started from a snapshot knows the key, but not the entries."""
    first = await node.done(c.IssueTicket(services=("pass",)), key="tap")
    await node.desk.stop()
    again = await site.node().ready()

    answer = await again.done(c.IssueTicket(services=("pass",)), key="tap")

    assert (answer.replayed, answer.result, answer.seq) == (True, first.result, first.seq)


@pytest.mark.parametrize("body", [b'{"type":"ticket_teleported","v":1}', b'{"type":"ticket_issued","v":99}'])
async def test_an_entry_too_new_stops_the_office_here(site: Site, node: Node, body: bytes) -> None:
    """503 with retry for waiting and new callers, health red; while it runs, and at the start."""
    told: list[str] = []
    node.desk.watch(lambda entries: told.append(node.desk.health))
    site.store.add("amt", [Row(node.desk.state.seq + 1, "newer-node-0", body)])

    waiting = await node.refused(c.OpenCounter(counter="2"))
    assert (waiting.code, waiting.retry, node.desk.health) == ("store_unavailable", True, "too_new")
    assert "newer" in node.desk.detail
    assert (await node.refused(c.OpenCounter(counter="2"))).code == "store_unavailable"
    other = site.node()
    await other.desk.start()
    await other.until(lambda: other.desk.health == "too_new")
    assert told.count("too_new") == 1

    site.store.rows["amt"].pop()
    await node.until(lambda: node.desk.health == "ready")
    await other.until(lambda: other.desk.health == "ready")


async def test_a_desk_waits_for_its_store(site: Site, node: Node) -> None:
    await node.desk.stop()
    site.store.go_away("starting")
    again = site.node()
    await again.desk.start()
    await again.until(lambda: "not ready" in again.desk.detail)
    assert (await again.refused(c.OpenDay())).code == "starting"

    site.store.come_back()

    await again.until(lambda: again.desk.health == "ready")


async def test_entries_are_read_by_their_number(site: Site, node: Node) -> None:
    """From memory, from the log, and not at all if the log was trimmed there."""
    await node.ticket()
    seq = node.desk.state.seq
    assert [entry.seq for entry in await node.desk.entries(0, 2)] == [1, 2]
    assert await node.desk.entries(seq, 10) == []
    await node.desk.stop()
    again = await site.node().ready()
    assert [entry.seq for entry in await again.desk.entries(2, 100)] == list(range(3, seq + 1))
    await node.log.trim("amt", 3)

    with pytest.raises(Trimmed) as gone:
        await again.desk.entries(0, 10)
    assert gone.value.first == 3


async def test_a_jump_of_the_stores_clock_is_seen_and_not_obeyed(site: Site, node: Node) -> None:
    before = node.desk.now()
    site.store.step_clock(HOUR_S * 1000)
    await node.ticket()

    assert node.desk.clock_jump == pytest.approx(HOUR_S * 1000, abs=1_000)
    assert node.desk.now() - before < HOUR_S * 500
    site.store.step_clock(-HOUR_S * 1000)
    await node.ticket()
    assert node.desk.clock_jump is None


async def test_what_a_tender_keeps(site: Site, node: Node, office: Office) -> None:
    """The hint of the newest checkpoint; a snapshot from time to time; the log is cut where nobody needs it any more."""
    tender = site.tender(node, office)
    await two_days(site, node, office)
    site.clock.step(25 * HOUR_S)
    await tender.start()
    await node.until(lambda: node.desk.state.day == "2026-11-25")
    checkpoints = [seq for seq, _ in node.desk.checkpoints]
    await node.until(lambda: site.store.checkpoints.get("amt") == checkpoints[-1])
    assert site.store.rows["amt"][0].seq == 1
    tender.passed = checkpoints[1]
    await node.until(lambda: site.store.rows["amt"][0].seq == checkpoints[1])
    boost = c.BoostService(service="pass", minutes=1)
    await asyncio.gather(*(node.done(boost, node.supervisor) for _ in range(2_001)))
    await node.until(lambda: "amt" in site.store.snapshots)
    await tender.stop()

    assert freeze((await begin(node.log, "amt")).state) == freeze(node.desk.state)


async def test_a_tender_applies_a_changed_file_and_presses_what_is_due(site: Site, node: Node, office: Office) -> None:
    tender = site.tender(node, office)
    await tender.start()
    ticket = await node.ticket()
    await node.done(c.PauseTicket(ticket=ticket, minutes=1))
    await tender.configure(replace(office, revision=2, name="Neu"))
    assert node.desk.state.office.name == "Neu"
    quiet: list[int] = []
    node.desk.watch(lambda entries: quiet.append(len(entries)))
    site.clock.step(60)

    await node.until(lambda: node.desk.state.tickets[ticket].state == "waiting")
    await node.until(lambda: 0 in quiet)
    await tender.stop()


async def test_a_tender_without_an_office_file_waits_for_one(site: Site) -> None:
    node = await site.node().ready()
    tender = site.tender(node)
    await tender.start()
    await node.desk.caught_up(1, 0.3)

    assert not node.desk.state.configured
    await tender.stop()


async def test_a_store_that_fails_while_tidying_is_tried_again(site: Site, node: Node, office: Office) -> None:
    tender = site.tender(node, office)
    site.store.go_away()
    await node.desk.keep_snapshot()
    site.store.come_back()
    await tender.start()
    await node.until(lambda: site.store.checkpoints.get("amt") == 3)
    await tender.stop()

    assert "amt" not in site.store.snapshots


def test_a_node_keeps_no_more_recent_entries_for_many_offices_than_for_one() -> None:
    """But of each so many that a press repeated, or a reader a little behind, seldom has to ask the store."""
    assert [share_of(offices) * offices for offices in (1, 2, 40)] == [RECENT] * 3
    assert share_of(200) == LEAST_RECENT < RECENT // 39


async def test_a_desk_keeps_its_share_and_reads_the_rest_from_the_log(site: Site, node: Node, office: Office) -> None:
    await two_days(site, node, office)
    log = MemoryLog(site.store)
    desk = Desk("amt", log, StoreClock(site.clock), "{}.{}".format, alone=True, recent=3)
    await desk.start()
    async with asyncio.timeout(20):
        while desk.health != "ready":
            await asyncio.sleep(0.01)
    first = desk.checkpoints[-1][0]

    assert len(desk._fold.recent) == 3
    whole = await desk.entries(first - 1, 1000)
    assert [entry.seq for entry in whole] == list(range(first, desk.state.seq + 1))
    await desk.stop()
