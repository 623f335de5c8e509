"""How much one socket may leave unanswered, and how much one address may ask."""

from server.web.buckets import Buckets
from tests.web.conftest import House


async def test_a_thousand_presses_of_one_socket_do_not_pile_up(house: House) -> None:
    """Thirty-two wait for their answer; further ones are told to retry; all get an answer."""
    house.store.go_away()
    async with house.talk("counter", "1", token=await house.token("clerk")) as talk:
        await talk.shown()
        for number in range(40):
            await talk.say(type="command", key=f"k{number}", command={"type": "open_counter", "counter": "1"})
        answers = [await talk.until("refused") for _ in range(40)]
    house.store.come_back()

    codes = [answer["problem"]["code"] for answer in answers]
    assert codes[:8] == ["too_many"] * 8
    assert set(codes[8:]) == {"store_unavailable"}
    assert all(answer["problem"]["retry"] for answer in answers)


async def test_pages_for_strangers_have_a_rate(house: House) -> None:
    house.site.limits.strangers = Buckets(house.site.clock, rate=0.001, burst=3)
    statuses = [(await house.client.get("/")).status_code for _ in range(5)]
    admin = await house.bearer("admin")

    assert statuses == [200, 200, 200, 429, 429]
    assert (await house.client.get("/", headers=admin)).status_code == 200
