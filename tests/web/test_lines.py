"""Silent lines without end: the oldest is closed, who comes is served, and who is being answered goes on."""

import asyncio
import contextlib
from typing import Any

import pytest

from server.web.http_line import HttpLine
from server.web.lines import Lines, ceiling

LONG = 10.0


@pytest.mark.parametrize("lines", [Lines(most=3), Lines(of_one=3)], ids=["in all", "of one address"])
async def test_when_it_is_full_the_oldest_silent_line_is_closed(
    house: Any, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HttpLine, "lines", lines)
    silent = [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(6)]

    assert (await house.client.get("/health/live")).status_code == 200

    async with asyncio.timeout(LONG):
        for reader, _ in silent[:3]:
            with contextlib.suppress(ConnectionResetError):  # or the end of what can be read
                assert await reader.read() == b""
    assert len(lines) <= 3
    async with house.talk("display", "hall") as talk:
        assert await talk.board()
        assert len(lines) <= 3, "a socket is no silent line"
    for _, writer in silent:
        writer.close()


def test_half_of_the_descriptors_are_for_who_has_shown_something() -> None:
    assert 0 < ceiling() <= 20_000


async def test_one_link_has_five_sockets_and_the_oldest_ends(house: Any) -> None:
    secret = (await house.ticket())["secret"]
    async with contextlib.AsyncExitStack() as stack:
        talks = [await stack.enter_async_context(house.talk("ticket", secret)) for _ in range(6)]
        for talk in talks:
            await talk.board()
        assert await talks[0].closed() == 1001
        other = await stack.enter_async_context(house.talk("ticket", (await house.ticket())["secret"]))
        assert await other.board()
        assert (await talks[1].press("a", type="cancel_ticket"))["type"] == "done"
        assert await talks[5].board(lambda board: board["state"] == "cancelled")
