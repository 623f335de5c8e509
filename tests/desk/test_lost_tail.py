"""A store that lost acknowledged entries: what can be restored is restored, everything else is a fork that is reported."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from server.messages import commands as c
from server.messages.events import EpochChanged, decode
from server.messages.instants import HOUR
from server.office.snapshot import freeze

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.desk.conftest import Node, Site


def numbers(node: Node) -> list[str]:
    return sorted(ticket.number for ticket in node.desk.state.tickets.values())


async def told_forks(node: Node) -> list[EpochChanged]:
    rows = await node.log.read("amt", 0, 10_000)
    events = [decode(row.body) for row in rows]
    return [event for event in events if isinstance(event, EpochChanged) and event.reason == "fork"]


async def test_what_is_held_is_put_back_as_it_was(site: Site, node: Node) -> None:
    """Raw bytes, old marks; the next press continues after it."""
    for _ in range(3):
        await node.ticket()
    rows = list(site.store.rows["amt"])
    site.store.lose("amt", len(rows) - 2)

    await node.ticket()

    assert site.store.rows["amt"][: len(rows)] == rows
    assert numbers(node) == ["A001", "A002", "A003", "A004"]
    assert await told_forks(node) == []


async def test_an_empty_store_gets_today_back(site: Site, node: Node) -> None:
    """From the checkpoint on, because a fold may start there."""
    await node.ticket()
    rows = list(site.store.rows["amt"])
    site.store.lose("amt", 0)

    await node.ticket()

    assert site.store.rows["amt"][:-1] == rows[2:]
    assert b'"day_opened"' in rows[2].body
    assert numbers(node) == ["A001", "A002"]


async def test_the_loss_is_noticed_without_a_press(site: Site, node: Node) -> None:
    await node.ticket()
    rows = list(site.store.rows["amt"])
    site.store.lose("amt", 4)

    await node.until(lambda: site.store.rows["amt"] == rows)


async def test_thousands_are_put_back_in_steps(site: Site, node: Node) -> None:
    await asyncio.gather(*(node.ticket() for _ in range(1_200)))
    rows = list(site.store.rows["amt"])
    site.store.lose("amt", 100)

    await node.ticket()

    assert site.store.rows["amt"][: len(rows)] == rows


async def test_cut_off_for_more_than_a_minute_puts_nothing_back(site: Site, node: Node) -> None:
    """Even if the store can be reached before the loss is noticed. The lost entries are listed, issued numbers first.

    A number that somebody holds is not given again, nor the next hundred, which other nodes may have given out.
    """
    await node.done(c.OpenCounter(counter="2"))
    kept = node.desk.state.seq
    await node.ticket()
    await node.done(c.CallNext(counter="1"))
    await node.until(lambda: len(node.heard) >= kept)
    epoch = node.desk.state.epoch
    site.store.go_away()
    await node.until(lambda: node.desk.health == "stale")
    site.store.lose("amt", kept)
    site.clock.step(61)
    site.store.come_back()
    await node.until(lambda: node.desk.state.epoch != epoch)

    assert node.desk.lost == node.desk.state.lost == ("ticket_issued A001", "ticket_called A001")
    assert [event.lost for event in await told_forks(node)] == [node.desk.lost]
    assert numbers(node) == []
    assert (await node.done(c.IssueTicket(services=("pass",)))).result["ticket"]["number"] == "A102"


async def test_on_another_day_nothing_is_put_back(site: Site, node: Node) -> None:
    kept = node.desk.state.seq
    await node.ticket()
    epoch = node.desk.state.epoch
    site.store.go_away()
    await node.until(lambda: node.desk.health == "stale")
    site.store.lose("amt", kept)
    site.clock.step(30)
    site.store.step_clock(16 * HOUR)
    site.store.come_back()
    await node.until(lambda: node.desk.state.epoch != epoch)

    assert node.desk.lost == ("ticket_issued A001",)


async def test_a_silent_loss_long_after_the_last_contact_is_a_fork(site: Site, node: Node) -> None:
    """No error announced it: the store simply answers with less. What counts is the last contact in which it had our tail."""
    kept = node.desk.state.seq
    await node.ticket()
    epoch = node.desk.state.epoch
    site.clock.step(61)
    site.store.lose("amt", kept)

    await node.until(lambda: node.desk.state.epoch != epoch or len(site.store.rows["amt"]) > kept)

    assert node.desk.lost == ("ticket_issued A001",)


async def test_another_history_of_the_same_length_is_never_folded(site: Site, node: Node) -> None:
    """A second node wrote where the first had written: equal numbers, other marks. The first drops its entries and says so."""
    kept = node.desk.state.seq
    ticket = await node.ticket("pass")
    rows = list(site.store.rows["amt"])
    site.store.go_away()
    await node.until(lambda: node.desk.health == "stale")
    site.store.lose("amt", kept)
    site.store.come_back()
    other_row = rows[-1].__class__(kept + 1, "other-mark-0", rows[-1].body.replace(ticket.encode(), b"0" * len(ticket)))
    site.store.rows["amt"].append(other_row)

    await node.until(lambda: bool(node.desk.state.lost))

    assert ticket not in node.desk.state.tickets
    assert node.desk.lost == ("ticket_issued A001",)
    assert site.store.rows["amt"][kept] == other_row


async def test_two_nodes_put_back_what_each_holds(site: Site) -> None:
    """One has more than the other; both start at once; nothing is lost and nobody forks."""
    first = await site.opened(alone=False)
    second = await site.node(alone=False).ready()
    await asyncio.gather(*(first.ticket() for _ in range(30)))
    await second.desk.caught_up(first.desk.state.seq, 10)
    rows = list(site.store.rows["amt"])
    site.store.go_away()
    await first.until(lambda: first.desk.health == "stale")
    await second.until(lambda: second.desk.health == "stale")
    site.store.lose("amt", 3)
    site.store.restart()
    site.store.come_back()
    await first.until(lambda: first.desk.health == "ready" and first.desk._standing.quiet_for > 0)
    await second.until(lambda: second.desk.health == "ready" and second.desk._standing.quiet_for > 0)
    site.clock.step(2)
    await asyncio.gather(first.ticket(), second.ticket())

    assert site.store.rows["amt"][: len(rows)] == rows
    assert await told_forks(first) == []
    await first.desk.caught_up(second.desk.state.seq, 10)
    await second.desk.caught_up(first.desk.state.seq, 10)
    assert freeze(first.desk.state) == freeze(second.desk.state)


async def test_after_a_lost_connection_nobody_decides_for_two_seconds(site: Site) -> None:
    """So that the node that has most entries can restore them first."""
    first = await site.opened(alone=False)
    site.store.go_away()
    await first.until(lambda: first.desk.health == "stale")
    site.store.come_back()
    await first.until(lambda: first.desk.health == "ready")
    press = asyncio.create_task(first.ticket())

    assert first.desk._standing.quiet_for > 1
    assert not await first.desk.caught_up(first.desk.state.seq + 1, 0.2)
    site.clock.step(2)
    await press


async def test_another_process_behind_the_same_address(site: Site) -> None:
    """No call failed, and still it is another store than before: its run id shows it."""
    first = await site.opened(alone=False)
    assert first.desk._standing.quiet_for <= 0
    site.store.restart()

    await first.until(lambda: first.desk._standing.quiet_for > 1)
    site.clock.step(2)
    await first.ticket()


async def test_a_node_that_began_at_a_snapshot_puts_back_too(site: Site, node: Node) -> None:
    """It read today's rows although it did not need them for its fold."""
    await node.log.note_checkpoint("amt", 3)
    for _ in range(3):
        await node.ticket()
    await node.desk.stop()
    again = await site.node().ready()
    rows = list(site.store.rows["amt"])
    site.store.lose("amt", 4)

    await again.ticket()

    assert site.store.rows["amt"][: len(rows)] == rows


async def test_an_empty_store_on_another_day_begins_anew(site: Site, node: Node, office: Office) -> None:
    """Cut off over midnight: nothing is restored, the office opens again, and what was lost is listed."""
    tender = site.tender(node, office)
    await tender.start()
    await node.ticket()
    site.store.go_away()
    await node.until(lambda: node.desk.health == "stale")
    site.store.lose("amt", 0)
    site.clock.step(20 * 3_600)
    site.store.come_back()
    await node.until(lambda: bool(node.desk.state.lost) and node.desk.state.day == "2026-11-24")
    await tender.stop()

    assert node.desk.state.lost[0] == "ticket_issued A001"
    await node.done(c.OpenCounter(counter="1"))
    assert (await node.done(c.IssueTicket(services=("pass",)))).result["ticket"]["number"] == "A001"
