"""A phone is told once that it is called: over two nodes, restarts and slow services, encrypted, and forgotten with the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.letters.phones import forget_day, set_day_right
from server.letters.push_services import NoService, audience
from server.letters.rings import FRESH_MS
from server.letters.tables import letters, phones
from server.messages import commands as c
from server.messages.instants import SECOND
from tests.letters.handset import Handset, claims
from tests.letters.place import DAY, Place

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from tests.office.room import Room


def called(room: Room, ticket: str) -> None:
    room.does(c.OpenCounter(counter="1"))
    room.does(c.CallNext(counter="1"))
    assert room.state.tickets[ticket].state == "called"


async def phone(place: Place, ticket: str, language: str = "de") -> Handset:
    """A phone that wants to be told, at the push service on loopback."""
    made = Handset(place.service.url)
    await place.nodes[0].push.put("amt", ticket, DAY, made.wanted(language), place.room.now)
    return made


async def test_a_call_is_told_to_its_own_phone_in_its_language(place: Place) -> None:
    node = place.node()
    mine, other = place.room.ticket("pass"), place.room.ticket("pass")
    handset, bystander = await phone(place, mine, "tr"), await phone(place, other)
    called(place.room, mine)
    await node.live()

    ((_, headers, content),) = place.service.asked
    assert handset.read(content) == {
        "title": f"Numara {place.room.number(mine)}, sıra sizde: Schalter 1",
        "body": "links",
        "path": f"/t/amt.{mine}",
        "tag": mine,
        "lang": "tr",
        "dir": "ltr",
    }
    assert bystander.heard(place.service) == []
    assert (headers["content-encoding"], headers["ttl"], headers["urgency"]) == ("aes128gcm", "120", "high")
    assert place.room.number(mine).encode() not in content
    assert node.post.sent["amt", "push"] == 1


async def test_the_service_can_check_who_sends(place: Place) -> None:
    """The signature is for this service and half a day, by the one key that the phone's page was given."""
    node = place.node()
    mine = place.room.ticket("pass")
    await phone(place, mine)
    called(place.room, mine)
    await node.live()
    said, key = claims(place.service.asked[0][1]["authorization"])

    assert key == node.push.key == place.node().push.key
    assert said["aud"] == f"http://127.0.0.1:{place.service.port}"
    assert said["sub"] == "mailto:aufruf@example.de"
    assert 0 < said["exp"] - place.room.now / 1000 <= 24 * 3600


async def test_each_repeat_is_told_and_a_miss(place: Place) -> None:
    node = place.node()
    mine = place.room.ticket("pass")
    handset = await phone(place, mine)
    called(place.room, mine)
    await node.live(1)
    place.room.does(c.RepeatCall(counter="1"))
    await node.live(1)
    place.room.does(c.MarkMissed(counter="1"))
    await node.live(1)

    titles = [one["title"] for one in handset.heard(place.service)]
    number = place.room.number(mine)
    assert titles == [f"Nummer {number} ist dran: Schalter 1"] * 2 + ["Sie wurden um 09:00 aufgerufen"]


async def test_two_nodes_tell_it_once_wherever_the_phone_was_noted(place: Place) -> None:
    first, second = place.node(), place.node()
    mine = place.room.ticket("pass")
    handset = Handset(place.service.url)
    await second.push.put("amt", mine, DAY, handset.wanted(), place.room.now)
    called(place.room, mine)
    for _ in range(5):
        await first.live()
        await second.live()

    assert len(handset.heard(place.service)) == 1


async def test_a_sender_that_takes_over_tells_nothing_twice_and_what_still_stands(place: Place) -> None:
    first = place.node()
    mine, other = place.room.ticket("pass"), place.room.ticket("pass")
    handset, late = await phone(place, mine), await phone(place, other)
    called(place.room, mine)
    await first.live()
    await first.post.stop()
    place.room.does(c.OpenCounter(counter="2"))
    place.room.does(c.CallNext(counter="2"))
    await place.node().live(1)

    assert [len(one.heard(place.service)) for one in (handset, late)] == [1, 1]


async def test_two_senders_at_once_tell_it_once(place: Place) -> None:
    """A lease is an agreement, no fence: each believes that it is the only one."""
    nodes = [place.node(place.alone()) for _ in range(2)]
    mine = place.room.ticket("pass")
    handset = await phone(place, mine)
    called(place.room, mine)
    for node in nodes * 2:
        await node.live()

    assert len(handset.heard(place.service)) == 1


async def test_a_sender_whose_state_is_old_tells_nothing(place: Place) -> None:
    """It lost the lease while it stood still, and does not know that the call is over."""
    old, new = place.node(place.alone()), place.node(place.alone())
    mine, other = place.room.ticket("pass"), place.room.ticket("pass")
    handset, bystander = await phone(place, mine), await phone(place, other)
    called(place.room, mine)
    old.desk.stand_still()
    place.room.does(c.StartService(counter="1"))
    place.room.does(c.OpenCounter(counter="2"))
    place.room.does(c.CallNext(counter="2"))
    await new.live()
    await old.live()

    assert [len(one.heard(place.service)) for one in (handset, bystander)] == [0, 1]


async def test_a_call_that_is_over_before_the_service_answers_is_not_told_any_more(place: Place) -> None:
    node = place.node()
    mine = place.room.ticket("pass")
    handset = await phone(place, mine)
    place.service.answers = [503]
    called(place.room, mine)
    await node.live()
    place.room.does(c.StartService(counter="1"))
    await node.live(2)

    assert len(place.service.asked) == 1
    assert len(handset.heard(place.service)) == 1


