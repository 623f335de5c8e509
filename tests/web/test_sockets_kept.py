"""Sockets are looked at while others open: who comes meanwhile is not thrown out."""

import asyncio
from types import SimpleNamespace
from typing import Any

from server.web.sockets import Sockets


class Gate:
    """A gate that takes its time."""

    def __init__(self) -> None:
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def living(self, passes: set[Any]) -> set[Any]:
        self.asked.set()
        await self.may_answer.wait()
        return set(passes)

    async def actor(self, asker: Any, office: str) -> None:
        return None


class Token:
    """A pass that is told from others by being another."""

    kind = "token"


class Line:
    """A connection that remembers how it was closed."""

    closed: str | None = None
    office, actor = "mitte", None

    def close(self, why: str) -> None:
        self.closed = why


async def test_a_socket_that_opens_during_the_look_stays_open() -> None:
    sockets, gate = Sockets(), Gate()
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
