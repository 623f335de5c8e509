"""What the demo prints in its terminal: a greeting with addresses to open, and one line that says what is going on."""

import asyncio
from collections.abc import Callable
from typing import TextIO

from rich.console import Console
from rich.live import Live
from rich.text import Text

from server.messages import boards
from server.rehearsal.plan import Scene

PLAIN_EVERY_S = 15.0
"""Seconds between two lines if there is no terminal."""
REFRESH_S = 0.3


def greeting(server: str, board: boards.Desk, scene: Scene, speed: float) -> str:
    """Says which pages to open, and which counter is left for the visitor."""
    office, place = board.office, {face.id: face.label for face in board.counters}
    displays = [device.id for device in board.devices if device.kind == "display"]
    kiosks = [device.id for device in board.devices if device.kind == "kiosk"]
    lines = [
        "",
        f"{board.name}: a day from 08:00 at {speed:g} times speed, through the public contract.",
        "",
        *(f"  watch       {server}/display/{office}/{name}" for name in displays[:1]),
        f"  supervisor  {server}/supervisor/{office}",
        *(f"  kiosk       {server}/kiosk/{office}/{name}   take a ticket: you will be called" for name in kiosks[:1]),
    ]
    if scene.free:
        free = scene.free[-1].id
        lines.append(f"  {place[free]:<11} {server}/counter/{office}/{free}   is yours: open it and press Next")
    if not scene.staffed:
        lines.append("  No other counter is closed and free: people come and wait for you.")
    return "\n".join([*lines, "", "Ctrl-C ends it: counters close, everybody goes home.", ""]) + "\n"


class Status:
    """`run` shows `line()` until it is cancelled: on a terminal always in the same place, elsewhere every few seconds."""

    def __init__(self, out: TextIO, line: Callable[[], str]) -> None:
        self._console, self._line = Console(file=out, highlight=False), line

    async def run(self) -> None:
        if not self._console.is_terminal:
            await self._now_and_then()
        with Live(console=self._console, auto_refresh=False, transient=True) as live:
            while True:
                live.update(Text(self._line(), no_wrap=True, overflow="ellipsis"), refresh=True)
                await asyncio.sleep(REFRESH_S)

    async def _now_and_then(self) -> None:
        while True:
            await asyncio.sleep(PLAIN_EVERY_S)
            self._console.print(self._line(), soft_wrap=True)
