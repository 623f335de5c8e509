"""Presses over a line: each has its own key and its age, and is sent until it is answered, so that it counts once.

The terminal counter sends them over the live socket; `aufruf press`, `aufruf_client` and a kiosk that hands in its numbers
take key and age from here and use HTTP.
"""

import asyncio
import time
import uuid
from datetime import UTC, datetime
from typing import Any

import msgspec

from device_line.line import Line
from server.messages.agreed import STALE_AFTER_MS
from server.messages.frames import CommandFrame, Done, FromServer, Refused, Welcome
from server.messages.instants import SECOND

JsonCommand = dict[str, Any]
BUTTONS: dict[str, JsonCommand] = {
    "next": {"type": "call_next"},
    "arrived": {"type": "start_service"},
    "finish": {"type": "finish_service"},
    "finish-next": {"type": "call_next", "finish_current": True},
    "repeat": {"type": "repeat_call"},
    "missed": {"type": "mark_missed"},
}
"""What a button at a counter can mean, as commands without the counter."""
GIVE_UP_S = STALE_AFTER_MS / SECOND
"""Seconds after which a press is given up: the server refuses an older one as stale."""
AGAIN_S = 0.5
"""Seconds between two tries of a press that the server refuses for the moment."""


class Press:
    """One press: its key, the same for every try, and when it was made. `key`: if it has one already."""

    def __init__(self, key: str | None = None) -> None:
        self.key, self.at = key or uuid.uuid4().hex, time.monotonic()
        self.pressed_at: datetime | None = None

    def date(self, at: int | None) -> None:
        """Notes when it was made by the server's clock, ms. The first value is kept: this device's clock may stop while it
        sleeps, and then only the server's clock tells how old the press is."""
        if self.pressed_at is None and at is not None:
            self.pressed_at = datetime.fromtimestamp(at / 1000, UTC)

    @property
    def age_ms(self) -> int:
        return round((time.monotonic() - self.at) * 1000)

    @property
    def headers(self) -> dict[str, str]:
        """What a press says of itself over HTTP, made anew for every try."""
        dated = {} if self.pressed_at is None else {"Pressed-At": self.pressed_at.isoformat()}
        return {**keyed(self.key), "Age-Ms": str(self.age_ms), **dated}


def keyed(key: str) -> dict[str, str]:
    """The header by which a press counts once."""
    return {"Idempotency-Key": key}


class NotTaken(Exception):
    """A press that was not taken; `problem` is the server's RFC 9457 body, or has the code `unanswered`."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail", problem["code"]))
        self.problem = problem


class Presses:
    """The open presses of one line. `hear` must be called with every frame of the server."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._open: dict[str, asyncio.Queue[Done | Refused | Welcome]] = {}

    def hear(self, frame: FromServer) -> None:
        if isinstance(frame, Welcome):  # a new line: presses that were on their way may be lost with the old one
            for news in self._open.values():
                news.put_nowait(frame)
        elif isinstance(frame, Done | Refused) and frame.key in self._open:
            self._open[frame.key].put_nowait(frame)

    async def press(self, command: JsonCommand) -> Done:
        """Sends a press and returns its result. Raises NotTaken, also if nobody answers."""
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

    def _frame(self, press: Press, command: JsonCommand) -> CommandFrame:
        press.date(self._line.clock.at(press.at))
        return CommandFrame(
            key=press.key,
            age_ms=press.age_ms,
            pressed_at=press.pressed_at,
            command=msgspec.Raw(msgspec.json.encode(command)),
        )
