"""A machine starts with a wrong clock, then with the right one: the office's time never stops, and one press corrects it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.events import decode
from server.messages.instants import DAY, HOUR
from server.office import hours

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.desk.conftest import Node, Site

WRONG = [HOUR, 50 * 365 * DAY, -400 * DAY]


@pytest.fixture
def office(office: Office) -> Office:
    return replace(office, calls=replace(office.calls, recall_pause=5))


async def booted(site: Site, *, alone: bool = True) -> Node:
    node = await site.node(alone=alone).ready()
    await node.begin()
    return node


async def once_wrong(site: Site, ms: int) -> None:
    """The office ran under the right clock, then under a wrong one; now the clock is right."""
    first = await booted(site)
    await first.ticket()
    await first.desk.stop()
    site.store.step_clock(ms)
    wrong = await booted(site)
    await wrong.ticket()
    await wrong.desk.stop()
    site.store.step_clock(-ms)


def ahead_of_clock(site: Site, node: Node) -> int:
    return node.desk.now() - site.store.now_ms()


@pytest.mark.parametrize("ms", WRONG)
async def test_presses_work_pauses_end_and_undo_closes_by_real_seconds(site: Site, ms: int) -> None:
    await once_wrong(site, ms)
    node = await booted(site)
    await node.done(c.OpenCounter(counter="1"))
    await node.ticket()
    await node.done(c.CallNext(counter="1"), key="call")
    missed = await node.done(c.MarkMissed(counter="1"))
    number = missed.entries[0].event.number  # type: ignore[attr-defined]

    before = node.desk.now()
    site.clock.step(9)
    assert node.desk.now() - before >= 9_000
    await node.done(c.IssueTicket(services=("pass",)), key="issue")
    called = await node.done(c.CallNext(counter="1"))
    assert called.result["ticket"]["number"] == number
    site.clock.step(14)
    assert (await node.refused(c.Undo(key="issue"))).code == "too_late_to_undo"


@pytest.mark.parametrize("ms", WRONG)
async def test_one_press_brings_back_the_true_date(site: Site, ms: int) -> None:
    await once_wrong(site, ms)
    node = await booted(site)
    waiting = await node.ticket()
    ahead = ahead_of_clock(site, node)
    assert (ahead > 5_000) == (ms > 0), "400 days back: the log of today goes on as if nothing had been"
    codes = [worry.code for worry in node.desk.worries()]
    assert codes == (["clock"] if ms > 0 else [])

    answer = await node.done(c.CorrectClock(), node.supervisor)
    assert len(answer.entries) == (1 if ms > 0 else 0)
    assert abs(ahead_of_clock(site, node)) < 2_000
    assert node.desk.state.day == hours.day_of(site.office, site.store.now_ms())
    assert waiting in node.desk.state.tickets
    assert node.desk.worries() == ()
    await node.desk.stop()

    again = await booted(site)
    assert abs(ahead_of_clock(site, again)) < 2_000
    assert len(told(site, e.EpochChanged)) == 1 + (ms > 0)


def told(site: Site, kind: type[e.Event]) -> list[e.Event]:
    return [event for row in site.store.rows["amt"] if isinstance(event := decode(row.body), kind)]


@pytest.mark.parametrize("ms", WRONG)
async def test_events_never_go_backwards_within_an_epoch(site: Site, ms: int) -> None:
    await once_wrong(site, ms)
    node = await booted(site)
    await node.ticket()
    await node.done(c.CorrectClock(), node.supervisor)
    await node.ticket()

    events = [decode(row.body) for row in site.store.rows["amt"]]
    cuts = [at for at, event in enumerate(events) if isinstance(event, e.EpochChanged)]
    for start, end in zip(cuts, [*cuts[1:], len(events)], strict=True):
        instants = [event.at for event in events[start:end]]
        assert instants == sorted(instants)


async def test_all_nodes_reckon_alike(site: Site) -> None:
    """From the log: a node that starts later has the same time, and one press moves both."""
    await once_wrong(site, 50 * 365 * DAY)
    one = await booted(site, alone=False)
    await one.ticket()
    site.clock.step(120)
    two = await booted(site, alone=False)
    assert abs(one.desk.now() - two.desk.now()) < 1_000

    await two.done(c.CorrectClock(), two.supervisor)
    await one.until(lambda: one.desk.ahead == 0)
    assert abs(one.desk.now() - two.desk.now()) < 1_000
    assert abs(ahead_of_clock(site, one)) < 2_000
    assert len(told(site, e.TimeKept)) == 1


async def test_a_node_goes_by_the_clock_that_the_others_began_with(site: Site) -> None:
    """The store's clock jumps while one node runs: it does not follow until the log itself goes by that clock."""
    one = await site.opened(alone=False)
    site.store.step_clock(HOUR)
    await one.ticket()
    assert one.desk.clock_jump is not None
    two = await booted(site, alone=False)
    await two.ticket()

    await one.until(lambda: one.desk.clock_jump is None)
    assert abs(one.desk.now() - two.desk.now()) < 1_000


async def test_a_press_in_the_same_batch_is_decided_by_the_new_time(site: Site) -> None:
    await once_wrong(site, 50 * 365 * DAY)
    node = await booted(site)
    await node.until(lambda: node.desk.ahead > 0)
    await asyncio.gather(node.done(c.CorrectClock(), node.supervisor), *(node.ticket() for _ in range(5)))
    await node.done(c.OpenDay(), SYSTEM)
    assert abs(ahead_of_clock(site, node)) < 2_000
    assert node.desk.state.at - site.store.now_ms() < 2_000
