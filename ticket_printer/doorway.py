"""Which kiosk is served beside a printer, and of which office: what is known before the server has answered. Used by `beside`."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec

from device_line.address import Address
from device_line.line import Line

ALONE_AFTER_S = 3.0
"""How long the server must be away before the kiosk goes on alone: one that restarts is back sooner."""


class Doorway(msgspec.Struct, frozen=True):
    """Which kiosk is served beside the printer, who it is to the server, and where its browser finds it. `sent_away`: called when
    the server does not know its token any more."""

    kiosk: str
    address: Address
    host: str
    port: int
    sent_away: Callable[[], None] = lambda: None


async def office_of(door: Doorway, line: Line, data: Path) -> str:
    """The office as the server tells it; if it does not answer soon, as it told it last: a box that is switched on while the
    server is away gives numbers too."""
    file = data / "kiosks" / f"{door.kiosk}.office"
    asked = asyncio.ensure_future(line.office())
    done, _ = await asyncio.wait({asked}, timeout=ALONE_AFTER_S if file.exists() else None)
    if not done:
        asked.cancel()
        line.known_office(office := file.read_text().strip())
        return office
    office = asked.result()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(office)
    return office
