"""Sockets are checked while others open: one that opens meanwhile is not closed."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from server.web.refused import RefusedRequest
from server.web.sockets import Sockets


class Gate:
    """A gate that is slow."""

    def __init__(self) -> None:
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()
        self.actors: list[str] = []

    async def living(self, passes: set[Any]) -> set[Any]:
        self.asked.set()
        await self.may_answer.wait()
        return set(passes)

    async def moved(self, passes: set[Any]) -> set[Any]:
        return set()

    async def actor(self, asker: object, office: str) -> None:
        self.actors.append(office)


class Token:
    """A pass that differs from every other one."""

    kind = "token"


class Time:
    """Stands still until a test moves it."""

    seconds = 1_000.0

    def now_ms(self) -> int:
        return int(self.seconds * 1000)

    def monotonic(self) -> float:
        return self.seconds


class Line:
    """A connection that remembers how it was closed."""

    closed: str | None = None
    office, actor, board = "mitte", None, "counter"

    def close(self, why: str) -> None:
        self.closed = why


async def test_a_socket_that_opens_during_the_look_stays_open() -> None:
    sockets, gate = Sockets(Time()), Gate()
    early, late = Line(), Line()
    sockets.opened(early, Token(), None)  # type: ignore[arg-type]
    site: Any = SimpleNamespace(access=SimpleNamespace(gate=gate))
    look = asyncio.ensure_future(sockets.look(site))
    await gate.asked.wait()
    sockets.opened(late, Token(), None)  # type: ignore[arg-type]
    gate.may_answer.set()
    await look

    assert early.closed is None
    assert late.closed is None


class Away:
    """A gate without its database. `over`: those of which another source says that they have ended."""

    def __init__(self) -> None:
        self.over: set[Any] = set()

    async def living(self, passes: set[Any]) -> set[Any]:
        raise ConnectionError("the database does not answer")

    def not_ended(self, passes: set[Any]) -> set[Any]:
        return set(passes) - self.over


async def test_without_the_database_known_ones_press_on_for_ten_minutes_and_ended_ones_leave() -> None:
    time, gate = Time(), Away()
    sockets, stays, goes = Sockets(time), Line(), Line()
    ended = Token()
    sockets.opened(stays, Token(), None)  # type: ignore[arg-type]
    sockets.opened(goes, ended, None)  # type: ignore[arg-type]
    site: Any = SimpleNamespace(access=SimpleNamespace(gate=gate))
    gate.over = {ended}

    await sockets.look(site)
    assert (stays.closed, goes.closed) == (None, "not_signed_in")
    time.seconds += 599
    await sockets.look(site)
    sockets.sure()
    time.seconds += 2
    await sockets.look(site)
    with pytest.raises(RefusedRequest) as refused:
        sockets.sure()
    assert (refused.value.refusal.code, refused.value.refusal.retry) == ("store_unavailable", True)
    assert stays.closed is None, "what it shows goes on"


async def test_time_that_passes_between_two_looks_refuses_nobody() -> None:
    """The ten minutes start with the first failed check, and a successful check ends them."""
    time, found = Time(), Gate()
    found.may_answer.set()
    sockets = Sockets(time)
    site: Any = SimpleNamespace(access=SimpleNamespace(gate=Away()))

    time.seconds += 601
    sockets.sure()
    await sockets.look(site)
    time.seconds += 601
    with pytest.raises(RefusedRequest):
        sockets.sure()
    site.access.gate = found
    await sockets.look(site)
    sockets.sure()


async def test_one_token_with_a_hundred_sockets_is_asked_about_once() -> None:
    sockets, gate = Sockets(Time()), Gate()
    gate.may_answer.set()
    token, lines = Token(), [Line() for _ in range(100)]
    for line in lines:
        sockets.opened(line, token, None)  # type: ignore[arg-type]
    lines[7].actor, lines[8].office = "changed", "other"  # type: ignore[assignment]
    await sockets.look(SimpleNamespace(access=SimpleNamespace(gate=gate)))  # type: ignore[arg-type]

    assert gate.actors == ["mitte", "other"]
    assert [number for number, line in enumerate(lines) if line.closed] == [7]
