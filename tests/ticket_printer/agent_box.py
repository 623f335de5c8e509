"""The machine on which a printer's agent runs, for tests: it can be switched off, killed, and switched on again."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from device_line.address import Address
from device_line.line import Line, Pace
from device_line.server_clock import ServerClock
from server.messages.instants import HOUR
from tests.ticket_printer.fake_server import TOKEN, FakeServer
from ticket_printer.agent import Agent
from ticket_printer.escpos import EscPos
from ticket_printer.ledger import Ledger
from ticket_printer.receipt_printer import Limits, ReceiptPrinter
from ticket_printer.transport import Transport
from ticket_printer.wires import TcpPort

NOW = 1_764_000_000_000
QUICK = Limits(connect=5, status=0.5, stall=0.5, confirm=0.5, close=0.3)


class Box:
    """The machine of the agent: its disk and its (wrong) clock survive the agent."""

    def __init__(self, server: FakeServer, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.clock_ms = NOW - HOUR
        self.stop = asyncio.Event()
        self.silence = 15.0
        self.try_for, self.rest = 0.2, 0.02
        self.make: Callable[[str, bool], Transport] = quick
        self._task: asyncio.Task[None] | None = None

    def ledger(self) -> Ledger:
        return Ledger(self.folder / "printer-entrance.jobs", self.clock_ms)

    async def switch_on(self, ledger: Ledger | None = None) -> None:
        self.stop = asyncio.Event()
        self._task = asyncio.create_task(self._live(ledger or self.ledger()))

    async def _live(self, ledger: Ledger) -> None:
        pace = Pace(first_s=0.05, silence_s=self.silence)
        line = Line(Address(self.server.url, TOKEN), "printer", "entrance", pace=pace)
        line.clock = ServerClock(lambda: self.clock_ms / 1000)
        try:
            agent = Agent(
                line,
                ledger,
                make=self.make,
                now_ms=lambda: self.clock_ms,
                look_every=0.05,
                tell_every=0.1,
                try_for=self.try_for,
                try_again=0.02,
                rest=self.rest,
            )
            await agent.run(self.stop)
        finally:
            ledger.close()

    async def switch_off(self, *, at_once: bool = False) -> None:
        assert self._task is not None
        self.stop.set()
        if at_once:
            self._task.cancel()
        await asyncio.wait([self._task], timeout=10)
        if not self._task.cancelled():
            await self._task


async def report_in_vain(server: FakeServer, box: Box, ticket: dict[str, Any]) -> None:
    """Job j1 is printed and reported, and the server does not answer."""
    server.answers = False
    server.job("j1", ticket)
    await box.switch_on()
    await server.until(lambda: bool(server.reports))


def quick(address: str, one_way: bool) -> Transport:
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    return ReceiptPrinter(TcpPort(host, int(port)), EscPos, one_way=one_way, limits=QUICK)


def told(server: FakeServer) -> list[tuple[str, str, str | None]]:
    """What was reported, each once: on a busy machine an answer may come late, and the report is sent again."""
    return list(dict.fromkeys((report["job"], report["state"], report.get("reason")) for report in server.reports))
