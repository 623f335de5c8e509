"""Screens seen from outside: one socket each, which reconnects by itself with jitter and keeps the last board."""

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import websockets

from server.tasks import Tasks
from tests.crash.up import OFFICE, Up

BACK_S = (0.05, 0.4)
"""Time between two attempts; the page starts with this and then waits longer."""
POLL_S = 0.02
MOMENT_S = 0.5


class Wall:
    """A display, a counter, a supervisor's table. `board`, `seq`: as last shown; `beats`, `alarms`: received."""

    def __init__(self, live: str, board: str, id: str = "", token: str | None = None) -> None:
        self.live, self.kind, self.id, self.token = live, board, id, token
        self.board: dict[str, Any] | None = None
        self.seq, self.at = 0, ""
        self.connected = False
        self.lives = 0
        self.stale_since: str | None = None
        self.beats = 0
        self.alarms: list[dict[str, Any]] = []
        self.heard: list[dict[str, Any]] = []
        self.closes: list[int] = []

    async def run(self) -> None:
        while True:
            try:
                await self._live()
            except (OSError, TimeoutError, websockets.WebSocketException):
                self.connected = False
            await asyncio.sleep(random.uniform(*BACK_S))

    async def _live(self) -> None:
        options: dict[str, Any] = {"compression": None, "ping_interval": None, "close_timeout": 1, "proxy": None}
        async with websockets.connect(self.live, open_timeout=3, **options) as line:
            hello = {"type": "hello", "board": self.kind, "id": self.id, "token": self.token}
            await line.send(msgspec.json.encode(hello).decode())
            try:
                async for frame in line:
                    self._take(msgspec.json.decode(frame))
            finally:
                self.connected = False
                self.closes += [line.close_code] if line.close_code else []

    def _take(self, frame: dict[str, Any]) -> None:
        kind = frame["type"]
        if kind == "welcome":
            self.connected, self.lives = True, self.lives + 1
        elif kind == "board":
            self.board, self.seq, self.at = frame["board"], frame["seq"], frame["at"]
        elif kind == "beat":
            self.beats, self.stale_since = self.beats + 1, frame.get("stale_since")
        elif kind == "alarm":
            self.alarms.append(frame)
        elif kind == "announcement":
            self.heard.append({**frame, "life": self.lives})

    @property
    def path(self) -> str:
        return f"/api/v1/offices/{OFFICE}/boards/{self.kind}" + (f"/{self.id}" if self.id else "")


@contextlib.asynccontextmanager
async def watching(walls: Sequence[Wall]) -> AsyncIterator[None]:
    """Screens that watch as long as the block lasts; each already has its first board."""
    tasks = Tasks("walls")
    for number, wall in enumerate(walls):
        tasks.start(wall.run(), f"wall {number}")
    try:
        await until(lambda: all(wall.board is not None for wall in walls), 20, "a first board")
        yield
    finally:
        await tasks.close()


async def until(good: Callable[[], object], limit_s: float, what: str) -> None:
    deadline = time.monotonic() + limit_s
    while not good():
        assert time.monotonic() < deadline, f"waited {limit_s:g} s for {what}"
        await asyncio.sleep(POLL_S)


@dataclass(frozen=True)
class Wrong:
    """`walls`: those not right in time, with the difference; `at`: when the last of the others was right (monotonic s)."""

    walls: list[str]
    at: float


async def wrong(walls: Sequence[Wall], up: Up, deadline: float) -> Wrong:
    """The screens that by `deadline` (monotonic seconds) did not show what `GET boards` of `up` says at that moment."""
    left = list(walls)
    truths: dict[Wall, deque[tuple[float, Any]]] = {wall: deque() for wall in walls}
    async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
        while left:
            differing = [wall for wall in left if not await _right(client, wall, up, truths[wall])]
            if differing and time.monotonic() > deadline:
                return Wrong(
                    [f"{one.kind} {one.id}: {await _difference(client, one, up)}" for one in differing], deadline
                )
            left = differing
            await asyncio.sleep(POLL_S if left else 0)
    return Wrong([], time.monotonic())


async def asked(client: httpx.AsyncClient, wall: Wall, up: Up) -> dict[str, Any] | None:
    """The same board over HTTP, or None if there is no answer."""
    headers = {"Authorization": f"Bearer {wall.token}"} if wall.token else {}
    try:
        answer = await client.get(f"{up.url}{wall.path}", headers=headers)
    except httpx.TransportError:
        return None
    found: dict[str, Any] | None = answer.json() if answer.status_code == 200 else None
    return found


async def _right(client: httpx.AsyncClient, wall: Wall, up: Up, truths: deque[tuple[float, Any]]) -> bool:
    """It shows what is true now or was a moment ago: time removes calls, and boards check the clock four times a second."""
    board = await asked(client, wall, up)
    now = time.monotonic()
    if board is not None:
        truths.append((now, steady(board)))
    while truths and truths[0][0] < now - MOMENT_S:
        truths.popleft()
    shown, known = steady(wall.board), [truth for _, truth in truths]
    return wall.connected and (shown in known or fading(shown, known))


def fading(shown: dict[str, Any] | None, truths: Sequence[dict[str, Any] | None]) -> bool:
    """It shows the newest calls, and as many of the older ones as were up at some instant of that moment: after a rush
    one ends every few milliseconds, and a request from outside never meets the very instant at which the board was
    drawn."""
    first, last = (truths[0], truths[-1]) if truths else (None, None)
    if shown is None or first is None or last is None or "calls" not in shown:
        return False
    calls = shown["calls"]
    rest = all(shown.get(name) == last[name] for name in last if name != "calls")
    return rest and calls[: len(last["calls"])] == last["calls"] and first["calls"][: len(calls)] == calls


async def _difference(client: httpx.AsyncClient, wall: Wall, up: Up) -> str:
    board = await asked(client, wall, up)
    if not wall.connected or board is None or wall.board is None:
        return f"connected {wall.connected}, asked {board is not None}, closes {wall.closes[-3:]}"
    ours, theirs = steady(wall.board), steady(board)
    assert ours
    assert theirs
    return f"at {wall.seq}: " + "; ".join(
        f"{k}: {ours.get(k)} != {theirs[k]}" for k in theirs if ours.get(k) != theirs[k]
    )


ESTIMATES = {"expected", "expected_reason", "leave_until", "longer", "reachable_today"}
"""Every node forecasts by itself, a little earlier or later than the others, and a shown range stays until it changes."""


def steady(board: dict[str, Any] | None) -> dict[str, Any] | None:
    """The board without estimates, and without the parts that change by time alone or by another device's report."""
    if board is None:
        return None
    kept = {name: value for name, value in board.items() if name not in ("devices", "at")}
    if "calls" in kept:
        kept["calls"] = [{name: value for name, value in call.items() if name != "fresh"} for call in kept["calls"]]
    facts: dict[str, Any] = without_estimates(kept)
    return facts


def without_estimates(part: Any) -> Any:
    if isinstance(part, list):
        return [without_estimates(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {name: without_estimates(value) for name, value in part.items() if name not in ESTIMATES}
