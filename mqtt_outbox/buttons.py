"""Buttons: each message on a topic for presses becomes one press, however often a contact bounces.

A press is sent until it is answered, for as long as the server would take it. What becomes of it is told on a topic of its
own, so that a button with a lamp can show it.
"""

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from aufruf_client import Client, NotTaken, Unreachable
from device_line.presses import BUTTONS
from mqtt_outbox.topics import Pushed

BOUNCE_S = 1.0
"""Within this time after a message, the same one again is the same press: contacts bounce, and brokers may deliver twice."""
MOST_OPEN = 64
"""Presses that wait for the server at the same time; a broken button can send thousands."""

_log = logging.getLogger("aufruf.mqtt_outbox")


class Buttons:
    """`answer` is called with the counter and what became of a press there."""

    def __init__(
        self, client: Client, answer: Callable[[str, dict[str, Any]], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client, self._answer, self._clock = client, answer, clock
        self._last: dict[tuple[str, str], tuple[float, str]] = {}
        self._open: dict[str, asyncio.Task[None]] = {}

    def push(self, pushed: Pushed) -> None:
        """Takes a press; returns at once."""
        key = pushed.key or self._key(pushed)
        if key in self._open:
            return
        if len(self._open) >= MOST_OPEN:
            self._answer(pushed.counter, _refused(pushed, "too_many"))
            return
        self._open[key] = asyncio.create_task(self._press(pushed, key))

    async def end(self) -> None:
        """Presses that nobody has answered are given up."""
        tasks = [*self._open.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _key(self, pushed: Pushed) -> str:
        now, what = self._clock(), (pushed.counter, pushed.press)
        self._last = {one: last for one, last in self._last.items() if now - last[0] < BOUNCE_S}
        _, key = self._last.get(what, (now, uuid.uuid4().hex))
        self._last[what] = (now, key)
        return key

    async def _press(self, pushed: Pushed, key: str) -> None:
        try:
            done = await self._client.press({**BUTTONS[pushed.press], "counter": pushed.counter}, key=key)
        except NotTaken as refused:
            self._answer(pushed.counter, _refused(pushed, str(refused.problem.get("code"))))
        except Unreachable as fault:
            _log.error("a button was pressed in vain: %s", fault)
            self._answer(pushed.counter, _refused(pushed, "unanswered"))
        else:
            ticket = done.result.get("ticket") or {}
            said = {"press": pushed.press, "done": True, "number": ticket.get("number"), "again": done.replayed}
            self._answer(pushed.counter, said)
        finally:
            del self._open[key]


def _refused(pushed: Pushed, code: str) -> dict[str, Any]:
    return {"press": pushed.press, "done": False, "code": code}
