"""One live socket from outside, as the tests of web and of the contract use it: what comes, what is pressed."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
import websockets

LONG = 30.0
"""No test waits longer than this for anything."""

Frame = dict[str, Any]
Good = Callable[[dict[str, Any]], bool]


class Talk:
    """Beats go on for ever, so each wait ends by the clock."""

    def __init__(self, socket: websockets.ClientConnection) -> None:
        self.socket = socket

    async def frame(self) -> Frame:
        return await self.first(lambda _: True)

    async def first(self, good: Good) -> Frame:
        """The next frame that fits; others are ignored."""
        async with asyncio.timeout(LONG):
            while True:
                frame: Frame = msgspec.json.decode(await self.socket.recv())
                if good(frame):
                    return frame

    async def until(self, kind: str, **wanted: Any) -> Frame:
        """The next frame of a type with members that fit."""
        wanted["type"] = kind
        return await self.first(lambda frame: all(frame.get(name) == value for name, value in wanted.items()))

    async def shown(self, good: Good = lambda board: True) -> Frame:
        """The next frame with a board that fits."""
        return await self.first(lambda frame: frame["type"] == "board" and good(frame["board"]))

    async def board(self, good: Good = lambda board: True) -> dict[str, Any]:
        """Only that board."""
        board: dict[str, Any] = (await self.shown(good))["board"]
        return board

    async def heard(self, good: Good) -> list[Frame]:
        """The announcements that came before a board that fits, or with it."""
        found: list[Frame] = []

        def last(frame: Frame) -> bool:
            found.extend([frame] if frame["type"] == "announcement" else [])
            return bool(frame["type"] == "board" and good(frame["board"]))

        await self.first(last)
        return found

    async def say(self, **frame: Any) -> None:
        await self.socket.send(msgspec.json.encode(frame).decode())

    async def press(self, key: str, **command: Any) -> Frame:
        await self.say(type="command", key=key, command=command)
        return await self.first(lambda frame: frame["type"] in ("done", "refused") and frame["key"] == key)

    async def closed(self) -> int:
        """The code with which it is closed."""
        async with asyncio.timeout(LONG):
            await self.socket.wait_closed()
        assert self.socket.close_code is not None
        return self.socket.close_code
