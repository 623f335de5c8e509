"""What one address may hold open, and what everybody else then still gets."""

from functools import partial
from typing import Any

import pytest
import websockets

from server.web.buckets import Buckets, Silent


async def test_sockets_that_say_nothing_take_no_more_than_their_room(house: Any) -> None:
    """One more, and the oldest of them ends; whoever shows who they are gets in, leaves their number, and stays."""
    silent = house.site.limits.half_open
    silent.most = 2
    ticket, token = await house.ticket(), await house.token("clerk")
    async with (
        house.talk("display", "hall") as inside,
        house.socket() as oldest,
        house.socket() as older,
        house.talk("ticket", ticket["secret"]) as phone,
        house.talk("counter", "1", token=token) as staff,
    ):
        assert await inside.board()
        assert await phone.board()
        assert await staff.board()
        for gone in (oldest, older):
            with pytest.raises(websockets.ConnectionClosed):
                await gone.frame()
        await house.ticket()
        assert await inside.board(lambda board: board["waiting"][0]["count"] == 2)
        assert len(silent) == 0


def test_the_oldest_that_is_silent_makes_room_for_its_own_address_only() -> None:
    silent, ended = Silent(2), list[str]()
    leave = [silent.enter("a", partial(ended.append, name)) for name in ("first", "second")]
    silent.enter("b", partial(ended.append, "other"))
    leave[0]()
    silent.enter("a", partial(ended.append, "third"))
    assert ended == []
    silent.enter("a", partial(ended.append, "fourth"))
    leave[1]()
    assert ended == ["second"]
    assert len(silent) == 3


async def test_public_screens_are_counted_signed_in_ones_and_links_are_not(house: Any) -> None:
    house.site.limits.unsigned.most = 1
    ticket, token = await house.ticket(), await house.token("display", "hall")
    async with house.talk("display", "hall") as first, house.talk("display", "hall") as second:
        assert await first.board()
        assert await second.closed() == 4403
        async with (
            house.talk("display", "hall", token=token) as device,
            house.talk("ticket", ticket["secret"]) as phone,
        ):
            assert await device.board()
            assert await phone.board()


async def test_a_thousand_presses_of_one_socket_do_not_pile_up(house: Any) -> None:
    """Thirty-two wait for their answer; more are told to come back, and all are answered."""
    house.store.go_away()
    async with house.talk("counter", "1", token=await house.token("clerk")) as talk:
        await talk.board()
        for number in range(40):
            await talk.say(type="command", key=f"k{number}", command={"type": "open_counter", "counter": "1"})
        answers = [await talk.until("refused") for _ in range(40)]
    house.store.come_back()

    codes = [answer["problem"]["code"] for answer in answers]
    assert codes[:8] == ["too_many"] * 8
    assert set(codes[8:]) == {"store_unavailable"}
    assert all(answer["problem"]["retry"] for answer in answers)


async def test_pages_for_strangers_have_a_rate(house: Any) -> None:
    house.site.limits.strangers = Buckets(house.site.clock, rate=0.001, burst=3)
    statuses = [(await house.client.get("/")).status_code for _ in range(5)]
    admin = await house.bearer("admin")

    assert statuses == [200, 200, 200, 429, 429]
    assert (await house.client.get("/", headers=admin)).status_code == 200