async def test_a_service_that_refuses_is_asked_again_while_the_call_stands(place: Place) -> None:
    node = place.node()
    mine = place.room.ticket("pass")
    await phone(place, mine)
    place.service.answers = [503]
    called(place.room, mine)
    await node.live()
    assert "push: the push service answered 503" in node.post.worry("amt")
    await node.live(1)

    assert len(place.service.asked) == 2
    assert node.post.worry("amt") == ""


async def test_a_phone_that_its_service_does_not_know_any_more_is_forgotten(place: Place) -> None:
    node = place.node()
    mine = place.room.ticket("pass")
    await phone(place, mine)
    place.service.answers = [410]
    called(place.room, mine)
    await node.live()
    place.room.does(c.RepeatCall(counter="1"))
    await node.live(1)

    assert len(place.service.asked) == 1
    assert await place.rows(phones) == await place.rows(letters) == []


async def test_who_asks_after_the_call_is_not_told_of_it(place: Place) -> None:
    node = place.node()
    mine = place.room.ticket("pass")
    called(place.room, mine)
    place.room.now += SECOND
    handset = await phone(place, mine)
    await node.live(1)

    assert handset.heard(place.service) == []


async def test_an_old_miss_is_no_news(place: Place) -> None:
    mine = place.room.ticket("pass")
    node = place.node()
    handset = await phone(place, mine)
    called(place.room, mine)
    place.room.does(c.MarkMissed(counter="1"))
    place.room.now += FRESH_MS
    await node.live(1)

    assert handset.heard(place.service) == []


async def test_a_phone_can_take_it_back(place: Place) -> None:
    node = place.node()
    mine = place.room.ticket("pass")
    one, other = await phone(place, mine), await phone(place, mine)
    await node.push.drop("amt", mine, one.endpoint)
    called(place.room, mine)
    await node.live()
    assert [len(it.heard(place.service)) for it in (one, other)] == [0, 1]
    await node.push.drop("amt", mine, None)

    assert await place.rows(phones) == []


async def test_a_ticket_has_four_phones_at_most(place: Place) -> None:
    node = place.node()
    mine = place.room.ticket("pass")
    handsets = []
    for _ in range(6):
        place.room.now += SECOND
        handsets.append(await phone(place, mine))
    place.room.now += SECOND
    called(place.room, mine)
    await node.live()

    assert [len(one.heard(place.service)) for one in handsets] == [0, 0, 1, 1, 1, 1]


async def test_addresses_go_with_the_day_and_the_letters_to_them(place: Place, engine: AsyncEngine) -> None:
    node = place.node()
    mine = place.room.ticket("pass")
    handset = await phone(place, mine)
    called(place.room, mine)
    await node.live()
    assert "endpoint" not in str(await place.rows(letters))
    assert handset.endpoint not in str(await place.rows(letters))
    assert await forget_day(engine, "other", DAY) == 0
    assert len(await place.rows(phones)) == 1
    assert await forget_day(engine, "amt", DAY) == 1

    assert await place.rows(phones) == await place.rows(letters) == []


async def test_phones_of_a_day_that_was_wrong_go_with_the_right_one(place: Place, engine: AsyncEngine) -> None:
    place.node()
    await phone(place, place.room.ticket("pass"))
    await set_day_right(engine, "amt", "2026-11-22")
    await forget_day(engine, "amt", "2026-11-22")

    assert await place.rows(phones) == []


@pytest.mark.parametrize(
    ("endpoint", "good"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("https://wns2-am3p.notify.windows.com/w/?token=abc", True),
        ("https://fcm.googleapis.com:443/fcm/send/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/fcm/send/abc", False),
        ("https://fcm.googleapis.com.example.de/abc", False),
        ("https://evilnotify.windows.com/abc", False),
        ("https://user@fcm.googleapis.com/abc", False),
        ("https://fcm.googleapis.com@127.0.0.1/abc", False),
        ("https://127.0.0.1/abc", False),
        ("http://127.0.0.1:8080/abc", False),
        ("https://[::1]/abc", False),
        ("file:///etc/passwd", False),
        ("https://web.push.apple.com\\@127.0.0.1/", False),
        ("https://fcm.googleapis.com/a b", False),
        ("https://fcm.googleapis.com/#x", False),
        ("https://fcm.googleapis.com/" + "a" * 1_024, False),
        ("", False),
    ],
)
def test_only_push_services_are_sent_to(endpoint: str, good: bool) -> None:
    try:
        assert audience(endpoint).startswith("https://")
        assert good
    except NoService:
        assert not good


def test_this_machine_is_a_push_service_in_tests_alone() -> None:
    assert audience("http://127.0.0.1:8080/abc", loopback=True) == "http://127.0.0.1:8080"
    with pytest.raises(NoService):
        audience("http://10.0.0.1:8080/abc", loopback=True)


@pytest.mark.parametrize(
    ("field", "value"), [("p256dh", "AAAA"), ("auth", "AAAA"), ("p256dh", "B" * 87), ("auth", "ü")]
)
async def test_a_key_that_can_be_none_is_refused(place: Place, field: str, value: str) -> None:
    node, ticket = place.node(), place.room.ticket("pass")
    wanted = Handset(place.service.url).wanted() | {field: value}
    with pytest.raises(ValueError, match=field):
        await node.push.put("amt", ticket, DAY, wanted, place.room.now)

    assert await place.rows(phones) == []
