"""Other systems are told of events: signed, in order, over restarts, other nodes, receivers that refuse or are away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from server.letters.hook_letter import outside
from server.letters.hooks import LEASE_MS
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages import commands as c
from server.messages.events import EVENTS
from server.messages.instants import DAY, SECOND
from server.messages.office import Webhook
from tests.letters.hooked import Site, wanted

if TYPE_CHECKING:
    from tests.office.room import Make


async def test_a_receiver_reads_what_it_asked_for_in_the_order_of_the_log(site: Site) -> None:
    room, node = site.room, site.node()
    room.ticket("car")
    await node.live()
    before = room.state.seq
    room.open("1")
    for _ in range(3):
        room.ticket("pass")
    room.call("1")
    await node.live()

    assert site.kinds() == wanted(room, before)
    assert [kind for _, kind in site.kinds()] == ["ticket_issued"] * 3 + ["ticket_called"]
    called = site.told()[-1]["data"]
    assert (called["office"], called["counter"], called["number"]) == (
        "amt",
        "1",
        room.state.tickets[called["ticket"]].number,
    )


async def test_nothing_is_sent_that_says_who_somebody_is(site: Site) -> None:
    room, node = site.room, site.node()
    site.file(Webhook(id="all", address=site.sink.url, secret_file="s"))
    await node.live()
    room.book(room.now + DAY, "pass", reference="Meier.Anna")
    room.ticket("pass", needs=("step_free",))
    room.does(c.BoostService(service="pass", minutes=5), room.supervisor)
    site.file(*room.state.office.webhooks)
    await node.live()

    sent = b"".join(body for _, body in site.sink.posts)
    booked = next(one["data"] for one in site.told() if one["type"] == "appointment_booked")
    code = room.state.appointments[booked["appointment"]].code
    boosted = next(one["data"] for one in site.told() if one["type"] == "service_boosted")
    assert boosted["by"] == "supervisor", "not whose account it is"
    for private in (code.encode(), b"Meier", b"step_free", b"supervisor:7"):
        assert private not in sent
    configured = next(one["data"] for one in site.told() if one["type"] == "office_configured")
    assert set(configured) == {"office", "epoch", "seq", "mark", "type", "at", "by"}


def test_no_event_tells_what_must_stay_in_the_office(make_room: Make) -> None:
    """Every type of event there is, in whatever depth."""
    for kind in EVENTS:
        told = outside(
            {"type": kind, "by": "supervisor:7", "at": "x", "list": [{"code": "ABC234", "start": "x"}], "key": "k"}
        )
        assert "ABC234" not in str(told)
        assert told["by"] == "supervisor"
        assert "key" not in told


async def test_a_node_that_starts_again_goes_on_where_the_receiver_is(site: Site) -> None:
    room, first = site.room, site.node()
    await first.live()
    before = room.state.seq
    room.ticket("pass")
    await first.live()
    await first.hooks.stop()
    room.ticket("car")  # while no node sends
    room.ticket("pass")
    second = site.node()
    await second.live()

    assert site.kinds() == wanted(room, before)
    assert len(site.sink.posts) == 3, "nothing twice"


async def test_of_two_nodes_one_sends_and_the_other_follows_when_it_dies(site: Site) -> None:
    room, one, other = site.room, site.node(), site.node()
    await one.live()
    before = room.state.seq
    for _ in range(4):
        room.ticket("pass")
        await one.live()
        await other.live()
    assert (one.hooks.sent, other.hooks.sent) == (4, 0)
    room.ticket("pass")
    room.now += LEASE_MS
    await other.live()

    assert other.hooks.sent == 1
    assert site.kinds() == wanted(room, before)


async def test_two_nodes_that_both_believe_to_be_the_sender_set_nothing_back(site: Site) -> None:
    """The lease is an agreement; the database is the fence. A letter may come twice then, with the same id."""
    alone = MemoryPresence(MemoryStore(lambda: site.room.now))
    room, one, other = site.room, site.node(), site.node(alone)
    await one.live()
    before = room.state.seq
    for _ in range(10):
        room.ticket("pass")
        room.now += SECOND
        await asyncio.gather(one.hooks.turn("amt"), other.hooks.turn("amt"))
        await asyncio.gather(one.hooks.delivered(), other.hooks.delivered())
    await one.live(1)
    await other.live(1)

    assert site.kinds() == wanted(room, before)
