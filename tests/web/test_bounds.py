"""What one address may hold open, and what everybody else then still gets."""

from typing import Any

import pytest
import websockets

from server.web.buckets import Buckets


async def test_sockets_that_say_nothing_take_no_more_than_their_room(house: Any) -> None:
    """Refused at the door, while those who are inside go on; the room is free again when they leave."""
    house.site.limits.half_open.most = 2
    async with house.talk("display", "hall") as inside:
        await inside.board()
        async with house.socket(), house.socket():
            with pytest.raises(websockets.InvalidStatus) as refused:
                async with house.socket():
                    pass
            assert refused.value.response.status_code == 403
            await house.ticket()
            assert await inside.board(lambda board: board["waiting"][0]["count"] == 1)
    async with house.talk("display", "hall") as again:
        assert await again.board()


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
