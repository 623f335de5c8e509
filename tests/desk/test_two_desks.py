"""Several desks on one store: conflicts that no caller sees, races without double calls, ticks that happen once."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from server.clock import StoreClock, SystemClock
from server.desk.desk import Desk
from server.desk.entry import Done
from server.desk.offices import Offices
from server.log.redis_log import RedisLog
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.instants import DAY
from server.office.due import key_of, ticks
from server.office.snapshot import freeze
from tests.desk.conftest import NINE

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.desk.conftest import Node, Site

PORTAL = Actor(role="booking", principal="token:portal")


async def two(site: Site) -> tuple[Node, Node]:
    """Two nodes that know of each other's store; counters 1 and 2 are open."""
    first, second = await site.opened(alone=False), await site.node(alone=False).ready()
    await first.done(c.OpenCounter(counter="1"))
    await second.done(c.OpenCounter(counter="2"))
    return first, second


async def test_one_hears_what_the_other_did(site: Site) -> None:
    """A ticket acknowledged on one node can be called on the other at once: "nobody waits" is never older than the log."""
    first, second = await two(site)

    ticket = await first.ticket()
    called = await second.done(c.CallNext(counter="2"))

    assert called.result["ticket"]["id"] == ticket
    assert await first.desk.caught_up(called.seq, 10)
    assert freeze(first.desk.state) == freeze(second.desk.state)


async def test_a_thousand_races_for_who_waits(site: Site) -> None:
    """One or two wait, two press at the same instant: nobody is called twice, nothing is refused because of the race."""
    first, second = await two(site)
    dice = random.Random(7)
    for _ in range(1_000):
        waiting = [await dice.choice((first, second)).ticket() for _ in range(dice.choice((1, 1, 2)))]
        answers = await asyncio.gather(
            first.done(c.CallNext(counter="1", finish_current=True)),
            second.done(c.CallNext(counter="2", finish_current=True)),
        )
        called = [answer.result["ticket"]["id"] for answer in answers if answer.result["ticket"]]
        assert sorted(called) == sorted(waiting)
        for node, counter in ((first, "1"), (second, "2")):
            if node.desk.state.counters[counter].ticket:
                await node.done(c.StartService(counter=counter))

    await first.desk.caught_up(second.desk.state.seq, 10)
    await second.desk.caught_up(first.desk.state.seq, 10)
    assert freeze(first.desk.state) == freeze(second.desk.state)


async def test_parallel_issues_on_two_nodes(site: Site) -> None:
    """200 numbers, all different, without gaps."""
    first, second = await two(site)

    answers = await asyncio.gather(
        *((first, second)[at % 2].done(c.IssueTicket(services=("pass",))) for at in range(200))
    )

    numbers = sorted(answer.result["ticket"]["number"] for answer in answers)
    assert numbers == [f"A{at:03d}" for at in range(1, 201)]


async def test_two_hundred_callers_on_the_last_slot(site: Site) -> None:
    """One gets it, at whichever node; each of the others is told that it is taken, and which slots are free next."""
    first, second = await two(site)
    start = datetime.fromtimestamp((NINE + DAY) / 1000, UTC)
    wanted = c.BookAppointment(services=("pass",), start=start)
    while isinstance(answer := await first.press(wanted, PORTAL), Done):
        last = answer
    await first.done(c.CancelAppointment(appointment=last.result["appointment"]["id"]), PORTAL)
    answers = await asyncio.gather(*((first, second)[at % 2].press(wanted, PORTAL) for at in range(200)))

    refused = [answer for answer in answers if not isinstance(answer, Done)]
    assert len(refused) == 199
    assert {answer.code for answer in refused} == {"slot_taken"}
    assert all(answer.more["next"] for answer in refused)


async def test_the_same_key_on_two_nodes(site: Site) -> None:
    """A retry that reaches another node is the same press."""
    first, second = await two(site)
    press = c.IssueTicket(services=("pass",))

    answers = await asyncio.gather(first.done(press, key="tap"), second.done(press, key="tap"))
    again = await second.done(press, key="tap")

    assert sorted(answer.replayed for answer in answers) == [False, True]
    assert again.replayed
    assert len({answer.result["ticket"]["id"] for answer in (*answers, again)}) == 1


async def test_a_tick_happens_once(site: Site) -> None:
    first, second = await two(site)
    ticket = await first.ticket()
    done = await first.done(c.PauseTicket(ticket=ticket, minutes=1))
    await second.desk.caught_up(done.seq, 10)
    tick = next(tick for tick in ticks(first.desk.state) if tick.kind == "away")
    site.clock.step(61)

    answers = await asyncio.gather(
        first.done(tick, SYSTEM, key_of(tick)),
        second.done(tick, SYSTEM, key_of(tick)),
    )

    assert sorted(len(answer.entries) for answer in answers if not answer.replayed) in ([1], [0, 1])
    returned = [row for row in await first.log.read("amt", 0, 1_000) if b'"ticket_returned"' in row.body]
    assert len(returned) == 1


