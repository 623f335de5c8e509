"""The plain wall for old televisions: one request held open, the truth of the board, silence when the store is silent."""

import asyncio
import re

import httpx
import pytest

from server.messages import frames
from server.push.packets import packet
from server.web.routes.plain import PATH, Ears
from tests.web.conftest import House

PAGE = "/display/mitte/hall/plain"


def marks(text: str) -> dict[str, str]:
    """The mark and the seq that the next request names."""
    found = {name: re.search(rf'data-{name}="(\w+)"', text) for name in ("mark", "seq")}
    assert all(found.values()), text[:400]
    return {"after": found["mark"][1], "seq": found["seq"][1]}  # type: ignore[index]


async def test_it_shows_what_the_wall_shows_without_any_script(house: House) -> None:
    ticket = await house.ticket()
    await house.ticket()
    await house.call("1")
    page = (await house.client.get(PAGE)).text

    assert f'<span class="number">{ticket["number"]}</span>' in page
    assert "Schalter 1" in page
    assert '<meta http-equiv="refresh" content="5">' in page
    assert 'type="module"' not in page
    assert "<style" not in page


async def test_a_held_request_is_answered_by_the_next_call(house: House) -> None:
    ticket = await house.ticket()
    shown = marks((await house.client.get(PAGE)).text)
    held = asyncio.create_task(house.client.get(f"{PAGE}/next", params=shown))
    await until_held(house)
    assert not held.done()
    await house.call("1")
    answer = await asyncio.wait_for(held, 5)

    assert answer.status_code == 200
    assert f'<span class="number">{ticket["number"]}</span>' in answer.text
    assert marks(answer.text)["after"] != shown["after"]
    assert len(house.site.hub) == 0


async def test_who_shows_something_else_is_answered_at_once(house: House) -> None:
    for params in ({}, {"after": "old", "seq": "0"}, {"after": "x", "seq": "99999999999"}):
        answer = await asyncio.wait_for(house.client.get(f"{PAGE}/next", params=params), 5)
        assert "data-mark" in answer.text


async def test_a_request_that_nothing_answers_ends_by_itself(house: House) -> None:
    next(way.answer.__self__ for way in house.ways if way.path == f"{PATH}/next").held_s = 0.2  # type: ignore[attr-defined]
    shown = marks((await house.client.get(PAGE)).text)
    answer = await asyncio.wait_for(house.client.get(f"{PAGE}/next", params=shown), 5)

    assert marks(answer.text)["after"] == shown["after"]


async def test_the_table_sees_the_screen_and_what_it_shows(house: House) -> None:
    await house.ticket()
    shown = marks((await house.client.get(PAGE)).text)
    held = asyncio.create_task(house.client.get(f"{PAGE}/next", params=shown))
    await until_held(house)
    seen = house.site.hub.reports.seen("mitte")["display:hall"]

    assert (seen["seq"], seen["sound"]) == (int(shown["seq"]), "off")
    held.cancel()


async def test_a_screen_that_leaves_is_forgotten_at_once(house: House) -> None:
    shown = marks((await house.client.get(PAGE)).text)
    with pytest.raises(httpx.ReadTimeout):
        async with house.client.stream("GET", f"{PAGE}/next", params=shown, timeout=0.3) as answer:
            await answer.aread()
    async with asyncio.timeout(5):
        while len(house.site.hub):
            await asyncio.sleep(0)


async def test_a_private_display_stays_private(house: House) -> None:
    for path in ("/display/mitte/staff-room/plain", "/display/mitte/staff-room/plain/next"):
        assert (await house.client.get(path)).status_code == 401
    assert (await house.client.get("/display/mitte/nowhere/plain")).status_code == 404


async def test_only_a_beat_of_a_good_store_says_that_the_server_is_there() -> None:
    ears = Ears()
    await ears.send(packet(frames.Beat(epoch="e", seq=1, server_time="t", stale_since="2026-11-23T09:00:00.000Z")))
    assert (ears.beaten, ears.changed.is_set()) == (False, False)
    await ears.send(packet(frames.Beat(epoch="e", seq=1, server_time="t")))
    assert (ears.beaten, ears.changed.is_set()) == (True, True)


async def until_held(house: House) -> None:
    async with asyncio.timeout(5):
        while not len(house.site.hub):
            await asyncio.sleep(0)
