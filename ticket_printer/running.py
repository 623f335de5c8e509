"""Runs the agent of one printer as a process or beside others, with the kiosk on the same machine if there is one.

Called by the verbs of devices and by `folder_agents`.
"""

import asyncio
import logging
import signal
import time
from pathlib import Path

from device_line.address import Address
from device_line.line import Line, NotLetIn
from device_line.restarts import LoopRestarts
from device_line.stopping import or_stopped
from ticket_printer.address import printer_at
from ticket_printer.agent import Agent
from ticket_printer.beside import KioskBox
from ticket_printer.doorway import Doorway, office_of
from ticket_printer.ledger import Ledger, LedgerInUse
from ticket_printer.lent import LentInUse
from ticket_printer.transport import Transport

_log = logging.getLogger("aufruf.ticket_printer")


async def run(
    server: str,
    token: str,
    printer: str,
    data: Path,
    *,
    office: str | None = None,
    address: str | None = None,
    stop: asyncio.Event | None = None,
    restarts: LoopRestarts | None = None,
    kiosk: Doorway | None = None,
) -> None:
    """Runs the agent of one printer until `stop` is set. Raises NotLetIn, LedgerInUse, LentInUse.

    `office`: the printer's office; None: the token's, which the server tells. `restarts`: of this agent, if it failed before.
    `kiosk`: the kiosk that is served beside it.
    """
    stop = stop or asyncio.Event()
    told: list[KioskBox] = []

    def stands(state: str) -> None:
        for beside in told:
            beside.stands(state)

    line = Line(Address(server, token), "printer", printer, office=office, restarts=restarts, stands=stands)
    office = await or_stopped(office_of(kiosk, line, data) if kiosk else line.office(), stop)
    if office is None:
        return
    ledger = Ledger(ledger_of(data, office, printer), time.time_ns() // 1_000_000)

    def make(place: str, one_way: bool) -> Transport:
        return printer_at(place, one_way=one_way, base=data, office=office)

    try:
        agent = Agent(line, ledger, make=make, address=address)
        if kiosk is None:
            await agent.run(stop)
            return
        beside = KioskBox(kiosk, office, data, line=line, print_it=agent.print_here, printer=lambda: agent.state)
        told.append(beside)
        agent.serve_beside(beside)
        await beside.run_with(agent.run(stop))
    finally:
        ledger.close()


def ledger_of(data: Path, office: str, printer: str) -> Path:
    """The ledger's path, with the office: two offices may have printers with the same id. A ledger of an earlier release, without
    the office in its name, is moved here."""
    file = data / "printers" / office / f"{printer}.jobs"
    earlier = data / f"printer-{printer}.jobs"
    if earlier.exists() and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        earlier.replace(file)
    return file


def serve(
    server: str, token: str, printer: str, data: Path, *, address: str | None = None, kiosk: Doorway | None = None
) -> int:
    """`aufruf printer`: runs until SIGTERM or SIGINT; 0, or 1 with a line that says why."""
    try:
        asyncio.run(printing(server, token, printer, data, address, kiosk))
    except (NotLetIn, LedgerInUse, LentInUse, OSError) as fault:
        _log.error("the printer agent ends: %s", fault)
        return 1
    return 0


async def printing(
    server: str, token: str, printer: str, data: Path, address: str | None, kiosk: Doorway | None = None
) -> None:
    """The same without its line: raises what ends it."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await run(server, token, printer, data, address=address, stop=stop, kiosk=kiosk)
