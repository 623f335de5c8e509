"""The table of a city: one socket shows every office that somebody may supervise, and nothing of any other."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
import websockets

from tests.nodes.talk import LONG, Talk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from server.messages.terms import Role
    from tests.web.conftest import House

BOTH = ("mitte", "rathaus")


@asynccontextmanager
async def city(house: House, port: int | None = None, **hello: Any) -> AsyncIterator[Talk]:
    url = f"ws://127.0.0.1:{port or house.port}/api/v1/live"
    async with websockets.connect(url, compression=None, ping_interval=None, close_timeout=1, proxy=None) as opened:
        talk = Talk(opened)
        await talk.say(type="hello", **{"board": "offices", **hello})
        yield talk


def row(board: dict[str, Any], office: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in board["offices"] if one["office"] == office)
    return found


async def test_every_office_that_one_may_supervise_has_a_live_row(house: House) -> None:
    async with city(house, token=await house.token("supervisor", offices=BOTH)) as talk:
        assert (await talk.frame())["type"] == "welcome"
        first = await talk.board()
        assert {one["office"] for one in first["offices"]} == set(BOTH)
        before = row(first, "mitte")["waiting"]
        await house.ticket()
        later = await talk.board(lambda board: row(board, "mitte")["waiting"] == before + 1)

    assert row(later, "rathaus") == row(first, "rathaus")
    assert row(later, "mitte")["state"] == "no_counter"
    assert later["offices"][0]["office"] == "mitte"


async def test_nobody_sees_an_office_that_is_not_theirs(house: House) -> None:
    async with city(house, token=await house.token("supervisor", offices=("rathaus",))) as talk:
        await house.ticket()
        board = await talk.board()

    assert [one["office"] for one in board["offices"]] == ["rathaus"]


@pytest.mark.parametrize("role", ["clerk", "desk", "display", "kiosk", None])
async def test_who_supervises_no_office_is_not_let_in(house: House, role: Role | None) -> None:
    token = None if role is None else await house.token(role, "hall" if role in ("display", "kiosk") else None)
    async with city(house, token=token) as talk:
        assert await talk.closed() == (4401 if role is None else 4403)
    headers = {} if role is None else {"Authorization": f"Bearer {token}"}
    assert (await house.client.get("/supervisor", headers=headers)).status_code == (401 if role is None else 403)


async def test_this_socket_only_shows(house: House) -> None:
    token = await house.token("supervisor", offices=BOTH)
    async with city(house, token=token) as talk:
        await talk.board()
        await talk.say(type="report", kind="shown", seq=1)
        await talk.say(type="command", key="k", command={"type": "open_day"})
        assert await talk.closed() == 4400
    async with city(house, board="supervisor", token=token) as talk:
        assert await talk.closed() == 4404
    async with city(house, house.citizens_port, token=token) as talk:
        assert await talk.closed() == 4404
    async with house.talk("offices", token=token) as talk:
        assert await talk.closed() == 4404


async def test_it_costs_nothing_when_nobody_looks(house: House) -> None:
    assert not house.site.hub.watched("rathaus")
    async with city(house, token=await house.token("supervisor", offices=("mitte",))) as talk:
        await talk.board()
        assert (house.site.hub.watched("mitte"), house.site.hub.watched("rathaus")) == (True, False)
    async with asyncio.timeout(LONG):
        while house.site.hub.watched("mitte"):
            await asyncio.sleep(0)
        while any(task.get_name() == "offices:run" for task in asyncio.all_tasks()):
            await asyncio.sleep(0)
