"""A server of the next release and devices of this one: they ignore what they do not know, and the line stays."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from audio.announcer import run as announce
from audio.players.paced import PacedPlayer
from config.words import Words
from counter_client.terminal import TerminalCounter
from server.messages import boards
from tests.device_line.server import SOON_S, TIME, TOKEN, BoxServer, Sent, running
from tests.staff_pages import office as o
from ticket_printer.running import run as print_tickets

UNKNOWN = (
    {"type": "fireworks", "colour": "red"},
    {"type": "beat", "epoch": "one", "seq": 1, "server_time": "half past nine"},
    {"type": "device", "do": "dance"},
    {"type": "board", "epoch": "one", "seq": 1, "at": TIME, "board": {"shape": "of the next release"}},
)
ANNOUNCER = boards.Announcer(office="mitte", zone="hall", gong="calm", announcements=(), silence=None, silent=False)
PRINTER = {
    "office": "mitte", "printer": "entrance", "address": "", "kind": "escpos", "width_mm": 80, "one_way": False,
    "jobs": [{"job": "j1", "ticket": {}, "state": "requested", "requested_at": TIME}],
}  # fmt: skip


def newer(board: object) -> BoxServer:
    """Sends each unknown frame twice, then the board that the device needs."""
    known = {"type": "board", "epoch": "one", "seq": 7, "at": TIME, "board": msgspec.to_builtins(board) | {"new": 1}}
    return BoxServer(*UNKNOWN, *UNKNOWN, known)


def one_line_each(caplog: pytest.LogCaptureFixture) -> bool:
    said = [record.getMessage() for record in caplog.records if record.name == "aufruf.device_line"]
    passed_over = [line for line in said if "does not know" in line]
    return len(passed_over) == len(UNKNOWN) == len(set(passed_over))


def reported(server: BoxServer, **fields: object) -> Callable[[], bool]:
    return lambda: any(fields.items() <= frame.items() for frame in server.heard)


async def test_the_announcer_keeps_its_line(caplog: pytest.LogCaptureFixture) -> None:
    async with newer(ANNOUNCER) as server:
        server.me = {"offices": ["mitte"], "for": "hall"}
        async with running(announce(server.address.url, TOKEN, "hall", PacedPlayer(20, lambda played: None))):
            await server.until(reported(server, type="report", kind="shown", seq=7))

    assert len(server.hellos) == 1
    assert one_line_each(caplog)


async def test_the_printer_agent_keeps_its_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    failed: Sent = {"type": "report_print", "job": "j1", "state": "failed", "reason": "no_address"}
    async with newer(PRINTER) as server, running(print_tickets(server.address.url, TOKEN, "entrance", tmp_path)):
        await server.until(reported(server, type="command", command=failed))

    assert len(server.hellos) == 1
    assert one_line_each(caplog)


async def test_the_terminal_counter_keeps_its_line(caplog: pytest.LogCaptureFixture) -> None:
    board = o.counter(o.current("called"))
    async with newer(board) as server:
        app = TerminalCounter(server.address, "mitte", "3", Words("de"))
        async with app.run_test() as pilot, asyncio.timeout(SOON_S):
            while app.board != board:
                await pilot.pause(0.01)

    assert len(server.hellos) == 1
    assert one_line_each(caplog)
