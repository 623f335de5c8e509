"""Each alert is told once, with its end: over restarts, over two nodes, past servers that refuse, hang or are away."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from msgspec.json import decode
from msgspec.structs import replace
from sqlalchemy import text

from server.letters.outbox import GIVEN_UP_MS, TAKEN_MS, Outbox, forget
from server.letters.post import LEASE_MS
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages import commands as c
from server.messages.instants import DAY, SECOND
from server.messages.office import Alerts
from tests.letters.place import SECRET, TO, Node, Place

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from tests.office.room import Room


def stranded(room: Room) -> None:
    room.ticket("car")


def helped(room: Room) -> None:
    room.does(c.OpenCounter(counter="3"), room.supervisor)
    room.does(c.AssignCounter(counter="3", services=("car",)), room.supervisor)


async def test_each_alert_is_one_letter_and_its_end_another(place: Place) -> None:
    node = place.node()
    stranded(place.room)
    await node.live(5)
    helped(place.room)
    await node.live(5)

    what = "Amt: Car: 1 wartet, niemand kann sie aufrufen"
    assert place.mail.subjects() == [what, what.replace("Amt: ", "Amt: beendet: ", 1)]
    assert place.web.types() == ["alert.began", "alert.ended"]
    ended = place.mail.letters[1]
    assert ended["To"] == ", ".join(TO)
    assert "nach 5 Minuten" in ended.get_content()
    assert node.post.sent == {("amt", "mail"): 2, ("amt", "webhook"): 2}


async def test_a_receiver_can_check_who_sent_a_webhook(place: Place) -> None:
    stranded(place.room)
    await place.node().live(2)
    ((headers, content),) = place.web.posts

    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + content
    mark = base64.b64encode(hmac.new(SECRET, told, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"
    said = decode(content)["data"]
    assert (said["alert"], said["code"], said["name"], said["count"]) == ("no_counter:car", "no_counter", "Car", 1)


async def test_a_node_that_starts_again_tells_nothing_twice_and_knows_the_end(place: Place) -> None:
    stranded(place.room)
    first = place.node()
    await first.live(3)
    await first.post.stop()
    second = place.node()
    await second.live(3)
    assert place.web.types() == ["alert.began"]
    helped(place.room)
    await second.live(3)

    assert place.web.types() == ["alert.began", "alert.ended"]
    assert len(place.mail.letters) == 2


async def test_of_two_nodes_one_sends_and_the_other_follows_when_it_dies(place: Place) -> None:
    one, other = place.node(), place.node()
    stranded(place.room)
    for _ in range(20):
        await one.live()
        await other.live()
    assert (place.web.types(), other.post.sent) == (["alert.began"], {})
    helped(place.room)
    place.room.now += LEASE_MS
    await other.live(3)

    assert place.web.types() == ["alert.began", "alert.ended"]


async def test_two_nodes_that_both_believe_to_be_the_sender_still_tell_it_once(place: Place) -> None:
    """The lease is an agreement; the database is the fence."""
    one, other = place.node(), place.node(MemoryPresence(MemoryStore(place.clock.now_ms)))
    stranded(place.room)
    for _ in range(20):
        place.room.now += 5 * SECOND
        for node in (one, other):
            node.watch.look("amt")
        await asyncio.gather(one.post.turn("amt"), other.post.turn("amt"))
        await asyncio.gather(one.post.delivered(), other.post.delivered())
    helped(place.room)
    for _ in range(20):
        await one.live()
        await other.live()

    assert sorted(place.web.types()) == ["alert.began", "alert.ended"]
    assert len(place.mail.letters) == 2


async def test_a_server_that_refuses_is_named_to_staff_and_asked_again_later(place: Place) -> None:
    node = place.node()
    place.mail.refuses = set(TO)
    place.web.answers = [500, 302]
    stranded(place.room)
    await node.live(1.2)
    assert "mail: the mail server did not take it (SMTPRecipientsRefused" in node.post.worry("amt")
    assert "webhook: the address of the webhook answered 302" in node.post.worry("amt")
    place.mail.refuses = set()
    await node.live(5)

    assert node.post.worry("amt") == ""
    assert len(place.mail.letters) == 1
    assert place.web.types() == ["alert.began"] * 3
    assert len({headers["webhook-id"] for headers, _ in place.web.posts}) == 1


async def test_every_node_tells_its_staff_why_letters_are_refused_and_when_they_are_taken_again(place: Place) -> None:
    """Only one of them sends. When it dies, what it said is forgotten, and the next sender finds out itself."""
    sender, other = place.node(), place.node()
    place.mail.refuses = set(TO)
    stranded(place.room)

    async def live(minutes: float, *nodes: Node) -> None:
        for _ in range(round(minutes * 6)):
            for node in nodes:
                await node.live()

    await live(1, sender, other)
    why = sender.post.worry("amt")
    assert why.startswith("mail: the mail server did not take it")
    assert other.post.worry("amt") == why
    place.mail.refuses = set()
    await live(3, sender, other)
    assert (sender.post.worry("amt"), other.post.worry("amt")) == ("", "")
    assert other.post.sent == {}

    place.mail.refuses = set(TO)
    helped(place.room)
    await live(1, sender, other)
    assert other.post.worry("amt") != ""
    place.mail.refuses = set()
    await live(15, other)

    assert other.post.sent != {}
    assert other.post.worry("amt") == ""
    file = replace(place.room.state.office, alerts=Alerts(), revision=2)
    place.room.does(c.ConfigureOffice(office=file), place.room.system, key="office:2")
    assert sender.post.worry("amt") == "", "nobody is to be told any more"


async def test_a_letter_that_one_of_two_addresses_takes_is_not_sent_to_it_again(place: Place) -> None:
    node = place.node()
    place.mail.refuses = {TO[0]}
    stranded(place.room)
    await node.live(10)

    assert len(place.mail.letters) == 1
    assert node.post.worry("amt") == "mail: the mail server refused 1 of 2 addresses (550)"


async def test_a_letter_is_given_up_after_a_day(place: Place) -> None:
    node = place.node()
    place.mail.refuses = set(TO)
    stranded(place.room)
    await node.live(2)
    place.room.now += GIVEN_UP_MS
    await node.live(1)
    tried = node.post.refused["amt", "mail"]
    place.room.now += DAY
    await node.live(1)

    assert node.post.refused["amt", "mail"] == tried
    assert await Outbox(place.engine).waiting("amt") == 0


async def told_by(node: Node, place: Place) -> None:
    """Looks and sends until the webhook has come: what is written down while a channel sends is sent at a later turn."""
    while not place.web.came.is_set():
        place.room.now += 10 * SECOND
        node.watch.look("amt")
        await node.post.turn("amt")
        await asyncio.sleep(0)


async def test_a_mail_server_that_hangs_delays_no_webhook(place: Place) -> None:
    node = place.node()
    place.mail.hangs = asyncio.Event()
    stranded(place.room)
    await told_by(node, place)
    assert (place.web.types(), place.mail.letters) == (["alert.began"], [])
    place.mail.hangs.set()
    await node.post.delivered()

    assert len(place.mail.letters) == 1


async def test_what_happened_while_the_database_was_away_is_told_when_it_is_back(place: Place) -> None:
    node = place.node()
    await node.live()
    await rename(place.engine, "alerts", "gone")
    stranded(place.room)
    await node.live(3)
    helped(place.room)
    await node.live(3)
    assert place.web.posts == []
    await rename(place.engine, "gone", "alerts")
    await node.live()

    assert place.web.types() == ["alert.began", "alert.ended"]


async def rename(engine: AsyncEngine, old: str, new: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


async def test_who_dies_between_sending_and_noting_it_leaves_a_letter_with_the_same_id(place: Place) -> None:
    """At least once: the receiver knows the second by its id."""
    place.web.hangs = asyncio.Event()
    first = place.node()
    stranded(place.room)
    await told_by(first, place)
    await first.post.stop()
    place.web.hangs.set()
    place.web.hangs = None
    place.room.now += TAKEN_MS
    await place.node().live(1)

    assert place.web.types() == ["alert.began"] * 2
    assert len({headers["webhook-id"] for headers, _ in place.web.posts}) == 1


async def test_only_the_codes_that_the_office_names_are_told(place: Place) -> None:
    node = place.node()
    office = replace(place.room.state.office, alerts=Alerts(webhook=place.web.url, codes=("printer",)), revision=2)
    place.room.does(c.ConfigureOffice(office=office), place.room.system)
    stranded(place.room)
    await node.live(3)

    assert place.web.posts == []
    assert [one.code for one in node.watch.alerts("amt")] == ["no_counter"]


async def test_letters_are_deleted_after_their_days_and_name_nobody(place: Place) -> None:
    stranded(place.room)
    await place.node().live(3)
    async with place.engine.connect() as connection:
        rows = [
            *await connection.execute(text("SELECT * FROM letters")),
            *await connection.execute(text("SELECT * FROM alerts")),
        ]
    assert len(rows) == 3
    assert "example" not in str(rows)

    assert await forget(place.engine, "amt", place.room.now + 29 * DAY, 30) == 0
    assert await forget(place.engine, "amt", place.room.now + 31 * DAY, 30) == 3
