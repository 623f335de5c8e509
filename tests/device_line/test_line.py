"""The same line for every device: it reconnects at the same pace, reports refusals in the same words, and uses no proxy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus

import pytest

from device_line.address import Address
from device_line.line import LIVE, LOST, Line, NotLetIn, Pace
from device_line.presses import NotTaken, Presses
from device_line.server_clock import ServerClock
from server.messages.frames import CLOSE, FromServer, Report, Welcome
from tests.device_line.server import SOON_S, BoxServer, running

QUICK = Pace(first_s=0.01, longest_s=0.02, refused_s=0.01)


class Box:
    """A line that reports at each welcome how its printer is, and notes its own state."""

    def __init__(self, server: BoxServer, pace: Pace = QUICK) -> None:
        self.stood: list[str] = []
        self.line = Line(server.address, "printer", "entrance", stands=self.stood.append, pace=pace)
        self.presses = Presses(self.line)

    async def hear(self, frame: FromServer) -> None:
        self.presses.hear(frame)
        if isinstance(frame, Welcome):
            await self.line.send(Report(kind="printer", state="ok"))

    def on_the_line(self) -> AbstractAsyncContextManager[None]:
        return running(self.line.run(self.hear))


@pytest.fixture
async def server() -> AsyncIterator[BoxServer]:
    async with BoxServer() as server:
        yield server


@pytest.mark.parametrize("name", ["malformed", "not_signed_in", "not_allowed", "no_such_board"])
async def test_refused_from_the_start_it_ends_and_says_why(server: BoxServer, name: str) -> None:
    server.closes_with = CLOSE[name]
    with pytest.raises(NotLetIn) as refused:
        await asyncio.wait_for(Box(server).line.run(Box(server).hear), SOON_S)

    assert refused.value.code == name
    assert len(server.hellos) == 1


@pytest.mark.parametrize(
    ("status", "offices", "device"),
    [
        (HTTPStatus.UNAUTHORIZED, ["mitte"], "entrance"),
        (HTTPStatus.FORBIDDEN, ["mitte"], "entrance"),
        (HTTPStatus.OK, ["mitte"], "another"),
        (HTTPStatus.OK, [], "entrance"),
    ],
)
async def test_a_token_that_is_not_for_this_box_is_refused_before_any_socket(
    server: BoxServer, status: HTTPStatus, offices: list[str], device: str
) -> None:
    server.me_status, server.me = status, {"offices": offices, "for": device}
    with pytest.raises(NotLetIn):
        await asyncio.wait_for(Box(server).line.office(), SOON_S)

    assert server.hellos == []


async def test_let_in_once_every_end_is_waited_out(server: BoxServer) -> None:
    """A restart, or a token revoked and valid again: nobody has to climb to a box near the ceiling."""
    box = Box(server)
    async with box.on_the_line():
        for code in (CLOSE["restarting"], CLOSE["not_signed_in"], CLOSE["not_allowed"]):
            await server.until(server.heard.copy)
            server.heard.clear()
            await server.sockets.pop().close(code)
        await server.until(server.heard.copy)

    assert box.stood == [LIVE, LOST, LIVE, "not_signed_in", LIVE, "not_allowed", LIVE]


async def test_a_silent_server_is_left_and_found_again(server: BoxServer) -> None:
    async with Box(server, Pace(first_s=0.01, silence_s=0.05)).on_the_line():
        await server.until(lambda: len(server.hellos) >= 2)


async def test_without_a_line_nothing_goes_out_and_nothing_is_kept(server: BoxServer) -> None:
    box = Box(server)
    assert not await box.line.send(Report(kind="printer", state="lost"))
    async with box.on_the_line():
        await server.until(lambda: server.heard)

    assert [frame["state"] for frame in server.heard] == ["ok"]


async def test_a_box_goes_to_no_proxy(server: BoxServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "all_proxy", "ws_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with Box(server).on_the_line():
        await server.until(lambda: server.sockets)


async def test_a_press_keeps_its_key_over_a_refusal_for_now_and_a_lost_line(server: BoxServer) -> None:
    box = Box(server)
    async with box.on_the_line():
        await server.until(lambda: server.heard)
        server.heard.clear()
        press = asyncio.create_task(box.presses.press({"type": "call_next", "counter": "3"}))
        await server.until(lambda: len(server.heard) == 1)
        key = server.heard[0]["key"]
        await server.send(type="refused", key=key, problem={"code": "store_unavailable", "retry": True})
        await server.until(lambda: len(server.heard) == 2)
        await server.sockets.pop().close(CLOSE["restarting"])
        await server.until(lambda: len(server.heard) == 4)
        done = {"type": "done", "epoch": "one", "seq": 2, "replayed": True, "events": [], "result": {}}
        await server.send(key=key, **done)
        assert (await asyncio.wait_for(press, SOON_S)).replayed

    tries = [frame for frame in server.heard if frame["type"] == "command"]
    assert [frame["key"] for frame in tries] == [key] * 3
    ages = [frame["age_ms"] for frame in tries]
    assert ages == sorted(ages)
    assert all("pressed_at" in frame for frame in tries)


async def test_a_press_that_is_refused_is_over(server: BoxServer) -> None:
    box = Box(server)
    async with box.on_the_line():
        await server.until(lambda: server.heard)
        server.heard.clear()
        press = asyncio.create_task(box.presses.press({"type": "call_next", "counter": "3"}))
        await server.until(lambda: server.heard)
        await server.send(type="refused", key=server.heard[0]["key"], problem={"code": "counter_busy", "retry": False})
        with pytest.raises(NotTaken, match="counter_busy"):
            await asyncio.wait_for(press, SOON_S)


def test_waits_double_are_bounded_and_spread() -> None:
    pace = Pace()
    longest = [pace.after(failures, chance=lambda: 1.0) for failures in range(1, 8)]

    assert longest == [0.25, 0.5, 1.0, 2.0, 3.0, 3.0, 3.0]
    assert pace.after(10_000, chance=lambda: 0.0) == 1.5


def test_the_quickest_beat_is_the_truest_until_the_servers_clock_is_set() -> None:
    now = 100.0
    clock = ServerClock(lambda: now)
    assert clock.now() == 0
    for said in ("09:00:10.000", "09:00:09.400", "09:00:09.900"):
        clock.note(f"2026-11-23T{said}Z")
    quickest = clock.now()
    clock.note("2026-11-23T08:00:00.000Z")

    assert quickest - clock.now() == 3_610_000


def test_a_socket_has_the_scheme_and_the_path_of_the_server() -> None:
    assert Address("https://w.example/q/", "t").live("mitte") == "wss://w.example/q/api/v1/offices/mitte/live"
    assert "t0ken" not in repr(Address("http://w.example", "t0ken"))


async def test_a_server_that_hangs_does_not_answer_although_its_socket_stands(server: BoxServer) -> None:
    box = Box(server)
    assert not await box.line.answers(SOON_S)
    async with box.on_the_line():
        await server.until(server.heard.copy)
        assert await box.line.answers(SOON_S)

        server.hangs()
        assert not await box.line.answers(0.1)
        assert box.stood == [LIVE]
        server.goes_on()
        assert await box.line.answers(SOON_S)
