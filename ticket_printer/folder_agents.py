"""The agents of a node's printers that print into folders: one process with one agent for each. `up` starts it.

Each line of standard input is an order: serve a printer, or stop serving it. At the end of the input all agents end, so
that no agent outlives its server. An agent that fails is started again; the others are not affected.
"""

import argparse
import asyncio
import logging
import signal
import sys
from pathlib import Path
from typing import Literal

import msgspec

from device_line.line import NotLetIn
from device_line.restarts import LoopRestarts
from ticket_printer.ledger import LedgerInUse
from ticket_printer.running import run

_log = logging.getLogger("aufruf.ticket_printer")

AGAIN_S = 3.0
"""Seconds until an agent is started again: a node that crashed holds the ledger's lock for a moment, and a new token is known
everywhere after two seconds."""
LONGEST_ORDER = 64 * 1024
"""Bytes of one order: a token and two ids need far less."""


class Order(msgspec.Struct, frozen=True):
    """One line of standard input."""

    do: Literal["serve", "stop"]
    office: str
    printer: str
    token: str = ""


class FolderAgents:
    """All agents of this process, by (office, printer)."""

    def __init__(self, server: str, data: Path) -> None:
        self._server, self._data = server, data
        self._agents: dict[tuple[str, str], tuple[asyncio.Task[None], asyncio.Event]] = {}

    async def obey(self, order: Order) -> None:
        await self._stop((order.office, order.printer))
        if order.do == "serve":
            stop = asyncio.Event()
            task = asyncio.create_task(self._serve(order, stop), name=f"{order.office}/{order.printer}")
            self._agents[order.office, order.printer] = (task, stop)

    async def _stop(self, place: tuple[str, str]) -> None:
        if place in self._agents:
            task, stop = self._agents.pop(place)
            stop.set()
            await asyncio.wait([task])

    async def close(self) -> None:
        for _, stop in self._agents.values():
            stop.set()
        await asyncio.gather(*(task for task, _ in self._agents.values()))

    async def _serve(self, order: Order, stop: asyncio.Event) -> None:
        restarts = LoopRestarts()
        while not stop.is_set():
            try:
                await run(
                    self._server,
                    order.token,
                    order.printer,
                    self._data,
                    office=order.office,
                    stop=stop,
                    restarts=restarts,
                )
            except (NotLetIn, LedgerInUse, OSError) as fault:
                _log.error("the printer %s of %s is not served: %s", order.printer, order.office, fault)
            except Exception as fault:
                restarts.note("the agent", type(fault).__name__)
                _log.exception("the agent of %s of %s failed", order.printer, order.office)
            try:
                async with asyncio.timeout(AGAIN_S):
                    await stop.wait()
            except TimeoutError:
                continue


async def obey_until_the_end(server: str, data: Path) -> None:
    """Reads orders until the input ends, then lets every agent finish its ticket."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, lambda: None)  # Ctrl-C is for the parent, which then closes our input
    orders = asyncio.StreamReader(limit=LONGEST_ORDER)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    agents = FolderAgents(server, data)
    while line := await orders.readline():
        await agents.obey(msgspec.json.decode(line, type=Order))
    await agents.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="For `aufruf up` only.")
    parser.add_argument("--server", required=True)
    parser.add_argument("--data", required=True, type=Path)
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    asyncio.run(obey_until_the_end(options.server, options.data))


if __name__ == "__main__":
    main()
