"""Presses over a line: each under a key of its own, with its age, sent again until it is answered, so that it counts once.

The terminal counter sends them over the live socket; `aufruf press` takes key and age from here and goes over HTTP.
"""

import asyncio
import time
import uuid
from datetime import UTC, datetime
from typing import Any

import msgspec

from device_line.line import Line
from server.messages.frames import CommandFrame, Done, FromServer, Refused, Welcome

Command = dict[str, Any]
GIVE_UP_S = 15.0
"""The server refuses an older press as stale."""
AGAIN_S = 0.5
"""Between two tries of a press that the server refuses for the moment."""


class Press:
    """One press: the key that it keeps over every try, and when it was made."""

    def __init__(self) -> None:
        self.key, self.at = uuid.uuid4().hex, time.monotonic()
        self.pressed_at: datetime | None = None

    def date(self, at: int | None) -> None:
        """When it was made by the server's clock, ms: for good once it is known, for this box's clock may stand still while it
        sleeps, and a press from before is as old as the server says."""
        if self.pressed_at is None and at is not None:
            self.pressed_at = datetime.fromtimestamp(at / 1000, UTC)

    @property
    def age_ms(self) -> int:
        return round((time.monotonic() - self.at) * 1000)


class NotTaken(Exception):
    """A press that was not taken; `problem` is the server's RFC 9457 body, or has the code `unanswered`."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail", problem["code"]))
        self.problem = problem


class Presses:
    """The open presses of one line. `hear` wants to see every frame of the server."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._open: dict[str, asyncio.Queue[Done | Refused | Welcome]] = {}

    def hear(self, frame: FromServer) -> None:
        if isinstance(frame, Welcome):  # what was on its way may be lost with the line before
            for news in self._open.values():
                news.put_nowait(frame)
        elif isinstance(frame, Done | Refused) and frame.key in self._open:
            self._open[frame.key].put_nowait(frame)

    async def press(self, command: Command) -> Done:
        """What came of it. Raises NotTaken, also when nobody answers."""
        press = Press()
        news = self._open[press.key] = asyncio.Queue()
        try:
            async with asyncio.timeout(GIVE_UP_S):
                while True:
                    await self._line.send(self._frame(press, command))
                    match await news.get():
                        case Done() as done:
                            return done
                        case Refused(problem=problem) if problem.get("retry") is not True:
                            raise NotTaken(problem)
                        case Refused():
                            await asyncio.sleep(AGAIN_S)
        except TimeoutError:
            raise NotTaken({"code": "unanswered", "retry": True}) from None
        finally:
            del self._open[press.key]

    def _frame(self, press: Press, command: Command) -> CommandFrame:
        press.date(self._line.clock.at(press.at))
        return CommandFrame(
            key=press.key,
            age_ms=press.age_ms,
            pressed_at=press.pressed_at,
            command=msgspec.Raw(msgspec.json.encode(command)),
        )
