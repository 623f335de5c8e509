"""How fast each principal may press, over HTTP and socket together, and whose presses never count against somebody else."""

from typing import Any

import httpx
import pytest

from server.messages.actor import Actor
from server.messages.terms import Role
from server.web.buckets import Buckets
from tests.web.conftest import House, Still

WEAK: list[tuple[Role, str | None, dict[str, Any], int, float]] = [
    ("kiosk", "entrance", {"type": "request_help"}, 60, 2),
    ("printer", "entrance", {"type": "lease_numbers", "services": ["ausweis"], "count": 1}, 50, 50),
    ("holder", None, {"type": "pause_ticket", "minutes": 1}, 10, 0.1),
]
"""Role, device, what it presses, how many at once, how many a second."""


@pytest.mark.parametrize(("role", "device", "command", "most", "rate"), WEAK)
async def test_a_weak_principal_has_a_pace_of_its_own(
    house: House, still: Still, role: Role, device: str | None, command: dict[str, Any], most: int, rate: float
) -> None:
    """Every 2xx counts, with or without events; then 429 with the seconds to wait; HTTP and socket share one bucket."""
    ticket = await house.ticket()
    if role == "holder":
        path, headers, hello = f"/api/v1/tickets/{ticket['secret']}/commands", {}, ("ticket", ticket["secret"])
        token: dict[str, Any] = {}
    else:
        path, headers, hello = "/api/v1/offices/mitte/commands", await house.bearer(role, device), (role, device)
        token = {"token": await house.token(role, device)}

    async def by_http(key: str) -> httpx.Response:
        return await house.client.post(path, json=command, headers={**headers, "Idempotency-Key": key})

    async with house.talk(*hello, **token) as talk:
        statuses = [(await by_http(f"h{n}")).status_code for n in range(most // 2)]
        frames = [(await talk.press(f"s{n}", **command))["type"] for n in range(most - most // 2)]
        beyond, spoken = await by_http("one-more"), await talk.press("two-more", **command)

    assert set(statuses) == {200}
    assert set(frames) == {"done"}
    assert (beyond.status_code, beyond.json()["code"], beyond.json()["retry"]) == (429, "too_many", True)
    assert int(beyond.headers["retry-after"]) == max(1, round(1 / rate))
    assert spoken["problem"]["code"] == "too_many"
    still.passed += 1 / rate
    assert (await by_http("later")).status_code == 200
    assert (await by_http("later-still")).status_code == 429


async def test_staff_and_portals_keep_five_hundred_a_second(house: House, still: Still) -> None:
    for role in ("desk", "clerk", "supervisor", "admin", "booking"):
        for _ in range(20):
            for _ in range(500):
                with house.site.limits.press(Actor(role=role, principal=role)):
                    pass
            still.passed += 1


async def test_what_is_refused_takes_nothing_from_what_is_taken(house: House, still: Still) -> None:
    """A kiosk with a closed service still issues tickets for the others; but endless refusals are limited too."""
    wrong = {"type": "issue_ticket", "services": ["nowhere"], "kiosk": "entrance"}
    refused = [(await house.press("kiosk", "entrance", **wrong)).status_code for _ in range(100)]
    good = await house.press("kiosk", "entrance", type="issue_ticket", services=["ausweis"], kiosk="entrance")
    more = [(await house.press("kiosk", "entrance", **wrong)).status_code for _ in range(101)]

    assert set(refused) == {404}
    assert good.status_code == 200
    assert more[-1] == 429


async def test_one_clerk_does_not_make_the_room_ring_without_end(house: House, still: Still) -> None:
    """Alarms, repeats, and the same number withdrawn and called again; another clerk's alarm is heard meanwhile."""
    alarms = [(await house.press("clerk", "1", type="raise_alarm", counter="1")).status_code for _ in range(25)]
    other = await house.press("clerk", "2", type="raise_alarm", counter="2")
    await house.ticket()
    await house.press("clerk", "1", type="open_counter", counter="1")
    await house.press("clerk", "1", type="call_next", counter="1")
    repeats = [(await house.press("clerk", "1", type="repeat_call", counter="1")).status_code for _ in range(25)]

    again = []
    for _ in range(25):
        again.append((await house.press("clerk", "1", type="withdraw_call", counter="1")).status_code)
        await house.press("clerk", "1", type="call_next", counter="1")

    assert alarms == repeats == again == [200] * 20 + [429] * 5
    assert other.status_code == 200


async def test_five_wrong_codes_then_a_pause(house: House, still: Still) -> None:
    """Per kiosk; a right code does not reset the count, and reception has no such limit."""

    async def tried(role: Role, device: str | None) -> int:
        answer = await house.press(role, device, type="check_in", code="ABC234")
        return int(answer.status_code)

    assert [await tried("kiosk", "entrance") for _ in range(6)] == [404] * 5 + [429]
    house.tokens.clear()
    assert await tried("kiosk", "entrance") == 429, "another token of the same kiosk"
    assert await tried("kiosk", "another") == 404
    assert [await tried("desk", None) for _ in range(8)] == [404] * 8
    still.passed += 60
    assert [await tried("kiosk", "entrance") for _ in range(2)] == [404, 429]


async def test_a_flood_of_strangers_shuts_no_door_that_staff_and_walls_need(house: House, still: Still) -> None:
    """Everything that an address can do too much of, at once; real users behind the same address notice nothing."""
    client, ticket, limits = house.client, await house.ticket(), house.site.limits
    limits.strangers, limits.anonymous = Buckets(still, 20, 10), Buckets(still, 20, 10)
    for path in ("/sign-in", "/", "/display/mitte/hall", "/counter/mitte/1", "/api/v1/offices/mitte/waits"):
        for _ in range(15):
            await client.get(path)
    for _ in range(40):
        await client.get("/api/v1/me", headers={"Authorization": "Bearer aufruf_" + "x" * 43})
        await client.get("/t/mitte.nobody.0123456789abcdefghijkl")

    assert (await client.get("/")).status_code == 429
    assert (await client.get("/sign-in")).status_code == 200
    assert (await client.get("/display/mitte/hall")).status_code == 200
    assert (await client.get("/counter/mitte/1")).status_code in (303, 401)
    assert (await client.get(f"/t/{ticket['secret']}")).status_code == 200
    assert (await house.press("clerk", type="open_counter", counter="1")).status_code == 200
    assert (await client.get("/api/v1/offices/mitte", headers=await house.bearer("clerk"))).status_code == 200
    assert (await client.get("/api/v1/offices/mitte/waits")).status_code == 429


async def test_guessed_device_cookies_are_counted_like_guessed_tokens(house: House, still: Still) -> None:
    guess = {"Cookie": "aufruf_device=aufruf_" + "x" * 43}
    statuses = [(await house.client.get("/api/v1/me", headers=guess)).status_code for _ in range(40)]
    wall = await house.client.get("/display/mitte/hall", headers=guess)

    assert statuses[:30] == [401] * 30
    assert statuses[-1] == 429
    assert wall.status_code == 200, "a public display needs no token, so an old one does it no harm"


async def test_a_socket_hears_why_it_is_not_let_in_however_often_it_tries(house: House, still: Still) -> None:
    """A revoked device that is told "restarting" would come back for ever."""
    for _ in range(35):
        async with house.talk("kiosk", "entrance", token="aufruf_" + "x" * 43) as talk:
            assert await talk.closed() == 4401


async def test_a_known_browser_signs_in_while_others_guess_its_account(house: House) -> None:
    """From the same address: the guesser waits, the browser that has signed in before does not."""
    await house.site.access.accounts.create("frau-muster", "Kaffee um halb zehn", [("clerk", "mitte")])

    async def tried(password: str, **cookies: str) -> httpx.Response:
        headers = {"Origin": house.url, "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        form = {"account": "frau-muster", "password": password}
        return await house.client.post("/sign-in", data=form, headers=headers)

    good = await tried("Kaffee um halb zehn")
    known = good.cookies["aufruf_known"]
    house.client.cookies.clear()
    guesses = [(await tried("wrong")).status_code for _ in range(6)]
    right = await tried("Kaffee um halb zehn", aufruf_known=known)

    assert guesses == [401] * 5 + [429]
    assert right.status_code == 303
