"""Receivers that are away, refuse or break; entries that were lost, trimmed or not read yet."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from msgspec.json import decode

from server.letters import hook_places, hooks
from server.letters.hook_places import MOST_DEAD
from server.letters.hooks import BROKEN_MS, PAGE, REFUSED_TRIES, STRANGE_MS
from server.messages import commands as c
from server.messages.instants import DAY, MINUTE, SECOND
from server.messages.office import Webhook
from tests.letters.hooked import SECRET, WANTED, Site, wanted
from tests.letters.sinks import web_sink

if TYPE_CHECKING:
    pass


async def test_a_receiver_that_is_away_gets_everything_later_in_order(site: Site) -> None:
    """However long it takes: what nobody answers is never laid aside."""
    room, node = site.room, site.node()
    await node.live()
    before = room.state.seq
    site.sink.answers = [503] * 900
    for _ in range(3):
        room.ticket("pass")
    await node.live(5)
    room.now += 3 * DAY
    await node.live(5)
    assert node.hooks.worry("amt").startswith("portal: the address answered 503; ")
    assert [one.waiting >= 3 and one.fault for one in await node.hooks.stand("amt")] == ["the address answered 503"]
    site.sink.answers.clear()
    site.sink.posts.clear()
    room.now += 30 * MINUTE
    await node.live(0.2)

    assert site.kinds() == wanted(room, before)
    assert node.hooks.worry("amt") == ""


async def test_each_pause_is_longer_than_the_one_before_and_the_id_stays(site: Site) -> None:
    room, node = site.room, site.node()
    await node.live()
    site.sink.answers = [500] * 900
    room.ticket("pass")
    tried: list[int] = []
    for _ in range(300):
        many = len(site.sink.posts)
        await node.live()
        tried += [room.now] * (len(site.sink.posts) - many)

    pauses = [(after - at) // SECOND for at, after in pairwise(tried)]
    assert pauses[:5] == [10, 30, 120, 600, 1800]
    assert len({headers["webhook-id"] for headers, _ in site.sink.posts}) == 1


async def test_a_letter_that_is_refused_is_laid_aside_and_holds_up_nobody(site: Site) -> None:
    room, node = site.room, site.node()
    await node.live()
    before = room.state.seq
    site.sink.answers = [400] * REFUSED_TRIES
    room.ticket("pass")
    room.ticket("car")
    await node.live(10)
    assert "portal: 1 letters were refused and laid aside" in node.hooks.worry("amt")
    (stands,) = await node.hooks.stand("amt")
    (dead,) = stands.dead
    refused, taken = wanted(room, before)
    assert (dead.seq, dead.type, dead.fault, dead.again) == (*refused, "the address answered 400", False)
    site.sink.posts = site.sink.posts[REFUSED_TRIES:]
    assert site.kinds() == [taken]

    assert await node.hooks.again("amt", "portal") == 1
    await node.live()
    assert site.kinds() == [taken, refused], "sent again when somebody said so"
    await node.live()
    assert node.hooks.worry("amt") == ""


async def test_the_first_letter_refused_again_ends_sending_again(site: Site) -> None:
    room, node = site.room, site.node()
    await node.live()
    site.sink.answers = [410] * (2 * REFUSED_TRIES)
    room.ticket("pass")
    room.ticket("car")
    await node.live(20)
    site.sink.posts.clear()
    site.sink.answers = [413]
    assert await node.hooks.again("amt", "portal") == 2
    await node.live(2)

    assert len(site.sink.posts) == 1
    (stands,) = await node.hooks.stand("amt")
    assert [(dead.fault, dead.again) for dead in stands.dead] == [
        ("the address answered 410", False),
        ("the address answered 413", False),
    ]


async def test_a_receiver_that_breaks_at_one_letter_is_told_the_next_a_day_later(site: Site) -> None:
    room, node = site.room, site.node()
    await node.live()
    site.sink.answers = [500] * 900
    room.ticket("pass")
    await node.live(30)
    assert (await node.hooks.stand("amt"))[0].dead_total == 0
    room.now += BROKEN_MS
    await node.live()
    assert (await node.hooks.stand("amt"))[0].dead_total == 1


async def test_with_too_many_laid_aside_the_next_one_waits(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_DEAD >= 100
    monkeypatch.setattr(hook_places, "MOST_DEAD", 1)
    room, node = site.room, site.node()
    await node.live()
    site.sink.answers = [400] * 900
    room.ticket("pass")
    room.ticket("car")
    await node.live(10)
    (stands,) = await node.hooks.stand("amt")
    assert (stands.dead_total, stands.fault) == (1, "the address answered 400")
    site.sink.answers.clear()
    room.now += 30 * MINUTE
    await node.live(0.2)
    assert (await node.hooks.stand("amt"))[0].fault == ""


async def test_receivers_do_not_wait_for_each_other(site: Site) -> None:
    room, node = site.room, site.node()
    async with web_sink() as slow:
        slow.hangs = asyncio.Event()
        both = (
            Webhook(id="slow", address=slow.url, secret_file="s", events=WANTED),
            Webhook(id="quick", address=site.sink.url, secret_file="s", events=WANTED),
        )
        site.file(*both)
        await node.live()
        room.ticket("pass")
        room.now += 10 * SECOND
        await node.hooks.turn("amt")
        await asyncio.wait_for(site.sink.came.wait(), 10)
        room.ticket("pass")
        while len(site.sink.posts) < 2:
            await node.hooks.turn("amt")
            await asyncio.sleep(0.01)
        slow.hangs.set()
        await node.hooks.delivered()
        await node.live()
        assert [decode(body)["data"]["seq"] for _, body in slow.posts] == [seq for seq, _ in site.kinds()]


async def test_without_its_secret_nothing_is_sent_and_staff_read_why(site: Site) -> None:
    room, node = site.room, site.node()
    await node.live()
    site.secret = ValueError("must be whsec_ and 24 to 64 bytes as base64")
    room.ticket("pass")
    await node.live(0.2)
    assert site.sink.posts == []
    assert "portal: its secret cannot be used: must be whsec_" in node.hooks.worry("amt")
    site.secret = SECRET
    await node.live(1)
    assert len(site.told()) == 1


async def test_a_receiver_that_nobody_names_any_more_is_forgotten(site: Site) -> None:
    node = site.node()
    await node.live()
    site.file()
    await node.live()
    assert await node.places.place("amt", "portal") is None
    assert (await node.hooks.stand("amt"), node.hooks.worry("amt")) == ([], "")


async def test_after_a_fork_the_new_history_is_told_from_its_beginning(site: Site) -> None:
    room, node = site.room, site.node()
    await node.live()
    room.ticket("pass")
    await node.live()
    told = await node.places.place("amt", "portal")
    assert told is not None
    kept = [entry for entry in room.entries if entry[0] < told.seq]
    room.entries[:] = kept
    room.state = room.refold(kept)
    room.does(c.ChangeEpoch(reason="restored"), room.system)
    room.ticket("car")
    room.ticket("car")
    await node.live()
    await node.live(STRANGE_MS / MINUTE)

    assert [decode(body)["data"]["epoch"] for _, body in site.sink.posts[1:]] == [room.state.epoch] * 2


async def test_a_node_that_has_not_read_so_far_yet_waits(site: Site) -> None:
    room, first, late = site.room, site.node(), site.node()
    await first.live()
    late.desk.stand_still()
    room.ticket("pass")
    await first.live()
    await first.hooks.stop()
    await late.live(3)
    assert len(site.sink.posts) == 1


async def test_many_entries_are_told_page_after_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PAGE >= 100
    monkeypatch.setattr(hooks, "PAGE", 10)
    room, node = site.room, site.node()
    await node.live()
    before = room.state.seq
    room.open("1")
    for _ in range(10):
        room.ticket("pass")
        room.serve("1")
        room.finish("1")
    await node.live()
    assert room.state.seq - before > 3 * 10
    assert site.kinds() == wanted(room, before)


async def test_what_was_laid_aside_is_deleted_when_it_is_old(site: Site) -> None:
    room, node = site.room, site.node()
    await node.live()
    site.sink.answers = [400] * REFUSED_TRIES
    room.ticket("pass")
    await node.live(10)
    assert await hook_places.forget(site.engine, "amt", room.now + 29 * DAY, 30) == 0
    assert await hook_places.forget(site.engine, "amt", room.now + 31 * DAY, 30) == 1