async def test_tenders_of_two_nodes_open_one_day(site: Site, office: Office) -> None:
    first, second = await site.node(alone=False).ready(), await site.node(alone=False).ready()
    tenders = [site.tender(first, office), site.tender(second, office)]
    for tender in tenders:
        await tender.start()
    await first.until(lambda: first.desk.state.day is not None)
    await second.until(lambda: second.desk.state.day is not None)
    for tender in tenders:
        await tender.stop()

    rows = await first.log.read("amt", 0, 100)
    assert sum(b'"day_opened"' in row.body for row in rows) == 1
    assert sum(b'"office_configured"' in row.body for row in rows) == 1


async def test_watchers_hear_every_entry_once_and_in_order(site: Site) -> None:
    """Those of their own node and those of the other one."""
    first, second = await two(site)
    await asyncio.gather(*(node.ticket() for node in (first, second) for _ in range(30)))
    last = (await first.done(c.CallNext(counter="1"))).seq
    await first.until(lambda: bool(first.heard) and first.heard[-1].seq >= last)
    await second.until(lambda: bool(second.heard) and second.heard[-1].seq >= last)

    for node in (first, second):
        heard = [entry.seq for entry in node.heard]
        assert heard == list(range(heard[0], heard[0] + len(heard)))


async def test_the_offices_of_a_node(site: Site) -> None:
    """Found by their id, in the order they were opened; they stop together."""
    node = await site.opened()
    offices = Offices()
    offices.add(node.desk)

    assert (list(offices), len(offices), offices["amt"]) == (["amt"], 1, node.desk)
    await offices.stop()
    assert node.desk.health == "stopping"


async def test_a_floor_that_never_comes(node: Node) -> None:
    """A client may claim to have seen an entry that does not exist: its wait ends in time."""
    assert not await node.desk.caught_up(10**9, 0.05)
    assert await node.desk.caught_up(1, 0.05)


@pytest.fixture
async def over_valkey(redis_url: str, office: Office) -> AsyncIterator[Callable[[], Awaitable[Desk]]]:
    """Makes desks on the session's embedded Valkey, in an office that no other test uses."""
    name = f"desk-{secrets.token_hex(5)}"
    made: list[tuple[Desk, RedisLog]] = []

    async def make() -> Desk:
        log = RedisLog(redis_url)
        desk = Desk(name, log, StoreClock(SystemClock()), lambda kind, id: id, alone=False)
        made.append((desk, log))
        await desk.start()
        async with asyncio.timeout(10):
            while desk.health != "ready":
                await desk.caught_up(1, 0.01)
        return desk

    yield make
    for desk, log in made:
        await desk.stop()
        await log.close()


async def test_races_on_a_real_store(over_valkey: Callable[[], Awaitable[Desk]], office: Office) -> None:
    desks = [await over_valkey(), await over_valkey()]
    clerk = Actor(role="clerk", principal="token:clerk")

    async def press(at: int, command: c.Command, by: Actor = clerk, key: str = "") -> Done:
        answer = await desks[at].submit(by, command, key or secrets.token_hex(8))
        assert isinstance(answer, Done), answer
        return answer

    await press(0, c.ConfigureOffice(office=office), SYSTEM, "office:1")
    await press(1, c.OpenDay(), SYSTEM, "open")
    await asyncio.gather(press(0, c.OpenCounter(counter="1")), press(1, c.OpenCounter(counter="2")))
    for round in range(60):
        issued = (await press(round % 2, c.IssueTicket(services=("pass",)))).result["ticket"]["id"]
        answers = await asyncio.gather(press(0, c.CallNext(counter="1")), press(1, c.CallNext(counter="2")))
        called = [answer.result["ticket"]["id"] for answer in answers if answer.result["ticket"]]
        assert called == [issued]
        at = 0 if answers[0].result["ticket"] else 1
        await press(at, c.StartService(counter="12"[at]))
        await press(at, c.FinishService(counter="12"[at]))

    await desks[0].caught_up(desks[1].state.seq, 10)
    await desks[1].caught_up(desks[0].state.seq, 10)
    assert freeze(desks[0].state) == freeze(desks[1].state)


async def test_two_agents_at_two_nodes_claim_a_print_job_once(site: Site) -> None:
    """Whoever turns it from requested into sent may print it; the other one's press changes nothing, also when asked again."""
    first, second = await two(site)
    printer = first.desk.state.office.printers[0].id
    agents = [Actor(role="printer", principal=f"token:{name}", device=printer) for name in ("old", "new")]
    for _ in range(40):
        await first.done(c.IssueTicket(services=(first.desk.state.office.services[0].id,), printer=printer))
        job = next(reversed(first.desk.state.prints))
        await second.desk.caught_up(first.desk.state.seq, 10)
        claim = c.ReportPrint(job=job, state="sent")
        answers = await asyncio.gather(
            first.desk.submit(agents[0], claim, f"claim-{job}-0"),
            second.desk.submit(agents[1], claim, f"claim-{job}-1"),
        )
        again = await asyncio.gather(
            first.desk.submit(agents[0], claim, f"claim-{job}-0"),
            second.desk.submit(agents[1], claim, f"claim-{job}-1"),
        )

        for found in (answers, again):
            assert sorted(bool(done.entries) for done in found if isinstance(done, Done)) == [False, True]
        assert [bool(done.entries) for done in answers if isinstance(done, Done)] == [
            bool(done.entries) for done in again if isinstance(done, Done)
        ]
